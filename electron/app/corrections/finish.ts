import type { AutomaticCorrection } from '../../../diagnosis/load/catalog.ts';
import { verifyCorrection } from '../../../diagnosis/judge/judge.ts';
import { actionState, isEnded, type Action } from '../../../db/records/actions.ts';
import { formerValues, isChanged, keptReading, presentValues } from '../actions/action-values.ts';
import { carryOut, conclude, readAgain, type Corrected, type Workplace } from './carry-out.ts';
import { provenEnding } from './correction-result.ts';
import { ApplicationError } from '../program/problem.ts';
import type { Scan } from '../scan/scan.ts';
import { nothingRan, undo } from './undo.ts';

/** Whether an action was being undone when it was cut off. */
const wasBeingUndone = (action: Action): boolean => actionState(action).startsWith('undo-');

function correctionOf({ catalog }: Workplace, action: Action): AutomaticCorrection {
  const cause = catalog.causes.find(({ id }) => id === action.cause);
  const correction = cause?.corrections.find(
    (one): one is AutomaticCorrection => one.kind === 'automatic' && one.id === action.correction,
  );
  if (correction !== undefined) return correction;
  throw new ApplicationError(
    'unknown-correction',
    `The catalog does not hold the correction "${action.correction}" any more, so it cannot be finished.`,
    [`Undo it: undo ${action.id}. How to put it back was stored.`],
  );
}

/** Throws {@link ApplicationError} `nothing-to-finish`. */
export function requireOpen(action: Action): void {
  if (!isEnded(action)) return;
  throw new ApplicationError('nothing-to-finish', `Action ${action.id} came to its end: nothing is left to finish.`);
}

/**
 * Brings an action that was cut off to its end. The phone is read first: what it shows to be done already is recorded, and only
 * otherwise the stored commands run again. An undo that was cut off is undone to its end. Throws {@link ApplicationError}
 * `nothing-to-finish`, `unknown-correction`, `scan-broke-off`.
 */
export async function finish(place: Workplace, action: Action): Promise<Corrected> {
  requireOpen(action);
  if (actionState(action) === 'planned') return giveUp(place, action);
  if (wasBeingUndone(action)) return finishUndo(place, action);
  const correction = correctionOf(place, action);
  const first = await readFirst(place);
  const decidedOn = keptReading(action, place.phone.platform);
  if (verifyCorrection(correction, first.reading, action.app, place.catalog, decidedOn) === true) {
    return conclude(place, action, correction, { ran: [], restart: null }, decidedOn, first);
  }
  return carryOut(place, action, correction, decidedOn);
}

async function finishUndo(place: Workplace, action: Action): Promise<Corrected> {
  const first = await readFirst(place);
  const present = presentValues(action, first.reading);
  if (isChanged(formerValues(action), present) !== false) return undo(place, action);
  const { result } = provenEnding;
  place.store.addActionEvent(action.id, { kind: 'undo-verified', result, after: present as Action['before'] });
  const { id, cause, app } = action;
  const outcome = {
    action: String(id),
    cause,
    app,
    before: {},
    after: present,
    ...provenEnding,
    undoable: false,
  };
  return { outcome, after: first };
}

/** Rejects where the phone cannot be read to the end: the action stays as it is, and can be finished later. */
async function readFirst(place: Workplace): Promise<Scan> {
  const first = await readAgain(place);
  if (first !== null) return first;
  throw new ApplicationError(
    'scan-broke-off',
    'The phone could not be read. Nothing was run, and nothing is claimed.',
    ['Plug it in, unlock it, and finish the correction then.'],
  );
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
