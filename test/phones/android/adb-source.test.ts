import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { readAndroid } from '../../../native/android/read/read.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import type { Capture } from '../../../native/capture.ts';
import type { PhoneList } from '../../../native/source.ts';
import { startAdbServer, type TestAdbServer } from './adb-server.ts';
import { startFakeAdbServer } from './fake-adb-server.ts';
import type { PhoneFaults } from './faults.ts';
import { startSimulatedPhone, type SimulatedPhone } from './simulated-adbd.ts';

const photos = 'com.google.android.apps.photos';

let server: TestAdbServer;
let source: AdbSource;

beforeAll(async () => {
  server = await startAdbServer();
  source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
});

afterAll(async () => {
  await source.close();
  await server.stop();
});

async function plugIn(faults: Partial<PhoneFaults> = {}): Promise<SimulatedPhone> {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14'), faults });
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
  });
  await server.connect(phone);
  return phone;
}

const answerOf = (capture: Capture, probe: string) => capture.answers.find((answer) => answer.probe === probe);
const textOf = (capture: Capture, probe: string) => new TextDecoder().decode(answerOf(capture, probe)?.output);

/** Resolves with the first list that a condition holds for. */
function listWhere(watched: AdbSource, condition: (list: PhoneList) => boolean): Promise<PhoneList> {
  return new Promise((resolve) => {
    const stop = watched.watch((list) => {
      if (!condition(list)) return;
      stop();
      resolve(list);
    });
    onTestFinished(() => stop());
  });
}

describe('listing', () => {
  test('tells who a ready phone is', async () => {
    const phone = await plugIn();
    const { phones, troubles } = await source.list({ identify: true });
    expect(troubles).toEqual([]);
    expect(phones.find(({ id }) => id === phone.address)).toEqual({
      id: phone.address,
      platform: 'android',
      state: 'ready',
      manufacturer: 'Google',
      model: 'Pixel 8',
      name: null,
      osVersion: '14',
      build: 'AP2A.261005.004.12404444',
      securityPatch: '2026-10-05',
      remedy: null,
      sample: false,
      port: null,
    });
  });

  test.each([
    ['unauthorized', { authorization: 'dialog-open' }, 'Allow USB debugging on the phone'],
    ['recovery', { mode: 'recovery' }, 'The phone is in recovery or bootloader mode'],
    ['sideload', { mode: 'sideload' }, 'The phone waits for an update over USB'],
  ] as const)('lists a phone that is %s, with what to do', async (state, faults, title) => {
    const phone = await plugIn(faults);
    const list = await listWhere(source, ({ phones }) =>
      phones.some((one) => one.id === phone.address && one.state === state),
    );
    expect(list.phones.find(({ id }) => id === phone.address)?.remedy?.title).toBe(title);
  });

  test('knows states that only a USB bus brings about, from the words of the server', async () => {
    const fake = await startFakeAdbServer([
      '0123456789ABCDEF       no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html] usb:1-4 transport_id:1',
      'R58M12ABCDE            offline usb:1-5 transport_id:2',
      'ZY22ABCDEF             bootloader usb:1-6 transport_id:3',
    ]);
    onTestFinished(() => fake.stop());
    const { phones } = await new AdbSource(new AdbServer({ host: '127.0.0.1', port: fake.port })).list();
    expect(phones.map(({ id, state }) => [id, state])).toEqual([
      ['0123456789ABCDEF', 'no-permission'],
      ['R58M12ABCDE', 'offline'],
      ['ZY22ABCDEF', 'recovery'],
    ]);
    expect(phones[0]?.remedy?.steps[0]).toContain('udev');
    expect(phones.map(({ port }) => port)).toEqual(['1-4', '1-5', '1-6']);
  });

  test('says that adb is missing where no server runs and there is nothing to start one with', async () => {
    const unused = await startFakeAdbServer([]);
    await unused.stop();
    const nowhere = new AdbSource(new AdbServer({ host: '127.0.0.1', port: unused.port }, 'no-such-adb'));
    const { phones, troubles } = await nowhere.list();
    expect(phones).toEqual([]);
    expect(troubles.map(({ code }) => code)).toEqual(['adb-missing']);
  });

  test('sees a phone come, and keeps it as gone when its cable is pulled', async () => {
    const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
    onTestFinished(() => phone.stop());
    const seen: string[] = [];
    const ready = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const stop = source.watch(({ phones }) => {
      const state = phones.find(({ id }) => id === phone.address)?.state;
      if (state !== undefined && seen.at(-1) !== state) seen.push(state);
      if (state === 'ready') ready.resolve();
      if (state === 'gone') gone.resolve();
    });
    onTestFinished(() => stop());
    await server.connect(phone);
    await ready.promise;
    await phone.pullCable();
    await server.disconnect(phone);
    await gone.promise;
    expect(seen).toContain('ready');
    expect(seen.at(-1)).toBe('gone');
  });
});

