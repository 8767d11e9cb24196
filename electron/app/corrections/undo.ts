import { isDeepStrictEqual } from 'node:util';
import { identityOf } from '../../../native/phone-identity.ts';
import type { Reading } from '../../../native/reading.ts';
import { fill } from '../../../diagnosis/load/sentences.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import { actionState, type Action, type ActionEvent, type ActionState } from '../../../db/records/actions.ts';
import { formerValues, isChanged, keptReading, presentValues, type ActionValues } from '../actions/action-values.ts';
import { attend } from './attend.ts';
import { readAfter, recorded, runCommands, skinOf, type Corrected, type Workplace } from './carry-out.ts';
import { automaticCorrection } from './choose-correction.ts';
import { doneElsewhere, requireOfCatalog } from './trusted-action.ts';
import { endingOf, provenEnding, type Ending, type SecondReading } from './correction-result.ts';
import { overLaterCorrection } from './later-correction.ts';
import { ApplicationError } from '../program/problem.ts';
import { valueQuestion, type Question } from '../actions/question.ts';
import type { PhoneReading } from '../scan/scan.ts';
import { wasCutInPart, wasUndoneInPart, wayBack } from '../actions/way-back.ts';

/** Why an action has no way back, in the words of the catalog; empty where it no longer holds them. */
function irreversibleText(catalog: Catalog, { cause, app, correction }: Action): string {
  const text = catalog.causes.find(({ id }) => id === cause)?.text.corrections[correction]?.irreversible ?? '';
  return fill(text, { app: app === null ? '' : appName(catalog, app) });
}

/** Throws {@link ApplicationError} `already-undone`, `done-elsewhere`, `nothing-to-put-back`, `nothing-to-undo`. */
function requireWayBack(catalog: Catalog, action: Action): void {
  switch (wayBack(action)) {
    case 'open':
      return;
    case 'undone':
      throw new ApplicationError('already-undone', `Action ${action.id} is already undone.`);
    case 'irreversible': {
      const why = irreversibleText(catalog, action);
      throw new ApplicationError('nothing-to-put-back', `There is nothing to put back. ${why}`.trimEnd());
    }
    case 'elsewhere':
      throw doneElsewhere(action);
    case 'nothing-changed':
      throw new ApplicationError(
        'nothing-to-undo',
        `Action ${action.id} changed nothing, so there is nothing to undo.`,
      );
  }
}

const cutOff = new Set<ActionState>(['started', 'ran', 'undo-started', 'undo-ran']);

/**
 * What is kept when an action is about to be undone. One that was cut off counts as given up: nobody knows how far it came, and
 * undoing is safe.
 */
function beginningOfUndo(action: Action): ActionEvent[] {
  const begun: ActionEvent = { kind: 'undo-started' };
  if (!cutOff.has(actionState(action))) return [begun];
  return [{ kind: 'abandoned', reason: 'The program ended before the second reading.' }, begun];
}

const not = (truth: Truth): Truth => (truth === 'unknown' ? truth : !truth);

/** What is kept of an action whose commands were stored, and none was run. */
export const nothingRan = {
  kind: 'abandoned',
  reason: 'The program ended before anything was run: nothing was changed.',
} as const satisfies ActionEvent;

/** What the last correction of an action left on the phone; null: nobody knows. */
function leftBy(action: Action): ActionValues | null {
  const verified = action.events.findLast((event) => event.kind === 'verified');
  if (verified?.result !== 'taken') return null;
  const left = verified.after as ActionValues;
  return Object.keys(formerValues(action)).every((path) => (left[path] ?? null) !== null) ? left : null;
}

/**
 * Asks before values are written over that are neither what the correction left nor what is put back: somebody chose them since, or
 * the app was installed anew. And before those that a later correction set: they may well be the same.
 */
function overwriting(workplace: Workplace, action: Action, first: PhoneReading): Question | null {
  const later = overLaterCorrection(workplace, action, first, 'Put this one back all the same?');
  if (later !== null) return later;
  const { catalog } = workplace;
  const { reading } = first;
  const present = presentValues(action, reading);
  if (isChanged(formerValues(action), present) === false || wasUndoneInPart(action)) return null;
  const phone = identityOf(reading);
  const left = leftBy(action);
  if (left !== null) {
    const former = formerValues(action);
    const isOurs = (path: string): boolean =>
      [left[path], former[path]].some((one) => (one ?? null) !== null && isDeepStrictEqual(one, present[path]));
    if (Object.keys(former).every(isOurs)) return null;
    return valueQuestion('This is not what the correction left. Put it back all the same?', left, present, phone);
  }
  if (wasCutInPart(action)) return null;
  const correction = automaticCorrection(catalog, action);
  const decidedOn = keptReading(action, reading.platform);
  const isDone = correction !== null && verifyCorrection(correction, reading, action.app, catalog, decidedOn) === true;
  const title = 'The phone has other values than the correction was to set. Put them back all the same?';
  return isDone ? null : valueQuestion(title, formerValues(action), present, phone);
}

/** That the former values are there already: nothing needs to be run. */
const alreadyBack: Ending = { ...provenEnding, detail: 'The phone has the former values already. Nothing was run.' };

/**
 * Runs the stored inverse of an action, after a look at the phone, and proves by reading that the exact former values are back. Throws as {@link requireWayBack} and {@link attend}.
 */
export async function undo(workplace: Workplace, action: Action): Promise<Corrected> {
  const { store, catalog, phone } = workplace;
  requireWayBack(catalog, actionState(action) === 'planned' ? store.addActionEvent(action.id, nothingRan) : action);
  requireOfCatalog(catalog, action, action.inverse);
  const { place, first } = await attend(workplace, [action.identity], (found) => overwriting(workplace, action, found));
  const former = formerValues(action);
  const isBack = (reading: Reading): Truth => not(isChanged(former, presentValues(action, reading)));
  store.addActionEvent(action.id, ...beginningOfUndo(action));
  const wasBack = isBack(first.reading) === true;
  const done = wasBack
    ? { ran: [], swapped: false }
    : await runCommands(place, action.inverse, (command, result) =>
        store.addActionEvent(action.id, { kind: 'undo-ran', ...recorded(command, result) }),
      );
  const second: SecondReading = wasBack ? { of: 'the-phone', read: first } : await readAfter(place, done, isBack);
  const after = second.read;
  const present = after === null ? {} : presentValues(action, after.reading);
  const left = leftBy(action);
  const { result, detail, remedy } = wasBack
    ? alreadyBack
    : endingOf({
        platform: phone.platform,
        skin: skinOf(after?.reading ?? null),
        ran: done.ran,
        second: second.of,
        proven: after === null ? 'unknown' : isBack(after.reading),
        // Nobody knows the values of what was not proven to be corrected.
        changed: left === null ? 'unknown' : isChanged(left, present),
      });
  const kept = store.addActionEvent(action.id, {
    kind: 'undo-verified',
    result,
    after: present as Action['before'],
  });
  const verified = action.events.findLast((event) => event.kind === 'verified');
  return {
    outcome: {
      action: String(action.id),
      cause: action.cause,
      app: action.app,
      result,
      before: (verified?.after ?? {}) as ActionValues,
      after: present,
      detail,
      remedy,
      undoable: wayBack(kept) === 'open',
    },
    after,
  };
}
