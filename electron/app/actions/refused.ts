import type { CorrectionName } from '../../../diagnosis/finding.ts';
import type { Reading } from '../../../native/reading.ts';
import type { Action } from '../../../db/records/actions.ts';
import { sittingGapMs } from './sitting.ts';

const keyOf = ({ cause, app, correction }: CorrectionName): string => JSON.stringify([cause, app, correction]);

/**
 * The corrections that the phone would not have when they were last tried in the visit of a reading: it refused them, or nothing changed by
 * them. It would refuse them again until somebody has done something about that on the phone. `actions`: of this phone. Pure.
 */
export function refusedIn(actions: readonly Action[], { takenAt }: Pick<Reading, 'takenAt'>): CorrectionName[] {
  const newest = new Map<string, Action>();
  for (const action of actions) {
    const known = newest.get(keyOf(action));
    if (known === undefined || known.id < action.id) newest.set(keyOf(action), action);
  }
  return [...newest.values()].flatMap((action): CorrectionName[] => {
    const last = action.events.at(-1);
    if (last?.kind !== 'verified' || (last.result !== 'refused' && last.result !== 'not-taken')) return [];
    if (Date.parse(takenAt) - Date.parse(last.at) > sittingGapMs) return [];
    const { cause, app, correction } = action;
    return [{ cause, app, correction }];
  });
}
