import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { testPhotoReportSchema } from '../../../electron/app/proof/test-photo-report.ts';
import type { WatchUploadOptions } from '../../../electron/terminal/watch-upload.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { letTimePass, takePhoto } from '../../../native/samples/android/backup.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import type { SampleBackup, SampleState } from '../../../native/samples/android/state.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { startCli } from '../terminal/run-cli.ts';
import { runWatchUpload, type WatchUploadRun } from './run-watch-upload.ts';
import { StagedClock, type Life } from './staged-clock.ts';

const google = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';
const photoBytes = 3_456_789;

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

function backupOf(state: SampleState, app: string): SampleBackup {
  const backup = state.backups.find((one) => one.package === app);
  if (backup === undefined) throw new Error(`The sample does not back up with ${app}`);
  return backup;
}

/** A healthy Pixel with something changed, plugged in; its clock stands at a moment far from the end of a slot of its counters. */
async function plug(change: (state: SampleState) => void): Promise<SimulatedPhone> {
  const sample = createSample('pixel-14', { healthy: true });
  sample.state.clock.fixedAt = Date.UTC(2026, 4, 1, 10, 30);
  change(sample.state);
  const phone = await startSimulatedPhone({ phone: sample });
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
  });
  await server.connect(phone);
  return phone;
}

interface Story extends Partial<WatchUploadOptions> {
  /** What is different on the phone. */
  phone?: (state: SampleState) => void;
  /** What happens besides time passing, and the photo that is taken in the first five seconds. */
  life?: (phone: SimulatedPhone, sinceStartMs: number) => void | Promise<void>;
  takesPhoto?: boolean;
  signal?: AbortSignal;
}

async function watch(story: Story = {}): Promise<WatchUploadRun & { phone: SimulatedPhone }> {
  const { phone: change = () => undefined, life, takesPhoto = true, signal, ...options } = story;
  const phone = await plug(change);
  const passTime: Life = async (elapsedMs, sinceStartMs) => {
    letTimePass(phone.model.state, elapsedMs);
    if (takesPhoto && sinceStartMs === elapsedMs) takePhoto(phone.model.state);
    await life?.(phone, sinceStartMs);
  };
  const source = AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) });
  const clock = new StagedClock(Date.UTC(2026, 4, 1, 9, 30), passTime);
  const run = await runWatchUpload({ source, clock, ...(signal ? { signal } : {}) }, phone.address, {
    app: google,
    ...options,
  });
  return { ...run, phone };
}

const jobsOf = (state: SampleState, change: (job: SampleState['jobs'][number]) => void): void => {
  for (const job of state.jobs) if (job.package === google && job.contentTrigger === null) change(job);
};

