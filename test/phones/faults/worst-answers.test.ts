import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';

let server: TestAdbServer;
beforeAll(async () => {
  server = await startAdbServer();
});
afterAll(() => server.stop());

const mebibyte = 1_048_576;

async function hostilePhone(answers: string): Promise<string> {
  const child = fork(join(import.meta.dirname, 'worst-phone.ts'), [answers], { execArgv: [] });
  const [address] = (await once(child, 'message')) as [string];
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.send('stop');
    await exited;
  });
  await server.adb('connect', address);
  return address;
}

/** The longest time in which this process did nothing else, and the most memory that it had over what it began with. */
function watched(): { stop: () => { heldMs: number; mebibytes: number } } {
  const began = process.memoryUsage().rss;
  let [heldMs, most, last] = [0, began, performance.now()];
  const timer = setInterval(() => {
    heldMs = Math.max(heldMs, performance.now() - last);
    most = Math.max(most, process.memoryUsage().rss);
    last = performance.now();
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return { heldMs, mebibytes: (most - began) / mebibyte };
    },
  };
}

test.each(['known-lines', 'nothing'])(
  'a phone with the longest answers there may be (%s) costs memory and time of its own alone',
  { timeout: 240_000 },
  async (answers) => {
    const home = await mkdtemp(join(tmpdir(), 'phone-health-worst-'));
    const well = await startSimulatedPhone({ phone: createSample('samsung-16') });
    await server.connect(well);
    const app = new Application({
      env: { PHONE_HEALTH_HOME: home },
      sources: [new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }))],
    });
    onTestFinished(async () => {
      await app.close();
      await server.disconnect(well);
      await well.stop();
      await rm(home, { recursive: true, force: true });
    });
    const hostile = await hostilePhone(answers);
    const watch = watched();
    const scanning = app.scan({ phoneId: hostile, save: false });
    const others = await Promise.all([
      app.scan({ phoneId: well.address, save: false }),
      scanning.then(() => app.scan({ phoneId: well.address, save: false })),
    ]);
    const report = await scanning;
    const { heldMs, mebibytes } = watch.stop();
    expect(others.map(({ brokenOff }) => brokenOff)).toEqual([null, null]);
    expect(report.phone.model).toBe('Pixel 8');
    // Some times the 60 MiB that it said: as they came, and on their way to the process that reads them.
    expect(mebibytes).toBeLessThan(6 * 60);
    expect(heldMs).toBeLessThan(2_000);
  },
);
