import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { Question } from '../../../electron/app/actions/question.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';

const photos = 'com.google.android.apps.photos';
const path = `apps.${photos.replaceAll('.', '·')}.exempt`;
const silent = () => undefined;
const yes = () => Promise.resolve(true);

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

/** The same model with the same system, and another one of it: it was started another time. */
function twin(): SamplePhone {
  const other = createSample('pixel-14');
  other.state.restarts = 7;
  return other;
}

interface Bench {
  serial: string;
  /** The phone that is plugged in now. */
  phone: () => SimulatedPhone;
  /** Pulls the cable, and plugs another phone in that has the same serial. */
  swap: (to: SamplePhone) => Promise<void>;
  app: () => Application;
  /** The program is started again: another sitting. */
  startAgain: () => Promise<void>;
  home: string;
  fix: (consent?: () => Promise<boolean>) => ReturnType<Application['corrections']['correct']>;
}

async function bench(): Promise<Bench> {
  let phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  const { port, address } = phone;
  const phones = [phone];
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  await server.connect(phone);
  const open = (): Application =>
    new Application({
      env: { PHONE_HEALTH_HOME: home },
      sources: [AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) })],
    });
  let app = open();
  onTestFinished(async () => {
    await app.close();
    await server.disconnect(phone);
    for (const one of phones) await one.stop();
    await rm(home, { recursive: true, force: true });
  });
  return {
    serial: address,
    phone: () => phone,
    swap: async (to) => {
      await phone.pullCable();
      phone = await startSimulatedPhone({ phone: to, port });
      phones.push(phone);
      await server.connectAgain(phone);
    },
    app: () => app,
    startAgain: async () => {
      await app.close();
      app = open();
    },
    home,
    fix: (consent = yes) =>
      app.corrections.correct(
        { phoneId: address, cause: 'battery-optimized', app: photos, correction: null },
        silent,
        consent,
      ),
  };
}

/** Whether the app is exempt on the phone itself. */
const isExempt = ({ model }: SimulatedPhone): boolean =>
  model.run(['cmd', 'deviceidle', 'whitelist']).stdout.includes(photos);

const another = expect.objectContaining({ code: 'another-phone' });

describe('another phone behind the same serial, on a real adb server', () => {
  test.each([
    ['of another maker', () => createSample('samsung-16')],
    ['of the same model', twin],
  ])('%s that comes while "Do it?" stands there is left alone', async (_which, other) => {
    const { app, fix, swap, phone } = await bench();
    const corrected = fix(async () => {
      await swap(other());
      return true;
    });
    await expect(corrected).rejects.toEqual(another);
    expect(isExempt(phone())).toBe(false);
    expect(app().corrections.list()).toEqual([]);
  });

  test('that comes between two commands gets none of them, and nothing is claimed', async () => {
    const { app, serial, swap, phone } = await bench();
    const commands: string[] = [];
    let swapping: Promise<void> = Promise.resolve();
    const corrected = await app().corrections.correct(
      { phoneId: serial, cause: 'photos-permission-partial', app: 'com.microsoft.skydrive', correction: null },
      silent,
      () => {
        // The first command is answered, and the phone is another one then.
        const { model } = phone();
        const run = model.run.bind(model);
        model.run = (argv) => {
          if (argv[0] === 'pm' && argv[1] === 'grant') {
            commands.push(argv.join(' '));
            swapping = swap(createSample('samsung-16'));
          }
          return run(argv);
        };
        return Promise.resolve(true);
      },
    );
    await swapping;
    expect(commands).toHaveLength(1);
    expect(corrected?.outcome).toMatchObject({ result: 'unverified', after: {} });
    expect(
      app()
        .corrections.interrupted(serial)
        .map(({ id }) => id),
    ).toEqual(['1']);
  });
  test('is not given the former values of the first, in this sitting or in a later one', async () => {
    const { app, fix, swap, phone, startAgain } = await bench();
    expect((await fix())?.outcome).toMatchObject({ result: 'taken', before: { [path]: false } });
    const galaxy = createSample('samsung-16');
    galaxy.run(['cmd', 'deviceidle', 'whitelist', `+${photos}`]);
    await swap(galaxy);
    await expect(app().corrections.undo('1', silent, yes)).rejects.toEqual(another);
    await startAgain();
    await expect(app().corrections.undo('1', silent, yes)).rejects.toEqual(another);
    expect(isExempt(phone())).toBe(true);
    expect(app().corrections.list()).toMatchObject([{ result: 'taken' }]);
  });

  test('of the same model and system is asked about in one sitting, and not in another: every phone is restarted some day', async () => {
    const { app, fix, swap, startAgain } = await bench();
    await fix();
    const restarted = twin();
    restarted.run(['cmd', 'deviceidle', 'whitelist', `+${photos}`]);
    await swap(restarted);
    await expect(app().corrections.undo('1', silent)).rejects.toMatchObject({ code: 'same-phone' });
    await startAgain();
    expect((await app().corrections.undo('1', silent)).outcome.result).toBe('taken');
  });

  test('with another system may be the same phone after an update: it asks, and a yes is for that phone alone', async () => {
    const { app, fix, swap, phone, startAgain } = await bench();
    await fix();
    const updated = createSample('pixel-14');
    updated.state.build.incremental = '99999999';
    updated.run(['cmd', 'deviceidle', 'whitelist', `+${photos}`]);
    await swap(updated);
    await startAgain();
    const asked: Question[] = [];
    const answers = [false, true];
    const confirm = (question: Question) => {
      asked.push(question);
      return Promise.resolve(answers.shift() ?? false);
    };
    await expect(app().corrections.undo('1', silent, confirm)).rejects.toMatchObject({ code: 'not-agreed' });
    expect(isExempt(phone())).toBe(true);
    expect((await app().corrections.undo('1', silent, confirm)).outcome.result).toBe('taken');
    expect(asked.map(({ about, differs }) => [about, differs.map(({ what }) => what)])).toEqual([
      ['same-phone', ['System']],
      ['same-phone', ['System']],
    ]);
  });
});

