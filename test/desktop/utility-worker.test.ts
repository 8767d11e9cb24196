import { join } from 'node:path';
import { beforeEach, describe, expect } from 'vitest';
import { startUtilityProcess } from '../../electron/desktop/utility-worker.ts';
import { readAndroid } from '../../native/android/read/read.ts';
import type { Answer, Capture } from '../../native/capture.ts';
import { readCapture } from '../../native/read-capture.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import { wholeAnswer } from '../unit/native/android/read/parse.ts';
import { bridgeClient } from './bridge-client.ts';
import { test } from './desktop-test.ts';
import { argumentsOf } from './stand-in/asked.ts';
import { resetStandIn } from './stand-in/reset.ts';

beforeEach(() => resetStandIn());

const said = (probe: string, text: string): Answer => wholeAnswer(probe, text, null);
const captureOf = (answers: readonly Answer[]): Capture => ({
  platform: 'android',
  phoneId: 'x',
  origin: 'usb',
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 1,
  apps: [],
  answers,
  brokenOff: null,
});
const model = said('getprop', '[ro.product.model]: [Pixel 8]\n');
const long = (probe: string): Answer => said(probe, 'Nothing that any phone says of itself.\n'.repeat(60_000));

describe('a process of the desktop host', () => {
  test('reads a large capture as a child process does', async () => {
    const startWorker = startUtilityProcess;
    const reading = await readCapture(captureOf([model, long('wifi')]), readAndroid, { startWorker });
    expect(reading.identity.model).toMatchObject({ value: 'Pixel 8' });
    expect(argumentsOf('utilityProcess.fork')).toHaveLength(1);
  });

  test('that is stuck or takes all of the memory is ended, and costs its answer alone', async () => {
    const entry = join(import.meta.dirname, '..', 'phones', 'apart', 'stuck-reader.ts');
    for (const how of ['stuck', 'memory']) {
      const reading = await readCapture(captureOf([model, long(how), said('battery', 'level: 50')]), readAndroid, {
        entry,
        silenceMs: 700,
        memoryMebibytes: 64,
        startWorker: startUtilityProcess,
      });
      expect(Object.keys(reading.answers)).toEqual(['getprop: whole', `${how}: truncated`, 'battery: whole']);
    }
  });

  test('has no way of a child process of Node, and one that cannot be started is told', async () => {
    const said = Promise.withResolvers<unknown>();
    const ended = Promise.withResolvers<string>();
    const entry = join(import.meta.dirname, 'tells-what-it-is.ts');
    const worker = startUtilityProcess(
      { entry, args: ['a'], env: process.env },
      { onMessage: said.resolve, onEnd: ended.resolve },
    );
    worker.send({ bytes: new Uint8Array([1, 2]) });
    expect(await said.promise).toEqual({
      send: 'undefined',
      port: 'object',
      args: ['a'],
      heard: { bytes: new Uint8Array([1, 2]) },
    });
    worker.kill();
    expect(await ended.promise).toMatch(/^exit code/);
    const none = Promise.withResolvers<string>();
    const missing = { entry: join(import.meta.dirname, 'no-such-file.ts'), args: [], env: process.env };
    startUtilityProcess(missing, { onMessage: () => undefined, onEnd: (...why) => none.resolve(why.join(': ')) });
    expect(await none.promise).toMatch(/^exit code 1: /);
  });
});

test('an iPhone is read in the desktop host, by a process that Electron has started', async ({
  start,
  onTestFinished,
}) => {
  const usbmuxd = await startSimulatedUsbmuxd();
  onTestFinished(() => usbmuxd.stop());
  usbmuxd.plug(new SimulatedIphone(sampleIphone('low-power').create()));
  const program = await start({ env: { USBMUXD_SOCKET_ADDRESS: usbmuxd.address } });
  const client = await bridgeClient(program.page);
  const phoneId = await new Promise<string>((resolve, reject) => {
    const watching = client.phones.subscribe(undefined, {
      onData: ({ phones }) => {
        const [ready] = phones.filter(({ state }) => state === 'ready');
        if (ready === undefined) return;
        resolve(ready.id);
        watching.unsubscribe();
      },
      onError: reject,
    });
  });
  const types: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.scan.subscribe(
      { phoneId, save: false },
      { onData: ({ type }) => types.push(type), onError: reject, onComplete: resolve },
    );
  });
  expect(types.at(-1)).toBe('report');
  const started = await program.asked('utilityProcess.fork');
  expect(started.length).toBeGreaterThan(0);
  expect(started.every(([file]) => (file as string).endsWith('/native-ios-reach-library-process.js'))).toBe(true);
});
