import { describe, expect, test } from 'vitest';
import type { Answer, Capture } from '../../../../../native/capture.ts';
import { androidProbes, readAndroid } from '../../../../../native/android/read/read.ts';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';
import type { AppOfUser, SampleApp, SampleState } from '../../../../../native/samples/android/state.ts';
import type { Probe, Scope } from '../../../../../native/probe.ts';
import { type AppReading, isKnown, type Leaf, type Reading } from '../../../../../native/reading.ts';

const noon = Date.UTC(2026, 10, 22, 11, 0, 0);
const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';
const apps = [photos, oneDrive, 'com.sec.android.gallery3d', 'com.miui.gallery', 'com.nextcloud.client'];
const hour = 60 * 60 * 1000;

/** A sample whose clock, but for its skew, says what the computer's says: noon in Berlin. */
function stateAtNoon(id: string): SampleState {
  const { state } = createSample(id);
  return { ...state, clock: { ...state.clock, fixedAt: noon } };
}

function answerOf(phone: SamplePhone, probe: Probe, app: string | null, argv: readonly string[]): Answer {
  const { stdout, stderr, exitCode } = phone.run(argv);
  return {
    probe: probe.id,
    app,
    command: argv.join(' '),
    output: new TextEncoder().encode(stdout),
    errors: stderr,
    exitCode,
    startedAt: new Date(noon).toISOString(),
    durationMs: 1000,
    ended: 'whole',
    detail: '',
  };
}

function capture(state: SampleState): Capture {
  const phone = new SamplePhone(state);
  const scope: Scope = { apps, userId: 0 };
  const answers = androidProbes
    .filter((probe) => probe.asked !== 'file')
    .flatMap((probe) =>
      probe.per === 'phone'
        ? [answerOf(phone, probe, null, probe.command(scope))]
        : apps.map((app) => answerOf(phone, probe, app, probe.command(scope, app))),
    );
  return {
    platform: 'android',
    phoneId: state.serial,
    origin: 'usb',
    startedAt: new Date(noon).toISOString(),
    durationMs: 1000,
    apps,
    answers,
    brokenOff: null,
  };
}

const readingOf = (state: SampleState): Reading => readAndroid(capture(state));

/** A value, or the reason why there is none. */
const said = (leaf: Leaf<unknown> | undefined): unknown =>
  leaf === undefined ? 'absent' : 'value' in leaf ? leaf.value : leaf.unavailable;

/** The probes about apps, storage, photos and the clock. */
const probesOfApps = new Set([
  'packages',
  'appops-background',
  'appops',
  'package',
  'standby-bucket',
  'restriction-level',
  'hibernation',
  'jobs',
  'netstats',
  'netstats-week',
  'exit-info',
  'event-log',
  'accounts',
  'sync',
  'storage',
  'diskstats',
  'storage-monitor',
  'photos',
  'videos',
  'nomedia',
  'location',
  'clock',
  'uptime',
]);

const enabledWords = ['default', 'enabled', 'disabled', 'disabled-user', 'disabled-until-used'];

/** Number of the traffic bucket, of two hours, that holds a moment. */
const bucketOf = (agoMs: number): number => Math.floor((noon - agoMs) / (2 * hour));

/** Bytes in slots that begin in the 24 hours up to the slot of now. */
const sent = (own: AppOfUser): number =>
  own.traffic.filter(({ agoMs }) => bucketOf(agoMs) > bucketOf(0) - 12).reduce((sum, { txBytes }) => sum + txBytes, 0);

/** Bytes of the last week, those in the background apart. */
function sentInWeek(buckets: readonly { sentBytes: number; background: boolean }[]): [number, number] {
  const total = (background: boolean) =>
    buckets.filter((one) => one.background === background).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  return [total(true), total(false)];
}

