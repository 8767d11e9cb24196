import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../diagnosis/diagnosis.ts';
import type { Finding, OfferedCorrection } from '../../../diagnosis/finding.ts';
import { isWork } from '../../../diagnosis/judge/ask.ts';
import { provenBy } from '../../../diagnosis/judge/judge.ts';
import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import { isOpen, stepOf } from '../../../diagnosis/judge/order.ts';
import { appName, heldBack } from '../../../diagnosis/judge/verdict.ts';
import { isOver, type Walkthrough, type WalkthroughStep } from '../../../db/records/walkthroughs.ts';
import type { ActionSummary } from '../actions/action-summary.ts';

/**
 * Where a step stands. `done`: a reading shows it. `said-done`: its person says so, and no reading says otherwise. `unreadable`:
 * what would prove it could not be read.
 */
export type WalkthroughStepState = 'open' | 'done' | 'said-done' | 'skipped' | 'unreadable';

/** One thing that holds photos back, as the verdict counts it. */
export interface WalkthroughThing {
  title: string;
  settled: boolean;
}

/** One step of a walk-through, as it stands now. */
export interface WalkthroughStepView extends WalkthroughStep {
  appName: string | null;
  /** Id of the correction to begin with. */
  correction: string;
  why: string;
  state: WalkthroughStepState;
  /** It was not in the diagnosis that the walk-through began with. */
  added: boolean;
  /** Its person said that it is done, and a later reading shows that it is not. */
  contradicted: boolean;
  /** Everything that can be done about it, with the finding that asks for it. */
  finding: Finding;
  /** What it puts right of what holds photos back, several where a recipe does them together; empty: it is only worth a look. */
  things: readonly WalkthroughThing[];
  corrections: readonly OfferedCorrection[];
  /** Whether a reading can show it to be done, so that it ticks itself. */
  watchable: boolean;
  /** What its corrections gave in this walk-through, the latest first. */
  actions: readonly ActionSummary[];
}

/** A walk-through as it stands now. */
export interface WalkthroughView {
  id: string;
  phoneId: string;
  startedAt: string;
  who: string;
  /** When the phone was read last; UTC, ISO 8601. */
  readAt: string;
  verdict: string;
  steps: readonly WalkthroughStepView[];
  /** What was right from the beginning: titles, the worst that could have been first. */
  alreadyRight: readonly string[];
  /** Questions that only a person can answer, and nobody has. */
  questions: number;
  /** Actions of it that can be put back. */
  undoable: number;
  /** What it had corrected, was put back since, and is there again: titles. */
  putBack: readonly string[];
  /** Set at its end: the snapshots to compare, and what was open then or was put back since. `after` null: it was not to be kept. */
  finished: { before: string; after: string | null; open: readonly string[] } | null;
  /** It is over: finished, or given up. */
  over: boolean;
}

/** A diagnosis, and when its phone was read. */
export interface DatedDiagnosis {
  takenAt: string;
  diagnosis: Diagnosis;
}

const isStep =
  ({ cause, app }: WalkthroughStep) =>
  (other: WalkthroughStep): boolean =>
    other.cause === cause && other.app === app;

type Mark = Extract<Walkthrough['events'][number], { step: unknown }>;

/** What was last said of a step; null where nothing was. */
function markOf({ events }: Walkthrough, step: WalkthroughStep): Mark | null {
  const is = isStep(step);
  const marks = events.filter((event): event is Mark => 'step' in event && event.kind !== 'screen-differs');
  return marks.findLast((mark) => is(mark.step)) ?? null;
}

/**
 * A walk-through as it stands: the steps of the diagnosis it began with (`before`), what has shown itself since (`latest`), and what
 * happened in it. Pure.
 */
