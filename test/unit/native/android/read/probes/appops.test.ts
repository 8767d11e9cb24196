import { describe, expect, test } from 'vitest';
import { appops, appopsBackground, appopsDump } from '../../../../../../native/android/read/probes/appops.ts';
import type { AppProbe } from '../../../../../../native/probe.ts';
import type { Reading } from '../../../../../../native/reading.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const read = (text: string, so: Reading = soFar({ sdk: 34 }), probe: AppProbe = appops): Record<string, unknown> => {
  const { values, unknownLines } = probe.parse(text, PHOTOS, so, wholeAnswer(probe.id, text, PHOTOS));
  return { ...plain(values.apps?.[PHOTOS]), unknownLines };
};

const one = (text: string) => read(text, soFar({ sdk: 31 }), appopsBackground);

describe('appops get', () => {
  test('is asked for the user in the foreground', () => {
    expect(appops.command({ apps: [PHOTOS], userId: 150 }, PHOTOS)).toEqual(['appops', 'get', '--user', '150', PHOTOS]);
    expect(appopsBackground.command({ apps: [PHOTOS], userId: 0 }, PHOTOS)).toEqual([
      'appops',
      'get',
      '--user',
      '0',
      PHOTOS,
      'RUN_ANY_IN_BACKGROUND',
    ]);
  });

  test('of HyperOS on Android 14 holds autostart, and modes with times', () => {
    const text = `VIBRATE: allow; time=+18h12m9s75ms ago; duration=+65ms
RUN_IN_BACKGROUND: deny
RUN_ANY_IN_BACKGROUND: ignore; time=+2h31m50s128ms ago
MANAGE_EXTERNAL_STORAGE: default; rejectTime=+2d3h1s5ms ago
AUTO_REVOKE_PERMISSIONS_IF_UNUSED: ignore
MIUIOP(10008): ignore
`;
    expect(read(text)).toEqual({
      runAnyInBackground: 'ignore',
      runAnyInBackgroundUid: 'missing',
      runInBackground: 'deny',
      autostart: 'ignore',
      allFiles: 'default',
      autoRevoke: 'ignore',
      notifications: 'missing',
      unknownLines: 0,
    });
  });

  test('without operations leaves everything at its default', () => {
    expect(read('No operations.\n')).toMatchObject({
      runAnyInBackground: 'default',
      runInBackground: 'default',
      autostart: 'missing',
      autoRevoke: 'default',
      unknownLines: 0,
    });
  });

  test('since Android 10 puts the modes of the uid first, and only the first of them says so', () => {
    const text = `Uid mode: COARSE_LOCATION: ignore
READ_EXTERNAL_STORAGE: ignore
LEGACY_STORAGE: ignore
RUN_ANY_IN_BACKGROUND: deny
`;
    // 70 after 87: the list of the package has begun.
    expect(read(text)).toMatchObject({ runAnyInBackground: 'deny', runAnyInBackgroundUid: 'missing' });
  });

  test('with a mode of the uid keeps that of the package apart', () => {
    const text = `Uid mode: RUN_ANY_IN_BACKGROUND: ignore
RUN_ANY_IN_BACKGROUND: allow; time=+5m ago
`;
    expect(read(text)).toMatchObject({ runAnyInBackground: 'allow', runAnyInBackgroundUid: 'ignore' });
  });

  test('with several modes of the uid, each marked, reads them all', () => {
    const text = `Uid mode: RUN_IN_BACKGROUND: ignore
Uid mode: RUN_ANY_IN_BACKGROUND: ignore
WAKE_LOCK: allow; time=+5m0s0ms ago
`;
    expect(read(text)).toMatchObject({ runInBackground: 'ignore', runAnyInBackgroundUid: 'ignore' });
  });

  test('of Android 8 knows no RUN_ANY_IN_BACKGROUND, but tells of notifications', () => {
    const text = `POST_NOTIFICATION: ignore
RUN_IN_BACKGROUND: ignore; rejectTime=+1h0m0s0ms ago
`;
    expect(read(text, soFar({ sdk: 27 }))).toMatchObject({
      runAnyInBackground: 'missing',
      runInBackground: 'ignore',
      allFiles: 'missing',
      autoRevoke: 'missing',
      notifications: false,
    });
    expect(read('WAKE_LOCK: allow\n', soFar({ sdk: 32 }))['notifications']).toBe(true);
  });

  test('counts a mode of the maker that it does not know', () => {
    expect(read('CAMERA: ask\nWAKE_LOCK: allow\n')).toMatchObject({ runInBackground: 'default', unknownLines: 1 });
  });

  test('that is no list of app-ops is unparsed', () => {
    expect(read('Error: No UID for com.x in user 0\n')).toMatchObject({ runInBackground: 'unparsed', unknownLines: 1 });
  });

  test('of one op tells the modes of uid and package apart', () => {
    expect(one('Uid mode: RUN_ANY_IN_BACKGROUND: ignore\n')).toEqual({
      runAnyInBackground: 'default',
      runAnyInBackgroundUid: 'ignore',
      unknownLines: 0,
    });
    expect(one('No operations.\nDefault mode: allow\n')).toEqual({
      runAnyInBackground: 'default',
      runAnyInBackgroundUid: 'missing',
      unknownLines: 0,
    });
  });
});

