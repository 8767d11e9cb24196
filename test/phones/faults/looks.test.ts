import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { CheckIn } from '../../../electron/app/attendance/attendance.ts';
import { lookAt } from '../../../electron/app/phones/look.ts';
import { computerClock } from '../../../electron/app/program/clock.ts';
import type { TestPhotoEvent } from '../../../electron/app/proof/test-photo-report.ts';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import type { PhoneSource } from '../../../native/source.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { takePhoto } from '../android/camera-roll.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';
import { hastySource } from './hasty-source.ts';
import { builtLibraryProcess } from '../ios/built-library-process.ts';

/** Longer than any look may take: what ends it is the deadline of the look. */
const patient = { openMs: 60_000, probeMs: 60_000, scanMs: 60_000, mediaIndexMs: 1_000 };
const photos = 'com.google.android.apps.photos';
/** What a phone answers none of any more. */
const everything = ['dumpsys', 'content', 'getprop', 'cat', 'cmd', 'settings', 'pm', 'am', 'date', 'df'];

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

interface Bench {
  phone: SimulatedPhone;
  source: PhoneSource;
  /** The deadlines of the looks, in order. */
  given: number[];
  /** How long the program has slept, each time. */
  slept: number[];
  app: Application;
}

/** A phone whose looks have `shortMs` where the program gives them `deadlineMs`. */
async function bench(deadlineMs: number, shortMs: number, deadlines = patient): Promise<Bench> {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  await server.connect(phone);
  const home = await mkdtemp(join(tmpdir(), 'phone-health-looks-'));
  const { source, given } = hastySource(
    new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }, 'adb', deadlines)),
    deadlineMs,
    shortMs,
  );
  const slept: number[] = [];
  const clock = {
    ...computerClock,
    sleep: (ms: number) => {
      slept.push(ms);
      return Promise.resolve();
    },
  };
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source], clock });
  onTestFinished(async () => {
    phone.faults.silent = [];
    await app.close();
    await server.disconnect(phone);
    await phone.stop();
    await rm(home, { recursive: true, force: true });
  });
  return { phone, source, given, slept, app };
}

describe('a look at a phone that does not answer ends at its deadline', { timeout: 180_000 }, () => {
  test('before a command of a correction: nobody says which phone it is', async () => {
    const { phone, source, given } = await bench(10_000, 700);
    phone.faults.silent = everything;
    expect(await lookAt({ source, phone: unreadPhone(phone.address, 'android', 'ready') })).toBe(null);
    expect(given).toEqual([10_000]);
  });

  test('when it is plugged in: it is looked at again after half a minute', async () => {
    const { phone, given, slept, app } = await bench(60_000, 1_500);
    const request = { phoneId: phone.address, cause: 'battery-optimized', app: photos, correction: null };
    await app.corrections.correct(
      request,
      () => undefined,
      () => Promise.resolve(true),
    );
    given.length = 0;
    slept.length = 0;
    phone.faults.silent = everything;
    const { promise, resolve } = Promise.withResolvers<CheckIn>();
    const stop = app.attendance.attend(resolve);
    onTestFinished(() => stop());
    await expect.poll(() => slept, { timeout: 10_000 }).toContain(30_000);
    phone.faults.silent = [];
    expect(await promise).toMatchObject({ phoneId: phone.address, drift: [] });
    expect(given.every((ms) => ms === 60_000)).toBe(true);
    expect(given.length).toBeGreaterThan(1);
  });

  test('at a step of a walk-through: it is told as not known, and looked at again', async () => {
    const { phone, given, slept, app } = await bench(10_000, 700);
    await app.scan({ phoneId: phone.address, save: true });
    const { id, steps } = app.walkthroughs.start(phone.address);
    const ofStep = steps.find(({ cause }) => cause === 'data-saver')?.corrections.find(({ kind }) => kind === 'guided');
    given.length = 0;
    phone.faults.silent = everything;
    for await (const event of app.walkthroughs.watchStep(id, {
      cause: 'data-saver',
      app: photos,
      correction: ofStep?.id ?? '',
    })) {
      if (event.type === 'ticked') break;
      if (event.type !== 'looked') continue;
      expect(event.seen).toBe(given.length === 1 ? 'unknown' : event.seen);
      phone.faults.silent = [];
      phone.model.state.dataSaver = false;
    }
    expect(given).toEqual([10_000, 10_000]);
    expect(slept).toContain(1_500);
  });

  test('at the album before a copy: the copy is made without the count', async () => {
    const { phone, given, app } = await bench(60_000, 1_500);
    for (let at = 0; at < 3; at += 1) await takePhoto(phone.files, `/sdcard/DCIM/Camera/own_${at}.jpg`);
    phone.model.state.media = [];
    phone.faults.silent = ['content'];
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-album-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const report = await app.safeCopies.run({ phoneId: phone.address, folder: join(folder, 'copy') });
    expect(report).toMatchObject({ whole: true, copied: { files: 3 } });
    expect(app.store.listSafeCopies(phone.address)).toMatchObject([{ photoCount: null }]);
    expect(given[0]).toBe(60_000);
  });

  test('at a test photo: it is told as silent, and the test goes on', async () => {
    const { phone, given, app } = await bench(30_000, 1_500, { ...patient, probeMs: 1_000 });
    const events: TestPhotoEvent[] = [];
    const cancel = new AbortController();
    const request = { phoneId: phone.address, app: photos, minutes: 5, openCamera: false, on: null };
    for await (const event of app.testPhotos.runWithProgress(request, cancel.signal)) {
      events.push(event);
      if (event.type === 'seen' && event.stage === 'take-photo') phone.faults.silent = everything;
      if (event.type === 'seen' && event.stage === 'unplugged') cancel.abort();
    }
    expect(events.map((event) => (event.type === 'seen' ? event.stage : event.type))).toContain('unplugged');
    expect(given.at(-1)).toBe(30_000);
  });

  test.skipIf(missingTools.length > 0)('at a test photo of an iPhone: it is told as silent', async () => {
    const usbmuxd = await startSimulatedUsbmuxd();
    const iphone = new SimulatedIphone(sampleIphone('healthy').create());
    usbmuxd.plug(iphone);
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address };
    const { source, given } = hastySource(
      createIphoneSource({ entry: builtLibraryProcess, env, deadlines: { probeMs: 60_000 } }),
      180_000,
      2_500,
    );
    const home = await mkdtemp(join(tmpdir(), 'phone-health-looks-'));
    const clock = { ...computerClock, sleep: () => Promise.resolve() };
    const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source], clock });
    onTestFinished(async () => {
      await app.close();
      await usbmuxd.stop();
      await rm(home, { recursive: true, force: true });
    });
    const stages: string[] = [];
    const cancel = new AbortController();
    const request = { phoneId: iphone.udid, app: 'com.apple.mobileslideshow', minutes: 5, openCamera: false, on: null };
    for await (const event of app.testPhotos.runWithProgress(request, cancel.signal)) {
      if (event.type !== 'seen') continue;
      stages.push(event.stage);
      if (event.stage === 'take-photo') iphone.faults.silent.add('com.apple.afc');
      if (event.stage === 'unplugged') cancel.abort();
    }
    expect(stages).toContain('unplugged');
    expect(given.at(-1)).toBe(180_000);
  });
});