export function walkthroughView(
  walkthrough: Walkthrough,
  before: DatedDiagnosis,
  latest: DatedDiagnosis,
  actions: readonly ActionSummary[],
  catalog: Catalog,
): WalkthroughView {
  // A question and the test photo have a place of their own.
  const planned = before.diagnosis.steps.filter(isWork);
  const added = latest.diagnosis.steps.filter(isWork).filter((step) => !planned.some(isStep(step)));
  const heldAtFirst = heldBack(before.diagnosis);
  const views = [...planned, ...added].flatMap((step): StepWithoutThings[] => {
    const { cause, app, correction, why } = step;
    const first = before.diagnosis.findings.find(isStep(step));
    const now = latest.diagnosis.findings.find(isStep(step));
    // An app that was taken off the phone has no findings any more.
    const finding = now ?? first;
    if (finding === undefined) return [];
    const ofStep = actions.filter(isStep(step));
    const mark = markOf(walkthrough, step);
    const provable = (provenBy(catalog, cause, correction) ?? []).length > 0;
    const readLater = mark !== null && latest.takenAt > mark.at;
    const contradicted = mark?.kind === 'said-done' && readLater && provable && now !== undefined && isOpen(now);
    return [
      {
        cause,
        app,
        correction,
        why,
        appName: app === null ? null : appName(catalog, app),
        state: stateOf({ now, mark, readLater, contradicted, ofStep, readAt: latest.takenAt }),
        added: added.includes(step) && !heldAtFirst.some(isStep(step)),
        contradicted,
        finding,
        corrections: now !== undefined && isOpen(now) ? now.corrections : (first?.corrections ?? []),
        watchable: provable,
        actions: ofStep,
      },
    ];
  });
  const steps = withThings(views, before, latest, catalog);
  const { questions, titles } = summaryOf(before.diagnosis, latest.diagnosis);
  const end = walkthrough.events.find((event) => event.kind === 'finished');
  const putBack = putBackSince(before, latest, actions);
  return {
    id: String(walkthrough.id),
    phoneId: walkthrough.phone,
    startedAt: walkthrough.startedAt,
    who: walkthrough.who,
    readAt: latest.takenAt,
    verdict: latest.diagnosis.verdict,
    steps,
    alreadyRight: titles,
    questions,
    undoable: actions.filter(({ undoable }) => undoable).length,
    putBack,
    finished:
      end === undefined
        ? null
        : {
            before: String(walkthrough.before),
            after: end.snapshot === null ? null : String(end.snapshot),
            open: [
              ...new Set([
                ...end.open.map(
                  (one) => latest.diagnosis.findings.find(isStep(one))?.title ?? `${one.cause} ${one.app ?? ''}`.trim(),
                ),
                ...putBack,
              ]),
            ],
          },
    over: isOver(walkthrough),
  };
}

type StepWithoutThings = Omit<WalkthroughStepView, 'things'>;

const isSettled = ({ state }: Pick<WalkthroughStepView, 'state'>): boolean =>
  state !== 'open' && state !== 'unreadable';

/** Gives each step what it puts right of what held photos back at the beginning or does by now: each once, as the verdict counts it. */
function withThings(
  steps: readonly StepWithoutThings[],
  before: DatedDiagnosis,
  latest: DatedDiagnosis,
  catalog: Catalog,
): WalkthroughStepView[] {
  const atFirst = heldBack(before.diagnosis);
  const since = heldBack(latest.diagnosis).filter((finding) => !atFirst.some(isStep(finding)));
  // A recipe whose first cause is put right goes on as the step of the next one.
  const newestFirst = steps.toReversed();
  const things = [...atFirst, ...since].map((held) => {
    const now = latest.diagnosis.findings.find(isStep(held));
    const of = stepOf(catalog, newestFirst, held);
    const settled = now?.status === 'ok' || (of !== undefined && isSettled(of));
    return { of, thing: { title: held.title, settled } };
  });
  return steps.map((step) => ({
    ...step,
    things: things.filter(({ of }) => of === step).map(({ thing }) => thing),
  }));
}

/** The titles of what was corrected and put back: open in the last reading, or put back after it. */
function putBackSince(before: DatedDiagnosis, latest: DatedDiagnosis, actions: readonly ActionSummary[]): string[] {
  const titles = actions.flatMap((action): string[] => {
    const isDoneAgain = actions.some((other) => isStep(action)(other) && other.result === 'taken');
    if (action.result !== 'undone' || isDoneAgain) return [];
    const now = latest.diagnosis.findings.find(isStep(action));
    if (now !== undefined && isOpen(now)) return [now.title];
    const isReadLater = action.endedAt !== null && latest.takenAt > action.endedAt;
    const then = before.diagnosis.findings.find(isStep(action));
    return isReadLater || then === undefined ? [] : [then.title];
  });
  return [...new Set(titles)];
}

interface Standing {
  /** The finding as of the last reading; undefined where its app is not there any more. */
  now: Finding | undefined;
  mark: Mark | null;
  readLater: boolean;
  contradicted: boolean;
  ofStep: readonly ActionSummary[];
  readAt: string;
}

function stateOf({ now, mark, readLater, contradicted, ofStep, readAt }: Standing): WalkthroughStepState {
  if (now === undefined || now.status === 'ok' || now.status === 'not-applicable') return 'done';
  // Proven after the last whole reading: by a look at this step alone, or by the second reading of its correction.
  if (mark?.kind === 'ticked' && !readLater) return 'done';
  if (ofStep.some(({ result, endedAt }) => result === 'taken' && endedAt !== null && endedAt > readAt)) return 'done';
  if (mark?.kind === 'skipped') return 'skipped';
  if (mark?.kind === 'said-done' && !contradicted) return 'said-done';
  // What the next photo decides is not done, and was read.
  return isOpen(now) || now.settling ? 'open' : 'unreadable';
}

function summaryOf(before: Diagnosis, latest: Diagnosis): { questions: number; titles: string[] } {
  const open = latest.findings.filter(({ question }) => question !== null && question.answer === null);
  // As the result counts what is fine.
  const { passed, health } = groupsOf(before);
  const right = [...passed, ...health.filter(({ status }) => status === 'ok')];
  return { questions: open.length, titles: right.map(({ title }) => title) };
}
