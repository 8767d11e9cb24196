import { commandRefusal } from '../../../native/command-refusal.ts';
import { commandWords } from '../../../native/command.ts';
import { valueOf } from '../../../native/describe-phone.ts';
import type { Phone } from '../../../native/phone.ts';
import { identityOf, type PhoneIdentity } from '../../../native/phone-identity.ts';
import type { Reading } from '../../../native/reading.ts';
import { NativeError, type CommandResult, type PhoneSource } from '../../../native/source.ts';
import type { AutomaticCorrection, Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import { verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import type { Action } from '../../../db/records/actions.ts';
import { StoreError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';
import { formerValues, isChanged, presentValues } from '../actions/action-values.ts';
import type { Clock } from '../program/clock.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import { endingOf, type Ending, type SecondReading } from './correction-result.ts';
import { lookAt } from '../phones/look.ts';
import type { Confirm, Question } from '../actions/question.ts';
import { notBack, waitForRestart, type Restart } from './restart.ts';
import { samenessInSitting, samenessNow } from '../actions/same-phone.ts';
import { readWhole, type PhoneReading } from '../scan/scan.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { wayBack } from '../actions/way-back.ts';

/** What a correction tells while it runs. `report` is null where the phone could not be read again. */
export type CorrectionEvent =
  | {
      type: 'step';
      step: 'reading-before' | 'storing-inverse' | 'running' | 'waiting-for-phone' | 'reading-after';
      command: string | null;
      /** What is waited for, in words; null where the step says it all. */
      detail: string | null;
    }
  /** Nothing more happens: what is asked must be agreed to first. */
  | { type: 'question'; question: Question }
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
  clock: Clock;
  /** Who the phone was in the reading that was agreed on, else when it was read last since the program was started; null: it was not. */
  seen: PhoneIdentity | null;
  /** Asks a person where something differs from what was agreed to. */
  confirm: Confirm;
  /** Asked right before a correction is carried out: a customer may take back what they allow while a question stands. Throws `change-not-allowed`. */
  requireStillAllowed: () => void;
}

/** An outcome, and the reading that it was verified with; null where the phone could not be read again. */
export interface Corrected {
  outcome: CorrectionOutcome;
  after: PhoneReading | null;
}

/** A place whose phone has told who it is. Only on this phone anything is run. */
export interface AttendedPlace extends Workplace {
  identity: PhoneIdentity;
}

/**
 * Sends a command to the phone that is attended, which is asked who it is right before. `not-ready`: nothing was sent, and nothing
 * is known; `another-phone`: nothing was sent, because another one is plugged in.
 */
async function send(place: AttendedPlace, command: string): Promise<CommandResult | 'not-ready' | 'another-phone'> {
  const now = await lookAt(place);
  if (now === null) return 'not-ready';
  switch (samenessNow(place.identity, now.identity)) {
    case 'another':
      return 'another-phone';
    case 'not-sure':
      return 'not-ready';
    case 'same':
  }
  try {
    return await place.source.run(place.phone.id, commandWords(command));
  } catch (error) {
    if (error instanceof NativeError) return 'not-ready';
    throw error;
  }
}

/** What was sent; `swapped`: no more was sent, because another phone was plugged in. */
export interface Ran {
  ran: readonly CommandResult[];
  swapped: boolean;
}

/** Sends commands one after another, until one is not answered to the end, or cannot be sent. */
export async function runCommands(
  place: AttendedPlace,
  commands: readonly string[],
  onRan: (command: string, result: CommandResult) => void,
): Promise<Ran> {
  const ran: CommandResult[] = [];
  for (const command of commands) {
    place.onStep({ type: 'step', step: 'running', command, detail: null });
    const result = await send(place, command);
    if (typeof result === 'string') return { ran, swapped: result === 'another-phone' };
    onRan(command, result);
    ran.push(result);
    if (result.ended !== 'whole') break;
  }
  return { ran, swapped: false };
}

export const recorded = (command: string, { output, errors, exitCode, ended }: CommandResult) => ({
  outputs: [{ command, output: output.slice(0, 10_000), errors: errors.slice(0, 10_000), exitCode, ended }],
});

/** Reads the whole phone; null where it does not let itself be read to the end. */
export async function readPhone(
  { source, phone, catalog, onStep }: Workplace,
  step: 'reading-before' | 'reading-after',
): Promise<PhoneReading | null> {
  onStep({ type: 'step', step, command: null, detail: null });
  try {
    const read = await readWhole(source, phone, catalog);
    return read.capture.brokenOff === null ? read : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof StoreError)) return null;
    throw error;
  }
}

/** Reads the phone that is attended once more. It may have been started meanwhile. */
async function readAgain(place: AttendedPlace): Promise<SecondReading> {
  const found = await readPhone(place, 'reading-after');
  if (found === null) return { of: 'nothing', read: null };
  const now = { ...identityOf(found.reading), boot: place.identity.boot };
  const isAnother = samenessInSitting(place.identity, now) === 'another';
  return isAnother ? { of: 'another-phone', read: null } : { of: 'the-phone', read: found };
}

