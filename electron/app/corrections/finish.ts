import { identityOf } from '../../../native/phone-identity.ts';
import type { AutomaticCorrection } from '../../../diagnosis/load/catalog.ts';
import { verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import { actionState, isEnded, type Action } from '../../../db/records/actions.ts';
import { formerValues, isChanged, keptReading, presentValues } from '../actions/action-values.ts';
import { attend } from './attend.ts';
import { carryOut, conclude, type Corrected, type Workplace } from './carry-out.ts';
import { automaticCorrection } from './choose-correction.ts';
import { overLaterCorrection } from './later-correction.ts';
import { ApplicationError } from '../program/problem.ts';
import { valueQuestion, type Question } from '../actions/question.ts';
import type { PhoneReading } from '../scan/scan.ts';
import { doneElsewhere, requireOfCatalog } from './trusted-action.ts';
import { nothingRan, undo } from './undo.ts';
import { wasCutInPart } from '../actions/way-back.ts';

/** Whether an action was being undone when it was cut off. */
export const wasBeingUndone = (action: Action): boolean => actionState(action).startsWith('undo-');

function correctionOf({ catalog }: Workplace, action: Action): AutomaticCorrection {
  const correction = automaticCorrection(catalog, action);
  if (correction !== null) return correction;
  throw new ApplicationError(
    'unknown-correction',
    `The catalog does not hold the correction "${action.correction}" any more, so it cannot be finished.`,
    [`Undo it: undo ${action.id}. How to put it back was stored.`],
  );
}

/** Throws {@link ApplicationError} `done-elsewhere`, `nothing-to-finish`. */
export function requireOpen(action: Action): void {
  if (action.takenIn) throw doneElsewhere(action);
  if (!isEnded(action)) return;
  throw new ApplicationError('nothing-to-finish', `Action ${action.id} came to its end: nothing is left to finish.`);
}

/** Asks before values are written over that somebody chose since the correction was decided on. */
function overwriting(workplace: Workplace, action: Action, first: PhoneReading): Question | null {
  const later = overLaterCorrection(workplace, action, first, 'Finish this one all the same?');
  if (later !== null) return later;
  const { reading } = first;
  const present = presentValues(action, reading);
  // What could not be read before is not known to be another value.
  if (action.inverse.length === 0 || wasCutInPart(action) || isChanged(formerValues(action), present) !== true)
    return null;
  const title = 'The phone has not the values any more that the correction was decided on. Finish it all the same?';
  return valueQuestion(title, formerValues(action), present, identityOf(reading));
}

/**
 * Brings an action that was cut off to its end. The phone is read first: what it shows to be done already is recorded, and only
 * otherwise the stored commands run again. An undo that was cut off is undone to its end. Throws {@link ApplicationError} `nothing-to-finish`, `unknown-correction`, and as {@link attend}.
 */
export async function finish(workplace: Workplace, action: Action): Promise<Corrected> {
  requireOpen(action);
  if (actionState(action) === 'planned') return giveUp(workplace, action);
  if (wasBeingUndone(action)) return undo(workplace, action);
  const correction = correctionOf(workplace, action);
  requireOfCatalog(workplace.catalog, action, action.commands);
  const decidedOn = keptReading(action, workplace.phone.platform);
  const isDone = ({ reading }: PhoneReading): boolean =>
    verifyCorrection(correction, reading, action.app, workplace.catalog, decidedOn) === true;
  const doubt = (first: PhoneReading): Question | null =>
    isDone(first) ? null : overwriting(workplace, action, first);
  const { place, first } = await attend(workplace, [action.identity], doubt);
  if (!isDone(first)) {
    place.requireStillAllowed();
    return carryOut(place, action, correction, decidedOn);
  }
  const nothingSent = { ran: [], swapped: false, restart: null };
  return conclude(place, action, correction, nothingSent, decidedOn, { of: 'the-phone', read: first });
}

/** The commands were stored, and none was run. */
function giveUp({ store }: Workplace, action: Action): Corrected {
  store.addActionEvent(action.id, nothingRan);
  const { cause, app } = action;
  const before = formerValues(action);
  return {
    outcome: {
      action: String(action.id),
      cause,
      app,
      result: 'not-taken',
      before,
      after: before,
      detail: nothingRan.reason,
      remedy: null,
      undoable: false,
    },
    after: null,
  };
}
