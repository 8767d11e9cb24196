import { describe, expect, test } from 'vitest';
import { packageDumpProbe, packageProbe } from '../../../../../../native/android/read/probes/package.ts';
import { dumpPackage } from '../../../../../../native/samples/android/dumpsys-package.ts';
import { createSample } from '../../../../../../native/samples/android/profiles.ts';
import { ownersCopy } from '../../../../../../native/samples/android/profiles/healthy.ts';
import type { Reading } from '../../../../../../native/reading.ts';
import type { AppOpMode } from '../../../../../../native/vocabulary.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const read = (text: string, so: Reading = soFar({ sdk: 34 }), app = PHOTOS): Record<string, unknown> => {
  const { values, unknownLines } = packageProbe.parse(text, app, so, wholeAnswer('package', text, app));
  return { ...plain(values.apps?.[app]), unknownLines };
};

/** A reading that asks about the app. */
function soFor(so: Reading): Reading {
  so.apps[PHOTOS] = {};
  return so;
}

/** What an earlier probe said about "All files access". */
function withAllFiles(sdk: number, mode: AppOpMode): Reading {
  const so = soFar({ sdk });
  so.apps[PHOTOS] = { allFiles: { value: mode, source: 'appops' } };
  return so;
}

const readAll = (text: string) =>
  plain(parsed(packageDumpProbe, `${text}\n\nQueries:\n`, soFor(soFar({ sdk: 35 }))).values.apps?.[PHOTOS]);

const sensitive = 'USER_SENSITIVE_WHEN_GRANTED|USER_SENSITIVE_WHEN_DENIED';

/** A Samsung with Android 16: three users, of whom the work profile has the app too; new pairs in the line of a user. */
const android16 = `Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:

Packages:
  Package [${PHOTOS}] (d8c71fd):
    appId=10319
    pkg=Package{635cef2 ${PHOTOS}}
    versionCode=50020871 minSdk=26 targetSdk=35
    versionName=7.51.0 (820114303)
    splits=[base, config.de]
    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]
    supportsScreens=[small, medium, large]
    usesLibraries:
      android.test.base
    lastUpdateTime=2026-07-07 18:35:06
    category=manifest: -1, override: -1, by user: -1
    requested permissions:
      android.permission.READ_MEDIA_IMAGES
      android.permission.READ_MEDIA_VIDEO
      android.permission.ACCESS_BACKGROUND_LOCATION: restricted=true
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=708886 deDataInode=1104778 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=4 instant=false virtual=false quarantined=false
      installReason=4
      firstInstallTime=2026-07-07 18:35:06
      overlay paths:
        /product/overlay/TransparentNavigationBar/TransparentNavigationBarOverlay.apk
      lastDisabledCaller: com.samsung.android.lool
      gids=[3003]
      runtime permissions:
        android.permission.POST_NOTIFICATIONS: granted=true, flags=[ USER_SET|${sensitive}]
        android.permission.READ_MEDIA_IMAGES: granted=false, flags=[ USER_SET|USER_FIXED|${sensitive}]
        android.permission.READ_MEDIA_VIDEO: granted=false, flags=[ ${sensitive}]
        android.permission.READ_MEDIA_VISUAL_USER_SELECTED: granted=true, flags=[ USER_SET|524288]
        android.permission.ACCESS_MEDIA_LOCATION: granted=true, flags=[ POLICY_FIXED]
    User 10: ceDataInode=0 deDataInode=0 installed=true hidden=false suspended=true distractionFlags=0 stopped=true notLaunched=true enabled=0 instant=false virtual=false quarantined=false
      suspendingPackage=com.google.android.apps.wellbeing dialogInfo=null
      runtime permissions:
        android.permission.READ_MEDIA_IMAGES: granted=true, flags=[ ${sensitive}]
        android.permission.READ_MEDIA_VIDEO: granted=true, flags=[ ${sensitive}]
    User 150: ceDataInode=0 deDataInode=0 installed=false hidden=false suspended=false distractionFlags=0 stopped=true notLaunched=true enabled=0 instant=false virtual=false quarantined=false
      firstInstallTime=1970-01-01 01:00:00
      runtime permissions:

Queries:
  queryable via interaction:
    User 0:
      [com.sec.facatfunction,android]:
        ${PHOTOS}
    User 10:
`;

