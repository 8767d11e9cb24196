import { t } from '../language/words.ts';
import type { ReactNode } from 'react';
import type { CorrectionOutcome, CorrectionResult } from '../program/received.ts';
import { resultWords } from '../parts/words.ts';
import { Notice, type Tone } from '../parts/notice.tsx';
import { RemedySteps } from './remedy-steps.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { ValuesTable } from './values-table.tsx';

const tones: Record<CorrectionResult, Tone> = { taken: 'good', 'not-taken': 'bad', refused: 'bad', unverified: 'warn' };

/** How a correction, or the undoing of one, ended: in plain words, with the former and present values. */
export function OutcomeNotice({
  outcome,
  undo,
  takesFocus = outcome.result !== 'taken',
  children,
}: {
  outcome: CorrectionOutcome;
  undo: boolean;
  /** What was proven is told elsewhere too; everything else is told here only. */
  takesFocus?: boolean;
  children?: ReactNode;
}) {
  const { title, undone, meaning } = resultWords()[outcome.result];
  const place = useOutcomeFocus<HTMLDivElement>(takesFocus ? `${outcome.action} ${outcome.result} ${undo}` : null);
  return (
    <div ref={place} tabIndex={-1}>
      <Notice tone={tones[outcome.result]} title={undo ? undone : title} live="polite">
        <span>{outcome.detail === '' ? meaning : <PhoneText>{outcome.detail}</PhoneText>}</span>
        {outcome.remedy === null ? null : <RemedySteps remedy={outcome.remedy} />}
        <OutcomeValues outcome={outcome} />
        {children}
      </Notice>
    </div>
  );
}

/** The former and present values of a correction, to the letter. */
export function OutcomeValues({ outcome }: { outcome: CorrectionOutcome }) {
  const { before, after } = outcome;
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const rows = paths.map((path) => ({ path, values: [before[path], after[path]] }));
  return <ValuesTable columns={[t('Value'), t('Before'), t('After')]} rows={rows} />;
}
