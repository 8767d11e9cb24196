import type { ReactNode } from 'react';
import type { CorrectionOutcome, CorrectionResult } from '../program/received.ts';
import { resultWords } from '../parts/words.ts';
import classes from './correction.module.css';
import { Notice, type Tone } from '../parts/notice.tsx';
import { RemedySteps } from './remedy-steps.tsx';
import { Value } from '../parts/value.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

const tones: Record<CorrectionResult, Tone> = { taken: 'good', 'not-taken': 'bad', refused: 'bad', unverified: 'warn' };

/** How a correction, or the undoing of one, ended: in plain words, with the former and present values. */
export function OutcomeNotice({
  outcome,
  undo,
  children,
}: {
  outcome: CorrectionOutcome;
  undo: boolean;
  children?: ReactNode;
}) {
  const { title, meaning } = resultWords[outcome.result];
  return (
    <Notice
      tone={tones[outcome.result]}
      title={undo && outcome.result === 'taken' ? 'Put back' : undo ? `Undo: ${title.toLowerCase()}` : title}
      live="polite"
    >
      <span>{outcome.detail === '' ? meaning : <PhoneText>{outcome.detail}</PhoneText>}</span>
      {outcome.remedy === null ? null : <RemedySteps remedy={outcome.remedy} />}
      <OutcomeValues outcome={outcome} />
      {children}
    </Notice>
  );
}

/** The former and present values of a correction, to the letter. */
export function OutcomeValues({ outcome }: { outcome: CorrectionOutcome }) {
  const paths = [...new Set([...Object.keys(outcome.before), ...Object.keys(outcome.after)])];
  if (paths.length === 0) return null;
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {paths.map((path) => (
          <tr key={path}>
            <th scope="row">
              <PhoneText>{path.split('.').at(-1) ?? ''}</PhoneText>
            </th>
            <td>
              <Value value={outcome.before[path]} />
            </td>
            <td>
              <Value value={outcome.after[path]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
