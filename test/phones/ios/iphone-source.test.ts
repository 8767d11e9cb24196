import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  createIphoneSource,
  stepNotifications,
  type IphoneSource,
  type IphoneSourceOptions,
} from '../../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import type { Capture } from '../../../native/capture.ts';
import type { CaptureProgress, PhoneList } from '../../../native/source.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';
import { builtLibraryProcess } from './built-library-process.ts';

const apps = ['com.apple.mobileslideshow'];

let usbmuxd: SimulatedUsbmuxd;
let source: IphoneSource;

function openSource(options: IphoneSourceOptions = {}): IphoneSource {
  return createIphoneSource({
    entry: builtLibraryProcess,
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
    ...options,
  });
}

beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
  source = openSource();
});

afterEach(async () => {
  await source.close();
  await usbmuxd.stop();
});

type PhoneOptions = ConstructorParameters<typeof SimulatedIphone>[1];

function plug(id: string, options: PhoneOptions = {}): SimulatedIphone {
  const phone = new SimulatedIphone(sampleIphone(id).create(), options);
  usbmuxd.plug(phone);
  return phone;
}

/** One with a photo library that is far too large for the time of a scan. */
function plugLarge(): SimulatedIphone {
  const phone = plug('backlog-falling');
  phone.faults.databaseBytes = 400_000_000;
  phone.faults.fileBytesPerSecond = 4_000_000;
  return phone;
}
const database = (capture: Capture) => capture.answers.find(({ probe }) => probe === 'photo-library');

async function listed(phone: SimulatedIphone) {
  const { phones } = await source.list();
  return phones.find(({ id }) => id === phone.udid);
}

/** Resolves with the first list that fits, from those a watch delivers. */
function watchUntil(fits: (list: PhoneList) => boolean): Promise<PhoneList> {
  const { promise, resolve } = Promise.withResolvers<PhoneList>();
  const stop = source.watch((list) => {
    if (fits(list)) resolve(list);
  });
  return promise.finally(() => stop());
}

const stateOf = (list: PhoneList, phone: SimulatedIphone): string | undefined =>
  list.phones.find(({ id }) => id === phone.udid)?.state;

const suite = describe.skipIf(missingTools.length > 0);

suite('states of an iPhone', () => {
  test('a trusted and unlocked iPhone is ready, under the name people use', async () => {
    const phone = plug('healthy');
    expect(await listed(phone)).toEqual({
      id: phone.udid,
      platform: 'ios',
      state: 'ready',
      manufacturer: 'Apple',
      model: 'iPhone 15',
      name: 'iPhone 15',
      osVersion: '18.6.2',
      build: '22G100',
      securityPatch: null,
      remedy: null,
      sample: false,
      port: null,
    });
  });

  test.each([
    ['locked', {}, 'locked', 'Unlock the iPhone'],
    ['healthy', { pairing: 'never' }, 'untrusted', 'Pair the iPhone with this computer'],
    ['healthy', { pairing: 'forgotten' }, 'untrusted', 'The iPhone no longer knows this computer: pair again'],
    ['healthy', { pairing: 'stale' }, 'untrusted', 'The pairing is out of date: pair again'],
  ] satisfies [string, PhoneOptions, string, string][])(
    '"%s" with %o is %s: "%s"; looking shows no dialog, and the name is known',
    async (id, options, state, title) => {
      const phone = plug(id, options);
      const found = await listed(phone);
      expect(found).toMatchObject({ state, remedy: { title }, name: phone.model.identity.name });
      expect(phone.trust.dialogsShown).toBe(0);
    },
  );

  test.each([
    ['ServiceProhibited', 'no-permission', 'The iPhone allows no accessory'],
    ['MCProtected', 'no-permission', 'An organisation manages this iPhone and forbids pairing'],
    ['EscrowLocked', 'locked', 'Unlock the iPhone once'],
    ['PasswordProtected', 'locked', 'Unlock the iPhone'],
  ])('a session refused with %s is %s: "%s"', async (error, state, title) => {
    const phone = plug('healthy');
    phone.faults.lockdownErrors.set('StartSession', error);
    expect(await listed(phone)).toMatchObject({ state, remedy: { title } });
  });

  test('a scan of a phone that was never paired is refused with the remedy, and shows no dialog', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    await expect(source.capture(phone.udid, { apps })).rejects.toMatchObject({
      code: 'iphone-never-paired',
      remedy: { title: 'Pair the iPhone with this computer' },
    });
    expect(phone.trust.dialogsShown).toBe(0);
  });

  test('an iPhone that is not plugged in cannot be scanned', async () => {
    await expect(source.capture('nobody', { apps })).rejects.toMatchObject({ code: 'unknown-phone' });
  });
});

