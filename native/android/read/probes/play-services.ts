import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';
import { parsePackageList } from './package-list.ts';

/** Google Play services; microG stands in for them under the same name. */
const playServicesPackage = 'com.google.android.gms';

/** One of the two lists of `pm`; a name on it is proof, and that it is missing there is none, since answers are cut short. */
const listed = (id: string, flag: '-e' | '-d', state: 'on' | 'off'): PhoneProbe => ({
  id,
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['playServices'] },
  command: ({ userId }) => ['pm', 'list', 'packages', flag, '--user', String(userId), playServicesPackage],
  parse(text, so) {
    const list = parsePackageList(text, readUser(so));
    const playServices = list.packages.has(playServicesPackage)
      ? state
      : unavailable('missing', 'Google Play services are not on this list.');
    return { values: { system: { playServices } }, unknownLines: list.unknownLines };
  },
});

/**
 * Whether Google Play services are switched on or off: `pm list packages -e` and `-d` with a filter, which matches parts of names (AOSP
 * PackageManagerShellCommand.runListPackages, 8..14). That they are not there at all is told by the list of all packages.
 */
export const playServicesOn = listed('play-services-on', '-e', 'on');
export const playServicesOff = listed('play-services-off', '-d', 'off');
