import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { openStore } from '../../../db/store.ts';
import type { CorrectionEvent } from '../../../electron/app/corrections/carry-out.ts';
import { computerClock } from '../../../electron/app/program/clock.ts';
import { safeCopy } from '../../../electron/app/safe-copy/make-safe-copy.ts';
import { testPhoto } from '../../../electron/app/proof/take-test-photo.ts';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { unreadPhone, type Phone } from '../../../native/phone.ts';
import { startAdbServer } from '../android/adb-server.ts';
import { Sitting } from './sitting.ts';
import { chosenPhotos } from './troubles.ts';

/** Shorter than people wait, and long enough for a phone that is well on a busy computer. */
const deadlines = {
  serverMs: 3_000,
  openMs: 3_000,
  identifyMs: 3_000,
  probeMs: 3_000,
  scanMs: 15_000,
  silenceMs: 2_000,
  mediaIndexMs: 3_000,
  hashMs: 1_000,
};
/** Nothing may take longer, whatever it waits for: the longest is a correction, which reads the phone again. */
const patienceMs = 30_000;

/** A phone whose process can be stopped: its connection stays, and nothing is answered any more. */
class FreezablePhone {
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(): Promise<FreezablePhone> {
    const child = fork(join(import.meta.dirname, 'frozen-phone.ts'), [], { execArgv: [] });
    const [address] = (await once(child, 'message')) as [string];
    return new FreezablePhone(child, address);
  }

