import type { Problem } from '../../electron/api.ts';
import type {
  ActionSummary,
  AnswerWord,
  CorrectionEvent,
  CorrectionOutcome,
  CorrectionQuestion,
  CorrectionStep,
  FindingName,
  OfferedCorrection,
  ScanEvent,
  ScanReport,
  UndoAllEvent,
  WalkthroughFinishEvent,
} from './received.ts';
import { problemOfCall, type Client } from './client.ts';
import { type BatchItem, type FixBatch, runBatch } from './fix-batch.ts';
import { createPerPhone, type PerPhone } from './per-phone.ts';
import { runOnce } from './run-once.ts';
import { followWorkElsewhere } from './work-elsewhere.ts';

/** What is being done with a phone at this moment; one thing at a time. */
export type Activity =
  | {
      kind: 'scan';
      /** For its turn among many. */
      waiting: boolean;
      answered: number;
      total: number;
      probe: string | null;
      bytes: { come: number; total: number } | null;
      /** What nothing that is still read reverses, in words. */
      certain: readonly string[];
    }
  | { kind: 'batch'; steps: readonly CorrectionStep[] }
  | { kind: 'correct'; key: string; steps: readonly CorrectionStep[] }
  | { kind: 'undo' | 'finish'; action: string; steps: readonly CorrectionStep[] }
  | { kind: 'undo-all'; title: string | null; done: number; total: number };

type Scanning = Extract<Activity, { kind: 'scan' }>;

const beginning: Scanning = {
  kind: 'scan',
  waiting: false,
  answered: 0,
  total: 0,
  probe: null,
  bytes: null,
  certain: [],
};

/** How a correction of this session ended, and what became of undoing it. */
export interface CorrectionEnd {
  /** What it changes, as it was → as it is where that is known. */
  words: string;
  outcome: CorrectionOutcome | null;
  undone: CorrectionOutcome | null;
  problem: Problem | null;
}

/** Everything this window knows about the work on one phone. */
export interface PhoneWork {
  activity: Activity | null;
  /** The newest report, whole or broken off. */
  report: ScanReport | null;
  /** The last scan that did not break off; a correction's second reading is none. */
  scanned: ScanReport | null;
  /** The scan that `report` is measured against: the one before it, or the one that a correction followed. */
  previous: ScanReport | null;
  /** Why the last scan gave no report. */
  problem: Problem | null;
  cancelled: boolean;
  /** By {@link correctionKey}. */
  ends: Readonly<Record<string, CorrectionEnd>>;
  /** The corrections that were agreed to at once, and how far they are; null: none were since the last scan. */
  batch: FixBatch | null;
  /** The first snapshot of this session. */
  firstSnapshot: string | null;
  /** How the last correction that was cut off came to its end; null: none has since the last scan. */
  settled: Settled | null;
  /** What became of undoing a whole walk-through; null where that was not asked for. */
  undoneAll: UndoneAll | null;
  /** What must be agreed to before a correction goes on; null: nothing is. */
  asked: Asked | null;
}

/** A question that the program has before it runs something on a phone. */
export interface Asked {
  question: CorrectionQuestion;
  /** Begins anew with a yes to this, and to what was agreed to before. */
  onYes: () => void;
}

export interface Settled {
  /** What was corrected. */
  title: string;
  /** null where it could not be brought to an end, because of `problem`. */
  outcome: CorrectionOutcome | null;
  /** Whether it was put back, and not carried out. */
  undo: boolean;
  problem: Problem | null;
}

export interface UndoneAll {
  outcomes: readonly CorrectionOutcome[];
  /** Why the rest was not undone; null where nothing is left. */
  stopped: string | null;
  problem: Problem | null;
}

const nothingDone: PhoneWork = {
  activity: null,
  report: null,
  scanned: null,
  previous: null,
  problem: null,
  cancelled: false,
  ends: {},
  batch: null,
  firstSnapshot: null,
  settled: null,
  undoneAll: null,
  asked: null,
};

