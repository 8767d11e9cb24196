import { t } from '../language/words.ts';
import { Loader } from '@mantine/core';
import { IconCheck } from '../parts/icons.tsx';
import type { CorrectionStep } from '../program/received.ts';
import { correctionStepWords } from '../parts/words.ts';
import classes from './correction.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** The steps of a correction as they happen; the last is the one being done. */
export function CorrectionRun({ steps }: { steps: readonly CorrectionStep[] }) {
  return (
    <ol className={classes.run} aria-live="polite" aria-label={t('Correcting')}>
      {steps.length === 0 ? (
        <li>
          <Loader size={14} aria-hidden />
          {t('Starting')}
        </li>
      ) : null}
      {steps.map(({ step, command, detail }, index) => (
        <li key={`${index} ${step}`}>
          {index === steps.length - 1 ? <Loader size={14} aria-hidden /> : <IconCheck size={16} aria-hidden />}
          {correctionStepWords()[step] ?? step}
          {command === null ? null : (
            <code>
              <PhoneText>{command}</PhoneText>
            </code>
          )}
          {detail === null ? null : (
            <span className={classes.stepDetail}>
              <PhoneText>{detail}</PhoneText>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
