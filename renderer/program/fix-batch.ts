import type { Problem } from '../../electron/api.ts';
import type { Client } from './client.ts';
import type { CorrectionEnd, PhoneWork } from './phone-work.ts';
import type {
  BatchEvent,
  CorrectionOutcome,
  CorrectionQuestion,
  CorrectionResult,
  CorrectionStep,
  FindingName,
} from './received.ts';
import { runOnce } from './run-once.ts';

/** One of several corrections that were agreed to at once. `left`: it was not carried out, because of `problem`. */
export interface BatchItem extends FindingName {
  correction: string;
  /** What is done. */
  title: string;
  /** What it changes, as it is → as it will be. */
  change: string;
  state: 'waiting' | 'doing' | 'needless' | 'left' | CorrectionResult;
  problem: Problem | null;
}

/** Several corrections that were agreed to at once, in the order in which they are carried out. */
export interface FixBatch {
  items: readonly BatchItem[];
  /** `ending`: it ends before the next one. The rest says how it ended: `whole`, or why the rest was not begun. */
  state: 'running' | 'ending' | 'whole' | 'cancelled' | 'question' | 'phone';
  /** Why it broke off; null where it did not. */
  problem: Problem | null;
}

/** What a batch does with what is kept of its phone. */
export interface BatchPlace {
  client: Client;
  get: (phoneId: string) => PhoneWork;
  set: (phoneId: string, change: Partial<PhoneWork>) => void;
  addStep: (phoneId: string, step: CorrectionStep) => void;
  setEnd: (phoneId: string, name: FindingName, correction: string, change: Partial<CorrectionEnd>) => void;
  ask: (phoneId: string, question: CorrectionQuestion, onYes: () => void) => void;
  onKept: () => void;
}

/** `agreedOn`: when the reading was taken that was agreed on. Begins with the item at `from`; those before it have come to their end. */
export function runBatch(
  place: BatchPlace,
  phoneId: string,
  items: readonly BatchItem[],
  agreedOn: string,
  agreed: readonly CorrectionQuestion[] = [],
  from = 0,
): void {
  const { client, get, set, addStep, setEnd, ask, onKept } = place;
  if (get(phoneId).activity !== null) return;
  let shownAt = agreedOn;
  const change = (batch: Partial<FixBatch>): void => {
    const { batch: former } = get(phoneId);
    if (former !== null) set(phoneId, { batch: { ...former, ...batch } });
  };
  const changeItem = (index: number, item: Partial<BatchItem>): void => {
    const present = get(phoneId).batch?.items ?? [];
    change({ items: present.map((one, at) => (at === from + index ? { ...one, ...item } : one)) });
  };
  const itemAt = (index: number): BatchItem | undefined => items[from + index];
  const done = (index: number, outcome: CorrectionOutcome): void => {
    changeItem(index, { state: outcome.result });
    const item = itemAt(index);
    if (item !== undefined) setEnd(phoneId, item, item.correction, { outcome, undone: null, problem: null });
  };
  const onEvent = (event: BatchEvent): void => {
    switch (event.type) {
      case 'begun':
        set(phoneId, { activity: { kind: 'batch', steps: [] } });
        return changeItem(event.index, { state: 'doing' });
      case 'step':
        return addStep(phoneId, event);
      case 'done':
        done(event.index, event.outcome);
        if (event.report === null) return;
        shownAt = event.report.reading.takenAt;
        set(phoneId, { report: event.report, previous: get(phoneId).scanned });
        return;
      case 'left':
        return changeItem(event.index, { state: event.needless ? 'needless' : 'left', problem: event.problem });
      case 'question': {
        changeItem(event.index, { state: 'waiting' });
        const { question, index } = event;
        const rest = get(phoneId).batch?.items ?? items;
        return ask(phoneId, question, () =>
          runBatch(place, phoneId, rest, shownAt, [...agreed, question], from + index),
        );
      }
      case 'end':
        return change({ state: event.stopped ?? 'whole' });
    }
  };
  set(phoneId, {
    activity: { kind: 'batch', steps: [] },
    batch: { items, state: 'running', problem: null },
    asked: null,
  });
  const fixes = items.slice(from).map(({ cause, app, correction }) => ({ cause, app, correction }));
  runOnce<BatchEvent>(
    (callbacks) => client.correctAll.subscribe({ phoneId, fixes, shownAt, agreed: [...agreed] }, callbacks),
    {
      onEvent,
      onEnd(problem) {
        if (problem !== null) change({ state: 'phone', problem });
        set(phoneId, { activity: null });
        onKept();
      },
    },
  );
}
