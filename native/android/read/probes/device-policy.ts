import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';
import { readUser } from '../uid.ts';

/**
 * Does an organisation manage the phone: a device owner, a profile owner of the user in the foreground, or a work profile on a phone of
 * the company (`isOrganizationOwnedDevice=true`, 11 and later); any other work profile manages itself only. Read from AOSP devicepolicy/DevicePolicyManagerService.dump and Owners.dump (OwnersData since
 * 12), 8..14; real answers without an owner of Android 8.1, 9 and 13. Device admins alone (Google's "Find my device") manage
 * nothing; their heading follows the owners, so it proves that there is none.
 */
export const devicePolicy: PhoneProbe = {
  id: 'device-policy',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['managed'] },
  command: () => ['dumpsys', 'device_policy'],
  parse(text, so) {
    const userId = readUser(so);
    let owned = false;
    let ownersRead = false;
    const unknownLines = readLines(text, (line) => {
      if (/^\s*Enabled Device Admins \(User \d/.test(line)) {
        ownersRead = true;
        return true;
      }
      if (/^\s*Device Owner:\s*$/.test(line) || /^\s*isOrganizationOwnedDevice=true\s*$/.test(line)) {
        owned = true;
        return true;
      }
      const profile = /^\s*Profile Owner \(User (\d{1,9})\):/.exec(line);
      if (wholeNumber(profile?.[1]) === userId) owned = true;
      return profile !== null || line.startsWith('Current Device Policy Manager state:');
    });
    const managed =
      owned || (ownersRead ? false : unavailable('unparsed', 'The answer does not tell who owns the phone.'));
    return { values: { system: { managed } }, unknownLines };
  },
};
