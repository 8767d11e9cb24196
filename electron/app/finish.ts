import { isDeepStrictEqual } from 'node:util';
import type { AutomaticCorrection } from '../../diagnosis/catalog.ts';
import { verifyCorrection } from '../../diagnosis/judge.ts';
import { actionState, isEnded, type Action } from '../../db/action.ts';
import type { Store } from '../../db/store.ts';
import {
  catalogPath,
  readAgain,
  recorded,
  resultOf,
  runCommands,
  undo,
  valuesAt,
  type Corrected,
  type Workplace,
} from './correct.ts';
import { ApplicationError } from './problem.ts';
import type { Scan } from './scan.ts';

/** Whether an action was being undone when it was cut off. */
const wasBeingUndone = (action: Action): boolean => actionState(action).startsWith('undo-');

const keep = (store: Store, action: Action, kind: 'verified' | 'undo-verified') => {
  return (result: ReturnType<typeof resultOf>['result'], after: Record<string, unknown>): void => {
    store.addActionEvent(action.id, { kind, result, after: after as Action['before'] });
  };
};

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

/**
 * Brings an action that was cut off to its end. The phone is read first: what it shows to be done already is recorded, and only
 * otherwise the stored commands run again. An undo that was cut off is undone to its end. Throws {@link ApplicationError}
 * `nothing-to-finish`, `unknown-correction`, `scan-broke-off`.
 */
export async function finish(place: Workplace, action: Action): Promise<Corrected> {
  if (isEnded(action)) {
    throw new ApplicationError('nothing-to-finish', `Action ${action.id} came to its end: nothing is left to finish.`);
  }
  if (actionState(action) === 'planned') return giveUp(place, action);
  if (wasBeingUndone(action)) return finishUndo(place, action);
  const correction = correctionOf(place, action);
  const first = await readFirst(place);
  if (verifyCorrection(correction, first.reading, action.app, place.catalog) === true) {
    return finished(place, action, correction, first, []);
  }
  const { store } = place;
  const ran = await runCommands(place, action.commands, (command, result) =>
    store.addActionEvent(action.id, { kind: 'ran', ...recorded(command, result) }),
  );
  return finished(place, action, correction, await readAgain(place), ran);
}

async function finishUndo(place: Workplace, action: Action): Promise<Corrected> {
  const first = await readFirst(place);
  const formerValues = action.before as Record<string, unknown>;
  const presentValues = valuesAt(first.reading, action.app, Object.keys(formerValues).map(catalogPath));
  if (!isDeepStrictEqual(presentValues, formerValues)) return undo(place, action);
  const { result, detail } = resultOf(true, []);
  keep(place.store, action, 'undo-verified')(result, presentValues);
  const { cause, app } = action;
  const outcome = { action: String(action.id), cause, app, result, before: {}, after: presentValues, detail };
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

function finished(
  { store, catalog }: Workplace,
  action: Action,
  correction: AutomaticCorrection,
  after: Scan | null,
  ran: Parameters<typeof resultOf>[1],
): Corrected {
  const proven = after === null ? 'unknown' : verifyCorrection(correction, after.reading, action.app, catalog);
  const { result, detail } = resultOf(proven, ran);
  const presentValues = after === null ? {} : valuesAt(after.reading, action.app, correction.before);
  keep(store, action, 'verified')(result, presentValues);
  const { cause, app } = action;
  const before = action.before as Record<string, unknown>;
  return { outcome: { action: String(action.id), cause, app, result, before, after: presentValues, detail }, after };
}

/** The commands were stored, and none was run. */
function giveUp({ store }: Workplace, action: Action): Corrected {
  const detail = 'The program ended before anything was run: nothing was changed.';
  store.addActionEvent(action.id, { kind: 'abandoned', reason: detail });
  const { cause, app } = action;
  const before = action.before as Record<string, unknown>;
  return {
    outcome: { action: String(action.id), cause, app, result: 'not-taken', before, after: before, detail },
    after: null,
  };
}