describe('dumpsys package of one app on Android 16', () => {
  test('is read for the user in the foreground, by the names of the pairs', () => {
    expect(read(android16, soFar({ sdk: 36 }))).toEqual({
      installed: true,
      archived: false,
      internet: true,
      localNetwork: 'missing',
      uid: 10_319,
      version: '7.51.0 (820114303)',
      versionCode: 50_020_871,
      updatedAt: '2026-07-07 18:35:06',
      enabledState: 'disabled-until-used',
      stopped: false,
      suspended: false,
      suspendedBy: 'missing',
      launcher: 'missing',
      profiles: [10],
      permissions: {
        'android.permission.POST_NOTIFICATIONS': {
          granted: true,
          flags: ['USER_SET', 'USER_SENSITIVE_WHEN_GRANTED', 'USER_SENSITIVE_WHEN_DENIED'],
        },
        'android.permission.READ_MEDIA_IMAGES': {
          granted: false,
          flags: ['USER_SET', 'USER_FIXED', 'USER_SENSITIVE_WHEN_GRANTED', 'USER_SENSITIVE_WHEN_DENIED'],
        },
        'android.permission.READ_MEDIA_VIDEO': {
          granted: false,
          flags: ['USER_SENSITIVE_WHEN_GRANTED', 'USER_SENSITIVE_WHEN_DENIED'],
        },
        'android.permission.READ_MEDIA_VISUAL_USER_SELECTED': { granted: true, flags: ['USER_SET', '524288'] },
        'android.permission.ACCESS_MEDIA_LOCATION': { granted: true, flags: ['POLICY_FIXED'] },
      },
      mediaAccess: 'partial',
      imagesGranted: false,
      videosGranted: false,
      mediaLocation: true,
      notifications: true,
      locationAlways: false,
      policyFixed: ['android.permission.ACCESS_MEDIA_LOCATION'],
      unknownLines: 0,
    });
  });

  test('is read for the work profile when that is in the foreground', () => {
    expect(read(android16, soFar({ sdk: 36, userId: 10 }))).toMatchObject({
      installed: true,
      uid: 1_010_319,
      enabledState: 'default',
      stopped: true,
      suspended: true,
      profiles: [0],
      mediaAccess: 'full',
      mediaLocation: false,
    });
  });

  test('says that the app is not installed for the Secure Folder', () => {
    expect(read(android16, soFar({ sdk: 36, userId: 150 }))).toMatchObject({
      installed: false,
      profiles: [0, 10],
      enabledState: 'missing',
      mediaAccess: 'missing',
    });
  });

  test('says nothing of a user whom it does not name', () => {
    expect(read(android16, soFar({ sdk: 36, userId: 11 }))).toMatchObject({ installed: 'missing', stopped: 'missing' });
  });
});

/** Android 8.1: `userId=`, no list of requested permissions, times of the package, flags between blanks. */
const android8 = `Packages:
  Package [${PHOTOS}] (2b23bf):
    userId=10081
    versionCode=2288736 minSdk=19 targetSdk=26
    versionName=3.15.0.187517307
    firstInstallTime=2018-04-24 02:30:16
    lastUpdateTime=2018-04-24 02:30:16
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=-4294852284 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false virtual=false
      gids=[3002, 3003]
      runtime permissions:
        android.permission.READ_EXTERNAL_STORAGE: granted=true, flags=[ GRANTED_BY_DEFAULT ]
        android.permission.ACCESS_FINE_LOCATION: granted=true, flags=[ USER_SET ]

Hidden system packages:
  Package [${PHOTOS}] (1a2b3c):
    userId=10081
    versionCode=1 minSdk=19 targetSdk=26
    versionName=1.0
    User 0: ceDataInode=0 installed=false hidden=false suspended=false stopped=true notLaunched=false enabled=0
`;

describe('dumpsys package of one app on Android 8.1', () => {
  test('counts the storage permission as full access, and the version in use, not the one that an update replaced', () => {
    expect(read(android8, soFar({ sdk: 27 }))).toMatchObject({
      installed: true,
      uid: 10_081,
      version: '3.15.0.187517307',
      versionCode: 2_288_736,
      mediaAccess: 'full',
      unknownLines: 0,
    });
  });

  test('knows of no permission that came later, and counts any location permission as "always"', () => {
    expect(read(android8, soFar({ sdk: 27 }))).toMatchObject({
      mediaLocation: 'missing',
      notifications: 'missing',
      locationAlways: true,
    });
  });
});

