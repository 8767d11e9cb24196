import { isDeepStrictEqual } from 'node:util';
import { commandText, commandWords } from '../../native/command.ts';
import type { Phone } from '../../native/phone.ts';
import { appPath, type Reading } from '../../native/reading.ts';
import type { CommandResult, PhoneSource } from '../../native/source.ts';
import type { AutomaticCorrection, Catalog } from '../../diagnosis/catalog.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { verifyCorrection } from '../../diagnosis/judge.ts';
import { fillCommand, knownAt } from '../../diagnosis/template.ts';
import { actionState, type Action, type ActionEvent } from '../../db/action.ts';
import type { Store } from '../../db/store.ts';
import type { CorrectionOutcome, CorrectionResult } from './correction-outcome.ts';
import { ApplicationError } from './problem.ts';
import { scan, type Scan, type ScanOptions } from './scan.ts';
import type { ScanReport } from './scan-report.ts';

/** What a correction tells while it runs. `report` is null where the phone could not be read again. */
export type CorrectionEvent =
  | { type: 'step'; step: 'reading-before' | 'storing-inverse' | 'running' | 'reading-after'; command: string | null }
  | { type: 'outcome'; outcome: CorrectionOutcome; report: ScanReport | null };

export type OnStep = (event: Extract<CorrectionEvent, { type: 'step' }>) => void;

/** What carrying out a correction needs. */
export interface Workplace {
  source: PhoneSource;
  phone: Phone;
  catalog: Catalog;
  store: Store;
  /** Who said yes. */
  who: string;
  onStep: OnStep;
  /** The walk-through that it is part of; null for a correction by itself. */
  walkthrough: number | null;
  /** What a reading of this phone is judged with beside itself. */
  known: NonNullable<ScanOptions['known']>;
}

/** An outcome, and the scan that it was verified with; null where the phone could not be read again. */
export interface Corrected {
  outcome: CorrectionOutcome;
  after: Scan | null;
}

export interface CorrectionChoice {
  finding: Finding;
  correction: AutomaticCorrection;
}

/** What was asked for: a cause, the app where it is per app, and which of its corrections (the first automatic one if null). */
export interface CorrectionRequest {
  cause: string;
  app: string | null;
  correction: string | null;
}

const isOpen = (finding: Finding) => finding.status === 'problem' || finding.status === 'possible';

function automaticCorrections(catalog: Catalog, finding: Finding): AutomaticCorrection[] {
  const cause = catalog.causes.find(({ id }) => id === finding.cause);
  const offered = new Set(finding.corrections.map(({ id }) => id));
  return (cause?.corrections ?? []).filter(
    (one): one is AutomaticCorrection => one.kind === 'automatic' && offered.has(one.id),
  );
}

/**
 * The finding and correction that a request means, on a fresh reading. Throws {@link ApplicationError}: `unknown-cause`,
 * `name-an-app`, `nothing-to-correct`, `cannot-judge`, `guided-only`.
 */
export function chooseCorrection(
  catalog: Catalog,
  findings: readonly Finding[],
  request: CorrectionRequest,
): CorrectionChoice {
  const cause = catalog.causes.find(({ id }) => id === request.cause);
  if (cause === undefined) {
    throw new ApplicationError('unknown-cause', `The catalog knows no cause "${request.cause}".`, [
      'The ids of the causes stand in the findings of a scan.',
    ]);
  }
  const ofCause = findings.filter((finding) => finding.cause === cause.id);
  const matching = request.app === null ? ofCause : ofCause.filter((finding) => finding.app === request.app);
  const open = matching.filter(isOpen);
  const choices = open.flatMap((finding) =>
    automaticCorrections(catalog, finding)
      .filter((one) => request.correction === null || one.id === request.correction)
      .map((correction): CorrectionChoice => ({ finding, correction })),
  );
  const wholePhone = choices.filter(({ correction }) => (correction.per ?? cause.per) === 'phone');
  const apps = new Set(choices.map(({ finding }) => finding.app));
  const candidates = request.app === null && cause.per === 'app' && apps.size > 1 ? wholePhone : choices;
  const [choice] = candidates;
  if (choice !== undefined) return choice;
  if (apps.size > 1) {
    throw new ApplicationError('name-an-app', `Several apps have this problem: name one.`, [[...apps].join(', ')]);
  }
  const [finding] = open.length > 0 ? open : matching;
  if (finding !== undefined && isOpen(finding)) {
    throw new ApplicationError('guided-only', `"${finding.title}" cannot be corrected over USB on this phone.`, [
      ...(finding.corrections.find(({ kind }) => kind === 'guided')?.steps ?? finding.check),
    ]);
  }
  if (finding?.status === 'unknown') {
    throw new ApplicationError(
      'cannot-judge',
      `${finding.title}: it could not be read, so nothing was changed.`,
      finding.check,
    );
  }
  const what = request.app === null ? cause.text.name : `${cause.text.name}, ${request.app}`;
  throw new ApplicationError('nothing-to-correct', `Nothing to correct: ${finding?.title ?? what}.`);
}

