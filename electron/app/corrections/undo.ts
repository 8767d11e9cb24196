import { fill } from '../../../diagnosis/load/sentences.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import { actionState, type Action, type ActionEvent, type ActionState } from '../../../db/records/actions.ts';
import { formerValues, isChanged, presentValues, type ActionValues } from '../actions/action-values.ts';
import { readAgain, recorded, runCommands, skinOf, type Corrected, type Workplace } from './carry-out.ts';
import { endingOf } from './correction-result.ts';
import { ApplicationError } from '../program/problem.ts';
import { wayBack } from '../actions/way-back.ts';

/** Why an action has no way back, in the words of the catalog; empty where it no longer holds them. */
function irreversibleText(catalog: Catalog, { cause, app, correction }: Action): string {
  const text = catalog.causes.find(({ id }) => id === cause)?.text.corrections[correction]?.irreversible ?? '';
  return fill(text, { app: app === null ? '' : appName(catalog, app) });
}

/** Throws {@link ApplicationError} `already-undone`, `nothing-to-put-back`, `nothing-to-undo`. */
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

/** Runs the stored inverse of an action and proves by reading that the exact former values are back. Throws as {@link requireWayBack}. */
export async function undo(place: Workplace, action: Action): Promise<Corrected> {
  const { store, catalog, phone } = place;
  requireWayBack(catalog, actionState(action) === 'planned' ? store.addActionEvent(action.id, nothingRan) : action);
  store.addActionEvent(action.id, ...beginningOfUndo(action));
  const ran = await runCommands(place, action.inverse, (command, result) =>
    store.addActionEvent(action.id, { kind: 'undo-ran', ...recorded(command, result) }),
  );
  const after = await readAgain(place);
  const present = after === null ? {} : presentValues(action, after.reading);
  const corrected = action.events.findLast((event) => event.kind === 'verified');
  const correctedValues = (corrected?.after ?? {}) as ActionValues;
  const { result, detail, remedy } = endingOf({
    platform: phone.platform,
    skin: skinOf(after?.reading ?? null),
    ran,
    readAgain: after !== null,
    proven: not(isChanged(formerValues(action), present)),
    // Nobody knows the values of what was not proven to be corrected.
    changed: corrected?.result === 'taken' ? isChanged(correctedValues, present) : 'unknown',
  });
  const kept = store.addActionEvent(action.id, {
    kind: 'undo-verified',
    result,
    after: present as Action['before'],
  });
  return {
    outcome: {
      action: String(action.id),
      cause: action.cause,
      app: action.app,
      result,
      before: correctedValues,
      after: present,
      detail,
      remedy,
      undoable: wayBack(kept) === 'open',
    },
    after,
  };
}
