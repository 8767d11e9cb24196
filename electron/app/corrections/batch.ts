import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import { isAgreed, type Question } from '../actions/question.ts';
import { NativeError } from '../../../native/source.ts';
import { ApplicationError, problemOf, type Problem } from '../program/problem.ts';
import type { CorrectRequest } from '../program/requests.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import type { Corrected, CorrectionEvent, OnStep } from './carry-out.ts';

/** Several corrections that a person agreed to at once. */
export interface BatchRequest {
  phoneId: string;
  /** When the reading was taken that they agreed on; see {@link CorrectRequest}. */
  shownAt?: string | undefined;
  fixes: readonly CorrectionName[];
}

/** What carrying out several corrections tells. `index` counts from 0, in the order of the request. */
export type BatchEvent =
  | { type: 'begun'; index: number }
  | Extract<CorrectionEvent, { type: 'step' }>
  /** `report` is null where the phone could not be read again. */
  | { type: 'done'; index: number; outcome: CorrectionOutcome; report: ScanReport | null }
  /** It was not carried out. `needless`: there is nothing left of what it is for. */
  | { type: 'left'; index: number; needless: boolean; problem: Problem }
  /** Nothing more happens: what is asked must be agreed to first. `index`: the first that is not carried out. */
  | { type: 'question'; index: number; question: Question }
  /** Why the rest was not begun; null where none is left. */
  | { type: 'end'; stopped: 'cancelled' | 'question' | 'phone' | null };

type Correct = (
  request: CorrectRequest,
  onStep: OnStep,
  confirm: (question: Question) => Promise<boolean>,
) => Promise<Corrected | null>;

interface BatchOptions {
  correct: Correct;
  /** Of the reading that a correction was proven with. */
  report: () => ScanReport;
  emit: (event: BatchEvent) => void;
  /** Questions that were said yes to. */
  agreed: readonly Question[];
  /** Ends it before the next correction; the one that runs is brought to its end. */
  signal: AbortSignal;
}

/** An earlier correction has done with it. */
const needless = 'nothing-to-correct';
/** What is about one correction alone, so that the next one may go on. Anything else is about the phone, or about the program. */
const aboutOne = new Set([needless, 'guided-only', 'cannot-judge', 'app-not-installed', 'no-wifi-name']);

/**
 * Carries out corrections one after the other, each as if it was asked for alone: its way back stored first, and proven by a second
 * reading. It stops where the phone cannot be read any more, where another one is plugged in, and where a person must be asked.
 */
export async function correctBatch(
  { phoneId, shownAt: agreedOn, fixes }: BatchRequest,
  options: BatchOptions,
): Promise<void> {
  const { correct, emit, agreed, signal } = options;
  let shownAt = agreedOn;
  for (const [index, fix] of fixes.entries()) {
    if (signal.aborted) return emit({ type: 'end', stopped: 'cancelled' });
    emit({ type: 'begun', index });
    let asked: Question | null = null;
    const corrected = await correct({ phoneId, shownAt, ...fix }, emit, (question) => {
      asked = isAgreed(agreed, question) ? null : question;
      return Promise.resolve(asked === null);
    }).catch((error: unknown) => {
      if (error instanceof ApplicationError || error instanceof NativeError) return error;
      throw error;
    });
    if (asked !== null) {
      emit({ type: 'question', index, question: asked });
      return emit({ type: 'end', stopped: 'question' });
    }
    if (corrected === null) continue;
    if (corrected instanceof Error) {
      emit({ type: 'left', index, needless: corrected.code === needless, problem: problemOf(corrected) });
      if (aboutOne.has(corrected.code)) continue;
      return emit({ type: 'end', stopped: 'phone' });
    }
    const { outcome, after } = corrected;
    // The phone that was corrected is the one that is meant, as this correction left it.
    if (agreedOn !== undefined && after !== null) shownAt = after.reading.takenAt;
    emit({ type: 'done', index, outcome, report: after === null ? null : options.report() });
    // Nobody knows what came of it: nothing is put on top of that.
    if (outcome.result === 'unverified') return emit({ type: 'end', stopped: 'phone' });
  }
  emit({ type: 'end', stopped: null });
}
