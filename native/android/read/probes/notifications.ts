import type { AppProbe, PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { cutNotifications, readCutNotifications } from '../notification-records.ts';
import { readUser } from '../uid.ts';

const noDump = unavailable('unparsed', 'The answer is no list of notifications.');
const cutShort = unavailable('truncated', 'The answer ends within the list of notifications.');

/** SystemMessageProto.NOTE_NET_LIMIT: mobile data was switched off because the limit that the owner set is reached (8 and later). */
const limitReached = 35;

/**
 * Whether the phone says that it has switched mobile data off for its limit: a notification of its own that stays until data is allowed
 * again (AOSP NetworkPolicyManagerService.enqueueNotification, TYPE_LIMIT, 26..35). Nothing else of the notifications is kept, and no text.
 */
export const dataLimit: PhoneProbe = {
  id: 'data-limit',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { network: ['mobileDataLimitReached'] },
  command: () => ['dumpsys', 'notification', '--package', 'android'],
  keep: (text) =>
    cutNotifications(text, {
      wanted: ({ app, id, tag }) => app === 'android' && id === limitReached && tag.startsWith('NetworkPolicy:'),
      titles: false,
    }),
  parse(text) {
    const shown = readCutNotifications(text);
    const reached = shown?.records.some(({ app, id }) => app === 'android' && id === limitReached) ?? false;
    const mobileDataLimitReached = shown === null ? noDump : reached || (shown.isWhole ? false : cutShort);
    return { values: { network: { mobileDataLimitReached } }, unknownLines: shown === null ? 1 : 0 };
  },
};

/** What an app itself says in its notifications, such as "Backup paused": their titles only, and only after a person has allowed it. */
export const notificationTitles: AppProbe = {
  id: 'notification-titles',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  afterYes: true,
  gives: { app: ['notificationTitles'] },
  command: (_scope, app) => ['dumpsys', 'notification', '--noredact', '--package', app],
  keep: (text, { app, userId }) =>
    cutNotifications(text, { wanted: (shown) => shown.app === app && shown.userId === userId, titles: true }),
  parse(text, app, so) {
    const shown = readCutNotifications(text);
    const userId = readUser(so);
    const titles = shown?.records.flatMap((one) =>
      one.app === app && one.userId === userId && one.title !== null ? [one.title] : [],
    );
    const value = titles === undefined ? noDump : titles.length > 0 || shown?.isWhole === true ? titles : cutShort;
    return { values: { apps: { [app]: { notificationTitles: value } } }, unknownLines: shown === null ? 1 : 0 };
  },
};