function expectApp(state: SampleState, app: SampleApp, own: AppOfUser, reading: AppReading): void {
  const { sdk } = state.build;
  expect(said(reading.installed)).toBe(true);
  expect(said(reading.uid)).toBe(app.appId);
  expect(said(reading.version)).toBe(app.versionName);
  expect(said(reading.versionCode)).toBe(app.versionCode);
  expect(said(reading.enabledState)).toBe(enabledWords[own.enabled]);
  expect(said(reading.stopped)).toBe(own.stopped);
  expect(said(reading.suspended)).toBe(own.suspendedBy !== null);
  const others = app.users.filter((user) => user.userId !== 0 && user.installed).map((user) => user.userId);
  expect(said(reading.profiles)).toEqual(others);
  expect(said(reading.permissions)).toEqual(own.permissions);
  expect(said(reading.hibernated)).toBe(sdk >= 31 ? own.hibernated : 'missing');
  expect(said(reading.bucketReason)).toBe(sdk >= 28 ? own.standby.reason : 'missing');
  const op = (name: string) => own.uidAppOps[name] ?? own.appOps[name]?.mode ?? 'default';
  expect(said(reading.runInBackground)).toBe(op('RUN_IN_BACKGROUND'));
  expect(said(reading.runAnyInBackgroundUid)).toBe(own.uidAppOps['RUN_ANY_IN_BACKGROUND'] ?? 'missing');
  expect(said(reading.runAnyInBackground)).toBe(
    sdk >= 28 ? (own.appOps['RUN_ANY_IN_BACKGROUND']?.mode ?? 'default') : 'missing',
  );
  expect(said(reading.autostart)).toBe(own.appOps['MIUIOP(10008)']?.mode ?? 'missing');
  expect(said(reading.autoRevoke)).toBe(sdk >= 30 ? op('AUTO_REVOKE_PERMISSIONS_IF_UNUSED') : 'missing');
  expect(said(reading.sentBytes24h)).toBe(sent(own));
  const { sentBuckets } = reading;
  expect(isKnown(sentBuckets) ? sentInWeek(sentBuckets.value) : sentBuckets).toEqual(
    sentInWeek(own.traffic.map((one) => ({ sentBytes: one.txBytes, background: !one.foreground }))),
  );
  expect(said(reading.sentSince)).toBe(
    new Date((bucketOf(7 * 24 * hour - state.clock.skewMs) + 1) * 2 * hour).toISOString(),
  );
  expect(said(reading.sentUntil)).toBe(new Date(noon + state.clock.skewMs).toISOString());
  expect(said(reading.cacheBytes)).toBe(app.users.reduce((sum, user) => sum + user.size.cacheBytes, 0));
  const jobs = state.jobs.filter((job) => job.package === app.package && job.userId === 0);
  expect(said(reading.jobs)).toHaveLength(jobs.length);
  expect(said(reading.jobs)).toMatchObject(
    jobs.map((job) => ({ id: String(job.id), needsUnmetered: job.network === 'unmetered', failures: job.failures })),
  );
  if (sdk >= 30) {
    expect(said(reading.exits)).toMatchObject(
      own.exits.map(({ reason, subReason, description }) => ({ reason, subreason: subReason, description })),
    );
  }
}

// Where somebody else is in front, user-layouts.test.ts tells whose apps and photos are read.
const ofTheirOwners = sampleProfiles.filter(({ id }) => stateAtNoon(id).currentUser === 0);

