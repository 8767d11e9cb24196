import { type CorrectionEnd, findingKey, findingOf } from '../program/phone-work.ts';
import type { CorrectionOutcome, Finding, ScanReport } from '../program/received.ts';

/** One correction of this session that a reading has proven, and that was not put back since. */
export interface ProvenChange {
  key: string;
  outcome: CorrectionOutcome;
  /** What has changed, as it was → as it is. */
  words: string;
  /** The finding as it stands now; null: its app is not there any more. */
  finding: Finding | null;
  /** Whether what it was for is known later only. */
  waits: boolean;
}

/** The proven corrections of this session, in the order in which they were made. */
export function changesProven(
  { findings }: Pick<ScanReport, 'findings'>,
  ends: Readonly<Record<string, CorrectionEnd>>,
): ProvenChange[] {
  return Object.entries(ends).flatMap(([key, { words, outcome, undone }]): ProvenChange[] => {
    if (outcome?.result !== 'taken' || undone?.result === 'taken') return [];
    const finding = findings.find((one) => findingKey(one) === findingOf(key)) ?? null;
    return [{ key, outcome, words, finding, waits: finding?.settling === true }];
  });
}
