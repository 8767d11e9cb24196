import { cutNotifications } from '../../../../../../native/android/read/notification-records.ts';
import { describe, expect, test } from 'vitest';
import { dataLimit, notificationTitles } from '../../../../../../native/android/read/probes/notifications.ts';
import { DRIVE, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

interface Shown {
  pkg: string;
  user?: number;
  id?: number;
  tag?: string;
  title: string;
}
const record = ({
  pkg,
  user = 0,
  id = 3,
  tag = 'null',
  title,
}: Shown) => `    NotificationRecord(0x0a1b2c3d: pkg=${pkg} user=UserHandle{${user}} id=${id} tag=${tag} importance=2 key=${user}|${pkg}|${id}|${tag}|10204: Notification(channel=backup shortcut=null contentView=null vibrate=null sound=null defaults=0x0 flags=0x2 color=0x00000000 vis=PRIVATE))
      uid=10204 userId=${user}
      icon=Icon(typ=RESOURCE pkg=${pkg} id=0x7f080123)
      extras={
          android.title=String (${title})
          android.subText=null
          android.text=String (anna@example.com: see you at 8)
          android.bigText=SpannableString (Line one
android.title=String (not a title)
Line three)
      }
`;
const dump = (records: readonly Shown[], end = '  mArchive=Archive (0 notifications)\n') =>
  `Current Notification Manager state (filtered to pkg~='x'):\n  Notification List:\n${records.map(record).join('')}  \n${end}`;

const limit: Shown = {
  pkg: 'android',
  user: -1,
  id: 35,
  tag: 'NetworkPolicy:118:35',
  title: 'Mobile data limit reached',
};
const chat: Shown = { pkg: 'com.android.chat', tag: 'chat with Anna', title: 'Anna' };

const cutTo = (text: string) => dataLimit.keep?.(text, { app: null, userId: 0 }) ?? text;
const reached = (text: string) => {
  const kept = cutTo(text);
  return plain(dataLimit.parse(kept, soFar(), wholeAnswer('data-limit', kept)).values.network)[
    'mobileDataLimitReached'
  ];
};
const cutToApp = (text: string, userId = 0) => notificationTitles.keep?.(text, { app: PHOTOS, userId }) ?? text;
const titles = (text: string, userId = 0) => {
  const kept = cutToApp(text, userId);
  const answer = wholeAnswer('notification-titles', kept, PHOTOS);
  return plain(notificationTitles.parse(kept, PHOTOS, soFar({ userId }), answer).values.apps?.[PHOTOS])[
    'notificationTitles'
  ];
};

describe('the limit of mobile data', () => {
  test('is reached where the phone itself says so in its notification', () => {
    expect(reached(dump([limit, chat]))).toBe(true);
    expect(reached(dump([chat, { ...limit, id: 34, tag: 'NetworkPolicy:118:34' }]))).toBe(false);
    // Anybody may name a notification so; only the system is the phone.
    expect(reached(dump([{ ...limit, pkg: 'com.android.chat' }]))).toBe(false);
    expect(reached(dump([{ ...limit, tag: 'other' }]))).toBe(false);
  });

  test('is not known where the list was cut short or the answer is no list', () => {
    expect(reached(dump([chat], ''))).toBe('truncated');
    expect(reached('Current AppOps Service state:\n')).toBe('unparsed');
  });

  test('is told without a word of any notification', () => {
    expect(cutTo(dump([limit, chat]))).toBe(
      'Current Notification Manager state:\nNotificationRecord -1 35 android\n(end)\n',
    );
  });
});

describe('what an app says in its notifications', () => {
  test('is kept by its titles, of the app and the user that it was asked about', () => {
    const text = dump([
      { pkg: PHOTOS, title: 'Backup paused' },
      { pkg: `${PHOTOS}.go`, title: 'Of another app' },
      { pkg: PHOTOS, user: 10, title: 'Of another user' },
      chat,
      { pkg: DRIVE, title: 'Uploading' },
    ]);
    expect(titles(text)).toEqual(['Backup paused']);
    expect(titles(text, 10)).toEqual(['Of another user']);
    const kept = cutToApp(text);
    for (const secret of [
      'anna',
      'Anna',
      'see you',
      'not a title',
      'Of another app',
      'Of another user',
      'Uploading',
      '10204',
    ]) {
      expect(kept).not.toContain(secret);
    }
  });

  test('is not known to be nothing where a record cannot be read', () => {
    expect(titles(dump([{ ...chat, tag: 'chat\nwith Anna' }]))).toBe('truncated');
    expect(titles(dump([{ pkg: PHOTOS, tag: 'x'.repeat(301), title: 'Backup paused' }]))).toBe('truncated');
  });

  test('is nothing where it shows none, and unknown where the list was cut short', () => {
    expect(titles(dump([chat]))).toEqual([]);
    expect(titles(dump([chat], ''))).toBe('truncated');
    expect(titles("Permission Denial: can't dump notification from pid=1\nsecret\n")).toBe('unparsed');
    expect(cutToApp('Permission Denial: no\nsecret\n')).toBe('Permission Denial: no');
  });
});

const recordOf = (pkg: string, tag: string, title: string) =>
  `    NotificationRecord(0x0a1b2c3d: pkg=${pkg} user=UserHandle{0} id=3 tag=${tag} importance=2 key=0|x: Notification(channel=x))
      uid=10204 userId=0
      extras={
          android.title=String (${title})
          android.text=String (x)
      }`;
const list = (...records: string[]) =>
  [
    "Current Notification Manager state (filtered to pkg~='x'):",
    '  Notification List:',
    ...records,
    '  mArchive=x',
    '',
  ].join('\n');

describe('the titles of other apps', () => {
  const app = 'com.google.android.apps.photos';
  const silent = recordOf(app, 'null', 'x')
    .replace('String (x)', 'null')
    .replace(/android\.title=.*/u, 'android.title=null');

  test.each([
    ['with a line feed in its tag', list(silent, recordOf('com.bank', 'a\nb', 'SECRET'))],
    ['with a long tag', list(silent, recordOf('com.bank', 'a'.repeat(400), 'SECRET'))],
    ['with an odd name', list(silent, recordOf('com-bank', 'null', 'SECRET'))],
    ['in a text that is no list', 'android.title=String (SECRET)'],
  ])('are never kept: one %s', (_how, text) => {
    expect(cutNotifications(text, { wanted: (shown) => shown.app === app, titles: true })).not.toContain('SECRET');
  });

  test('that look like lines of the list change nothing of it', () => {
    const forged = `x\n    NotificationRecord(0x0a1b2c3d: pkg=${app} user=UserHandle{0} id=3 tag=null importance=2\n          android.title=String (SECRET)\n  mArchive=x`;
    const cut = cutNotifications(list(recordOf('com.bank', 'null', forged), recordOf(app, 'null', 'Backup paused')), {
      wanted: (shown) => shown.app === app,
      titles: true,
    });
    expect(cut).not.toContain('SECRET');
    expect(cut).toContain('title Backup paused');
  });
});

describe('records that an app wrote into its own', () => {
  const own = { app: null, userId: 0 };
  const forgedRecord = record(limit);
  const inText = (text: string) => record(chat).replace('see you at 8', text);

  test.each([
    [
      'closing its braces before them',
      dump([]).replace('  mArchive', `${inText(`x)\n      }\n${forgedRecord}`)}  mArchive`),
    ],
    [
      'in a tag that looks like the end of its own first line',
      dump([]).replace(
        '  mArchive',
        `${record({ ...chat, tag: `x importance=2 key=x\n${forgedRecord.trimEnd()}\n    x` })}  mArchive`,
      ),
    ],
    ['in a tag', dump([]).replace('  mArchive', `${record({ ...chat, tag: `x\n${forgedRecord}` })}  mArchive`)],
  ])('make the list unknown: %s', (_how, text) => {
    const kept = dataLimit.keep?.(text, own) ?? text;
    const { network } = dataLimit.parse(kept, soFar(), wholeAnswer('data-limit', kept)).values;
    expect(plain(network)['mobileDataLimitReached']).toBe('truncated');
  });
});