/** What a correction changes, in the words in which it is proven afterwards: as it is → as it will be; else what is done. */
export const changeOf = ({ proven, title }: OfferedCorrection): string => proven ?? title;

export const findingKey = (finding: FindingName): string => JSON.stringify([finding.cause, finding.app]);
/** The {@link findingKey} that a {@link correctionKey} belongs to. */
export const findingOf = (key: string): string => JSON.stringify((JSON.parse(key) as unknown[]).slice(0, 2));
/** The other way round than {@link correctionKey}. */
const correctionOf = (key: string): FindingName & { correction: string } => {
  const [cause, app, correction] = JSON.parse(key) as [string, string | null, string];
  return { cause, app, correction };
};
const keyOfItem = (item: BatchItem): string => correctionKey(item, item.correction);
export const correctionKey = (finding: FindingName, correction: string): string =>
  JSON.stringify([finding.cause, finding.app, correction]);

/** Questions that were said yes to. */
type Agreed = readonly CorrectionQuestion[];

/** What a scan reads beside what every scan reads, because somebody asked for it. */
interface AlsoRead {
  countPhotos?: boolean;
  readNotifications?: string[];
  /** One of many: it waits for its turn. */
  inTurn?: boolean;
}

export interface PhoneWorks extends PerPhone<PhoneWork> {
  /** `finishing`: the walk-through that this scan is the end of. */
  scan: (phoneId: string, finishing?: string) => void;
  /** Scans several phones, a few at a time. */
  scanAll: (phoneIds: readonly string[]) => void;
  /** Scans once more, and counts the photos that wait however long that takes. */
  countPhotos: (phoneId: string) => void;
  /** Scans once more, and reads the titles of what these apps show in their notifications. */
  readNotifications: (phoneId: string, apps: readonly string[]) => void;
  /** Ends a scan. A correction that has begun is not cancelled: it must be verified. */
  cancelScan: (phoneId: string) => void;
  /** `shownAt`: when the reading was taken that was agreed on. `walkthrough`: the one that it is part of. */
  correct: (
    phoneId: string,
    finding: FindingName,
    correction: string,
    shownAt: string,
    walkthrough: string | null,
    agreed?: Agreed,
  ) => void;
  /** Carries out corrections one after the other, in this order; `shownAt` as above. */
  correctAll: (
    phoneId: string,
    shownAt: string,
    fixes: readonly Pick<BatchItem, 'cause' | 'app' | 'correction' | 'title' | 'change'>[],
  ) => void;
  /** Ends that before its next correction. */
  endBatch: (phoneId: string) => void;
  /** How it ended was seen. */
  forgetBatch: (phoneId: string) => void;
  undo: (phoneId: string, action: string, agreed?: Agreed) => void;
  /** Says no to what is asked: nothing is changed. */
  decline: (phoneId: string) => void;
  /** Brings a correction that was cut off to its end: finishes it, or puts it back. */
  settle: (action: ActionSummary, how: 'finish' | 'undo', agreed?: Agreed) => void;
  /** Leaves one as it is. */
  leave: (action: ActionSummary) => void;
  /** Puts back everything that was changed in a walk-through. */
  undoAll: (phoneId: string, walkthrough: string, agreed?: Agreed) => void;
  /** Goes on without a safe copy, in these words; rejects where the program did not take it. */
  declineCopy: (phoneId: string, sentence: string) => Promise<void>;
  /** Takes the report as it is judged now: something beside the phone has changed. */
  judgeAgain: (phoneId: string) => void;
  /** Takes the reports of this sitting, which the program keeps when the page is loaded anew; what this window knows already stays. */
  recall: () => Promise<void>;
  /** Shows every report in the language that the program is asked in now. */
  sayAgain: () => void;
  /** The app that should keep the photos from now on. */
  chooseApp: (phoneId: string, app: string) => Promise<void>;
  /** Nothing of the phone is known any more. */
  forget: (phoneId: string) => void;
  /** Gives the owner's answer to these findings of the last scan; rejects where the program did not take it. */
  answer: (phoneId: string, findings: readonly FindingName[], answer: AnswerWord) => Promise<void>;
}

