import { commandRefusal } from '../../../native/command-refusal.ts';
import { commandWords } from '../../../native/command.ts';
import { valueOf } from '../../../native/describe-phone.ts';
import type { Phone } from '../../../native/phone.ts';
import type { Reading } from '../../../native/reading.ts';
import { NativeError, type CommandResult, type PhoneSource } from '../../../native/source.ts';
import type { AutomaticCorrection, Catalog } from '../../../diagnosis/load/catalog.ts';
import { verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import type { Action } from '../../../db/records/actions.ts';
import { StoreError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';
import { formerValues, isChanged, presentValues } from '../actions/action-values.ts';
import type { Clock } from '../program/clock.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import { endingOf, type Ending } from './correction-result.ts';
import { notBack, waitForRestart, type Restart } from './restart.ts';
import { scan, type Scan, type ScanOptions } from '../scan/scan.ts';
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
  /** What a reading of this phone is judged with beside itself. */
  known: NonNullable<ScanOptions['known']>;
}

/** An outcome, and the scan that it was verified with; null where the phone could not be read again. */
export interface Corrected {
  outcome: CorrectionOutcome;
  after: Scan | null;
}

/** Sends a command; null where the phone was not ready, so that nothing was sent. */
async function send({ source, phone }: Workplace, command: string): Promise<CommandResult | null> {
  try {
    return await source.run(phone.id, commandWords(command));
  } catch (error) {
    if (error instanceof NativeError) return null;
    throw error;
  }
}

/** Sends commands one after another, until one is not answered to the end, or cannot be sent. */
export async function runCommands(
  place: Workplace,
  commands: readonly string[],
  onRan: (command: string, result: CommandResult) => void,
): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  for (const command of commands) {
    place.onStep({ type: 'step', step: 'running', command, detail: null });
    const result = await send(place, command);
    if (result === null) break;
    onRan(command, result);
    results.push(result);
    if (result.ended !== 'whole') break;
  }
  return results;
}

export const recorded = (command: string, { output, errors, exitCode, ended }: CommandResult) => ({
  outputs: [{ command, output: output.slice(0, 10_000), errors: errors.slice(0, 10_000), exitCode, ended }],
});

/** Reads again; null where the phone does not let itself be read to the end. */
export async function readAgain({ source, phone, catalog, onStep, known }: Workplace): Promise<Scan | null> {
  onStep({ type: 'step', step: 'reading-after', command: null, detail: null });
  try {
    const after = await scan(source, phone, catalog, { known });
    return after.capture.brokenOff === null ? after : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof StoreError)) return null;
    throw error;
  }
}

/** Whose menus the phone shows, by the first reading that tells. */
export const skinOf = (...readings: readonly (Reading | null)[]): string | null =>
  readings.map((reading) => valueOf(reading?.identity.skin)).find((skin) => skin !== null) ?? null;

/** What running the commands of an action gave; `restart` is null where none was to be waited for. */
export interface CarriedOut {
  ran: readonly CommandResult[];
  restart: Restart | null;
}

/** Runs the commands of an action and keeps what the phone said; a phone that restarts by them is waited for. */
async function runAction(place: Workplace, action: Action, { restarts }: AutomaticCorrection): Promise<CarriedOut> {
  const { store, phone, onStep } = place;
  const ran = await runCommands(place, action.commands, (command, result) =>
    store.addActionEvent(action.id, { kind: 'ran', ...recorded(command, result) }),
  );
  const refused = ran.some((result) => commandRefusal(phone.platform, null, result) !== null);
  if (!restarts || refused || ran.length === 0) return { ran, restart: null };
  const brokeOff = ran.some(({ ended }) => ended !== 'whole');
  const onWaiting = (detail: string): void =>
    onStep({ type: 'step', step: 'waiting-for-phone', command: null, detail });
  return { ran, restart: await waitForRestart({ ...place, onWaiting }, brokeOff) };
}

/** A phone that tells nothing about the time since its start has yet been seen to go and to come. */
const seenToRestart: Ending = {
  result: 'taken',
  detail: 'The phone went off and came back. It does not tell since when it is on.',
  remedy: null,
};

/**
 * Judges by the second reading what became of an action, and keeps that. `decidedOn` is the reading that the action was decided on,
 * or what the action kept of it; `after` is null where the phone could not be read again.
 */
export function conclude(
  { store, catalog, phone }: Workplace,
  action: Action,
  correction: AutomaticCorrection,
  { ran, restart }: CarriedOut,
  decidedOn: Reading,
  after: Scan | null,
): Corrected {
  const { cause, app } = action;
  const reading = after?.reading ?? null;
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
            readAgain: reading !== null,
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
  return { outcome, after };
}

/** Carries out an action that is in the store, and proves by reading what became of it; `decidedOn` as in {@link conclude}. */
export async function carryOut(
  place: Workplace,
  action: Action,
  correction: AutomaticCorrection,
  decidedOn: Reading,
): Promise<Corrected> {
  const carriedOut = await runAction(place, action, correction);
  const after = carriedOut.restart?.back === false ? null : await readAgain(place);
  return conclude(place, action, correction, carriedOut, decidedOn, after);
}