const fromDump = (text: string, so: Reading) => {
  const { values } = parsed(appopsDump, text, so);
  return { photos: plain(values.apps?.[PHOTOS]), drive: plain(values.apps?.[DRIVE]) };
};

const background = (lines: readonly string[]) =>
  fromDump(lines.join('\n'), soFar({ sdk: 34, uids: { [PHOTOS]: 10_204 } })).photos['runAnyInBackground'];

describe('dumpsys appops of a bug report', () => {
  test('of Android 14 lists the modes of the uid before those of its packages, for each user', () => {
    const text = `Current AppOps Service state:
  Settings:
    top_state_settle_time=+5s0ms
  Op mode watchers:
    Op RUN_IN_BACKGROUND:
      #0: ModeCallback{413aadf watchinguid=-1 flags=0x0 op=RUN_IN_BACKGROUND from uid=1000 pid=832}
  Uid u0a203:
    state=cch
    capability=------
    Package com.example.other:
      RUN_ANY_IN_BACKGROUND (ignore): 
  Uid u0a204:
    state=cch
    capability=------
      COARSE_LOCATION: mode=ignore
      RUN_ANY_IN_BACKGROUND: mode=ignore
    Package ${PHOTOS}:
      RUN_ANY_IN_BACKGROUND (allow): 
        null=[
          Access: [bg-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)
        ]
      MIUIOP(10008) (ignore): 
  Uid u10a204:
    state=cch
    capability=------
    Package ${PHOTOS}:
      RUN_ANY_IN_BACKGROUND (deny): 
`;
    const owner = fromDump(text, soFar({ sdk: 34 }));
    expect(owner.photos).toMatchObject({
      runAnyInBackground: 'allow',
      runAnyInBackgroundUid: 'ignore',
      autostart: 'ignore',
    });
    expect(owner.photos['uid']).toBe(10_204);
    // An app that is not listed may stand at its defaults, or in a part that was lost.
    const drive = (uid: number, dump: string) => fromDump(dump, soFar({ sdk: 34, uids: { [DRIVE]: uid } })).drive;
    expect(drive(10_100, text)).toMatchObject({ runAnyInBackground: 'truncated', runInBackground: 'truncated' });
    expect(drive(1_010_300, text)).toMatchObject({ runAnyInBackground: 'truncated', runInBackground: 'truncated' });
    expect(drive(1_010_300, `${text}\n\n  AppOps policy location tags:\n`)).toMatchObject({
      runInBackground: 'truncated',
    });
    expect(owner.drive).toMatchObject({ runInBackground: 'truncated', uid: 'missing' });
    const work = fromDump(text, soFar({ sdk: 34, userId: 10 }));
    // The last of all uids: what is not listed may have been cut off.
    expect(work.photos).toMatchObject({
      runAnyInBackground: 'deny',
      runAnyInBackgroundUid: 'missing',
      runInBackground: 'truncated',
    });
  });

  test('of Android 8.1 writes modes as numbers', () => {
    const text = `Current AppOps Service state:
  Uid u0a81:
    Package ${PHOTOS}:
      WAKE_LOCK: mode=0; time=+1m56s333ms ago; duration=+47ms
      RUN_IN_BACKGROUND: mode=1; rejectTime=+2m ago
      AUTO_START: mode=0; time=+1m56s607ms ago
`;
    expect(fromDump(text, soFar({ sdk: 27 })).photos).toMatchObject({ runInBackground: 'ignore', autostart: 'allow' });
  });

  test('of Android 9 names the op that decides instead', () => {
    const text = `Current AppOps Service state:
  Uid u0a77:
    state=cch  
    Package ${PHOTOS}:
      FINE_LOCATION (allow / switch COARSE_LOCATION=allow): 
          Access: top   = 2019-04-25 08:18:18.001 (-112d6h50m52s635ms)
      RUN_IN_BACKGROUND (ignore): 
`;
    expect(fromDump(text, soFar({ sdk: 28 })).photos).toMatchObject({ runInBackground: 'ignore' });
  });

  const three = [
    'Current AppOps Service state:',
    '  Uid u0a100:',
    '    state=cch',
    '    Package com.example.other:',
    '      WAKE_LOCK (allow): ',
    '  Uid u0a204:',
    '    state=cch',
    '      COARSE_LOCATION: mode=ignore',
    `    Package ${PHOTOS}:`,
    '      WAKE_LOCK (allow): ',
    '        null=[',
    '          Access: [bg-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '      RUN_ANY_IN_BACKGROUND (ignore): ',
    '  Uid u0a300:',
    '    state=cch',
    '    Package com.example.last:',
    '      WAKE_LOCK (allow): ',
    '',
  ];
  const without = (from: number, to: number, ...instead: string[]) => [
    ...three.slice(0, from),
    ...instead,
    ...three.slice(to),
  ];

  test.each<[string, readonly string[]]>([
    ['blanks became tabs', three.map((line) => line.replaceAll('    ', '\t'))],
    ['underscores were escaped', three.map((line) => line.replaceAll('_', '\\_'))],
    ['indentation is another', three.map((line) => line.replace('      RUN', '       RUN'))],
    ['lines were sorted', three.toSorted()],
    ['heading is gone', three.slice(1)],
    ['first half is gone', three.slice(10)],
    ['uids are in no order', [...three.slice(0, 1), ...three.slice(14, -1), ...three.slice(5, 14), '']],
    ['app is gone', without(5, 14)],
    ['lines within the app are dots', without(13, 14, '...')],
    ['uid before runs into that of another', without(4, 6)],
    ['packages run into the fields of another uid', without(13, 14, '    state=cch')],
    ['ops of another package follow those of the app', without(13, 14, '      WAKE_LOCK (deny): ')],
  ])('whose %s tells no mode', (_what, lines) => {
    expect(background(three)).toBe('ignore');
    expect(background(lines)).toMatch(/^(?:unparsed|truncated)$/);
  });

  const whole = [
    'Current AppOps Service state:',
    '  Uid u0a203:',
    '    state=cch',
    '    capability=------',
    '    Package com.example.other:',
    '      WAKE_LOCK (allow): ',
    '        null=[',
    '          Access: [fg-s] 2026-05-04 10:00:00.609 (-8h30m1s128ms)',
    '          Access: [bg-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '  Uid u0a204:',
    '    state=cch',
    '    capability=------',
    '      COARSE_LOCATION: mode=ignore',
    `    Package ${PHOTOS}:`,
    '      WAKE_LOCK (allow): ',
    '        null=[',
    '          Access: [fg-s] 2026-05-04 10:00:00.609 (-8h30m1s128ms)',
    '          Access: [bg-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '      RUN_ANY_IN_BACKGROUND (ignore): ',
    '        null=[',
    '          Reject: [bg-s]2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '      READ_MEDIA_IMAGES (allow): ',
    '        null=[',
    '          Access: [bg-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '  Uid u0a300:',
    '    state=cch',
    '    capability=------',
    '    Package com.example.last:',
    '      VIBRATE (allow): ',
    '        null=[',
    '          Access: [cch-s] 2026-05-04 15:58:11.609 (-2h31m50s128ms)',
    '        ]',
    '  Uid u0a301:',
    '    state=cch',
    '    capability=------',
    '    Package com.example.end:',
    '      WAKE_LOCK (allow): ',
    '',
  ];

  test('that lost a span of lines without a word about it tells another mode only where both ends fit like neighbours', () => {
    expect(background(whole)).toBe('ignore');
    const wrong: unknown[] = [];
    for (let from = 1; from < whole.length - 1; from += 1) {
      for (let to = from + 1; to < whole.length; to += 1) {
        const told = background([...whole.slice(0, from), ...whole.slice(to)]);
        if (told !== 'ignore' && told !== 'unparsed' && told !== 'truncated') wrong.push(told);
      }
    }
    // Of all spans; 30 of them begin and end where two ops, or the times of two ops, join in the order of a whole list.
    expect(wrong).toEqual(Array(30).fill('default'));
  });

  test('without any uid is unparsed', () => {
    expect(fromDump('Current AppOps Service state:\n', soFar({ sdk: 34 })).photos['runInBackground']).toBe('unparsed');
  });
});
