import { isDeepStrictEqual } from 'node:util';
import { userOfUid } from '../../../native/android/read/uid.ts';
import { valueOf } from '../../../native/describe-phone.ts';
import type { Platform } from '../../../native/phone.ts';
import { appPath, emptyReading, type Leaf, type Reading } from '../../../native/reading.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import { knownAt } from '../../../diagnosis/load/template.ts';
import type { Action } from '../../../db/records/actions.ts';

/** Values by path, as an action keeps them; null: not read. */
export type ActionValues = Record<string, unknown>;

/** The leaves a correction changes, with their values, by path. */
export function valuesAt(reading: Reading, app: string | null, paths: readonly string[]): ActionValues {
  return Object.fromEntries(
    paths.map((path) => [
      path.startsWith('app.') && app !== null ? appPath(app, path.slice('app.'.length)) : path,
      knownAt(reading, app, path) ?? null,
    ]),
  );
}

export const formerValues = (action: Action): ActionValues => action.before as ActionValues;

/** The catalog path of a stored path: `apps.com·x.exempt` is `app.exempt`. */
export const catalogPath = (path: string): string =>
  path.startsWith('apps.') ? `app.${path.split('.').at(-1)}` : path;

/** What an action kept of the reading that it was decided on, for conditions that compare with it. */
export function keptReading(action: Action, platform: Platform): Reading {
  const { app, plannedAt } = action;
  const reading = emptyReading(platform, plannedAt, app === null ? [] : [app]);
  for (const [path, value] of Object.entries(formerValues(action))) {
    const [section = '', leaf = ''] = catalogPath(path).split('.');
    const leaves = section === 'app' && app !== null ? reading.apps[app] : reading[section as 'battery'];
    if (leaves !== undefined && value !== null) {
      Object.assign(leaves, { [leaf]: { value, source: 'action' } satisfies Leaf<unknown> });
    }
  }
  return reading;
}

/** The user of an Android phone whose settings an action changes, by its commands; null: those of the whole phone. */
function userOf({ commands }: Action): number | null {
  for (const command of commands) {
    const user = /\s--user (\d{1,5})\s/.exec(command)?.[1];
    if (user !== undefined) return Number(user);
    const uid = /^cmd netpolicy (?:add|remove) \S+ (\d{1,9})$/.exec(command)?.[1];
    if (uid !== undefined) return userOfUid(Number(uid));
  }
  return null;
}

/** Whether two actions on one phone set a value in common, for the same user of it. */
export const setsSame = (action: Action, other: Action): boolean =>
  userOf(action) === userOf(other) && Object.keys(formerValues(action)).some((path) => path in formerValues(other));

/** What an action changes, as a reading shows it; a reading of another user of the phone shows nothing of it. */
export function presentValues(action: Action, reading: Reading): ActionValues {
  const [user, inFront] = [userOf(action), valueOf(reading.identity.userId)];
  const shown =
    user === null || inFront === null || user === inFront ? reading : emptyReading(reading.platform, '', []);
  return valuesAt(shown, action.app, Object.keys(formerValues(action)).map(catalogPath));
}

/** Whether any value differs; unknown where one was not read. */
export function isChanged(values: ActionValues, others: ActionValues): Truth {
  const paths = [...new Set([...Object.keys(values), ...Object.keys(others)])];
  const unread = paths.some((path) => (values[path] ?? null) === null || (others[path] ?? null) === null);
  return unread ? 'unknown' : !isDeepStrictEqual(values, others);
}
