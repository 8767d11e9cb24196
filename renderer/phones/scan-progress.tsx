import { Button, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import { sizeText } from '../parts/value-text.ts';
import classes from './scan-progress.module.css';

/** What is being read right now, with Cancel. A screen reader hears the quarters, not every question. */
export function ScanProgress({ phoneId }: { phoneId: string }) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const scanning = activity?.kind === 'scan';
  useKeys([['Escape', () => works.cancelScan(phoneId)]]);
  if (!scanning) return <VisuallyHidden component="output" />;

  const { answered, total, probe, bytes } = activity;
  const came = bytes === null ? '' : ` · ${sizeText(bytes.come)} of ${sizeText(bytes.total)}`;
  const percent = total === 0 ? 0 : Math.round((answered / total) * 100);
  const quarter = Math.floor(percent / 25) * 25;
  return (
    <>
      <VisuallyHidden component="output">{`Scanning, ${quarter} percent`}</VisuallyHidden>
      <div className={classes.progress}>
        <div className={classes.words}>
          <Text fw={600}>Reading the phone</Text>
          <Text size="sm" c="dimmed">
            {probe === null ? 'Starting…' : `${answered} of ${total} read${came}`}
          </Text>
        </div>
        <Button variant="default" onClick={() => works.cancelScan(phoneId)}>
          Cancel
        </Button>
        <Progress
          className={classes.bar}
          value={percent}
          size="md"
          radius="xl"
          transitionDuration={150}
          aria-label="Scan progress"
        />
      </div>
    </>
  );
}