/** One user's runtime permissions, the rest in the form of Android 13. */
const android13 = (
  permissions: string[],
  { targetSdk = 35, requested = [] as string[], install = [] as string[] } = {},
) =>
  `Packages:
  Package [${PHOTOS}] (60be532):
    userId=10204
    versionCode=1 minSdk=26 targetSdk=${targetSdk}
    requested permissions:
${requested.map((name) => `      android.permission.${name}\n`).join('')}    install permissions:
${install.map((line) => `      android.permission.${line}\n`).join('')}    User 0: ceDataInode=1 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=1 instant=false virtual=false
      runtime permissions:
${permissions.map((line) => `        android.permission.${line}\n`).join('')}
Queries:
`;
const granted = (name: string, flags = sensitive) => `${name}: granted=true, flags=[ ${flags}]`;
const denied = (name: string) => `${name}: granted=false, flags=[ ${sensitive}]`;
const access = (text: string, so: Reading) => read(text, so)['mediaAccess'];

/** As somebody saved it: nothing says how the command ended. */
const savedAccess = (text: string, sdk: number): unknown =>
  plain(
    packageProbe.parse(text, PHOTOS, soFar({ sdk }), { ...wholeAnswer('package', text, PHOTOS), exitCode: null }).values
      .apps?.[PHOTOS],
  )['mediaAccess'];