describe('scanning', () => {
  test('reads every question whole, asks about installed apps only, and changes nothing on the phone', async () => {
    const phone = await plugIn();
    const before = structuredClone(phone.model.state);
    const progress: string[] = [];
    const capture = await source.capture(phone.address, {
      apps: [photos, 'com.example.absent'],
      onProgress: ({ probe }) => progress.push(probe),
    });
    expect(capture.brokenOff).toBeNull();
    expect(capture.answers.filter(({ ended }) => ended !== 'whole')).toEqual([]);
    expect(capture.answers.filter(({ app }) => app === 'com.example.absent')).toEqual([]);
    expect(progress).toHaveLength(capture.answers.length);
    expect(phone.model.state).toEqual(before);
    const reading = readAndroid(capture);
    expect(reading.apps['com.example.absent']?.installed).toMatchObject({ value: false });
    expect(reading.apps[photos]?.exempt).toMatchObject({ value: false, source: 'deviceidle' });
  });

  test('reads a phone that only knows the first shell protocol just the same', async () => {
    const phone = await plugIn({ shellV2: false });
    const capture = await source.capture(phone.address, { apps: [photos] });
    expect(capture.brokenOff).toBeNull();
    const reading = readAndroid(capture);
    expect(reading.apps[photos]?.runAnyInBackground).toMatchObject({ value: 'ignore' });
    expect(reading.identity.model).toMatchObject({ value: 'Pixel 8' });
  });

  test('goes on after a command that never answers: its values are unavailable, all others are read', async () => {
    const phone = await plugIn({ silent: ['dumpsys battery'] });
    const capture = await source.capture(phone.address, { apps: [photos], probeDeadlineMs: 700 });
    expect(answerOf(capture, 'battery')).toMatchObject({ ended: 'timeout' });
    expect(capture.brokenOff).toBeNull();
    const reading = readAndroid(capture);
    expect(reading.battery.level).toMatchObject({ unavailable: 'timeout' });
    expect(reading.dataPolicy.dataSaver).toMatchObject({ value: true });
  });

  test('misses no answer that a phone has in time for a question at once, however few it bears', async () => {
    const phone = await plugIn({ delay: { minMs: 40, maxMs: 160, atOnce: 2 } });
    const capture = await source.capture(phone.address, { apps: [photos], probeDeadlineMs: 400 });
    expect(capture.answers.filter(({ ended }) => ended !== 'whole')).toEqual([]);
    // More were asked at once than it bears, and the longest of them was not there in its own time.
    expect(phone.load.most).toBeGreaterThan(4);
    expect(Math.max(...capture.answers.map(({ durationMs }) => durationMs))).toBeGreaterThan(400);
  });

  test('asks once more, alone, what did not answer beside another that did not', async () => {
    const phone = await plugIn({ silent: ['dumpsys battery', 'dumpsys power'] });
    const capture = await source.capture(phone.address, {
      apps: [photos],
      probeDeadlineMs: 500,
      onProgress: ({ probe }) => {
        // They come to themselves when everything else is told.
        if (probe === 'boot-id') phone.faults.silent = [];
      },
    });
    expect(capture.answers.filter(({ ended }) => ended !== 'whole')).toEqual([]);
    expect(capture.answers.filter(({ probe }) => probe === 'power')).toHaveLength(1);
  });

  test("takes a service's own DUMP TIMEOUT for what it is: not read", async () => {
    const phone = await plugIn({ dumpTimeouts: ['power'] });
    const reading = readAndroid(await source.capture(phone.address, { apps: [photos] }));
    expect(reading.power.saverBeforePower).toMatchObject({ unavailable: 'timeout' });
  });

  test('breaks off at the total deadline and says what was not read', async () => {
    const phone = await plugIn({ silent: ['dumpsys netpolicy'] });
    const capture = await source.capture(phone.address, { apps: [photos], scanDeadlineMs: 2_500 });
    expect(capture.brokenOff?.reason).toBe('timeout');
    expect(readAndroid(capture).dataPolicy.dataSaver).toMatchObject({ unavailable: 'timeout' });
  });

  test('never takes an answer for whole whose phone was unplugged in the middle of it', async () => {
    const phone = await plugIn({ cut: { command: 'dumpsys netpolicy', afterBytes: 300 } });
    const capture = await source.capture(phone.address, { apps: [photos] });
    expect(capture.brokenOff?.reason).toBe('unplugged');
    expect(answerOf(capture, 'netpolicy')?.ended ?? 'not asked').not.toBe('whole');
    expect(readAndroid(capture).dataPolicy.dataSaver).toMatchObject({ unavailable: 'unplugged' });
  });

  test('ends at once when it is cancelled', async () => {
    const phone = await plugIn({ silent: ['dumpsys battery'] });
    const cancelled = new AbortController();
    const capture = await source.capture(phone.address, {
      apps: [photos],
      signal: cancelled.signal,
      onProgress: () => cancelled.abort(),
    });
    expect(capture.brokenOff?.reason).toBe('cancelled');
  });

  test('leaves another phone alone when one is silent', async () => {
    const silent = await plugIn({ silent: ['dumpsys', 'getprop', 'pm', 'am', 'settings', 'cmd'] });
    const healthy = await plugIn();
    const stop = new AbortController();
    const waiting = source.capture(silent.address, { apps: [photos], signal: stop.signal });
    const capture = await source.capture(healthy.address, { apps: [photos] });
    stop.abort();
    expect(capture.brokenOff).toBeNull();
    expect((await waiting).brokenOff?.reason).toBe('cancelled');
  });

  test('passes every word through the phone unharmed, whatever is in it', async () => {
    const phone = await plugIn();
    const words = ["it's", '$(reboot)', '"; rm -rf /sdcard', 'a b', '', '`id`', 'ünï', '\\'];
    const result = await source.run(phone.address, ['printf', '%s\\n', ...words]);
    expect(result).toMatchObject({ output: words.map((word) => `${word}\n`).join(''), exitCode: 0, ended: 'whole' });
  });

  test('keeps exit code and standard error of a command', async () => {
    const phone = await plugIn();
    const result = await source.run(phone.address, ['sh', '-c', 'echo out; echo err >&2; exit 7']);
    expect(result).toMatchObject({ output: 'out\n', errors: 'err', exitCode: 7, ended: 'whole' });
  });

  test('cuts an answer that is longer than the cap and goes on with the next', async () => {
    const phone = await plugIn();
    const result = await source.run(phone.address, ['sh', '-c', 'head -c 20000000 /dev/zero']);
    expect(result.ended).toBe('truncated');
    expect(result.output.length).toBeLessThanOrEqual(16 * 1_048_576);
  });

  test('refuses a phone that is not there, and one that is not ready, each with its remedy', async () => {
    await expect(source.capture('nobody', { apps: [] })).rejects.toMatchObject({ code: 'unknown-phone' });
    const phone = await plugIn({ authorization: 'dialog-open' });
    await expect(source.capture(phone.address, { apps: [] })).rejects.toMatchObject({ code: 'phone-unauthorized' });
  });
});

