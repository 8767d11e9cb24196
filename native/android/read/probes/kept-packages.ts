import type { PhoneProbe } from '../../../probe.ts';
import { isKnown } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';
import { parsePackageList, provesAbsence } from './package-list.ts';

/**
 * Which backup apps the phone still knows although they are not installed: archived (Android 15 and later), removed with their data kept,
 * or installed for another user only. `pm list packages -u` (AOSP PackageManagerShellCommand.runListPackages: MATCH_UNINSTALLED_PACKAGES,
 * 26..35). A name on it is proof.
 */
export const keptPackages: PhoneProbe = {
  id: 'packages-kept',
  platform: 'android',
  per: 'phone',
  asked: 'apps',
  gives: { app: ['kept'] },
  command: ({ userId }) => ['pm', 'list', 'packages', '-u', '--user', String(userId)],
  parse(text, so, answer) {
    const list = parsePackageList(text, readUser(so));
    const isWhole = provesAbsence(list, answer);
    const apps = Object.entries(so.apps).map(([app, { installed }]) => {
      const gone = isKnown(installed) && !installed.value;
      const kept = list.packages.has(app)
        ? gone
        : isWhole
          ? false
          : unavailable('truncated', 'The list of packages is not complete.');
      return [app, { kept }] as const;
    });
    return { values: { apps: Object.fromEntries(apps) }, unknownLines: list.unknownLines };
  },
};
