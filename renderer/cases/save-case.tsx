import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../language/words.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import classes from './cases.module.css';

interface SaveCaseProps {
  /** Numbers. */
  tickets: string[];
  snapshots: string[];
}

/** Saves tickets, with everything that belongs to them, or snapshots as one file for another computer. */
export function SaveCase({ tickets, snapshots }: SaveCaseProps) {
  const { client } = useProgram();
  const [redacted, setRedacted] = useState(false);
  const save = useMutation({
    mutationFn: () => client.cases.file.mutate({ tickets, snapshots, redacted }),
    onSuccess: saveFile,
  });
  return (
    <section className={classes.save} aria-label={t('For another computer')} data-screen-only>
      <Button variant="default" size="xs" loading={save.isPending} onClick={() => save.mutate()}>
        {t('Save as case…')}
      </Button>
      <Checkbox
        size="xs"
        label={t('Leave out whose phones they are')}
        checked={redacted}
        onChange={({ currentTarget }) => setRedacted(currentTarget.checked)}
      />
      <output className={classes.told}>
        {save.data === undefined
          ? redacted
            ? t('Without the customer, serial numbers, accounts and names.')
            : t('A file to open on another computer that has this program.')
          : t('Saved: {name}', { name: save.data.name })}
      </output>
      {save.error === null ? null : <ProblemNotice problem={problemOfCall(save.error)} />}
    </section>
  );
}
