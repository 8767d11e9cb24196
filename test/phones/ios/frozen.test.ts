import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { safeCopy } from '../../../electron/app/safe-copy/make-safe-copy.ts';
import {
  createIphoneSource,
  type IphoneSource,
  type IphoneSourceOptions,
} from '../../../native/ios/reach/iphone-source.ts';
import type { Question } from '../../../native/ios/reach/library/messages.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { startChildProcess, type StartWorker } from '../../../native/worker-process.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';
import { builtLibraryProcess } from './built-library-process.ts';

/** Shorter than people wait, and long enough for a phone that is well on a busy computer. */
const deadlines = { lookMs: 4_000, runMs: 4_000, probeMs: 4_000, scanMs: 12_000, silenceMs: 4_000 };
const patienceMs = 120_000;

/** What the work gives; fails where it takes longer than anybody waits. */
async function soon<T>(work: PromiseLike<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not done within ${patienceMs} ms`)), patienceMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Processes that are stopped as soon as they are asked what begins with these words. */
class StoppedAt {
  words: string | null = null;
  /** Those that were stopped. */
  readonly stopped: number[] = [];
  started = 0;
  running = 0;
  mostRunning = 0;

  readonly start: StartWorker = (how, { onMessage, onEnd }) => {
    this.started += 1;
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    const process_ = startChildProcess(how, {
      onMessage,
      onEnd: (...why) => {
        this.running -= 1;
        onEnd(...why);
      },
    });
    return {
      ...process_,
      send: (message) => {
        const asked = (message as Question).words.join(' ');
        if (this.words !== null && asked.startsWith(this.words) && process_.pid !== undefined) {
          process.kill(process_.pid, 'SIGSTOP');
          this.stopped.push(process_.pid);
        }
        process_.send(message);
      },
    };
  };
}

interface Place {
  usbmuxd: SimulatedUsbmuxd;
  source: IphoneSource;
  workers: StoppedAt;
}

/** Each test mostly waits for its deadlines, at a usbmuxd of its own: they wait beside each other. */
const test = plain
  .extend('place', ({ onTestFinished }) => async (options: IphoneSourceOptions = {}): Promise<Place> => {
    const usbmuxd = await startSimulatedUsbmuxd();
    const workers = new StoppedAt();
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address };
    const source = createIphoneSource({
      entry: builtLibraryProcess,
      env,
      deadlines,
      startWorker: workers.start,
      ...options,
    });
    onTestFinished(async () => {
      await source.close();
      await usbmuxd.stop();
    });
    return { usbmuxd, source, workers };
  })
  .extend('copy', ({ onTestFinished }) => async (source: IphoneSource, phone: SimulatedIphone) => {
    const folder = await mkdtemp(join(tmpdir(), 'frozen-iphone-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return safeCopy(source, unreadPhone(phone.udid, 'ios', 'ready'), join(folder, 'copy'));
  });

/** With five photos, and a UDID of its own. */
function plug(usbmuxd: SimulatedUsbmuxd, number = 0): SimulatedIphone {
  const model = sampleIphone('healthy').create();
  Object.assign(model.identity, { udid: `00008120-${number.toString(16).toUpperCase().padStart(16, '0')}` });
  const phone = new SimulatedIphone(model);
  Object.assign(phone.model.photos, { images: 5, movies: 0 });
  usbmuxd.plug(phone);
  return phone;
}

const suite = describe.skipIf(missingTools.length > 0);

suite('the process that reads an iPhone, stopped', { timeout: 240_000, concurrent: true }, () => {
  test('when it looks at the phone: the phone is listed as one that does not answer', async ({ place }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'look';
    const { phones } = await soon(source.list());
    expect(phones.find(({ id }) => id === phone.udid)?.state).toBe('offline');
    workers.words = null;
    expect((await soon(source.list())).phones[0]?.state).toBe('ready');
  });

  test('when it asks a question of a scan: that answer is missing, and the scan goes on', async ({ place }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'diagnostics ioregistry';
    const { answers } = await soon(source.capture(phone.udid, { apps: [] }));
    expect(answers.find(({ probe }) => probe === 'battery-health')).toMatchObject({ ended: 'timeout' });
    expect(answers.find(({ probe }) => probe === 'identity')).toMatchObject({ ended: 'whole' });
    expect(workers.stopped.length).toBeGreaterThan(0);
  });

  test.for([
    ['com.apple.mobile.MCInstall', 'profiles'],
    ['com.apple.crashreportmover', 'crashes'],
  ] as const)(
    'and a service that says nothing (%s) costs its answer, and no process',
    async ([service, probe], { place }) => {
      const { usbmuxd, source, workers } = await place({ deadlines: { ...deadlines, receiveMs: 400, gatherMs: 400 } });
      const phone = plug(usbmuxd);
      phone.faults.silent.add(service);
      const { answers, brokenOff } = await soon(source.capture(phone.udid, { apps: [] }));
      expect(brokenOff).toBe(null);
      expect(answers.find((answer) => answer.probe === probe)).toMatchObject({ ended: 'timeout' });
      expect(workers.started).toBe(1);
    },
  );

  test('when it runs the command of a correction: a time-out, and the next question is answered', async ({ place }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'diagnostics restart';
    expect(await soon(source.run(phone.udid, ['diagnostics', 'restart']))).toMatchObject({ ended: 'timeout' });
    expect(await soon(source.run(phone.udid, ['lockdown', 'get']))).toMatchObject({ ended: 'whole' });
  });

  test('when it is to tell of switches, or to take the trust back: refused in words', async ({ place }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'observe';
    await expect(soon(source.observe(phone.udid, ['x'], () => undefined))).rejects.toMatchObject({
      code: 'iphone-not-observed',
    });
    workers.words = 'unpair';
    await expect(soon(source.removeTrust?.(phone.udid) ?? Promise.resolve())).rejects.toMatchObject({
      code: 'trust-not-removed',
    });
  });

  test('when it pairs: the phone is listed as one that does not answer', async ({ place }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'pair';
    expect(await soon(source.pair(phone.udid))).toMatchObject({ state: 'offline' });
  });

  test('when nobody answers the question of trust: the phone is listed as it is then', async ({ place }) => {
    const { usbmuxd, source } = await place({ deadlines: { ...deadlines, lookMs: 20_000, pairingMs: 1_000 } });
    const phone = new SimulatedIphone(sampleIphone('healthy').create(), {
      pairing: 'never',
      trustAnswer: 'no-answer-yet',
    });
    usbmuxd.plug(phone);
    expect(await soon(source.pair(phone.udid))).toMatchObject({ state: 'untrusted' });
  });

  test('when it is to end its conversations after a scan: it is killed, and the next question is answered', async ({
    place,
  }) => {
    const { usbmuxd, source, workers } = await place();
    const phone = plug(usbmuxd);
    workers.words = 'close';
    expect((await soon(source.capture(phone.udid, { apps: [] }))).brokenOff).toBe(null);
    expect(await soon(source.run(phone.udid, ['lockdown', 'get']))).toMatchObject({ ended: 'whole' });
    expect(workers.stopped).toHaveLength(1);
  });

  test.for([
    ['afc list /DCIM/', 'phone-files-unreadable'],
    ['afc list', 'phone-files-unreadable'],
  ] as const)(
    'when it lists folders ("%s"): the copy ends, or that folder is missed',
    async ([words, code], { place, copy }) => {
      const { usbmuxd, source, workers } = await place();
      const phone = plug(usbmuxd);
      workers.words = words;
      const copying = soon(copy(source, phone));
      if (words === 'afc list') await expect(copying).rejects.toMatchObject({ code });
      else
        expect(await copying).toMatchObject({
          whole: false,
          missed: [{ from: '/DCIM/100APPLE', reason: 'unreadable' }],
        });
    },
  );

  test.for(['afc stat', 'afc piece'])(
    'when it is asked "%s": the copy ends, and is not whole',
    async (words, { place, copy }) => {
      const { usbmuxd, source, workers } = await place();
      const phone = plug(usbmuxd);
      workers.words = words;
      const report = await soon(copy(source, phone));
      expect(report.whole).toBe(false);
      if (words === 'afc stat') expect(report.missed).toHaveLength(5);
      else expect(report.brokenOff).toMatchObject({ reason: 'unplugged' });
      workers.words = null;
      expect(await soon(copy(source, phone))).toMatchObject({ whole: true });
    },
  );
});

// Not beside the others: it holds the time that a cancelled scan takes.
suite('a scan of an iPhone that is cancelled', { timeout: 240_000 }, () => {
  test('ends at once, while the process that reads it is stopped', async ({ place }) => {
    const { usbmuxd, source, workers } = await place({ deadlines: { ...deadlines, probeMs: 25_000 } });
    const phone = plug(usbmuxd);
    workers.words = 'diagnostics ioregistry';
    const cancel = new AbortController();
    const scanning = source.capture(phone.udid, { apps: [], signal: cancel.signal, scanDeadlineMs: 60_000 });
    await expect.poll(() => workers.stopped.length, { timeout: 25_000 }).toBe(1);
    const began = performance.now();
    cancel.abort();
    expect((await soon(scanning)).brokenOff?.reason).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

suite('many iPhones', { timeout: 240_000 }, () => {
  test('are read by no more processes at once than there may be, and each gets its turn', async ({ place }) => {
    const { usbmuxd, source, workers } = await place({
      mostWorkers: 2,
      deadlines: { ...deadlines, lookMs: 20_000, placeMs: 60_000 },
    });
    for (let at = 0; at < 6; at += 1) plug(usbmuxd, at);
    const { phones } = await source.list();
    expect(phones.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'ready'));
    expect(workers.mostRunning).toBe(2);
  });

  test('that a false usbmuxd names, sixty of them, start no more than twenty processes', async ({ place }) => {
    const { usbmuxd, source, workers } = await place({ deadlines: { ...deadlines, lookMs: 500, placeMs: 20_000 } });
    for (let at = 0; at < 60; at += 1) plug(usbmuxd, at).faults.silent.add('connect');
    const { phones } = await soon(source.list());
    expect(phones.every(({ state }) => state === 'offline')).toBe(true);
    expect(phones).toHaveLength(60);
    expect(workers.mostRunning).toBeLessThanOrEqual(20);
  });

  test('are not waited for longer than for a place among the processes', async ({ place }) => {
    const { usbmuxd, source, workers } = await place({
      mostWorkers: 1,
      deadlines: { ...deadlines, lookMs: 6_000, placeMs: 500 },
    });
    const phones = [plug(usbmuxd, 1), plug(usbmuxd, 2)];
    workers.words = 'look';
    const list = await soon(source.list());
    expect(list.phones.map(({ state }) => state)).toEqual(phones.map(() => 'offline'));
    expect(workers.mostRunning).toBe(1);
  });
});

describe('a usbmuxd that never answers', { timeout: 180_000 }, () => {
  test('is a trouble of the list and of those who watch, and nothing waits for it', async ({ onTestFinished }) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const source = createIphoneSource({ env: { ...process.env, USBMUXD_SOCKET_ADDRESS: `127.0.0.1:${port}` } });
    onTestFinished(async () => {
      await source.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const told = Promise.withResolvers<void>();
    const stop = source.watch(({ troubles }) => {
      if (troubles.some(({ code }) => code === 'usbmuxd-silent')) told.resolve();
    });
    await soon(told.promise);
    stop();
    expect((await soon(source.list())).troubles.map(({ code }) => code)).toEqual(['usbmuxd-silent']);
    const { signal } = new AbortController();
    const works: Promise<unknown>[] = [
      source.capture('x', { apps: [] }),
      source.run('x', ['lockdown', 'get']),
      source.pair('x'),
      source.openFiles?.('x', { signal }) ?? Promise.resolve(),
    ];
    for (const work of works) await expect(soon(work)).rejects.toMatchObject({ code: 'usbmuxd-silent' });
  });
});
