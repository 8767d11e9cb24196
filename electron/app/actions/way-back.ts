import { wasBegun, type Action } from '../../../db/records/actions.ts';

/**
 * Whether an action can be put back. `irreversible`: nothing needs it. `nothing-changed`: nothing of it ran, or a reading showed that
 * the phone is as it was.
 */
export type WayBack = 'open' | 'undone' | 'irreversible' | 'nothing-changed';

export function wayBack(action: Action): WayBack {
  const { inverse, events } = action;
  const last = events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  if (last?.kind === 'undo-verified' && last.result === 'taken') return 'undone';
  if (inverse.length === 0) return 'irreversible';
  if (!wasBegun(action)) return 'nothing-changed';
  const verified = events.findLast((event) => event.kind === 'verified');
  return verified?.result === 'refused' || verified?.result === 'not-taken' ? 'nothing-changed' : 'open';
}