/** Some phones apply a setting a while after their answer: three looks, all within ten seconds. */
const lookAgainMs = [2_000, 5_000];
const never = new AbortController().signal;

/** Reads the phone after commands have run, again with a pause where they were taken and what they are for is not seen yet. */
export async function readAfter(
  place: AttendedPlace,
  { ran, swapped }: Ran,
  prove: (reading: Reading) => Truth,
): Promise<SecondReading> {
  if (swapped) return { of: 'another-phone', read: null };
  let second = await readAgain(place);
  if (!ran.some((result) => isAccepted(place, result))) return second;
  for (const pauseMs of lookAgainMs) {
    if (second.read === null || prove(second.read.reading) !== false) break;
    await place.clock.sleep(pauseMs, never);
    second = await readAgain(place);
  }
  return second;
}

const isAccepted = ({ phone }: Workplace, result: CommandResult): boolean =>
  result.ended === 'whole' && commandRefusal(phone.platform, null, result) === null;

/** Whose menus the phone shows, by the first reading that tells. */
export const skinOf = (...readings: readonly (Reading | null)[]): string | null =>
  readings.map((reading) => valueOf(reading?.identity.skin)).find((skin) => skin !== null) ?? null;

/** What running the commands of an action gave; `restart` is null where none was to be waited for. */
export interface CarriedOut extends Ran {
  restart: Restart | null;
}

/** Runs the commands of an action and keeps what the phone said; a phone that restarts by them is waited for. */
async function runAction(place: AttendedPlace, action: Action, { restarts }: AutomaticCorrection): Promise<CarriedOut> {
  const { store, phone, onStep } = place;
  const { ran, swapped } = await runCommands(place, action.commands, (command, result) =>
    store.addActionEvent(action.id, { kind: 'ran', ...recorded(command, result) }),
  );
  const refused = ran.some((result) => commandRefusal(phone.platform, null, result) !== null);
  if (!restarts || refused || swapped || ran.length === 0) return { ran, swapped, restart: null };
  const brokeOff = ran.some(({ ended }) => ended !== 'whole');
  const onWaiting = (detail: string): void =>
    onStep({ type: 'step', step: 'waiting-for-phone', command: null, detail });
  return { ran, swapped, restart: await waitForRestart({ ...place, onWaiting }, brokeOff) };
}

/** A phone that tells nothing about the time since its start has yet been seen to go and to come. */
const seenToRestart: Ending = {
  result: 'taken',
  detail: 'The phone went off and came back. It does not tell since when it is on.',
  remedy: null,
};

/**
 * Judges by the second reading what became of an action, and keeps that. `decidedOn` is the reading that the action was decided on,
 * or what the action kept of it.
 */
export function conclude(
  { store, catalog, phone }: Workplace,
  action: Action,
  correction: AutomaticCorrection,
  { ran, restart }: CarriedOut,
  decidedOn: Reading,
  second: SecondReading,
): Corrected {
  const { cause, app } = action;
  const reading = second.read?.reading ?? null;
  const proven = reading === null ? 'unknown' : verifyCorrection(correction, reading, app, catalog, decidedOn);
  // Where the answer was lost, it may have been the cable that went off and came back.
  const seen = restart?.wentAway === true && ran.every(({ ended }) => ended === 'whole');
  const before = formerValues(action);
  const present = reading === null ? {} : presentValues(action, reading);
  const { result, detail, remedy } =
    restart?.back === false
      ? { result: 'unverified' as const, ...notBack }
      : seen && reading !== null && proven === 'unknown'
        ? seenToRestart
        : endingOf({
            platform: phone.platform,
            skin: skinOf(decidedOn, reading),
            ran,
            second: second.of,
            proven,
            changed: correction.irreversible ? false : isChanged(before, present),
          });
  const kept = store.addActionEvent(action.id, { kind: 'verified', result, after: present as Action['before'] });
  const outcome = {
    action: String(action.id),
    cause,
    app,
    result,
    before,
    after: present,
    detail,
    remedy,
    undoable: wayBack(kept) === 'open',
  };
  return { outcome, after: second.read };
}

/** Carries out an action that is in the store, and proves by reading what became of it; `decidedOn` as in {@link conclude}. */
export async function carryOut(
  place: AttendedPlace,
  action: Action,
  correction: AutomaticCorrection,
  decidedOn: Reading,
): Promise<Corrected> {
  const carriedOut = await runAction(place, action, correction);
  const prove = (reading: Reading) => verifyCorrection(correction, reading, action.app, place.catalog, decidedOn);
  const second =
    carriedOut.restart?.back === false
      ? ({ of: 'nothing', read: null } as const)
      : await readAfter(place, carriedOut, prove);
  return conclude(place, action, correction, carriedOut, decidedOn, second);
}