describe.each(ofTheirOwners)('the sample phone $title', ({ id }) => {
  const state = stateAtNoon(id);
  const reading = readingOf(state);

  test('gives what its apps are', () => {
    for (const name of apps) {
      const app = state.apps.find((one) => one.package === name);
      const own = app?.users.find((user) => user.userId === 0);
      const read = reading.apps[name] ?? {};
      if (app === undefined || own === undefined) expect(said(read.installed)).toBe(false);
      else expectApp(state, app, own, read);
    }
  });

  test('gives its storage', () => {
    const { storage } = state;
    expect(said(reading.storage.totalBytes)).toBe(storage.dataTotalKib * 1024);
    expect(said(reading.storage.freeBytes)).toBe(storage.dataFreeKib * 1024);
    expect(said(reading.storage.low)).toBe(storage.dataFreeKib < 512_000);
    expect(said(reading.storage.photosBytes)).toBe(storage.photosBytes);
    expect(said(reading.storage.videosBytes)).toBe(storage.videosBytes);
  });

  test('gives its photos, videos and hidden folders', () => {
    const images = state.media.filter((item) => item.kind === 'image');
    const camera = images.filter((item) => item.relativePath === 'DCIM/Camera/');
    expect(said(reading.photos.count)).toBe(camera.length);
    expect(said(reading.photos.bytes)).toBe(camera.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    expect(said(reading.photos.outsideCamera)).toBe(images.length - camera.length);
    const youngest = Math.min(...camera.map(({ addedAgoMs }) => addedAgoMs));
    expect(said(reading.photos.newest)).toBe(new Date(noon + state.clock.skewMs - youngest).toISOString());
    const films = state.media.filter((item) => item.kind === 'video');
    const filmed = films.filter((item) => item.relativePath === 'DCIM/Camera/');
    expect(said(reading.photos.videoCount)).toBe(filmed.length);
    expect(said(reading.photos.videosOutsideCamera)).toBe(films.length - filmed.length);
    expect(said(reading.photos.hiddenFolders)).toEqual(
      state.noMediaFolders.map((folder) => `/storage/emulated/0/${folder}`),
    );
  });

  test('gives its accounts without their names', () => {
    expect(said(reading.accounts.types)).toEqual([
      ...new Set(state.accounts.filter(({ userId }) => userId === 0).map(({ type }) => type)),
    ]);
    expect(said(reading.accounts.autoSync)).toBe(state.sync.master.find(({ userId }) => userId === 0)?.enabled);
    expect(said(reading.accounts.syncs)).toMatchObject(
      state.sync.authorities
        .filter(({ userId }) => userId === 0)
        .map(({ authority, accountType, enabled, syncable }) => ({
          authority,
          accountType,
          enabled,
          syncable: syncable > 0,
        })),
    );
    expect(JSON.stringify(reading)).not.toContain('@');
  });

  test('gives its clock, its age since the last start, and the location switch', () => {
    expect(said(reading.system.clockSkewMs)).toBe(state.clock.skewMs);
    expect(said(reading.system.bootedAgoMs)).toBe(state.clock.uptimeMs);
    expect(said(reading.system.locationOn)).toBe(true);
  });

  test('gives the conditions of its jobs', () => {
    // The sample of Android 8.1 leaves out the line about the battery.
    expect(said(reading.system.jobsBatteryNotLow)).toBe(state.build.sdk >= 28 ? !state.battery.low : 'missing');
    expect(said(reading.system.jobsStorageNotLow)).toBe(said(reading.storage.low) === false);
  });

  test('leaves no line of its answers about apps and storage unknown', () => {
    const unknown = Object.values(reading.answers).filter(
      ({ probe, unknownLines }) => probesOfApps.has(probe) && unknownLines > 0,
    );
    expect(unknown.map(({ command, unknownLines }) => `${command}: ${unknownLines}`)).toEqual([]);
  });
});

describe('what a sample phone withholds', () => {
  test('the permission of a half-permitted Google Photos on Android 13 is partial', () => {
    expect(said(readingOf(stateAtNoon('motorola-13')).apps[photos]?.mediaAccess)).toBe('partial');
  });

  test('a selection of photos on Android 14 is partial, and everything allowed is full', () => {
    const reading = readingOf(stateAtNoon('pixel-14'));
    expect(said(reading.apps[oneDrive]?.mediaAccess)).toBe('partial');
    expect(said(reading.apps[photos]?.mediaAccess)).toBe('full');
  });

  test('OneDrive without its storage permission on Android 9 sees nothing', () => {
    expect(said(readingOf(stateAtNoon('huawei-9')).apps[oneDrive]?.mediaAccess)).toBe('none');
  });

  test('jobs of a phone whose battery counts as low wait for it', () => {
    const jobs = readingOf(stateAtNoon('pixel-15')).apps[photos]?.jobs;
    expect(said(jobs)).toMatchObject([
      { id: '555001382', required: ['BATTERY_NOT_LOW', 'CONNECTIVITY'], unsatisfied: ['BATTERY_NOT_LOW'], failures: 3 },
      { id: '1034', required: ['CONTENT_TRIGGER'], unsatisfied: ['CONTENT_TRIGGER'] },
    ]);
  });

  test('a restriction of the whole uid is told apart from one of the package', () => {
    const restricted = readingOf(stateAtNoon('nokia-10')).apps[photos];
    expect([said(restricted?.runAnyInBackgroundUid), said(restricted?.runAnyInBackground)]).toEqual([
      'ignore',
      'default',
    ]);
    const byPackage = readingOf(stateAtNoon('pixel-14')).apps[photos];
    expect([said(byPackage?.runAnyInBackgroundUid), said(byPackage?.runAnyInBackground)]).toEqual([
      'missing',
      'ignore',
    ]);
    expect(said(byPackage?.jobsRestricted)).toBe(true);
  });
});
