import { t } from '../language/words.ts';
import { Button, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useKeys } from '../parts/keys.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import { certainWords } from '../parts/certain-words.ts';
import { sizeText } from '../parts/value-text.ts';
import classes from './scan-progress.module.css';

/** What is being read right now, with Cancel. A screen reader hears the quarters, not every question. */
export function ScanProgress({ phoneId }: { phoneId: string }) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(phoneId);
  const scanning = activity?.kind === 'scan';
  useKeys([['Escape', () => works.cancelScan(phoneId)]]);
  if (!scanning) return <VisuallyHidden component="output" />;

  const { answered, total, probe, bytes, certain } = activity;
  const percent = total === 0 ? 0 : Math.floor((answered / total) * 100);
  const quarter = Math.floor(percent / 25) * 25;
  return (
    <>
      <VisuallyHidden component="output">{t('Scanning, {quarter, number} percent', { quarter })}</VisuallyHidden>
      <div className={classes.progress}>
        <div className={classes.words}>
          <Text fw={600}>{t('Reading the phone')}</Text>
          <Text size="sm" c="dimmed">
            {probe === null ? t('Starting…') : readWords(answered, total, bytes)}
          </Text>
          {certain.length === 0 ? null : (
            <Text size="sm" component="output">
              {certainWords(certain)}
            </Text>
          )}
        </div>
        <Button variant="default" onClick={() => works.cancelScan(phoneId)}>
          {t('Cancel')}
        </Button>
        <Progress
          className={classes.bar}
          value={percent}
          size="md"
          radius="xl"
          transitionDuration={150}
          aria-label={t('Scan progress')}
        />
      </div>
    </>
  );
}

function readWords(answered: number, total: number, bytes: { come: number; total: number } | null): string {
  if (bytes === null) return t('{answered, number} of {total, number} read', { answered, total });
  const [come, all] = [sizeText(bytes.come), sizeText(bytes.total)];
  return t('{answered, number} of {total, number} read · {come} of {all}', { answered, total, come, all });
}
