import { isDeepStrictEqual } from 'node:util';
import type { Action } from '../../db/action.ts';

/**
 * Whether an action can be put back. `irreversible`: nothing needs it. `nothing-changed`: it was given up before it ran, or did not
 * take; of several commands one may have taken, and then there is something to put back.
 */
export type WayBack = 'open' | 'undone' | 'irreversible' | 'nothing-changed';

export function wayBack({ inverse, before, events }: Action): WayBack {
  const last = events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  if (last?.kind === 'undo-verified' && last.result === 'taken') return 'undone';
  if (inverse.length === 0) return 'irreversible';
  if (events.length > 0 && events.every(({ kind }) => kind === 'abandoned')) return 'nothing-changed';
  const verified = events.findLast((event) => event.kind === 'verified');
  const tookNot = verified?.result === 'refused' || verified?.result === 'not-taken';
  return tookNot && isDeepStrictEqual(verified.after, before) ? 'nothing-changed' : 'open';
}
