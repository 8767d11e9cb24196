import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { CorrectionOutcome } from '../../../electron/app/actions/correction-outcome.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { SILENT, type SampleAnswer } from '../../../native/samples/android/answer.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { StagedClock, type Life } from '../test-photo/staged-clock.ts';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

interface Bench {
  phone: SimulatedPhone;
  app: Application;
  /** Restarts the phone; what it was told to wait for, in order, and how it ended. */
  restart: () => Promise<{ waiting: string[]; outcome: CorrectionOutcome }>;
}

/** A phone that was on for 47 days, on a real adb server; `life` is what happens to it while it is waited for. */
async function bench(life: (phone: SimulatedPhone) => Life, sample = createSample('pixel-16')): Promise<Bench> {
  const phone = await startSimulatedPhone({ phone: sample });
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  await server.connect(phone);
  const app = new Application({
    env: { PHONE_HEALTH_HOME: home },
    sources: [AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) })],
    clock: new StagedClock(Date.now(), life(phone)),
  });
  onTestFinished(async () => {
    await app.close();
    await server.disconnect(phone);
    await phone.stop();
    await rm(home, { recursive: true, force: true });
  });
  const restart = async () => {
    const waiting: string[] = [];
    const request = { phoneId: phone.address, cause: 'restart-due', app: null, correction: null };
    const corrected = await app.corrections.correct(
      request,
      ({ step, detail }) => {
        if (step === 'waiting-for-phone') waiting.push(detail ?? '');
      },
      () => Promise.resolve(true),
    );
    if (corrected === null) throw new Error('Nobody agreed.');
    return { waiting, outcome: corrected.outcome };
  };
  return { phone, app, restart };
}

/** Resolves when the adb server has the phone in this state; `absent`: in none that can be used. */
async function listedAs(phone: SimulatedPhone, state: 'device' | 'unauthorized' | 'absent'): Promise<void> {
  for (;;) {
    const text = (await server.adb('devices')).stdout.toString('utf8');
    const found = text
      .split('\n')
      .find((line) => line.startsWith(phone.address))
      ?.split('\t')[1];
    if (state === 'absent' ? found !== 'device' : found === state) return;
  }
}

/** One thing after another, each while the phone is waited for. */
const inTurn = (...events: readonly (() => void | Promise<void>)[]): Life => {
  const left = [...events];
  return () => left.shift()?.();
};

const restarts = 'The phone switches off and on again. This is waited for, up to 5 minutes.';
const starting = 'The phone is back and still starts up.';

async function plugIn(phone: SimulatedPhone): Promise<void> {
  await phone.plugIn();
  await server.connect(phone);
}

describe('a restart over a real adb server', () => {
  test('is waited for until the phone is away, back and started, and proven by the time since its start', async () => {
    const { phone, app, restart } = await bench((one) =>
      inTurn(
        () => listedAs(one, 'absent'),
        async () => {
          await plugIn(one);
          await listedAs(one, 'device');
        },
        () => undefined,
        () => void (one.model.state.starting = false),
      ),
    );
    const { waiting, outcome } = await restart();
    expect(waiting).toEqual([restarts, starting]);
    expect(outcome).toMatchObject({
      result: 'taken',
      detail: 'The second reading proves it.',
      before: { 'system.bootedAgoMs': 47 * 86_400_000 },
      after: { 'system.bootedAgoMs': 0 },
      remedy: null,
      undoable: false,
    });
    expect(phone.model.state.restarts).toBe(1);
    expect(app.corrections.list(phone.address)).toMatchObject([{ result: 'taken', undoable: false, inverse: [] }]);
    await expect(app.corrections.undo(outcome.action, () => undefined)).rejects.toMatchObject({
      code: 'nothing-to-put-back',
      message: 'There is nothing to put back. A restart cannot be taken back, and it changes no setting.',
    });
  });

  test('tells what the phone waits for when it comes back', async () => {
    const { restart } = await bench((one) =>
      inTurn(
        () => listedAs(one, 'absent'),
        async () => {
          one.faults.authorization = 'dialog-open';
          await plugIn(one);
          await listedAs(one, 'unauthorized');
        },
        async () => {
          one.acceptDialog();
          one.model.state.starting = false;
          await listedAs(one, 'device');
        },
      ),
    );
    const { waiting, outcome } = await restart();
    expect(waiting).toEqual([restarts, 'Allow USB debugging on the phone.']);
    expect(outcome.result).toBe('taken');
  });

  test('after which the phone is not back within five minutes is unverified, with what to do', async () => {
    const { phone, app, restart } = await bench((one) => inTurn(() => listedAs(one, 'absent')));
    const { outcome } = await restart();
    expect(outcome).toMatchObject({
      result: 'unverified',
      detail: 'The phone was not back after 5 minutes. Whether it has restarted is not known, and nothing is claimed.',
      after: {},
      remedy: { title: 'Look at the phone' },
    });
    expect(app.corrections.list(phone.address)).toMatchObject([{ result: 'unverified', undoable: false }]);
  });

  test('that the phone refuses is not waited for', async () => {
    const { phone, restart } = await bench(() => inTurn());
    phone.model.state.shellLacks = ['reboot'];
    const { waiting, outcome } = await restart();
    expect(waiting).toEqual([]);
    expect(outcome).toMatchObject({
      result: 'refused',
      detail:
        'The phone refused: java.lang.SecurityException: Neither user 2000 nor current process has android.permission.REBOOT.',
    });
  });

  test('that does not happen is told as not taken', async () => {
    class Stubborn extends SamplePhone {
      override run(argv: readonly string[]): SampleAnswer {
        return argv[0] === 'svc' ? SILENT : super.run(argv);
      }
    }
    const { restart } = await bench(() => inTurn(), new Stubborn(createSample('pixel-16').state));
    const { waiting, outcome } = await restart();
    expect(waiting).toEqual([restarts]);
    expect(outcome).toMatchObject({ result: 'not-taken', detail: 'The second reading does not show it.' });
  });
});