/** The leaves a correction changes, with their values, by path. A leaf that is not known has no value here. */
export function valuesAt(reading: Reading, app: string | null, paths: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    paths.map((path) => [
      path.startsWith('app.') && app !== null ? appPath(app, path.slice('app.'.length)) : path,
      knownAt(reading, app, path) ?? null,
    ]),
  );
}

/** What phones say when they will not: permission texts arrive on standard output with exit code 0 as often as not. */
const refusal =
  /SecurityException|Permission denial|requires:?\s*android\.permission|Neither user \d+ nor current process|not allowed to/i;

const said = (result: Pick<CommandResult, 'output' | 'errors'>): string =>
  `${result.output}\n${result.errors}`.trim().split('\n')[0]?.slice(0, 300) ?? '';

export async function runCommands(
  { source, phone, onStep }: Workplace,
  commands: readonly string[],
  onRan: (command: string, result: CommandResult) => void,
): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  for (const command of commands) {
    onStep({ type: 'step', step: 'running', command });
    const result = await source.run(phone.id, commandWords(command));
    onRan(command, result);
    results.push(result);
    if (result.ended !== 'whole') break;
  }
  return results;
}

export const recorded = (command: string, { output, errors, exitCode }: CommandResult) => ({
  outputs: [{ command, output: output.slice(0, 10_000), errors: errors.slice(0, 10_000), exitCode }],
});

