import { unavailable, Unavailable } from '../../../unavailable.ts';
import { plistProbe } from '../probe-of.ts';

const synced = ['Bookmarks', 'Calendars', 'Contacts', 'Notes'];

/**
 * lockdownd's com.apple.mobile.data_sync: whether anything is synced with iCloud, which needs an account. The other way round
 * proves nothing: an account may sync none of these four.
 */
export const account = plistProbe({
  id: 'account',
  asked: 'scan',
  gives: { icloud: ['accountPresent'] },
  command: () => ['lockdown', 'get', 'com.apple.mobile.data_sync'],
  read(fields) {
    const present = synced.some((key) => {
      const sources = fields.inner(key).texts('Sources');
      return !(sources instanceof Unavailable) && sources.includes('iCloud');
    });
    const unclear = unavailable('missing', 'Nothing is synced with iCloud; there may be an account all the same.');
    return { icloud: { accountPresent: present ? true : unclear } };
  },
});
