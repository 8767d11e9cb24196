import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { appIdOfUid, readUser, uidOf, userOfUid } from '../uid.ts';

interface Listed {
  /** null where the list was made without `-U`. */
  uid: number | null;
}

interface PackageList {
  packages: Map<string, Listed>;
  /** A `package:` line that is no package: the list was cut, so what is absent proves nothing. */
  broken: boolean;
  unknownLines: number;
}

const uidPart = /^uid:(\d{1,9})(?:,|$)/;

/** One line after `package:`; null where it holds no package name. `-f` puts the path before the last `=`. */
function readLine(rest: string, userId: number): [string, Listed] | null {
  const [first = '', ...more] = rest.split(/\s+/);
  const name = first.slice(first.lastIndexOf('=') + 1);
  if (name === '' || name.includes('/')) return null;
  const uidWords = more.find((word) => word.startsWith('uid:'));
  if (uidWords === undefined) return [name, { uid: null }];
  if (!uidPart.test(uidWords)) return null;
  // Without --user, Android 12 and later list the uids of all users: `uid:10204,1010204`.
  const uids = uidWords.slice('uid:'.length).split(',').map(Number);
  const uid = uids.find((one) => userOfUid(one) === userId) ?? uids[0];
  return uid === undefined ? null : [name, { uid: uidOf(userId, appIdOfUid(uid)) }];
}

export function parsePackageList(text: string, userId: number): PackageList {
  const list: PackageList = { packages: new Map(), broken: false, unknownLines: 0 };
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const listed = line.startsWith('package:') ? readLine(line.slice('package:'.length).trim(), userId) : null;
    if (listed !== null) {
      list.packages.set(...listed);
      continue;
    }
    list.unknownLines += 1;
    if (line.startsWith('package:')) list.broken = true;
  }
  return list;
}

/**
 * Every user has the package `android`, so a list that names it holds all kinds of packages; `pm list packages -3`, as
 * people save it, does not. An answer that ended with exit code 0 was asked with this probe's own command.
 */
export const provesAbsence = (list: PackageList, answer: Answer): boolean =>
  !list.broken && list.packages.size > 0 && (answer.exitCode === 0 || list.packages.has('android'));

function parse(text: string, so: Reading, answer: Answer): Parsed {
  const list = parsePackageList(text, readUser(so));
  const complete = provesAbsence(list, answer);
  const apps: NonNullable<ReadingValues['apps']> = {};
  for (const app of Object.keys(so.apps)) {
    const listed = list.packages.get(app);
    if (listed !== undefined) {
      apps[app] = { installed: true, uid: listed.uid ?? unavailable('missing', 'The list was made without uids.') };
    } else if (complete) {
      apps[app] = { installed: false, uid: unavailable('missing', 'The app is not installed.') };
    } else {
      const why =
        list.packages.size === 0
          ? unavailable('unparsed', 'The answer is not a list of packages.')
          : unavailable('truncated', 'The list of packages is not complete.');
      apps[app] = { installed: why, uid: why };
    }
  }
  const playServices =
    complete && !list.packages.has('com.google.android.gms')
      ? 'absent'
      : unavailable('missing', 'The list does not say whether Google Play services are switched on.');
  return { values: { apps, system: { playServices } }, unknownLines: list.unknownLines };
}

/**
 * Which backup apps the user has, and their uids: `package:com.x uid:10204` per package (AOSP PackageManagerShellCommand
 * runListPackages, 26..34). `-U` and `--user` exist on all of them. Packages that are disabled, even "disabled until used",
 * are listed; those that are hidden or not installed for this user are not.
 */
export const packages: PhoneProbe = {
  id: 'packages',
  platform: 'android',
  per: 'phone',
  asked: 'apps',
  gives: { app: ['installed', 'uid'], system: ['playServices'] },
  command: ({ userId }) => ['pm', 'list', 'packages', '-U', '--user', String(userId)],
  parse,
};
