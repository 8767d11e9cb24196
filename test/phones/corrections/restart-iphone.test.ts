import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { CorrectionOutcome } from '../../../electron/app/actions/correction-outcome.ts';
import type { Question } from '../../../electron/app/actions/question.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';
import { StagedClock, type Life } from '../test-photo/staged-clock.ts';
import { builtLibraryProcess } from '../ios/built-library-process.ts';

interface Bench {
  phone: SimulatedIphone;
  usbmuxd: SimulatedUsbmuxd;
  /** The program is started again: another sitting. */
  startAgain: () => Promise<Application>;
  restart: () => Promise<{ waiting: string[]; outcome: CorrectionOutcome }>;
}

/** An iPhone whose photo engine hangs, on a usbmuxd of its own; `life` is what happens to it while it is waited for. */
async function bench(life: (phone: SimulatedIphone, usbmuxd: SimulatedUsbmuxd) => Life): Promise<Bench> {
  const usbmuxd = await startSimulatedUsbmuxd();
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  const phone = new SimulatedIphone(sampleIphone('backlog-frozen').create());
  usbmuxd.plug(phone);
  const open = (): Application =>
    new Application({
      env: { PHONE_HEALTH_HOME: home },
      sources: [
        createIphoneSource({
          entry: builtLibraryProcess,
          env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
        }),
      ],
      clock: new StagedClock(Date.now(), life(phone, usbmuxd)),
    });
  let app = open();
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
  const startAgain = async () => {
    await app.close();
    app = open();
    return app;
  };
  return { phone, usbmuxd, startAgain, restart };
}

const silent = () => undefined;

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

  test('of an iPhone that has another build in another sitting asks before it is finished; another UDID is another phone', async () => {
    const { phone, usbmuxd, startAgain, restart } = await bench((one, mux) =>
      inTurn(
        () => one.milestones.reached('Restart'),
        () => mux.plug(one),
      ),
    );
    expect((await restart()).outcome.result).toBe('unverified');
    const { buildVersion } = phone.model.identity;
    phone.model.screen = 'unlocked';
    phone.model.identity = { ...phone.model.identity, buildVersion: '23E999' };
    const { corrections } = await startAgain();
    const asked: Question[] = [];
    const answering = (answer: boolean) => (question: Question) => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    await expect(corrections.finish('1', silent, answering(false))).rejects.toMatchObject({ code: 'not-agreed' });
    expect(asked).toMatchObject([
      { about: 'same-phone', differs: [{ what: 'System', was: buildVersion, is: '23E999' }] },
    ]);

    usbmuxd.unplug(phone.udid);
    const other = sampleIphone('backlog-frozen').create();
    other.identity = { ...other.identity, udid: '00008110-00FFEE11DDCC22BB' };
    const stranger = new SimulatedIphone(other);
    usbmuxd.plug(stranger);
    await expect(corrections.finish('1', silent, answering(true))).rejects.toMatchObject({ code: 'unknown-phone' });
    expect([...phone.changes, ...stranger.changes]).toEqual(['Restart']);
    expect(asked).toHaveLength(1);

    usbmuxd.unplug(stranger.udid);
    usbmuxd.plug(phone);
    await corrections.finish('1', silent, answering(true));
    expect(asked).toHaveLength(2);
    expect(phone.changes).toEqual(['Restart', 'Restart']);
  });
});