/** `onKept` is called after anything that may have added to the store. */
export function createPhoneWorks(client: Client, onKept: () => void): PhoneWorks {
  const { get, subscribe, change: set, phones } = createPerPhone(nothingDone);
  const cancels = new Map<string, () => void>();

  const takeScan = (phoneId: string, report: ScanReport): void => {
    const { scanned, firstSnapshot } = get(phoneId);
    elsewhere.drop(phoneId);
    set(phoneId, {
      activity: null,
      report,
      // A scan that broke off is shown, but nothing is measured against it.
      scanned: report.brokenOff === null ? report : scanned,
      previous: scanned,
      ends: {},
      batch: null,
      settled: null,
      firstSnapshot: firstSnapshot ?? report.snapshot,
    });
  };

  const takeSecondReading = (phoneId: string, report: ScanReport | null): void => {
    set(phoneId, report === null ? { activity: null } : { activity: null, report, previous: get(phoneId).scanned });
  };

  const takeJudgedAgain = (phoneId: string, report: ScanReport): void => {
    const { scanned } = get(phoneId);
    const same = scanned?.reading.takenAt === report.reading.takenAt;
    set(phoneId, { report, scanned: same ? report : scanned });
  };

  const elsewhere = followWorkElsewhere({
    client,
    get,
    set,
    keyOf: correctionKey,
    take: (phoneId, report) => set(phoneId, { report, previous: get(phoneId).scanned, settled: null }),
    forget: (phoneId) => works.forget(phoneId),
    onKept: () => onKept(),
  });

  const judgeAgain = (phoneId: string): void => {
    const take = (report: ScanReport | null): void => {
      if (report !== null) takeJudgedAgain(phoneId, report);
    };
    // Where the program cannot be asked, the report that is shown stays as it is.
    client.report.query({ phoneId }).then(take, () => undefined);
  };

  const sayAgainOf = (phoneId: string): void => {
    if (get(phoneId).report !== null) judgeAgain(phoneId);
    const { ends, batch } = get(phoneId);
    const keys = [...new Set([...Object.keys(ends), ...(batch?.items ?? []).map(keyOfItem)])];
    if (keys.length === 0) return;
    const corrections = keys.map(correctionOf);
    const take = (words: readonly { title: string; change: string }[]): void => {
      const said = new Map(keys.map((key, index) => [key, words[index]]));
      const now = get(phoneId);
      const items = now.batch?.items.map((item) => ({ ...item, ...said.get(keyOfItem(item)) }));
      set(phoneId, {
        ends: Object.fromEntries(
          Object.entries(now.ends).map(([key, end]) => [key, { ...end, words: said.get(key)?.change ?? end.words }]),
        ),
        batch: now.batch === null ? null : { ...now.batch, items: items ?? [] },
      });
    };
    client.changeWords.query({ phoneId, corrections }).then(take, () => undefined);
  };

  /** Phones with something under way that was begun in another language than is spoken now. */
  const begunInAnother = new Set<string>();
  const atEnd = (phoneId: string): void => {
    onKept();
    if (begunInAnother.delete(phoneId)) sayAgainOf(phoneId);
  };

  const addStep = (phoneId: string, step: CorrectionStep): void => {
    const { activity } = get(phoneId);
    if (activity === null || !('steps' in activity)) return;
    set(phoneId, { activity: { ...activity, steps: [...activity.steps, step] } });
  };

  const ask = (phoneId: string, question: CorrectionQuestion, agreed: Agreed, goOn: (agreed: Agreed) => void): void =>
    set(phoneId, { asked: { question, onYes: () => goOn([...agreed, question]) } });

  /** What a correction changes, as the report says it that is shown. */
  const wordsOf = (phoneId: string, key: string): string => {
    const finding = get(phoneId).report?.findings.find((one) => findingKey(one) === findingOf(key));
    const offered = finding?.corrections.find(({ id }) => correctionKey(finding, id) === key);
    return offered === undefined ? (finding?.title ?? '') : changeOf(offered);
  };

  const setEnd = (phoneId: string, key: string, change: Partial<CorrectionEnd>): void => {
    const { ends } = get(phoneId);
    const end = ends[key] ?? { words: wordsOf(phoneId, key), outcome: null, undone: null, problem: null };
    set(phoneId, { ends: { ...ends, [key]: { ...end, ...change } } });
  };

  /** The list of those that were agreed to at once says of it what is true by now; null: it was put back. */
  const settleItem = (phoneId: string, key: string, outcome: CorrectionOutcome | null): void => {
    const { batch } = get(phoneId);
    if (batch === null) return;
    const items = batch.items.flatMap((item): BatchItem[] => {
      if (keyOfItem(item) !== key) return [item];
      return outcome === null ? [] : [{ ...item, state: outcome.result }];
    });
    const isSaid = items.every(({ state }) => state === 'taken' || state === 'needless');
    set(phoneId, { batch: isSaid ? null : { ...batch, items } });
  };

  /** The {@link correctionKey} of an action of this session; null for any other. */
  const keyOf = (phoneId: string, action: string): string | null =>
    Object.entries(get(phoneId).ends).find(([, end]) => end.outcome?.action === action)?.[0] ?? null;

  const scanOf = (phoneId: string): Scanning => {
    const { activity } = get(phoneId);
    return activity?.kind === 'scan' ? activity : beginning;
  };

  const startScan = (phoneId: string, finishing: string | undefined, also: AlsoRead = {}): void => {
    const work = get(phoneId);
    if (work.activity !== null) return;
    const label = work.firstSnapshot === null ? 'before' : 'after';
    set(phoneId, {
      activity: beginning,
      problem: null,
      cancelled: false,
    });
    const cancel = runOnce<ScanEvent | WalkthroughFinishEvent>(
      (callbacks) =>
        finishing === undefined
          ? client.scan.subscribe({ phoneId, save: true, label, ...also }, callbacks)
          : client.walkthrough.finish.subscribe({ id: finishing }, callbacks),
      {
        onEvent(event) {
          if (event.type === 'waiting') {
            set(phoneId, { activity: { ...beginning, waiting: true } });
          } else if (event.type === 'progress') {
            const { answered, total, probe, bytes = null } = event;
            set(phoneId, { activity: { ...scanOf(phoneId), waiting: false, answered, total, probe, bytes } });
          } else if (event.type === 'certain') {
            set(phoneId, { activity: { ...scanOf(phoneId), certain: event.findings.map(({ title }) => title) } });
          } else if (event.type === 'report') takeScan(phoneId, event.report);
        },
        onEnd(problem) {
          set(phoneId, { activity: null, problem });
          atEnd(phoneId);
        },
      },
    );
    cancels.set(phoneId, cancel);
  };

  const works: PhoneWorks = {
    get,
    subscribe,

    scan: (phoneId, finishing) => startScan(phoneId, finishing),
    scanAll(phoneIds) {
      for (const phoneId of phoneIds) startScan(phoneId, undefined, { inTurn: true });
    },
    countPhotos: (phoneId) => startScan(phoneId, undefined, { countPhotos: true }),
    readNotifications: (phoneId, apps) => startScan(phoneId, undefined, { readNotifications: [...apps] }),

    cancelScan(phoneId) {
      if (get(phoneId).activity?.kind !== 'scan') return;
      cancels.get(phoneId)?.();
      set(phoneId, { activity: null, cancelled: true });
    },

    decline(phoneId) {
      set(phoneId, { asked: null });
    },

    correct(phoneId, finding, correction, shownAt, walkthrough, agreed = []) {
      if (get(phoneId).activity !== null) return;
      const key = correctionKey(finding, correction);
      const { cause, app } = finding;
      setEnd(phoneId, key, { outcome: null, undone: null, problem: null });
      set(phoneId, { activity: { kind: 'correct', key, steps: [] }, asked: null });
      runOnce<CorrectionEvent>(
        (callbacks) =>
          client.correct.subscribe(
            {
              phoneId,
              cause,
              app,
              correction,
              shownAt,
              agreed: [...agreed],
              ...(walkthrough === null ? {} : { walkthrough }),
            },
            callbacks,
          ),
        {
          onEvent(event) {
            if (event.type === 'step') return addStep(phoneId, event);
            if (event.type === 'question') {
              return ask(phoneId, event.question, agreed, (to) =>
                works.correct(phoneId, finding, correction, shownAt, walkthrough, to),
              );
            }
            setEnd(phoneId, key, { outcome: event.outcome });
            takeSecondReading(phoneId, event.report);
            // What was refused stays so where the phone could not be read again.
            if (event.report === null) judgeAgain(phoneId);
          },
          onEnd(problem) {
            if (problem !== null) setEnd(phoneId, key, { problem });
            set(phoneId, { activity: null });
            atEnd(phoneId);
            // It may be busy with what another window does.
            if (problem !== null) elsewhere.look(phoneId);
          },
        },
      );
    },

    correctAll(phoneId, shownAt, fixes) {
      const items = fixes.map((fix): BatchItem => ({ ...fix, state: 'waiting', problem: null }));
      runBatch(
        {
          client,
          get,
          set,
          addStep,
          setEnd: (id, name, correction, end) => setEnd(id, correctionKey(name, correction), end),
          ask: (id, question, onYes) => set(id, { asked: { question, onYes } }),
          onKept: () => {
            atEnd(phoneId);
            // It may be busy with what another window does.
            if ((get(phoneId).batch?.problem ?? null) !== null) elsewhere.look(phoneId);
            // What was read after the last of them is kept by now.
            judgeAgain(phoneId);
          },
        },
        phoneId,
        items,
        shownAt,
      );
    },

    endBatch(phoneId) {
      const { batch } = get(phoneId);
      if (batch?.state !== 'running') return;
      set(phoneId, { batch: { ...batch, state: 'ending' } });
      // Where the program cannot be asked, the connection is lost, and that is told.
      client.endBatch.mutate({ phoneId }).catch(() => undefined);
    },

    forgetBatch(phoneId) {
      set(phoneId, { batch: null });
      // Where the program cannot be asked, it is told once more when the page is loaded anew.
      client.forgetBatch.mutate({ phoneId }).catch(() => undefined);
    },

    undo(phoneId, action, agreed = []) {
      if (get(phoneId).activity !== null) return;
      const key = keyOf(phoneId, action);
      set(phoneId, { activity: { kind: 'undo', action, steps: [] }, problem: null, asked: null });
      runOnce<CorrectionEvent>((callbacks) => client.undo.subscribe({ action, agreed: [...agreed] }, callbacks), {
        onEvent(event) {
          if (event.type === 'step') return addStep(phoneId, event);
          if (event.type === 'question') {
            return ask(phoneId, event.question, agreed, (to) => works.undo(phoneId, action, to));
          }
          if (key !== null) setEnd(phoneId, key, { undone: event.outcome, problem: null });
          takeSecondReading(phoneId, event.report);
        },
        onEnd(problem) {
          if (problem !== null && key !== null) setEnd(phoneId, key, { problem });
          set(phoneId, { activity: null, problem: key === null ? problem : null });
          atEnd(phoneId);
        },
      });
    },

    settle(interrupted, how, agreed = []) {
      const { id: action, phoneId, title, undoing } = interrupted;
      if (get(phoneId).activity !== null) return;
      const undo = undoing || how === 'undo';
      const key = keyOf(phoneId, action);
      set(phoneId, { activity: { kind: how, action, steps: [] }, settled: null, asked: null });
      runOnce<CorrectionEvent>((callbacks) => client[how].subscribe({ action, agreed: [...agreed] }, callbacks), {
        onEvent(event) {
          if (event.type === 'step') return addStep(phoneId, event);
          if (event.type === 'question') {
            return ask(phoneId, event.question, agreed, (to) => works.settle(interrupted, how, to));
          }
          const { outcome, report } = event;
          set(phoneId, { settled: { title, outcome, undo, problem: null } });
          if (key !== null) {
            setEnd(phoneId, key, undo ? { undone: outcome } : { outcome });
            settleItem(phoneId, key, undo ? null : outcome);
          }
          takeSecondReading(phoneId, report);
        },
        onEnd(problem) {
          if (problem !== null) set(phoneId, { settled: { title, outcome: null, undo, problem } });
          set(phoneId, { activity: null });
          atEnd(phoneId);
        },
      });
    },

    leave({ id: action, phoneId, title }) {
      const failed = (error: unknown): void =>
        set(phoneId, { settled: { title, outcome: null, undo: false, problem: problemOfCall(error) } });
      client.leave.mutate({ action }).then(onKept, failed);
    },

    undoAll(phoneId, walkthrough, agreed = []) {
      if (get(phoneId).activity !== null) return;
      const outcomes: CorrectionOutcome[] = [];
      let stopped: string | null = null;
      const request = { id: walkthrough, agreed: [...agreed] };
      set(phoneId, { activity: { kind: 'undo-all', title: null, done: 0, total: 0 }, undoneAll: null, asked: null });
      runOnce<UndoAllEvent>((callbacks) => client.walkthrough.undoAll.subscribe(request, callbacks), {
        onEvent(event) {
          if (event.type === 'undoing') {
            const { title, done, total } = event;
            set(phoneId, { activity: { kind: 'undo-all', title, done, total } });
          } else if (event.type === 'undone') outcomes.push(event.outcome);
          else if (event.type === 'question') {
            ask(phoneId, event.question, agreed, (to) => works.undoAll(phoneId, walkthrough, to));
          } else {
            stopped = event.stopped;
            if (event.report !== null) set(phoneId, { report: event.report, ends: {} });
          }
        },
        onEnd(problem) {
          set(phoneId, { activity: null, undoneAll: { outcomes, stopped, problem } });
          atEnd(phoneId);
        },
      });
    },

    async declineCopy(phoneId, sentence) {
      takeJudgedAgain(phoneId, await client.declineCopy.mutate({ phoneId, sentence }));
      onKept();
    },

    async chooseApp(phoneId, app) {
      takeJudgedAgain(phoneId, await client.chooseApps.mutate({ phoneId, apps: [app] }));
      onKept();
    },

    judgeAgain,

    async recall() {
      // Where the program cannot be asked, the connection is lost, and that is told.
      const reports = await client.reports.query().catch(() => []);
      for (const report of reports) {
        const { id } = report.phone;
        const { report: known, activity } = get(id);
        if (known !== null || (activity !== null && !elsewhere.is(id))) continue;
        const scanned = report.brokenOff === null ? report : null;
        set(id, { report, scanned, firstSnapshot: report.snapshot });
        // Meanwhile it may have been corrected.
        elsewhere.look(id);
      }
    },

    sayAgain() {
      for (const phoneId of phones()) {
        // What is under way is told to its end in the language that it was begun in.
        if (get(phoneId).activity !== null) begunInAnother.add(phoneId);
        sayAgainOf(phoneId);
      }
    },

    forget(phoneId) {
      set(phoneId, nothingDone);
      onKept();
    },

    async answer(phoneId, findings, answer) {
      for (const { cause, app } of findings) {
        takeJudgedAgain(phoneId, await client.answer.mutate({ phoneId, cause, app, answer }));
      }
      onKept();
    },
  };
  return works;
}
