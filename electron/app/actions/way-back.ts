import { commandRefusal } from '../../../native/command-refusal.ts';
import { wasBegun, type Action, type ActionEvent } from '../../../db/records/actions.ts';

type Output = Extract<ActionEvent, { kind: 'ran' }>['outputs'][number];

/** Whether the phone took a command without refusing it. An iPhone that refuses gives no whole answer. */
const isAccepted = (output: Output): boolean =>
  output.ended === 'whole' && commandRefusal('android', null, { ...output, detail: '' }) === null;

/** Whether the phone took a command of an action: it may yet apply it. */
const wasAccepted = ({ events }: Action): boolean =>
  events.some((event) => event.kind === 'ran' && event.outputs.some(isAccepted));

/**
 * Whether an action can be put back. `irreversible`: nothing needs it. `nothing-changed`: nothing of it ran, or a reading showed that
 * the phone is as it was. `elsewhere`: only the computer that did it can.
 */
export type WayBack = Standing | 'elsewhere';

export function wayBack(action: Action): WayBack {
  const standing = standingOf(action);
  return standing === 'open' && action.takenIn ? 'elsewhere' : standing;
}

type Standing = 'open' | 'undone' | 'irreversible' | 'nothing-changed';

/** The same, whichever computer did it: what was changed on a phone and not put back counts for everybody. */
export function standingOf(action: Action): Standing {
  const { inverse, events } = action;
  const last = events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  if (last?.kind === 'undo-verified' && last.result === 'taken') return 'undone';
  if (inverse.length === 0) return 'irreversible';
  if (!wasBegun(action)) return 'nothing-changed';
  const verified = events.findLast((event) => event.kind === 'verified');
  const untouched = verified?.result === 'refused' || verified?.result === 'not-taken';
  return untouched && !wasAccepted(action) ? 'nothing-changed' : 'open';
}

/**
 * Whether only a part of the commands of an action is known to have been taken: then values that are neither the former ones nor those
 * it was to set may be its own work.
 */
export function wasCutInPart({ commands, events }: Action): boolean {
  const ran = events.flatMap((event) => (event.kind === 'ran' ? event.outputs : []));
  // Each counts once, however often it was run: finishing runs them all again.
  const taken = new Set(ran.filter(isAccepted).map(({ command }) => command));
  return commands.length > 1 && taken.size < new Set(commands).size;
}

/**
 * Whether the last undoing of an action is known to have come a part of the way only: then values that are neither what the correction
 * left nor the former ones may be its own work.
 */
export function wasUndoneInPart({ inverse, events }: Action): boolean {
  const begun = events.findLastIndex(({ kind }) => kind === 'undo-started');
  if (begun === -1 || inverse.length < 2) return false;
  const since = events.slice(begun);
  // A reading has shown that nothing of it took, or all of it.
  if (since.some((event) => event.kind === 'undo-verified' && event.result !== 'unverified')) return false;
  const ran = since.flatMap((event) => (event.kind === 'undo-ran' ? event.outputs : []));
  return ran.filter(isAccepted).length < inverse.length;
}