/** Reads again; null where the phone does not let itself be read to the end. */
export async function readAgain({ source, phone, catalog, onStep, known }: Workplace): Promise<Scan | null> {
  onStep({ type: 'step', step: 'reading-after', command: null });
  try {
    const after = await scan(source, phone, catalog, { known });
    return after.capture.brokenOff === null ? after : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

export function resultOf(
  proven: boolean | 'unknown',
  ran: readonly CommandResult[],
): { result: CorrectionResult; detail: string } {
  if (proven === true) return { result: 'taken', detail: 'The second reading proves it.' };
  const words = ran.map(said).find((text) => text !== '') ?? '';
  const refused = ran.map(({ output, errors }) => `${output}\n${errors}`).find((text) => refusal.test(text));
  if (refused !== undefined) {
    const line = refused.split('\n').find((text) => refusal.test(text)) ?? refused;
    return { result: 'refused', detail: `The phone refused: ${line.trim().slice(0, 300)}` };
  }
  if (proven === 'unknown') {
    return { result: 'unverified', detail: 'The phone could not be read again, so nothing is claimed.' };
  }
  const saying = words === '' ? '' : ` The phone said: ${words}`;
  return { result: 'not-taken', detail: `The second reading shows the former value.${saying}` };
}

/**
 * Carries out a correction: stores the inverse and the former values, runs it, reads the phone again, records what became of
 * it. `before` is the reading that the finding was judged on. A phone that vanishes on the way leaves the action in the store,
 * told as far as it is known.
 */
export async function correct(place: Workplace, choice: CorrectionChoice, before: Scan): Promise<Corrected> {
  const { finding, correction } = choice;
  const { store, onStep } = place;
  const fill = (templates: readonly string[]) =>
    templates.map((template) => commandText(fillCommand(template, before.reading, finding.app)));
  const commands = fill(correction.commands);
  const formerValues = valuesAt(before.reading, finding.app, correction.before);

  onStep({ type: 'step', step: 'storing-inverse', command: null });
  const action = store.planAction({
    phone: before.phone,
    snapshot: null,
    ticket: null,
    walkthrough: place.walkthrough,
    cause: finding.cause,
    app: finding.app,
    correction: correction.id,
    commands,
    inverse: fill(correction.inverse),
    before: formerValues as Action['before'],
    who: place.who,
  });
  store.addActionEvent(action.id, { kind: 'started' });
  const ran = await runCommands(place, commands, (command, result) =>
    store.addActionEvent(action.id, { kind: 'ran', ...recorded(command, result) }),
  );

  const after = await readAgain(place);
  const proven = after === null ? 'unknown' : verifyCorrection(correction, after.reading, finding.app, place.catalog);
  const { result, detail } = resultOf(proven, ran);
  const presentValues = after === null ? {} : valuesAt(after.reading, finding.app, correction.before);
  store.addActionEvent(action.id, { kind: 'verified', result, after: presentValues as Action['before'] });
  return {
    outcome: {
      action: String(action.id),
      cause: finding.cause,
      app: finding.app,
      result,
      before: formerValues,
      after: presentValues,
      detail,
    },
    after,
  };
}

const lastResult = (action: Action): CorrectionResult | null => {
  const verified = action.events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  return verified?.result ?? null;
};

/**
 * What is kept when an action is about to be undone. One that was cut off counts as given up: nobody knows how far it came, and
 * undoing is safe. Throws {@link ApplicationError} `already-undone`, `nothing-to-undo`.
 */
function beginningOfUndo(action: Action): ActionEvent[] {
  const state = actionState(action);
  if (state === 'undo-verified' && lastResult(action) === 'taken') {
    throw new ApplicationError('already-undone', `Action ${action.id} is already undone.`);
  }
  if (state === 'verified' && (lastResult(action) === 'refused' || lastResult(action) === 'not-taken')) {
    throw new ApplicationError('nothing-to-undo', `Action ${action.id} changed nothing, so there is nothing to undo.`);
  }
  if (
    state === 'planned' ||
    state === 'started' ||
    state === 'ran' ||
    state === 'undo-started' ||
    state === 'undo-ran'
  ) {
    return [{ kind: 'abandoned', reason: 'The program ended before the second reading.' }, { kind: 'undo-started' }];
  }
  return [{ kind: 'undo-started' }];
}

/** The catalog path of a stored path: `apps.com·x.exempt` is `app.exempt`. */
export const catalogPath = (path: string): string =>
  path.startsWith('apps.') ? `app.${path.split('.').at(-1)}` : path;

/** Runs the stored inverse of an action and proves by reading that the exact former values are back. */
export async function undo(place: Workplace, action: Action): Promise<Corrected> {
  const { store } = place;
  store.addActionEvent(action.id, ...beginningOfUndo(action));
  const ran = await runCommands(place, action.inverse, (command, result) =>
    store.addActionEvent(action.id, { kind: 'undo-ran', ...recorded(command, result) }),
  );
  const formerValues = action.before as Record<string, unknown>;
  const after = await readAgain(place);
  const presentValues =
    after === null ? {} : valuesAt(after.reading, action.app, Object.keys(formerValues).map(catalogPath));
  const proven = after === null ? 'unknown' : isDeepStrictEqual(presentValues, formerValues);
  const { result, detail } = resultOf(proven, ran);
  store.addActionEvent(action.id, { kind: 'undo-verified', result, after: presentValues as Action['before'] });
  const corrected = action.events.findLast((event) => event.kind === 'verified');
  return {
    outcome: {
      action: String(action.id),
      cause: action.cause,
      app: action.app,
      result,
      before: (corrected?.after ?? {}) as Record<string, unknown>,
      after: presentValues,
      detail: result === 'not-taken' ? 'The second reading does not show the former value.' : detail,
    },
    after,
  };
}
