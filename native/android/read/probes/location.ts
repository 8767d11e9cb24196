import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { yesOrNo } from '../dump.ts';

/**
 * The location switch as the setting behind it: 0 off, 1 to 3 the modes of Android 8; since 9 any other number than 0 is on
 * (AOSP Settings.Secure.LOCATION_MODE, which LocationManagerService reads itself, 26..34).
 */
export const location: PhoneProbe = {
  id: 'location',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['locationOn'] },
  command: ({ userId }) => ['settings', 'get', '--user', String(userId), 'secure', 'location_mode'],
  parse(text) {
    const word = text.trim();
    const known = /^\d$/.test(word);
    return {
      values: {
        system: {
          locationOn: known ? word !== '0' : unavailable('missing', 'The setting location_mode has no value.'),
        },
      },
      unknownLines: known || word === '' || word === 'null' ? 0 : 1,
    };
  },
};

/** `  Location mode: true` in Android 10, `    Location Setting: true` since 11 (AOSP location LocationManagerService.dump). */
const switchLine = /^[ \t]+Location (?:Setting|mode): (true|false)[ \t]*$/m;

/** The same inside `dumpsys location`, as a bug report of Android 10 and later holds it. */
export const locationDump: PhoneProbe = {
  id: 'location-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { system: ['locationOn'] },
  command: () => ['dumpsys', 'location'],
  parse(text) {
    const on = yesOrNo(switchLine.exec(text)?.[1]);
    return {
      values: { system: { locationOn: on ?? unavailable('missing', 'The dump does not name the location switch.') } },
      unknownLines: 0,
    };
  },
};
