import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { StepWatchEvent } from '../../../electron/app/walkthrough/walkthroughs.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { setFlag } from '../../../native/samples/ios/owner-actions.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import type { PhoneSource } from '../../../native/source.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';
import { builtLibraryProcess } from '../ios/built-library-process.ts';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

/** The program on a data folder of its own, after a scan of its one phone. */
async function begun(source: PhoneSource, phoneId: string): Promise<{ app: Application; id: string }> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source] });
  onTestFinished(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });
  await app.scan({ phoneId, save: true });
  return { app, id: app.walkthroughs.start(phoneId).id };
}

/** Watches a step to its end; `life` is told each event, and does what the owner does meanwhile. */
async function watch(
  { app, id }: { app: Application; id: string },
  step: { cause: string; app: string | null; correction: string },
  life: (events: readonly StepWatchEvent[]) => void,
): Promise<StepWatchEvent[]> {
  const events: StepWatchEvent[] = [];
  for await (const event of app.walkthroughs.watchStep(id, step)) {
    events.push(event);
    life(events);
  }
  return events;
}

describe('a guided step', () => {
  test('ticks itself when the owner of an Android phone carries it out', async () => {
    const sample = createSample('pixel-14');
    const phone = await startSimulatedPhone({ phone: sample });
    onTestFinished(async () => {
      await server.disconnect(phone);
      await phone.stop();
    });
    await server.connect(phone);
    const source = AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) });
    const place = await begun(source, phone.address);
    const steps = place.app.walkthroughs.view(place.id).steps.filter(({ cause }) => cause === 'data-saver');
    const guided = steps.flatMap(({ corrections }) => corrections).find(({ kind }) => kind === 'guided');
    const correction = guided?.id ?? '';
    const step = { cause: 'data-saver', app: 'com.google.android.apps.photos', correction };
    const events = await watch(place, step, ({ length }) => {
      if (length === 2) sample.state.dataSaver = false;
    });
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'looked', seen: false },
      { type: 'looked', seen: false },
    ]);
    expect(events.at(-1)?.type).toBe('ticked');
  });

  test.skipIf(missingTools.length > 0)(
    'is told of at once when an iPhone says that something was switched, and ticks itself when the iPhone shows how',
    async () => {
      const usbmuxd = await startSimulatedUsbmuxd();
      onTestFinished(() => usbmuxd.stop());
      const phone = new SimulatedIphone(sampleIphone('low-power').create());
      usbmuxd.plug(phone);
      const source = createIphoneSource({
        entry: builtLibraryProcess,
        env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
      });
      const place = await begun(source, phone.udid);
      const [step] = place.app.walkthroughs.view(place.id).steps;
      expect(step).toMatchObject({ cause: 'low-power-mode', state: 'open', watchable: true });
      const correction = step?.correction ?? '';
      const events = await watch(place, { cause: 'low-power-mode', app: null, correction }, (so) => {
        const looks = so.filter(({ type }) => type === 'looked').length;
        // The notification comes first, without a value; the status says so later.
        if (so.length === 1) phone.post('com.apple.system.lowpowermode');
        if (looks === 3) setFlag(phone.model, 'isBlockedByLowPowerModeKey', false, new Date());
      });
      expect(events.map(({ type }) => type)).toContain('switched');
      const switchedAt = events.findIndex(({ type }) => type === 'switched');
      expect(events[switchedAt + 1]).toMatchObject({ type: 'looked', seen: false });
      expect(events.at(-1)?.type).toBe('ticked');
    },
  );
});