suite('pairing', () => {
  test('waits while the dialog is open, and the phone is ready once its owner taps Trust', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'no-answer-yet' });
    const pairing = source.pair(phone.udid);
    await watchUntil((list) => list.phones[0]?.remedy?.title === 'Tap Trust on the iPhone');
    phone.trust.answer = 'trust';
    expect(await pairing).toMatchObject({ state: 'ready', remedy: null });
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('a refusal is told apart from never having been paired', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'refuse' });
    expect(await source.pair(phone.udid)).toMatchObject({
      state: 'untrusted',
      remedy: { title: 'Don’t Trust was tapped' },
    });
    expect(await listed(phone)).toMatchObject({ remedy: { title: 'Don’t Trust was tapped' } });
  });

  test.each(['forgotten', 'stale'] as const)('a pairing that is %s is made anew', async (pairing) => {
    const phone = plug('healthy', { pairing });
    expect(await source.pair(phone.udid)).toMatchObject({ state: 'ready' });
  });
});

suite('troubles', () => {
  test('without usbmuxd no phone can be seen, which is said with what to do', async () => {
    const alone = openSource({ env: { ...process.env, USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd' } });
    expect(await alone.list()).toMatchObject({ phones: [], troubles: [{ code: 'usbmuxd-missing' }] });
    await alone.close();
  });

  test('without libimobiledevice the phone is listed, with the command that installs it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-library-'));
    const entry = join(folder, 'process.mjs');
    await writeFile(entry, `process.send({ kind: 'unusable', detail: 'no such file' });`);
    plug('healthy');
    const without = openSource({ entry });
    const { phones, troubles } = await without.list();
    expect(phones).toMatchObject([{ state: 'offline', remedy: { title: 'Install libimobiledevice' } }]);
    expect(troubles).toMatchObject([
      { code: 'libimobiledevice-missing', message: expect.stringContaining('no such file') },
    ]);
    await without.close();
    await rm(folder, { recursive: true });
  });
});

suite('watching', () => {
  test('tells of a phone that is plugged in, paired and pulled out', async () => {
    const seen: (string | undefined)[] = [];
    const stop = source.watch((list) => seen.push(list.phones[0]?.remedy?.title ?? list.phones[0]?.state));
    const phone = plug('healthy', { pairing: 'never' });
    await watchUntil((list) => stateOf(list, phone) === 'untrusted');
    await source.pair(phone.udid);
    await watchUntil((list) => stateOf(list, phone) === 'ready');
    usbmuxd.unplug(phone.udid);
    await watchUntil((list) => list.phones.length === 0);
    stop();
    expect(seen).toEqual([undefined, 'Pair the iPhone with this computer', 'ready', undefined]);
  });

  test('keeps what the photo engine said at plug-in, for the first scan', async () => {
    const phone = plug('low-power');
    const stop = source.watch(() => {});
    await watchUntil((list) => stateOf(list, phone) === 'ready');
    // The next question waits for the first look at the photo engine.
    await source.run(phone.udid, ['close']);
    sampleIphone('low-power').correct?.(phone.model);
    const reading = source.read(await source.capture(phone.udid, { apps }));
    stop();
    expect(reading.icloud.pausedAtPlugIn).toMatchObject({ value: ['low-power-mode'] });
    expect(reading.power.lowPowerMode).toMatchObject({ value: false });
  });

  test('a notification of the phone arrives while a step is done', async () => {
    const phone = plug('low-power');
    const { promise, resolve } = Promise.withResolvers<string>();
    const stop = await source.observe(phone.udid, ['com.apple.system.lowpowermode'], resolve);
    await phone.milestones.reached('observed com.apple.system.lowpowermode');
    phone.post('com.apple.system.lowpowermode');
    expect(await promise).toBe('com.apple.system.lowpowermode');
    await stop();
    expect(source.processes()).toEqual([]);
  });

  test('a walk-through hears that photos were given up', async () => {
    const phone = plug('all-failing');
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = await source.observe(phone.udid, stepNotifications, () => resolve());
    await phone.milestones.reached('observed com.apple.mobileslideshow.cpl.quarantined');
    phone.post('com.apple.mobileslideshow.cpl.quarantined');
    await promise;
    await stop();
  });
});

