import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from '../../electron/app/application.ts';
import { AdbSource } from '../../native/android/reach/adb-source.ts';
import { createSample } from '../../native/samples/android/profiles.ts';
import { startAdbServer } from '../phones/android/adb-server.ts';
import { startSimulatedPhone } from '../phones/android/simulated-adbd.ts';
import { printTable, type Row } from './table.ts';

const runs = 8;

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(2)} s`);

/** From the moment in which the owner acts to the tick of the step, on one phone, several times. */
async function timeTicks(name: string, delay: { minMs: number; maxMs: number } | null): Promise<Row> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  const server = await startAdbServer();
  const sample = createSample('pixel-14');
  const phone = await startSimulatedPhone({ phone: sample, faults: { delay } });
  const source = AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(server.port) });
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source] });
  try {
    await server.connect(phone);
    const waits: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      sample.state.dataSaver = true;
      await app.scan({ phoneId: phone.address, save: true });
      const view = app.walkthroughs.start(phone.address);
      const found = view.steps.find(({ cause }) => cause === 'data-saver');
      const correction = found?.corrections.find(({ kind }) => kind === 'guided');
      if (found === undefined || correction === undefined) throw new Error('The walk-through has no such step.');
      const step = { cause: found.cause, app: found.app, correction: correction.id };
      let actedAt = 0;
      for await (const event of app.walkthroughs.watchStep(view.id, step)) {
        // The owner acts at a moment of his own, right after a look that did not see it.
        if (event.type === 'looked' && actedAt === 0) {
          sample.state.dataSaver = false;
          actedAt = performance.now();
        }
        if (event.type === 'ticked') waits.push(performance.now() - actedAt);
      }
      app.walkthroughs.note(view.id, { kind: 'given-up' });
    }
    waits.sort((a, b) => a - b);
    return [name, String(waits.length), seconds(waits[Math.floor(waits.length / 2)]), seconds(waits.at(-1))];
  } finally {
    await app.close();
    await phone.stop();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Prints how long a guided step takes to tick itself, in the worst case: its owner acts right after a look. */
export async function runTickBench(): Promise<void> {
  printTable(
    ['a guided step ticks itself', 'runs', 'median', 'longest'],
    [
      await timeTicks('fast phone', null),
      await timeTicks('slow phone (0.2 to 0.6 s a service)', { minMs: 200, maxMs: 600 }),
    ],
  );
}
