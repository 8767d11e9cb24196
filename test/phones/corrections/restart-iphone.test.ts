import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { CorrectionOutcome } from '../../../electron/app/actions/correction-outcome.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';
import { StagedClock, type Life } from '../test-photo/staged-clock.ts';

interface Bench {
  phone: SimulatedIphone;
  app: Application;
  restart: () => Promise<{ waiting: string[]; outcome: CorrectionOutcome }>;
}

/** An iPhone whose photo engine hangs, on a usbmuxd of its own; `life` is what happens to it while it is waited for. */
async function bench(life: (phone: SimulatedIphone, usbmuxd: SimulatedUsbmuxd) => Life): Promise<Bench> {
  const usbmuxd = await startSimulatedUsbmuxd();
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  const phone = new SimulatedIphone(sampleIphone('backlog-frozen').create());
  usbmuxd.plug(phone);
  const source = createIphoneSource({ env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address } });
  const app = new Application({
    env: { PHONE_HEALTH_HOME: home },
    sources: [source],
    clock: new StagedClock(Date.now(), life(phone, usbmuxd)),
  });
  onTestFinished(async () => {
    await app.close();
    await usbmuxd.stop();
    await rm(home, { recursive: true, force: true });
  });
  const restart = async () => {
    const waiting: string[] = [];
    const request = { phoneId: phone.udid, cause: 'icloud-engine-stuck', app: null, correction: null };
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

const inTurn = (...events: readonly (() => void | Promise<void>)[]): Life => {
  const left = [...events];
  return () => left.shift()?.();
};

const restarts = 'The phone switches off and on again. This is waited for, up to 5 minutes.';

describe.skipIf(missingTools.length > 0)('a restart through the real libimobiledevice', () => {
  test('is waited for until the iPhone is back and unlocked, and lets a hanging photo engine go on', async () => {
    const { phone, restart } = await bench((one, usbmuxd) =>
      inTurn(
        () => one.milestones.reached('Restart'),
        () => undefined,
        () => usbmuxd.plug(one),
        () => void (one.model.screen = 'unlocked'),
      ),
    );
    const { waiting, outcome } = await restart();
    expect(phone.changes).toEqual(['Restart']);
    expect(waiting[0]).toBe(restarts);
    expect(waiting.slice(1)).toEqual([expect.stringMatching(/^Unlock the iPhone/)]);
    expect(outcome).toMatchObject({
      result: 'taken',
      detail: 'The phone went off and came back. It does not tell since when it is on.',
      undoable: false,
    });
    expect(outcome.after['icloud.lastSync']).not.toEqual(outcome.before['icloud.lastSync']);
  });

  test('of an iPhone that nobody unlocks afterwards is unverified, with what to do', async () => {
    const { restart } = await bench((one, usbmuxd) =>
      inTurn(
        () => one.milestones.reached('Restart'),
        () => usbmuxd.plug(one),
      ),
    );
    const { outcome } = await restart();
    expect(outcome).toMatchObject({ result: 'unverified', after: {}, remedy: { title: 'Look at the phone' } });
  });
});