describe('the adb server', () => {
  test('dies in the middle of a scan: the scan ends as broken off', async () => {
    const own = await startAdbServer();
    onTestFinished(() => own.stop());
    const phone = await startSimulatedPhone({
      phone: createSample('pixel-14'),
      faults: { silent: ['dumpsys battery'] },
    });
    onTestFinished(() => phone.stop());
    await own.connect(phone);
    const there = new AdbSource(new AdbServer({ host: '127.0.0.1', port: own.port }, 'no-such-adb'));
    const asked = Promise.withResolvers<void>();
    const scanning = there.capture(phone.address, { apps: [photos], onProgress: () => asked.resolve() });
    await asked.promise;
    await own.kill('SIGKILL');
    expect((await scanning).brokenOff?.reason).toBe('unplugged');
  });

  test('dies while the phones are watched: told as a trouble', async () => {
    const own = await startAdbServer();
    onTestFinished(() => own.stop());
    const watching = new AdbSource(new AdbServer({ host: '127.0.0.1', port: own.port }, 'no-such-adb'));
    onTestFinished(() => watching.close());
    await listWhere(watching, ({ troubles }) => troubles.length === 0);
    const troubled = listWhere(watching, ({ troubles }) => troubles.length > 0);
    await own.kill('SIGKILL');
    expect((await troubled).troubles[0]?.code).toBe('adb-missing');
  });

  test('keeps the text of a phone as it is, with bytes that are no text', async () => {
    const phone = await plugIn();
    const capture = await source.capture(phone.address, { apps: [photos] });
    expect(textOf(capture, 'getprop')).toContain('[ro.product.model]: [Pixel 8]');
  });
});
