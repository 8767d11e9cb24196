import { beforeAll, describe, expect, test } from 'vitest';
import { sdkOf } from '../../../../../native/android/read/uid.ts';
import type { Answer } from '../../../../../native/capture.ts';
import { isKnown, type Leaf, type Reading } from '../../../../../native/reading.ts';
import { PHOTOS, wholeAnswer } from './parse.ts';
import { answerFrom, published, readingOf, sectionsOf } from './published.ts';

const gms = 'com.google.android.gms';
const nextcloud = 'com.nextcloud.client';

/** A value, or the reason why there is none. */
const said = (leaf: Leaf<unknown> | undefined): unknown =>
  leaf === undefined ? 'absent' : isKnown(leaf) ? leaf.value : leaf.unavailable;

const values = (leaves: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(leaves as Record<string, Leaf<unknown>>).map(([name, leaf]) => [name, said(leaf)]));

const countOf = (leaf: Leaf<unknown> | undefined): unknown => {
  const value = said(leaf);
  return Array.isArray(value) ? value.length : value;
};

const unknownLines = (reading: Reading): Record<string, number> =>
  Object.fromEntries(
    Object.entries(reading.answers)
      .filter(([, source]) => source.unknownLines > 0)
      .map(([key, source]) => [key, source.unknownLines]),
  );

/** `ro.build.version.sdk` alone, so that the version is known without the phone's other properties. */
const version = (sdk: number): Answer => wholeAnswer('getprop', `[ro.build.version.sdk]: [${sdk}]\n`);