  async end(): Promise<void> {
    this.thaw();
    const exited = once(this.#child, 'exit');
    this.#child.send('stop');
    await exited;
  }

  readonly freeze = (): void => void this.#child.kill('SIGSTOP');

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  get listed(): Phone {
    return unreadPhone(this.address, 'android', 'ready');
  }
}

/** Each test mostly waits for its deadlines, with an adb server and a phone of its own: they wait beside each other. */
const test = plain
  .extend('server', async ({ onTestFinished }) => {
    const server = await startAdbServer();
    onTestFinished(() => server.stop());
    return server;
  })
  .extend('source', async ({ server }, { onCleanup }) => {
    const source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }, 'adb', deadlines));
    onCleanup(() => source.close());
    return source;
  })
  /** Is not connected yet. */
  .extend('unplugged', async ({ server }, { onCleanup }) => {
    const phone = await FreezablePhone.start();
    onCleanup(async () => {
      phone.thaw();
      await server.adb('disconnect', phone.address);
      await phone.end();
    });
    return phone;
  })
  .extend('phone', async ({ server, unplugged }) => {
    await server.adb('connect', unplugged.address);
    return unplugged;
  })
  .extend('sitting', ({ source, phone }, { onCleanup }) => {
    const sitting = new Sitting({ source, phoneId: phone.address });
    onCleanup(() => sitting.end());
    return sitting;
  })
  .extend('folder', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'frozen-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  });

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

type Step = Extract<CorrectionEvent, { type: 'step' }>['step'];

/** Corrects, and freezes the phone as soon as this step is told. */
async function correctFrozenAt(
  sitting: Sitting,
  phone: FreezablePhone,
  frozenAt: Step,
): ReturnType<Sitting['correct']> {
  const { cause, app } = chosenPhotos;
  const onStep = ({ step }: { step: Step }): void => {
    if (step === frozenAt) phone.freeze();
  };
  const request = { phoneId: phone.address, cause, app, correction: null };
  return sitting.corrections.correct(request, onStep, () => Promise.resolve(true));
}

const tooLong = 90_000;

describe.concurrent('a phone that freezes', { timeout: tooLong }, () => {
  test('before it is connected: it is listed as not ready, and no scan of it begins', async ({
    unplugged: phone,
    server,
    source,
  }) => {
    phone.freeze();
    void server.adb('connect', phone.address);
    const { phones } = await soon(source.list({ identify: true }));
    expect(phones.find(({ id }) => id === phone.address)?.state).not.toBe('ready');
    await expect(soon(source.capture(phone.address, { apps: [] }))).rejects.toMatchObject({ name: 'NativeError' });
  });

  test('before it is asked who it is: it is listed all the same', async ({ phone, source }) => {
    phone.freeze();
    const { phones } = await soon(source.list({ identify: true }));
    expect(phones.find(({ id }) => id === phone.address)).toMatchObject({ state: 'ready', manufacturer: null });
  });

  test('before a shell is open: the scan breaks off', async ({ phone, source }) => {
    phone.freeze();
    const { answers, brokenOff } = await soon(source.capture(phone.address, { apps: [] }));
    expect(brokenOff?.reason).toBe('timeout');
    expect(answers.every(({ ended }) => ended === 'timeout')).toBe(true);
  });

  test('in the middle of its answers: the scan breaks off with what was read', async ({ phone, source }) => {
    const onProgress = ({ answered }: { answered: number }): void => {
      if (answered === 8) phone.freeze();
    };
    const { answers, brokenOff } = await soon(
      source.capture(phone.address, { apps: [chosenPhotos.app ?? ''], onProgress }),
    );
    expect(brokenOff?.reason).toBe('timeout');
    expect(answers.filter(({ ended }) => ended === 'whole').length).toBeGreaterThanOrEqual(8);
  });

  test('before a command: its answer is a time-out, and says that it is one', async ({ phone, source }) => {
    phone.freeze();
    expect(await soon(source.run(phone.address, ['id']))).toMatchObject({ ended: 'timeout', exitCode: null });
  });

  test.for(['running', 'reading-after'] as const)(
    'when a correction is at "%s": it is unverified and open, can be left, and the phone is free',
    async (step, { phone, sitting }) => {
      const corrected = await soon(correctFrozenAt(sitting, phone, step));
      expect(corrected?.outcome).toMatchObject({ result: 'unverified', action: '1' });
      expect(sitting.interrupted()).toEqual(['1']);
      // As long as it is frozen nothing is known, and nobody is told that the phone is busy.
      await expect(soon(sitting.finish('1'))).rejects.toMatchObject({ code: 'scan-broke-off' });
      sitting.corrections.leave('1');
      expect(sitting.interrupted()).toEqual([]);
    },
  );

  test('when a correction reads it first: nothing is run, and nothing is kept', async ({ phone, sitting }) => {
    await expect(soon(correctFrozenAt(sitting, phone, 'reading-before'))).rejects.toMatchObject({
      code: 'scan-broke-off',
    });
    expect(sitting.actions()).toEqual([]);
  });

  test('when a correction runs, and is well again: the correction is finished', async ({ phone, sitting }) => {
    await soon(correctFrozenAt(sitting, phone, 'running'));
    phone.thaw();
    expect((await soon(sitting.finish('1'))).outcome.result).toBe('taken');
  });

  test('before an undo, which looks first: nothing is run or claimed, and it is undone once the phone is well again', async ({
    phone,
    sitting,
  }) => {
    expect((await sitting.correct(chosenPhotos.cause, chosenPhotos.app))?.outcome.result).toBe('taken');
    phone.freeze();
    await expect(soon(sitting.undo('1'))).rejects.toMatchObject({ code: 'scan-broke-off' });
    expect(sitting.actions()).toMatchObject([{ result: 'taken', undoable: true }]);
    phone.thaw();
    expect((await soon(sitting.undo('1'))).outcome.result).toBe('taken');
  });

  test.for([
    ['listing', 'listing'],
    ['copying', 'copying'],
  ] as const)(
    'when its photos are copied, at "%s": the copy ends, and says why',
    async ([, step], { phone, source, folder }) => {
      const copying = safeCopy(source, phone.listed, join(folder, 'copy'), {
        onEvent: (event) => {
          if (event.type === 'progress' && event.step === step && (step === 'listing' || event.bytesDone > 0))
            phone.freeze();
        },
      });
      if (step === 'listing') await expect(soon(copying)).rejects.toMatchObject({ code: 'phone-files-unreadable' });
      else expect(await soon(copying)).toMatchObject({ whole: false, brokenOff: { reason: 'unplugged' } });
    },
  );

  test('before its file service is open, and in the middle of a file: both are told as broken', async ({
    phone,
    source,
  }) => {
    const { signal } = new AbortController();
    const files = await source.openFiles(phone.address, { signal });
    const pieces = files.pull('/sdcard/DCIM/Camera/IMG_0.jpg')[Symbol.asyncIterator]();
    await pieces.next();
    phone.freeze();
    const rest = async (): Promise<void> => {
      while ((await pieces.next()).done !== true);
      // What had been sent before was the whole file.
      throw new Error('the file came whole');
    };
    await expect(soon(rest())).rejects.toThrow(/said nothing more|came whole/);
    await expect(soon(files.listCamera())).rejects.toMatchObject({ kind: 'broken' });
    await files.close();
  });

  test('while a test photo is waited for: the test goes on, ends in its time, and says so', async ({
    phone,
    source,
    folder,
    onTestFinished,
  }) => {
    const store = openStore(folder);
    onTestFinished(() => store.close());
    const clock = { ...computerClock, sleep: () => Promise.resolve() };
    const cancel = new AbortController();
    const { waits: waitWords } = loadCatalog().sentences;
    const given = { source, phone: phone.listed, appName: 'App', waitWords, isKeepable: () => true };
    const place = { ...given, store, clock, signal: cancel.signal };
    const said: string[] = [];
    const report = await soon(
      testPhoto(
        {
          ...place,
          onEvent: (event) => {
            if (event.type !== 'seen') return;
            said.push(event.stage);
            if (said.length === 1) phone.freeze();
            if (said.includes('unplugged')) cancel.abort();
          },
        },
        { phoneId: phone.address, app: 'com.google.android.apps.photos', minutes: 5, openCamera: false, on: null },
      ),
    );
    expect(said).toEqual(['take-photo', 'unplugged']);
    expect(report.brokenOff?.reason).toBe('cancelled');
  });
});

// Not beside the others: it holds the time that a cancelled scan takes.
test(
  'a phone that freezes in the middle of a scan that is cancelled: it ends at once',
  { timeout: tooLong },
  async ({ phone, source }) => {
    const cancel = new AbortController();
    const onProgress = ({ answered }: { answered: number }): void => {
      if (answered !== 8) return;
      phone.freeze();
      setImmediate(() => cancel.abort());
    };
    const began = performance.now();
    const { brokenOff } = await soon(source.capture(phone.address, { apps: [], onProgress, signal: cancel.signal }));
    expect(brokenOff?.reason).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(deadlines.probeMs);
  },
);

test(
  'an adb server that freezes is told as a trouble, and nothing waits for it',
  { timeout: tooLong },
  async ({ phone, onTestFinished }) => {
    const frozen = await startAdbServer();
    const short = { ...deadlines, serverMs: 500, startMs: 500 };
    const there = new AdbSource(new AdbServer({ host: '127.0.0.1', port: frozen.port }, 'adb', short));
    onTestFinished(async () => {
      await there.close();
      frozen.thaw();
      await frozen.stop();
    });
    await frozen.adb('connect', phone.address);
    const stop = there.watch(() => undefined);
    onTestFinished(() => stop());
    frozen.freeze();
    expect((await soon(there.list({ identify: true }))).troubles.map(({ code }) => code)).toEqual([
      'adb-server-unreachable',
    ]);
    const works: Promise<unknown>[] = [
      there.capture(phone.address, { apps: [] }),
      there.run(phone.address, ['id']),
      there.openFiles(phone.address, { signal: new AbortController().signal }),
    ];
    for (const work of works) {
      await expect(soon(work)).rejects.toMatchObject({ code: 'adb-server-unreachable' });
    }
  },
);