describe('a phone that uploads', () => {
  test('is proven to: the photo, how much left, over what, how long it took; and it is kept', async () => {
    const { code, report, told, app } = await watch();
    expect(code).toBe(0);
    expect(report).toMatchObject({
      testPhoto: '1',
      app: google,
      appName: 'Google Photos',
      on: null,
      photo: { seenAt: '2026-05-01T09:30:05.000Z', bytes: photoBytes },
      minutes: 0.3,
      verdict: 'uploaded',
      sentence: 'Google Photos sent 3.5 MB since the photo, which has 3.5 MB: backups run.',
      sentBytes: { wifi: photoBytes + 1_000, mobile: 0, vpn: 0, other: 0 },
      waitsFor: [],
      brokenOff: null,
    });
    expect(told.split('\n')).toEqual([
      'Take a photo with the phone’s camera now.',
      'A new photo is there: 3.5 MB. Leave the phone alone now.',
      'Google Photos is sending: 900 kB of 3.5 MB by now.',
      'Google Photos is sending: 1.8 MB of 3.5 MB by now.',
      'Google Photos is sending: 2.7 MB of 3.5 MB by now.',
      'Google Photos sent 3.5 MB since the photo, which has 3.5 MB: backups run.',
      '',
    ]);
    const { observations, ...kept } = report;
    expect(app.testPhotos.list()).toMatchObject([kept]);
    expect(observations).toHaveLength(6);
  });

  test('over mobile data is told apart from Wi-Fi', async () => {
    const onMobile = await watch({ on: 'mobile', phone: ({ network }) => void (network.wifiEnabled = false) });
    expect(onMobile).toMatchObject({ code: 0, report: { verdict: 'uploaded', on: 'mobile', sentBytes: { wifi: 0 } } });
    const onWifi = await watch({ on: 'mobile' });
    expect(onWifi).toMatchObject({ code: 5, report: { verdict: 'unknown' } });
    expect(onWifi.report.sentence).toBe(
      'The phone was not on mobile data, so that was not tried. Switch Wi-Fi off on the phone and take another photo.',
    );
  });

  test('with the camera opened on request is asked the same', async () => {
    const { code, told } = await watch({ openCamera: true });
    expect(code).toBe(0);
    expect(told).toMatch(/^The camera is open: take a photo now\.\nA new photo is there/);
  });

  test('that is unplugged and plugged in again meanwhile is still proven', async () => {
    const { code, report, told } = await watch({
      life: async (phone, sinceStartMs) => {
        if (sinceStartMs === 10_000) await server.disconnect(phone);
        if (sinceStartMs === 30_000) await server.connect(phone);
      },
    });
    expect(told).toContain(' is plugged in. Plug it in again: the test goes on.\n');
    expect(report).toMatchObject({ verdict: 'uploaded', brokenOff: null });
    expect(code).toBe(0);
  });
});

describe('a phone that stalls', () => {
  test.each<[string, string, string, (state: SampleState) => void]>([
    [
      'CONNECTIVITY (unmetered)',
      'CONNECTIVITY',
      'a Wi-Fi that is not metered',
      (state) => {
        jobsOf(state, (job) => (job.network = 'unmetered'));
        if (state.network.wifi !== null) state.network.wifi.meteredHint = true;
      },
    ],
    ['BATTERY_NOT_LOW', 'BATTERY_NOT_LOW', 'a fuller battery', (state) => void (state.battery.low = true)],
    [
      'CHARGING',
      'CHARGING',
      'the charger',
      (state) => {
        jobsOf(state, (job) => (job.charging = true));
        state.battery.chargeHeld = true;
      },
    ],
    ['IDLE', 'IDLE', 'the phone to lie unused for a while', (state) => jobsOf(state, (job) => (job.deviceIdle = true))],
    [
      'STORAGE_NOT_LOW',
      'STORAGE_NOT_LOW',
      'more free room on the phone',
      (state) => {
        jobsOf(state, (job) => (job.storageNotLow = true));
        state.storage.dataFreeKib = 90_000;
      },
    ],
    [
      'DEVICE_NOT_DOZING',
      'DEVICE_NOT_DOZING',
      'the phone to wake from doze',
      (state) => {
        state.doze.deepState = 'IDLE';
        state.doze.userExempt = [];
      },
    ],
    [
      'BACKGROUND_NOT_RESTRICTED',
      'BACKGROUND_NOT_RESTRICTED',
      'permission to run in the background',
      (state) => {
        const own = state.apps.find((app) => app.package === google)?.users[0];
        if (own !== undefined) own.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
        state.doze.userExempt = [];
      },
    ],
  ])('on %s is told as waiting for exactly that', async (_name, id, words, change) => {
    const { code, report } = await watch({ phone: change });
    expect(report).toMatchObject({
      verdict: 'nothing-sent',
      waitsFor: [{ id, words }],
      minutes: 1,
      sentence: `Nothing was sent in 1 minute, because the job waits for ${words}.`,
    });
    expect(code).toBe(1);
  });

  test('is watched for the ten minutes of the command', async () => {
    const { report, told } = await watch({ minutes: 10, phone: (state) => void (state.battery.low = true) });
    // The same for ten minutes is told once.
    expect(told.split('\n').filter((line) => line.startsWith('Nothing was sent in'))).toHaveLength(1);
    expect(report).toMatchObject({
      minutes: 10,
      sentence: 'Nothing was sent in 10 minutes, because the job waits for a fuller battery.',
    });
  });

  test('for no reason that it gives, because backup is off inside the app, is told as such', async () => {
    const { code, report } = await watch({ phone: (state) => void (backupOf(state, google).bytesPerSecond = 0) });
    expect(report).toMatchObject({ verdict: 'nothing-sent', waitsFor: [] });
    expect(report.sentence).toContain('See in Google Photos whether backup is on');
    expect(code).toBe(1);
  });
});