describe.skipIf(!published)('a Xiaomi Pad 6 with HyperOS 2 (Android 14)', () => {
  const gallery = 'com.miui.gallery';
  const pad = 'xiaomi-pad6-hyperos2-android14';
  let reading: Reading;
  beforeAll(async () => {
    const answers = await Promise.all([
      answerFrom('getprop', `${pad}/getprop.txt`),
      answerFrom('packages', `${pad}/pm_list_packages.txt`),
      answerFrom('appops-dump', `${pad}/dumpsys_appops.txt`),
      answerFrom('standby-bucket-dump', `${pad}/dumpsys_usagestats.txt`),
      answerFrom('jobs-dump', `${pad}/dumpsys_jobscheduler.txt`),
      answerFrom('netstats', `${pad}/dumpsys_netstats.txt`),
    ]);
    reading = readingOf(answers, [PHOTOS, gallery, gms, nextcloud]);
  });

  test('has Google Photos and its own gallery, and no Nextcloud', () => {
    expect([PHOTOS, gallery, gms, nextcloud].map((app) => said(reading.apps[app]?.installed))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('forbids autostart to its own gallery and allows it to Google Photos', () => {
    expect(said(reading.apps[gallery]?.autostart)).toBe('ignore');
    expect(said(reading.apps[PHOTOS]?.autostart)).toBe('allow');
  });

  test('restricts neither in the background, but Play services by the older op', () => {
    const ops = [PHOTOS, gallery, gms].map((app) => {
      const { runAnyInBackground, runInBackground, runAnyInBackgroundUid } = reading.apps[app] ?? {};
      return [said(runAnyInBackground), said(runInBackground), said(runAnyInBackgroundUid)];
    });
    expect(ops).toEqual([
      ['allow', 'default', 'missing'],
      ['allow', 'default', 'missing'],
      ['allow', 'ignore', 'missing'],
    ]);
  });

  test('has its apps in buckets with reasons', () => {
    const buckets = [PHOTOS, gallery, gms].map((app) => {
      const { bucket, bucketReason } = reading.apps[app] ?? {};
      return [said(bucket), said(bucketReason)];
    });
    expect(buckets).toEqual([
      [10, 'u-si'],
      [10, 'p'],
      [5, 'd'],
    ]);
  });

  test('lets four of eleven jobs of Google Photos wait for a battery that is not low', () => {
    const jobs = reading.apps[PHOTOS]?.jobs;
    expect(isKnown(jobs)).toBe(true);
    if (!isKnown(jobs)) return;
    expect(jobs.value).toHaveLength(11);
    expect(jobs.value[0]).toEqual({
      id: '1033',
      service: 'com.google.android.apps.photos/.dbprocessor.impl.DatabaseProcessorJobService',
      userId: 0,
      required: ['TIMING_DELAY'],
      satisfied: ['DEVICE_NOT_DOZING', 'BACKGROUND_NOT_RESTRICTED', 'TARE_WEALTH', 'WITHIN_QUOTA'],
      unsatisfied: ['TIMING_DELAY'],
      needsUnmetered: false,
      failures: 7,
    });
    expect(jobs.value.at(-1)).toMatchObject({ id: '555001642', unsatisfied: ['CHARGING', 'TIMING_DELAY'] });
    const waiting = jobs.value.filter((job) => job.unsatisfied.includes('BATTERY_NOT_LOW'));
    expect(waiting.map(({ id }) => id)).toEqual(['555001382', '555001383', '555001495', '555001640']);
    expect(jobs.value.filter((job) => job.needsUnmetered).map(({ id }) => id)).toEqual(['555001383']);
  });

  test('charges, and yet its jobs count the battery as low', () => {
    expect(values(reading.system)).toMatchObject({
      jobsCharging: true,
      jobsBatteryNotLow: false,
      jobsStorageNotLow: true,
    });
  });

  test('counts the jobs of the others', () => {
    expect([gallery, gms].map((app) => countOf(reading.apps[app]?.jobs))).toEqual([14, 12]);
  });

  test('says nothing of bytes by app in the short form of netstats', () => {
    expect(said(reading.apps[PHOTOS]?.sentBytes24h)).toBe('missing');
  });
});

describe.skipIf(!published)('a Samsung with Android 16', () => {
  const radio = 'com.architit.radriloniuma';

  test('has an app that neither the work profile nor the Secure Folder has', async () => {
    const reading = readingOf(
      [version(36), { ...(await answerFrom('package', 'samsung-android16/dumpsys_package.txt')), app: radio }],
      [radio],
    );
    const { permissions, ...rest } = values(reading.apps[radio] ?? {});
    expect(rest).toMatchObject({
      installed: true,
      uid: 10_319,
      version: '00.15.00-V10-Hybrid',
      versionCode: 15,
      updatedAt: '2026-07-07 18:35:06',
      enabledState: 'default',
      stopped: false,
      suspended: false,
      profiles: [],
      mediaAccess: 'none',
      mediaLocation: false,
      notifications: true,
    });
    expect(permissions).toEqual({
      'android.permission.POST_NOTIFICATIONS': {
        granted: true,
        flags: ['USER_SET', 'USER_SENSITIVE_WHEN_GRANTED', 'USER_SENSITIVE_WHEN_DENIED'],
      },
    });
    expect(unknownLines(reading)).toEqual({});
  });

  test('holds back Nextcloud, which its owner restricted, and not Google Photos', async () => {
    const dump = await answerFrom('jobs-dump', 'samsung-android16/dumpsys_jobscheduler_other-samsung.txt');
    const reading = readingOf([version(36), dump], [nextcloud, PHOTOS]);
    expect(said(reading.apps[nextcloud]?.jobsRestricted)).toBe(true);
    expect(said(reading.apps[PHOTOS]?.jobsRestricted)).toBe(false);
    // The dump was asked about one package: it counts 528 jobs and lists none.
    expect(said(reading.apps[PHOTOS]?.jobs)).toBe('truncated');
    expect(values(reading.system)).toMatchObject({ jobsBatteryNotLow: true, jobsCharging: true });
  });

  test('has 15 GB free of 112, and a cache for each app', async () => {
    const reading = readingOf(
      [await answerFrom('diskstats', 'samsung-android16/dumpsys_diskstats.txt')],
      [PHOTOS, 'com.sec.android.gallery3d'],
    );
    expect(values(reading.storage)).toMatchObject({
      freeBytes: 15_102_248 * 1024,
      totalBytes: 109_635_584 * 1024,
      photosBytes: 351_555_584,
      videosBytes: 1_216_991_232,
      cacheBytes: 1_556_763_648,
    });
    expect(said(reading.apps[PHOTOS]?.cacheBytes)).toBe(573_440);
    expect(said(reading.apps['com.sec.android.gallery3d']?.cacheBytes)).toBe(3_145_728);
  });
});

describe.skipIf(!published)('one package each, of many makers', () => {
  test.each([
    // File, app, API level, uid, version, media access, notifications, other users with the app, stopped.
    ['air3-android13', 'com.xc.air3xctaddon', 33, 10_148, '1.0', 'missing', true, [], false],
    ['emulator-android16', 'co.ke.roadready.provider', 36, 10_229, '1.0.0', 'none', false, [], false],
    ['emulator-android17preview', 'com.kinexfit.app', 36, 10_217, '1.0.20', 'none', false, [], false],
    ['headunit-android13', 'com.voboost.voiceassistant', 33, 10_068, '1.0.0', 'missing', false, [], false],
    ['realme-android15', 'com.astrohark.app', 35, 11_575, '17.0', 'none', true, [], false],
    ['samsung-s25ultra', 'com.etrsystems.axisight', 35, 10_686, '0.1.0', 'none', false, [], false],
    ['xiaomi-android10', 'com.example.watching_app_2', 29, 11_040, '1.0.0', 'none', 'missing', [10], true],
    ['xiaomi-android13', 'com.cancionero.app', 33, 10_360, '1.0.0', 'missing', false, [], false],
  ] as const)('%s', async (file, app, sdk, uid, versionName, mediaAccess, notifications, profiles, stopped) => {
    const dump = { ...(await answerFrom('package', `singles/${file}_dumpsys_package.txt`)), app };
    const reading = readingOf([version(sdk), dump], [app]);
    expect(values(reading.apps[app] ?? {})).toMatchObject({
      installed: true,
      uid,
      version: versionName,
      mediaAccess,
      notifications,
      profiles,
      stopped,
      suspended: false,
    });
    expect(unknownLines(reading)).toEqual({});
  });
});

/** The sections of a bug report as the answers to the questions that a file answers. */
async function report(file: string, apps: readonly string[]): Promise<Reading> {
  const sections = await sectionsOf(`bugreports/${file}`);
  const probes: [string, string][] = [
    ['getprop', 'getprop'],
    ['package-dump', 'package'],
    ['appops-dump', 'appops'],
    ['standby-bucket-dump', 'usagestats'],
    ['restriction-level-dump', 'activity'],
    ['hibernation', 'app_hibernation'],
    ['jobs-dump', 'jobscheduler'],
    ['accounts', 'account'],
    ['sync', 'content'],
    ['diskstats', 'diskstats'],
    ['storage-monitor', 'devicestoragemonitor'],
    ['location-dump', 'location'],
  ];
  const answers = probes.flatMap(([probe, section]) => {
    const text = sections.get(section);
    return text === undefined ? [] : [wholeAnswer(probe, text)];
  });
  return readingOf(answers, apps);
}

describe.skipIf(!published)('the bug report of a Smartron with Android 8.1', () => {
  let reading: Reading;
  beforeAll(async () => {
    reading = await report('smartron-tphoneE-android8.1.zip', [PHOTOS, gms, nextcloud]);
  });

  test('has Google Photos with full access, and no Nextcloud', () => {
    expect(sdkOf(reading)).toBe(27);
    expect(values(reading.apps[PHOTOS] ?? {})).toMatchObject({
      installed: true,
      uid: 10_081,
      version: '3.15.0.187517307',
      versionCode: 2_288_736,
      mediaAccess: 'full',
      mediaLocation: 'missing',
      notifications: true,
      locationAlways: false,
      runAnyInBackground: 'missing',
      runInBackground: 'default',
      autostart: 'allow',
      bucket: 'missing',
      jobsRestricted: 'missing',
    });
    expect(said(reading.apps[nextcloud]?.installed)).toBe(false);
  });

  test('lets one of its two jobs wait for the phone to be idle', () => {
    expect(said(reading.apps[PHOTOS]?.jobs)).toMatchObject([
      { id: '1032', required: ['CHARGING', 'TIMING_DELAY', 'DEADLINE', 'IDLE'], unsatisfied: ['DEADLINE', 'IDLE'] },
      { id: '1034', required: ['CONTENT_TRIGGER'], unsatisfied: ['CONTENT_TRIGGER'] },
    ]);
    expect(values(reading.system)).toMatchObject({
      jobsBatteryNotLow: true,
      jobsCharging: true,
      jobsStorageNotLow: true,
    });
  });

  test('has two accounts of the maker', () => {
    expect(values(reading.accounts)).toEqual({
      types: ['com.android.sim', 'com.android.localphone'],
      autoSync: true,
      syncs: [
        {
          authority: 'com.android.contacts',
          accountType: 'com.android.sim',
          enabled: false,
          syncable: true,
          lastResult: '',
        },
        {
          authority: 'com.android.contacts',
          accountType: 'com.android.localphone',
          enabled: false,
          syncable: true,
          lastResult: '',
        },
      ],
    });
  });
});

describe.skipIf(!published)('the bug report of an emulator with Android 9', () => {
  let reading: Reading;
  beforeAll(async () => {
    reading = await report('emulator-gphone-android9.zip', [PHOTOS, gms]);
  });

  test('lets four of six jobs of Google Photos wait for a connection', () => {
    const jobs = reading.apps[PHOTOS]?.jobs;
    expect(isKnown(jobs)).toBe(true);
    if (!isKnown(jobs)) return;
    expect(jobs.value.map(({ id }) => id)).toEqual(['1024', '1026', '1030', '1032', '1034', '444004999']);
    const waiting = jobs.value.filter((job) => job.unsatisfied.includes('CONNECTIVITY'));
    expect(waiting.map(({ id }) => id)).toEqual(['1024', '1026', '1030', '444004999']);
  });

  test('has both apps in the active bucket', () => {
    expect(
      [PHOTOS, gms].map((app) => [said(reading.apps[app]?.bucket), said(reading.apps[app]?.bucketReason)]),
    ).toEqual([
      [10, 'u-su'],
      [10, 'u-su'],
    ]);
  });

  test('has no account, and room', () => {
    expect(values(reading.accounts)).toMatchObject({ types: [], autoSync: true });
    expect(values(reading.storage)).toMatchObject({ low: false, freeBytes: 5_797_352 * 1024 });
    expect(unknownLines(reading)).toEqual({});
  });
});

describe.skipIf(!published)('the bug report of a Sunmi with Android 9', () => {
  let reading: Reading;
  beforeAll(async () => {
    reading = await report('sunmi-T2s-android9.zip', [PHOTOS, gms]);
  });

  test('has no Google Photos', () => {
    expect(said(reading.apps[PHOTOS]?.installed)).toBe(false);
    expect([said(reading.apps[gms]?.bucket), said(reading.apps[gms]?.bucketReason)]).toEqual([5, 'u-su']);
  });

  test('has one type of account, of which some authorities fail', () => {
    expect(said(reading.accounts.types)).toEqual(['com.google']);
    const syncs = reading.accounts.syncs;
    expect(isKnown(syncs)).toBe(true);
    if (!isKnown(syncs)) return;
    expect(syncs.value[0]).toEqual({
      authority: 'com.google.android.gms.chromesync',
      accountType: 'com.google',
      enabled: true,
      syncable: true,
      lastResult: 'SUCCESS',
    });
    expect(syncs.value.filter(({ lastResult }) => lastResult !== 'SUCCESS' && lastResult !== '')).toMatchObject([
      { authority: 'com.google.android.location.reporting', lastResult: 'authentication-error' },
      { authority: 'gmail-ls', lastResult: 'internal-error' },
      { authority: 'subscribedfeeds', lastResult: 'authentication-error' },
    ]);
    expect(JSON.stringify(reading)).not.toContain('@example.com');
  });
});

describe.skipIf(!published)('the bug report of a tablet with Android 13', () => {
  const media = 'com.android.providers.media';
  let reading: Reading;
  beforeAll(async () => {
    reading = await report('axxs-tb8168-android13.zip', [PHOTOS, media]);
  });

  test('has an app that shares its uid and has its permissions with the others of that uid', () => {
    expect(values(reading.apps[media] ?? {})).toMatchObject({
      installed: true,
      uid: 10_025,
      notifications: true,
      hibernated: false,
      bucket: 5,
      bucketReason: 'd',
    });
    expect(Object.keys(said(reading.apps[media]?.permissions) as object)).toEqual([
      'android.permission.POST_NOTIFICATIONS',
      'android.permission.READ_EXTERNAL_STORAGE',
      'android.permission.WRITE_EXTERNAL_STORAGE',
    ]);
  });

  test('tells of the phone', () => {
    expect(said(reading.apps[PHOTOS]?.installed)).toBe(false);
    expect(values(reading.accounts)).toEqual({ types: [], autoSync: true, syncs: [] });
    expect(values(reading.storage)).toMatchObject({ low: false, freeBytes: 54_003_092 * 1024 });
    expect(values(reading.system)).toMatchObject({
      locationOn: true,
      jobsBatteryNotLow: true,
      jobsCharging: false,
      jobsStorageNotLow: true,
    });
    expect(unknownLines(reading)).toEqual({});
  });
});

describe.skipIf(!published)('single dumps', () => {
  test('of exits name the crashes of the app itself, not those of a web view that ran for it', async () => {
    const game = 'com.citylord.game.pro';
    const reading = readingOf(
      [await answerFrom('exit-info-dump', 'singles/android11plus_dumpsys_activity_exit-info.txt')],
      [game],
    );
    const exits = reading.apps[game]?.exits;
    expect(isKnown(exits)).toBe(true);
    if (!isKnown(exits)) return;
    expect(exits.value).toHaveLength(5);
    expect(exits.value[0]).toEqual({ at: '2026-03-14 05:32:41.125', reason: 4, subreason: 0, description: 'crash' });
    expect(exits.value.at(-1)?.at).toBe('2026-03-14 05:32:15.857');
  });

  test('of battery statistics of a Pixel 7 with Android 15 count bytes by app', async () => {
    const file = 'singles/pixel7-android15_batterystats_checkin.txt';
    const reading = readingOf([await answerFrom('batterystats', file)], [PHOTOS, 'com.android.vending', nextcloud]);
    expect(said(reading.apps[PHOTOS]?.sentInBackground)).toBe(149_780);
    expect(said(reading.apps['com.android.vending']?.sentInBackground)).toBe(2_541_070);
    expect(said(reading.apps[nextcloud]?.sentInBackground)).toBe('missing');
    expect(unknownLines(reading)).toEqual({});
  });

  test.each(['motorola-edge20-android13_dumpsys_location.txt', 'samsung_dumpsys_location.txt'])(
    'of location services, %s',
    async (file) => {
      const reading = readingOf([await answerFrom('location-dump', `singles/${file}`)]);
      expect(said(reading.system.locationOn)).toBe(true);
    },
  );

  test('of sync of an emulator with Android 15 tell the switch, though the tables are missing', async () => {
    const reading = readingOf([await answerFrom('sync', 'singles/emulator-android15_dumpsys_content.txt')]);
    expect(values(reading.accounts)).toMatchObject({ autoSync: true, syncs: 'missing' });
  });

  test.each(['android9-10_dumpsys_jobscheduler.txt', 'charge-limit_dumpsys_jobscheduler.txt'])(
    'of jobs, %s, are pieces and prove nothing',
    async (file) => {
      const reading = readingOf([await answerFrom('jobs-dump', `singles/${file}`)], [PHOTOS]);
      expect(said(reading.apps[PHOTOS]?.jobs)).toBe('unparsed');
    },
  );
});
