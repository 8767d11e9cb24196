import { isUnparsed } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';

const keys = ['ProhibitAppInstall', 'ProhibitAppDelete'];

/** lockdownd's com.apple.mobile.restriction: the only restrictions of Screen Time or MDM that it tells. */
export const restrictions = plistProbe({
  id: 'restrictions',
  asked: 'scan',
  gives: { system: ['restrictions'] },
  command: () => ['lockdown', 'get', 'com.apple.mobile.restriction'],
  read(fields) {
    const unread = keys.map((key) => fields.bool(key)).find(isUnparsed);
    return { system: { restrictions: unread ?? keys.filter((key) => fields.bool(key) === true) } };
  },
});