describe('an undo, on a real adb server', () => {
  test('looks first: what its owner chose since is told, and left alone without a yes', async () => {
    const { app, phone, serial } = await bench();
    const op = (mode: string) => phone().model.run(['cmd', 'appops', 'set', photos, 'RUN_ANY_IN_BACKGROUND', mode]);
    op('ignore');
    const request = { phoneId: serial, cause: 'background-restricted', app: photos, correction: null };
    const fixed = await app().corrections.correct(request, silent, yes);
    expect(fixed?.outcome.result).toBe('taken');
    op('deny');
    const mode = () => phone().model.run(['cmd', 'appops', 'get', photos, 'RUN_ANY_IN_BACKGROUND']).stdout;
    await expect(app().corrections.undo('1', silent)).rejects.toMatchObject({
      code: 'overwrite',
      steps: [expect.stringMatching(/runAnyInBackground: .* → "deny"$/)],
    });
    expect(mode()).toContain('deny');
    expect((await app().corrections.undo('1', silent, yes)).outcome.result).toBe('taken');
    expect(mode()).toContain('ignore');
  });

  test('that finds the former values there already runs nothing', async () => {
    const { app, fix, phone } = await bench();
    await fix();
    const { model } = phone();
    model.run(['cmd', 'deviceidle', 'whitelist', `-${photos}`]);
    const ran: string[] = [];
    const run = model.run.bind(model);
    model.run = (argv) => {
      if (argv.some((word) => word.startsWith('-com'))) ran.push(argv.join(' '));
      return run(argv);
    };
    expect((await app().corrections.undo('1', silent)).outcome).toMatchObject({
      result: 'taken',
      after: { [path]: false },
    });
    expect(ran).toEqual([]);
  });
});

describe('a correction, on a real adb server', () => {
  test('that is applied a while after its answer is seen', async () => {
    const { fix, phone } = await bench();
    const { model } = phone();
    const run = model.run.bind(model);
    model.run = (argv) => {
      if (!argv.includes(`+${photos}`)) return run(argv);
      setTimeout(() => run(argv), 1_500);
      return { stdout: `Added: ${photos}\n`, stderr: '', exitCode: 0 };
    };
    expect((await fix())?.outcome).toMatchObject({ result: 'taken', after: { [path]: true } });
  });

  test('that is taken and not seen keeps its way back', async () => {
    const { app, fix, phone } = await bench();
    const { model } = phone();
    const run = model.run.bind(model);
    model.run = (argv) =>
      argv.includes(`+${photos}`) ? { stdout: `Added: ${photos}\n`, stderr: '', exitCode: 0 } : run(argv);
    expect((await fix())?.outcome).toMatchObject({ result: 'not-taken', undoable: true });
    model.run = run;
    run(['cmd', 'deviceidle', 'whitelist', `+${photos}`]);
    expect((await app().corrections.undo('1', silent)).outcome).toMatchObject({ result: 'taken' });
    expect(isExempt(phone())).toBe(false);
  });

  test('whose values change while somebody thinks is shown once more, as they are then', async () => {
    const { app, phone, serial } = await bench();
    const op = (mode: string) => phone().model.run(['cmd', 'appops', 'set', photos, 'RUN_ANY_IN_BACKGROUND', mode]);
    op('ignore');
    const shown: unknown[] = [];
    const corrected = await app().corrections.correct(
      { phoneId: serial, cause: 'background-restricted', app: photos, correction: null },
      silent,
      ({ before }) => {
        shown.push(...Object.values(before));
        op('deny');
        return Promise.resolve(true);
      },
    );
    expect(shown).toEqual(['ignore', 'deny']);
    expect(Object.values(corrected?.outcome.before ?? {})).toEqual(['deny']);
  });

  test('is not begun where the data folder is gone: what puts it back would be kept nowhere', async () => {
    const { app, fix, phone, home, serial } = await bench();
    await app().scan({ phoneId: serial, save: true });
    await rename(home, `${home}-elsewhere`);
    onTestFinished(() => rm(`${home}-elsewhere`, { recursive: true, force: true }));
    await expect(fix()).rejects.toMatchObject({ code: 'store-moved' });
    expect(isExempt(phone())).toBe(false);
    // A reading changes nothing on the phone: it is shown, and told not to be kept.
    await expect(app().scan({ phoneId: serial, save: true })).resolves.toMatchObject({
      snapshot: null,
      notKept: { code: 'store-moved' },
    });
  });

  test('for an app that the phone does not have is refused', async () => {
    const { app, serial } = await bench();
    const request = { phoneId: serial, cause: 'battery-optimized', app: 'com.example.nothing', correction: null };
    await expect(app().corrections.correct(request, silent, yes)).rejects.toMatchObject({ code: 'app-not-installed' });
  });
});
