import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { t } from '../language/words.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { saveFile } from '../parts/save-file.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ReportFileFormat, ReportRequest } from '../program/received.ts';
import { formats } from './report-words.ts';
import classes from './reports.module.css';

interface HandOverProps {
  request: ReportRequest;
  /** What else is done with it. */
  children: ReactNode;
}

/** Saves a report in each of its formats, encrypted where somebody wants that. */
export function HandOver({ request, children }: HandOverProps) {
  const { client } = useProgram();
  const [isEncrypted, setEncrypted] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const save = useMutation({
    mutationFn: (format: ReportFileFormat) =>
      client.reporting.file.mutate({ ...request, format, ...(isEncrypted ? { passphrase } : {}) }),
    onSuccess: saveFile,
  });
  return (
    <div className={classes.handOver}>
      <div className={classes.buttons}>
        {children}
        <fieldset className={classes.formats}>
          <legend>{t('Save as')}</legend>
          {formats.map(({ format, name }) => (
            <Button
              key={format}
              variant="default"
              loading={save.isPending && save.variables === format}
              disabled={save.isPending}
              onClick={() => save.mutate(format)}
            >
              {name}
            </Button>
          ))}
        </fieldset>
      </div>
      <Checkbox
        label={t('Encrypt for handing over')}
        checked={isEncrypted}
        onChange={({ currentTarget }) => setEncrypted(currentTarget.checked)}
      />
      {isEncrypted ? (
        <PasswordInput
          label={t('Passphrase')}
          description={t(
            'At least 8 characters. The receiver needs it and the free program age (age-encryption.org): age --decrypt -o FILE FILE.age. Tell it on another way than the file.',
          )}
          value={passphrase}
          onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('Show the passphrase'), tabIndex: 0 }}
        />
      ) : null}
      <output className={classes.saved}>
        {save.data === undefined ? null : t('Saved: {name}', { name: save.data.name })}
      </output>
      {save.error === null ? null : <ProblemNotice problem={problemOfCall(save.error)} />}
    </div>
  );
}
