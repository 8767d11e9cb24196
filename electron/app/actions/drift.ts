import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { valueOf } from '../../../native/describe-phone.ts';
import type { Leaf, Reading } from '../../../native/reading.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Action } from '../../../db/records/actions.ts';
import { formerValues, presentValues } from './action-values.ts';
import { actionSummary } from './action-summary.ts';
import { standingOf } from './way-back.ts';

/**
 * A corrected value that is not as its correction left it. `reverted`: exactly the value from before the correction. `changed`: a third
 * one. `unknown`: it could not be read, so nobody can say.
 */
export const driftSchema = z.object({
  action: z.string(),
  cause: z.string(),
  app: z.string().nullable(),
  /** Id of the correction. */
  correction: z.string(),
  /** What the correction is called. */
  title: z.string(),
  /** When it took; UTC, ISO 8601. */
  takenAt: z.string(),
  path: z.string(),
  state: z.enum(['reverted', 'changed', 'unknown']),
  former: z.unknown(),
  /** As the correction left it. */
  left: z.unknown(),
  /** null where it is not known. */
  present: z.unknown(),
  /** What happened to the phone since, in words: what usually sets such values back. */
  since: z.array(z.string()),
});
export type Drift = z.infer<typeof driftSchema>;

const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a ?? null, b ?? null);

/**
 * Which values that were corrected are not any more as their correction left them. Of several corrections of one value the latest
 * counts, and none that was put back. `previous`: the newest earlier reading; null where there is none. Pure.
 */
export function driftOf(
  actions: readonly Action[],
  reading: Reading,
  previous: Reading | null,
  catalog: Catalog,
): Drift[] {
  const seen = new Set<string>();
  return actions.flatMap((action): Drift[] => {
    const taken = action.events.findLast((event) => event.kind === 'verified');
    if (taken?.kind !== 'verified' || taken.result !== 'taken' || standingOf(action) !== 'open') return [];
    // Planned later than the phone was read: at that time it had not been corrected yet.
    if (action.plannedAt > reading.takenAt) return [];
    const [former, left] = [formerValues(action), taken.after as Record<string, unknown>];
    const present = presentValues(action, reading);
    const { title } = actionSummary(action, catalog);
    const since = happenedSince(reading, previous, action.app, taken.at);
    return Object.keys(former).flatMap((path): Drift[] => {
      if (seen.has(path)) return [];
      seen.add(path);
      if (reading.takenAt < taken.at) return [];
      if (isSame(present[path], left[path])) return [];
      const unread = (present[path] ?? null) === null;
      const state = unread ? 'unknown' : isSame(present[path], former[path]) ? 'reverted' : 'changed';
      return [
        {
          action: String(action.id),
          cause: action.cause,
          app: action.app,
          correction: action.correction,
          title,
          takenAt: taken.at,
          path,
          state,
          former: former[path],
          left: left[path],
          present: present[path] ?? null,
          since,
        },
      ];
    });
  });
}

/** What happened to a phone since a moment, as far as it tells. */
function happenedSince(reading: Reading, previous: Reading | null, app: string | null, at: string): string[] {
  const happened: string[] = [];
  const bootedAgoMs = valueOf(reading.system.bootedAgoMs);
  if (bootedAgoMs !== null && Date.parse(reading.takenAt) - bootedAgoMs > Date.parse(at)) {
    happened.push('The phone was restarted.');
  }
  if (previous === null) return happened;
  const [was, is] = [previous.identity, reading.identity];
  if (differs(was.osVersion, is.osVersion) || differs(was.build, is.build)) {
    happened.push(`The system was updated, from ${valueOf(was.build)} to ${valueOf(is.build)}.`);
  }
  if (app === null) return happened;
  const [before, now] = [previous.apps[app]?.version, reading.apps[app]?.version];
  if (differs(before, now)) happened.push(`The app was updated, from ${valueOf(before)} to ${valueOf(now)}.`);
  return happened;
}

/** Whether both are known, and not the same. */
function differs(a: Leaf<string> | undefined, b: Leaf<string> | undefined): boolean {
  const [before, now] = [valueOf(a), valueOf(b)];
  return before !== null && now !== null && before !== now;
}
