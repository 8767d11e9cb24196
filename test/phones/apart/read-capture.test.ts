import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readAndroid } from '../../../native/android/read/read.ts';
import type { Answer, Capture } from '../../../native/capture.ts';
import { readCapture } from '../../../native/read-capture.ts';
import { emptyReading } from '../../../native/reading.ts';
import { startChildProcess, type StartWorker } from '../../../native/worker-process.ts';
import { wholeAnswer } from '../../unit/native/android/read/parse.ts';

const mebibyte = 1_048_576;

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

const model = said('getprop', '[ro.product.model]: [Pixel 8]\n[ro.product.manufacturer]: [Google]\n');
/** Whole lines, as long as the longest answer that there is room for. */
const long = (probe: string, megabytes = 16): Answer =>
  said(probe, 'Nothing that any phone says of itself.\n'.repeat((megabytes * mebibyte) / 39));

/** Does nothing any more at answers to this question, or takes all of the memory. */
const entry = join(import.meta.dirname, 'stuck-reader.ts');
const limits = { entry, silenceMs: 700, memoryMebibytes: 64 };

describe('a large capture', () => {
  test('is read as a small one is, and meanwhile this program does other work', async () => {
    let beats = 0;
    const timer = setInterval(() => (beats += 1), 20);
    const reading = await readCapture(captureOf([model, long('wifi', 8)]), readAndroid);
    clearInterval(timer);
    expect(reading.identity.model).toMatchObject({ value: 'Pixel 8' });
    expect(reading.answers).toHaveProperty('wifi');
    expect(beats).toBeGreaterThan(3);
  });

  test.each(['stuck', 'memory'])('loses the answer that cannot be read (%s), and nothing else', async (how) => {
    const reading = await readCapture(
      captureOf([model, long(how, 2), said('battery', 'level: 50')]),
      readAndroid,
      limits,
    );
    expect(Object.keys(reading.answers)).toEqual(['getprop: whole', `${how}: truncated`, 'battery: whole']);
  });

  test('of answers none of which can be read is given up after a few', async () => {
    let started = 0;
    const startWorker: StartWorker = (...how) => {
      started += 1;
      return startChildProcess(...how);
    };
    const answers = Array.from({ length: 8 }, () => long('stuck', 1));
    const apps = answers.map((answer, at) => ({ ...answer, app: `app${at}` }));
    const reading = await readCapture(captureOf([...apps, model]), readAndroid, { ...limits, startWorker });
    expect(Object.keys(reading.answers).toSorted()).toEqual(['getprop: whole', 'stuck: truncated']);
    expect(started).toBeLessThanOrEqual(5);
  });

  test('whose reading is cancelled is read at once, without it', async () => {
    const cancel = new AbortController();
    const working = readCapture(captureOf([long('stuck', 2)]), () => emptyReading('android', 'now', []), {
      ...limits,
      silenceMs: 60_000,
      signal: cancel.signal,
    });
    await sleep(300);
    cancel.abort();
    expect(await working).toEqual(emptyReading('android', 'now', []));
  });
});