suite('phones that misbehave', () => {
  test('a silent phone is listed as such, and the healthy one beside it is scanned meanwhile', async () => {
    const silent = plug('healthy-ios16');
    silent.faults.silent.add('lockdownd');
    const healthy = plug('healthy');
    const order: string[] = [];
    const [list, capture] = await Promise.all([
      source.list().finally(() => order.push('silent phone given up')),
      source.capture(healthy.udid, { apps }).finally(() => order.push('healthy phone read')),
    ]);
    expect(order).toEqual(['healthy phone read', 'silent phone given up']);
    expect(capture.brokenOff).toBe(null);
    expect(stateOf(list, silent)).toBe('offline');
    expect(stateOf(list, healthy)).toBe('ready');
  });

  test('a service that never answers costs its own answers; the process is replaced and the scan goes on', async () => {
    const phone = plug('healthy');
    phone.faults.silent.add('com.apple.mobile.installation_proxy');
    const capture = await source.capture(phone.udid, { apps, probeDeadlineMs: 1500 });
    expect(capture.brokenOff).toBe(null);
    const ended = Object.fromEntries(capture.answers.map((answer) => [answer.probe, answer.ended]));
    expect(ended).toMatchObject({ apps: 'timeout', 'app-sizes': 'timeout', 'battery-health': 'whole' });
    const next = capture.answers.find(({ probe }) => probe === 'battery-health');
    expect(next?.durationMs).toBeLessThan(2000);
  });

  test('a scan ends at its deadline with what it has', async () => {
    const phone = plug('healthy');
    phone.faults.silent.add('com.apple.afc');
    const capture = await source.capture(phone.udid, { apps, probeDeadlineMs: 1000, scanDeadlineMs: 2500 });
    expect(capture.brokenOff).toMatchObject({ reason: 'timeout' });
    expect(capture.answers.map(({ probe }) => probe)).toContain('identity');
  });

  test('a phone that is pulled out in the middle of a file ends the scan as unplugged', async () => {
    const phone = plug('healthy');
    phone.faults.unplugAfterFileBytes = 100_000;
    const capture = await source.capture(phone.udid, { apps });
    expect(capture.brokenOff).toMatchObject({ reason: 'unplugged' });
    expect(capture.answers.at(-1)).toMatchObject({ probe: 'photo-library', ended: 'unplugged' });
  });

  describe('a photo library of many years that comes slowly', () => {
    test('costs its own count, and not the scan: the bytes that come are told, and how long the rest takes', async () => {
      const phone = plugLarge();
      const told: CaptureProgress[] = [];
      const onProgress = (progress: CaptureProgress): void => void told.push(progress);
      const capture = await source.capture(phone.udid, { apps, scanDeadlineMs: 7000, onProgress });
      expect(capture.brokenOff).toBe(null);
      expect(database(capture)).toMatchObject({
        ended: 'timeout',
        detail: expect.stringMatching(/^Count the waiting photos: about \d minutes \(.*of 400 MB came in/),
      });
      const others = capture.answers.filter(({ probe }) => probe !== 'photo-library');
      expect(others.filter(({ ended }) => ended === 'timeout')).toEqual([]);
      const bytes = told.flatMap((progress) => (progress.bytes === undefined ? [] : [progress.bytes]));
      expect(bytes.length).toBeGreaterThan(1);
      expect(bytes.every(({ come, total }) => come <= total && total === 400_000_000)).toBe(true);
      const { icloud, battery } = source.read(capture);
      expect(icloud.backlog).toMatchObject({ unavailable: 'timeout' });
      expect(battery.level).toMatchObject({ value: 84 });
    });

    test('is counted to its end where somebody asks, and has a deadline then too', async () => {
      const phone = plugLarge();
      const hasty = openSource({ deadlines: { countMs: 500 } });
      const inVain = await hasty.capture(phone.udid, { apps, countPhotos: true });
      await hasty.close();
      expect(inVain.brokenOff).toBe(null);
      expect(database(inVain)).toMatchObject({ ended: 'timeout' });
      phone.faults.databaseBytes = 20_000_000;
      phone.faults.fileBytesPerSecond = 20_000_000;
      const counted = await source.capture(phone.udid, { apps, countPhotos: true });
      expect(source.read(counted).icloud.backlog).toMatchObject({ value: 1234 });
    });
  });

  test('a cancelled scan gives what it has', async () => {
    const phone = plug('healthy');
    const cancel = new AbortController();
    const onProgress = ({ probe }: { probe: string }): void => {
      if (probe === 'battery') cancel.abort();
    };
    const capture = await source.capture(phone.udid, { apps, signal: cancel.signal, onProgress });
    expect(capture.brokenOff).toMatchObject({ reason: 'cancelled' });
    expect(capture.answers.at(-1)?.probe).toBe('battery');
  });

  test('fifty times plugged in and out leave no process behind, and no memory', async () => {
    const phone = new SimulatedIphone(sampleIphone('healthy').create());
    const pids = new Set<number>();
    let settledBytes = 0;
    for (let cycle = 0; cycle < 50; cycle += 1) {
      usbmuxd.plug(phone);
      expect(await listed(phone)).toMatchObject({ state: 'ready' });
      expect(source.processes()).toHaveLength(1);
      for (const pid of source.processes()) pids.add(pid);
      usbmuxd.unplug(phone.udid);
      await source.list();
      if (cycle === 9) settledBytes = process.memoryUsage().rss;
    }
    await source.close();
    expect(pids.size).toBe(50);
    expect(await running(pids)).toEqual([]);
    expect(process.memoryUsage().rss - settledBytes).toBeLessThan(100 * 1024 * 1024);
  });
});

suite('a program that ends without closing its source', () => {
  const sourceModule = new URL('../../../native/ios/reach/iphone-source.ts', import.meta.url).href;
  /** Looks at the phones, and tells which processes serve them as soon as it is asked to. */
  const program = `
    import { createIphoneSource } from ${JSON.stringify(sourceModule)};
    const source = createIphoneSource();
    const listing = source.list();
    process.stdin.once('data', () => process.stdout.write(JSON.stringify(source.processes())));
    await listing;
    process.stdin.destroy();
  `;

  function start() {
    return spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  test('is held up by nothing', async () => {
    plug('healthy');
    const [code] = await once(start(), 'exit');
    expect(code).toBe(0);
  });

  test('and is killed while a phone is silent, leaves no process behind', async () => {
    const phone = plug('healthy');
    phone.faults.silent.add('lockdownd');
    const child = start();
    await phone.milestones.reached('silent lockdownd');
    child.stdin.write('which\n');
    const [told] = await once(child.stdout, 'data');
    const pids = new Set(
      z
        .array(z.int())
        .length(1)
        .parse(JSON.parse(String(told))),
    );
    child.kill('SIGKILL');
    await expect.poll(() => running(pids), { timeout: 5000 }).toEqual([]);
  });
});

/** Those of the processes that still run: gone ones have no entry, ended ones are zombies. */
async function running(pids: ReadonlySet<number>): Promise<number[]> {
  const states = await Promise.all([...pids].map(async (pid) => ({ pid, state: await stateOfProcess(pid) })));
  return states.filter(({ state }) => state !== null && state !== 'Z').map(({ pid }) => pid);
}

async function stateOfProcess(pid: number): Promise<string | null> {
  try {
    return /\) (\S)/.exec(await readFile(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