describe('other traffic fools nobody:', () => {
  test('the polling of the app itself', async () => {
    const { code, report } = await watch({
      phone: (state) => Object.assign(backupOf(state, google), { bytesPerSecond: 0, otherBytesPerMinute: 60_000 }),
    });
    expect(report).toMatchObject({ verdict: 'nothing-sent', sentBytes: { wifi: 65_000 } });
    expect(code).toBe(1);
  });

  test('the upload of another app', async () => {
    const { code, report, phone } = await watch({
      phone: (state) => void (backupOf(state, google).bytesPerSecond = 0),
    });
    expect(backupOf(phone.model.state, oneDrive).waitingBytes).toBe(0);
    expect(report.verdict).toBe('nothing-sent');
    expect(code).toBe(1);
  });

  test('what the app sent before the photo', async () => {
    const { report } = await watch({
      phone: (state) => void (backupOf(state, google).waitingBytes = 800_000),
      life: ({ model }, sinceStartMs) => {
        if (sinceStartMs === 5_000) backupOf(model.state, google).bytesPerSecond = 0;
      },
    });
    expect(report.verdict).not.toBe('uploaded');
    expect(report.sentBytes?.wifi).toBeLessThan(photoBytes);
  });
});

describe('a test that does not run to its end', () => {
  test('because nobody takes a photo keeps nothing', async () => {
    const { code, report, app } = await watch({ takesPhoto: false });
    expect(report).toMatchObject({
      testPhoto: null,
      photo: null,
      verdict: 'unknown',
      sentence: 'No new photo appeared in the camera folder in 1 minute.',
    });
    expect(code).toBe(5);
    expect(app.testPhotos.list()).toEqual([]);
  });

  test('because the cable was pulled says so, and keeps what was seen', async () => {
    const { code, report, app } = await watch({
      phone: (state) => void (backupOf(state, google).bytesPerSecond = 20_000),
      life: async (phone, sinceStartMs) => {
        if (sinceStartMs === 20_000) await server.disconnect(phone);
      },
    });
    expect(code).toBe(4);
    expect(report).toMatchObject({ verdict: 'unknown', brokenOff: { reason: 'unplugged' } });
    expect(app.testPhotos.list()).toMatchObject([{ testPhoto: '1', brokenOff: { reason: 'unplugged' } }]);
  });

  test('because it was cancelled ends at once', async () => {
    const cancel = new AbortController();
    const { code, report } = await watch({
      signal: cancel.signal,
      life: (_phone, sinceStartMs) => {
        if (sinceStartMs === 10_000) cancel.abort();
      },
    });
    expect(code).toBe(4);
    expect(report).toMatchObject({ minutes: 0.1, brokenOff: { reason: 'cancelled' } });
  });

  test('because the phone does not have the app is refused', async () => {
    await expect(watch({ app: 'com.example.absent' })).rejects.toMatchObject({ code: 'app-not-installed' });
  });
});

test('the command line itself, in real time', async () => {
  const phone = await plug(() => undefined);
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const child = startCli(['watch-upload', phone.address, '--app', google, '--on', 'wifi', '--json'], {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
    PHONE_HEALTH_HOME: home,
  });
  const outputs = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (outputs.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => {
    outputs.stderr += chunk.toString();
    if (phone.model.state.media.length > 24 || !outputs.stderr.includes('Take a photo')) return;
    takePhoto(phone.model.state);
    letTimePass(phone.model.state, 60_000);
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  expect({ code, stderr: outputs.stderr }).toMatchObject({ code: 0 });
  expect(testPhotoReportSchema.parse(JSON.parse(outputs.stdout))).toMatchObject({ verdict: 'uploaded', on: 'wifi' });
});