describe('a saved dump of which lines are gone', () => {
  const both = { requested: ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO'] };
  const whole = android13([granted('READ_MEDIA_IMAGES'), granted('READ_MEDIA_VIDEO')], both);
  const old = android13([granted('READ_EXTERNAL_STORAGE')], { requested: ['READ_EXTERNAL_STORAGE'] });

  test('does not take a permission that it asks for, and does not list, for refused', () => {
    expect(savedAccess(whole, 33)).toBe('full');
    expect(savedAccess(android13([granted('READ_MEDIA_IMAGES')], both), 33)).toBe('truncated');
    expect(savedAccess(old, 29)).toBe('full');
    expect(savedAccess(android13([], { requested: ['READ_EXTERNAL_STORAGE'] }), 29)).toBe('truncated');
  });

  test('tells no permissions where the end of another app’s block follows its beginning', () => {
    const own = android13([granted('READ_MEDIA_IMAGES'), granted('READ_MEDIA_VIDEO'), denied('CAMERA')], both);
    expect(savedAccess(own, 33)).toBe('unparsed');
  });

  test('tells nothing where a line is missing that every package has, or another package is named', () => {
    const full = whole.replace('    versionCode=1', `    pkg=Package{4b2ba63 ${PHOTOS}}\n    versionCode=1`);
    const other = `  Package [com.example.other] (1a):\n    pkg=Package{4b2ba64 com.example.other}\n    versionCode=2\n`;
    const after = (text: string) => text.replace('\nQueries:', `${other}\nQueries:`);
    expect(savedAccess(after(full), 33)).toBe('full');
    expect(savedAccess(after(whole), 33)).toBe('unparsed');
    expect(savedAccess(full.replace(`63 ${PHOTOS}`, '63 com.example.other'), 33)).toBe('unparsed');
  });

  test('tells no permissions where the heading between two lists is gone', () => {
    const text = android13([granted('READ_MEDIA_IMAGES'), granted('READ_MEDIA_VIDEO')], {
      ...both,
      install: ['INTERNET: granted=true'],
    });
    expect(savedAccess(text, 33)).toBe('full');
    expect(savedAccess(text.replace('    install permissions:\n', ''), 33)).toBe('unparsed');
  });
});

describe('access to photos and videos', () => {
  test('on Android 13 is full with both permissions, partial with one, none without', () => {
    const so = soFar({ sdk: 33 });
    expect(access(android13([granted('READ_MEDIA_IMAGES'), granted('READ_MEDIA_VIDEO')]), so)).toBe('full');
    expect(access(android13([granted('READ_MEDIA_IMAGES'), denied('READ_MEDIA_VIDEO')]), so)).toBe('partial');
    expect(access(android13([denied('READ_MEDIA_IMAGES'), denied('READ_MEDIA_VIDEO')]), so)).toBe('none');
  });

  test('on Android 14 is full although a former selection is still granted', () => {
    const all = [granted('READ_MEDIA_IMAGES'), granted('READ_MEDIA_VIDEO'), granted('READ_MEDIA_VISUAL_USER_SELECTED')];
    expect(access(android13(all), soFar({ sdk: 34 }))).toBe('full');
  });

  test('on Android 14 is partial for an app that does not know of selections and was granted one for this session', () => {
    const once = [
      granted('READ_MEDIA_IMAGES', `ONE_TIME|${sensitive}`),
      granted('READ_MEDIA_VIDEO', `ONE_TIME|${sensitive}`),
    ];
    expect(access(android13(once), soFar({ sdk: 34 }))).toBe('partial');
  });

  test('is not given by the storage permission to an app that targets Android 13', () => {
    const old = [granted('READ_EXTERNAL_STORAGE')];
    expect(access(android13(old), soFar({ sdk: 33 }))).toBe('none');
    expect(access(android13(old, { targetSdk: 32 }), soFar({ sdk: 33 }))).toBe('full');
    expect(access(android13(old), soFar({ sdk: 32 }))).toBe('full');
  });

  test('is none where the permission is asked for but was never decided', () => {
    expect(access(android13([], { requested: ['READ_MEDIA_IMAGES'] }), soFar({ sdk: 34 }))).toBe('none');
  });

  test('is taken away from an app made before Android 6 by a flag', () => {
    const revoked = [granted('READ_EXTERNAL_STORAGE', 'REVOKED_COMPAT')];
    expect(access(android13(revoked, { targetSdk: 22 }), soFar({ sdk: 28 }))).toBe('none');
  });

  test('is full with "All files access", which is an app-op', () => {
    const asks = android13([], { requested: ['MANAGE_EXTERNAL_STORAGE'] });
    expect(access(asks, withAllFiles(34, 'allow'))).toBe('full');
    expect(access(asks, withAllFiles(34, 'deny'))).toBe('none');
    expect(access(asks, withAllFiles(34, 'default'))).toBe('none');
  });

  test('with "All files access" at its default follows the permission', () => {
    const granted13 = android13([], {
      requested: ['MANAGE_EXTERNAL_STORAGE'],
      install: ['MANAGE_EXTERNAL_STORAGE: granted=true'],
    });
    expect(access(granted13, withAllFiles(33, 'default'))).toBe('full');
  });

  test('is not known where the app asks for "All files access" and its app-op is not known', () => {
    const asks = android13([denied('READ_MEDIA_IMAGES')], { requested: ['MANAGE_EXTERNAL_STORAGE'] });
    expect(access(asks, soFar({ sdk: 34 }))).toBe('missing');
    expect(access(asks, soFar({ sdk: 29 }))).toBe('none');
  });

  test('where the Android version is not known, follows the permissions that the phone lists', () => {
    expect(access(android13([granted('READ_MEDIA_IMAGES'), denied('READ_MEDIA_VIDEO')]), soFar())).toBe('partial');
    expect(access(android13([granted('READ_EXTERNAL_STORAGE')]), soFar())).toBe('full');
  });
});

/** A gallery that shares its uid with others has its permissions with the shared user. */
const shared = `Packages:
  Package [${DRIVE}] (a75eec):
    userId=10025
    sharedUser=SharedUserSetting{7d1fcb9 android.media/10025}
    versionCode=1024 minSdk=28 targetSdk=28
    versionName=9
    User 0: ceDataInode=3252253 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false virtual=false
      installReason=0

Shared users:
  SharedUser [android.uid.other] (111111):
    userId=10001
    User 0: 
      runtime permissions:
        android.permission.READ_EXTERNAL_STORAGE: granted=false, flags=[ ]
  SharedUser [android.media] (7d1fcb9):
    userId=10025
    Packages
      PackageSetting{a75eec ${DRIVE}/10025}
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: 
      gids=[2001, 3003]
      runtime permissions:
        android.permission.READ_EXTERNAL_STORAGE: granted=true, flags=[ SYSTEM_FIXED|GRANTED_BY_DEFAULT]

Package Changes:
`;

describe('dumpsys package, further', () => {
  test('of an app with a shared uid finds its permissions with the shared user', () => {
    expect(read(shared, soFar({ sdk: 28 }), DRIVE)).toMatchObject({
      uid: 10_025,
      mediaAccess: 'full',
      permissions: {
        'android.permission.READ_EXTERNAL_STORAGE': { granted: true, flags: ['SYSTEM_FIXED', 'GRANTED_BY_DEFAULT'] },
      },
      unknownLines: 0,
    });
  });

  test('says that a package which it does not find is not installed', () => {
    expect(read(`Unable to find package: ${PHOTOS}\n`)).toMatchObject({ installed: false, version: 'missing' });
  });

  test('without a list of packages is unparsed', () => {
    expect(read('Dexopt state:\n  [com.x]\n')).toMatchObject({ installed: 'unparsed', mediaAccess: 'unparsed' });
  });

  test('that ends before the permissions gives no permissions', () => {
    const cut = android16.slice(0, android16.indexOf('      gids='));
    expect(read(cut, soFar({ sdk: 36 }))).toMatchObject({ stopped: false, mediaAccess: 'truncated' });
  });

  test('counts lines of a block that it does not know', () => {
    expect(read(android8.replace('    versionName=', '    something new\n    versionName='))['unknownLines']).toBe(1);
  });
});

const android = `  Package [android] (aaaaaa):
    userId=1000
    versionCode=27 minSdk=27 targetSdk=27
`;

const apps = (text: string) => {
  const { values } = parsed(packageDumpProbe, text, soFar({ sdk: 27 }));
  return [PHOTOS, DRIVE].map((app) => plain(values.apps?.[app])['installed']);
};

function change(from: string, to: string): string {
  expect(android16).toContain(from);
  return android16.replaceAll(from, to);
}

describe('a package dump of which lines were changed or lost on the way', () => {
  const so = soFar({ sdk: 36 });

  test.each([
    ['given at run time', 'READ_MEDIA_IMAGES: granted=false', 'READ\\_MEDIA\\_IMAGES: granted=false'],
    ['asked for', '      android.permission.READ_MEDIA_VIDEO\n', '      android.permission.READ\\_MEDIA\\_VIDEO\n'],
    ['given at installation', 'INTERNET: granted=true', 'INTERNET: gran'],
  ])('tells no permissions where one that is %s cannot be read', (_which, from, to) => {
    const values = read(change(from, to), so);
    expect(values).toMatchObject({ version: '7.51.0 (820114303)', enabledState: 'disabled-until-used' });
    for (const leaf of ['permissions', 'mediaAccess', 'imagesGranted', 'internet'])
      expect(values[leaf], leaf).toBe('unparsed');
  });

  test('tells no permissions where dots stand for what was left out of the app', () => {
    const [before = '', after = ''] = android16.split('      gids=[3003]\n');
    const dump = `${before}...\n${after}`;
    const { values } = packageDumpProbe.parse(dump, soFor(so), wholeAnswer('package-dump', dump));
    expect(plain(values.apps?.[PHOTOS])).toMatchObject({ mediaAccess: 'truncated', profiles: 'truncated' });
  });

  test('tells no permissions of a file whose list of them is a heading alone', () => {
    const dump = android16.replaceAll(/^ {8}android\.permission.*\n/gm, '');
    const { values } = packageDumpProbe.parse(dump, soFor(so), wholeAnswer('package-dump', dump));
    expect(plain(values.apps?.[PHOTOS])).toMatchObject({ mediaAccess: 'truncated', imagesGranted: 'truncated' });
  });

  test.each(['    appId=10320\n', '    versionCode=1 minSdk=26 targetSdk=35\n', '    versionName=2.0\n'])(
    'tells nothing of an app whose block says %j once more: the header of another app was lost',
    (line) => {
      const values = read(change('\nQueries:', `${line}\nQueries:`), so);
      for (const leaf of ['installed', 'version', 'uid', 'mediaAccess']) expect(values[leaf], leaf).toBe('unparsed');
    },
  );

  test('tells neither that the app is installed nor who else has it where that cannot be read', () => {
    expect(read(change('installed=true', 'installed=1'), so)).toMatchObject({
      installed: 'missing',
      profiles: 'unparsed',
    });
    expect(read(change('    User 0:', '\tUser 0:'), so)).toMatchObject({ installed: 'missing', profiles: 'unparsed' });
  });
});

describe('the whole dumpsys package of a bug report', () => {
  const all = android8.replace('Packages:\n', `Packages:\n${android}`);

  test('tells of several apps at once, and that an app is not installed', () => {
    expect(apps(all)).toEqual([true, false]);
  });

  test('that ends in the middle of the list proves no absence', () => {
    expect(apps(all.slice(0, all.indexOf('Hidden system packages:')))).toEqual([true, 'truncated']);
  });

  test('that holds one app only says nothing of the others', () => {
    expect(apps(android8)).toEqual([true, 'missing']);
  });
});

describe('a package dump', () => {
  const user = 'User 0: ceDataInode=1 installed=true hidden=false suspended=true stopped=false enabled=0';
  const body = (blank: string) => `Packages:
  Package [${PHOTOS}] (60be532):
    userId=10204
    requested permissions:
      android.permission.READ_EXTERNAL_STORAGE
    ${user}
${blank}
      gids=[3003]
      runtime permissions:
        android.permission.READ_EXTERNAL_STORAGE: granted=false, flags=[ USER_SET]

Queries:
`;
  const so = soFar({ sdk: 30 });

  test.each([
    ['overlay paths at four blanks (Android 8 to 11)', '    overlay paths:\n      /product/overlay/Bar.apk'],
    ['overlay paths at six blanks (12 and later)', '      overlay paths:\n        /product/overlay/Bar.apk'],
    [
      "a library's overlay paths at the margin (11 to 14)",
      '      \ncom.example.library overlay paths:\n          /product/overlay/Bar.apk',
    ],
    ['Suspend params (11 and later)', '    Suspend params:\n      suspendingPackage=com.android.shell dialogInfo=null'],
  ])('with %s is read to its end', (what, lines) => {
    expect(read(body(lines), so)).toMatchObject({
      permissions: { 'android.permission.READ_EXTERNAL_STORAGE': { granted: false } },
      mediaAccess: 'none',
      suspended: true,
      suspendedBy: what.startsWith('Suspend') ? 'com.android.shell' : 'missing',
      unknownLines: 0,
    });
  });

  test('that ends within the app does not tell its permissions, nor one without the list of what the app asks for', () => {
    const whole = body('      x=1');
    const end = whole.slice(0, whole.indexOf('\nQueries:'));
    const cut = plain(parsed(packageDumpProbe, end, so).values.apps?.[PHOTOS]);
    expect(read(end, so)['mediaAccess']).toBe('none');
    expect(cut).toMatchObject({ uid: 10_204, suspended: true, permissions: 'truncated', mediaAccess: 'truncated' });
    const trimmed = whole
      .replace(/ {4}requested[^\n]*\n[^\n]*\n/, '')
      .replace(/ {8}android[^\n]*\n/, '        android.permission.CAMERA: granted=true\n');
    expect(read(trimmed, soFar({ sdk: 33 }))).toMatchObject({ mediaAccess: 'truncated', notifications: 'truncated' });
  });

  test('of an archived app says so (Android 15 and later)', () => {
    const text = body('      archiveTime=2026-01-02 03:04:05').replace('installed=true', 'installed=false');
    expect(read(text, soFar({ sdk: 35 }))).toMatchObject({ installed: false, archived: true });
  });

  test('of an archived app, whose file and dataDir are gone, says so beside apps that have them', () => {
    const state = createSample('pixel-15', { healthy: true }).state;
    expect(state.build.sdk).toBeGreaterThanOrEqual(35);
    Object.assign(ownersCopy(state, PHOTOS), { installed: false, archivedAgoMs: 1000 });
    const dump = dumpPackage(state, []).stdout;
    const own = dump.slice(dump.indexOf(`Package [${PHOTOS}]`)).split('\n  Package [')[0] ?? '';
    expect(own).toContain('\n    pkg=null\n');
    expect(own).not.toContain('dataDir=');
    expect(dump).toContain('\n    dataDir=');
    expect(readAll(dump)).toMatchObject({ installed: false, archived: true });
    // What Android prints of it all the same is missed.
    const lost = dump.replace(own, own.replace(/\n {4}codePath=[^\n]*/, ''));
    expect(readAll(lost)).toMatchObject({ installed: 'unparsed', archived: 'unparsed' });
  });
});
