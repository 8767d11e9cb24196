import { answerKey } from '../../../native/assemble.ts';
import type { Capture } from '../../../native/capture.ts';
import type { FromReadingProcess } from '../../../native/read-capture.ts';
import { emptyReading } from '../../../native/reading.ts';
import { workerStarter } from '../../../native/worker-starter.ts';

/** Stands in for `reading-process.ts`: does nothing any more at an answer to `stuck`, and takes all of its memory at one to `memory`. */
const starter = workerStarter();
const send = (message: FromReadingProcess): void => starter.tell(message);

function takeAllMemory(): never {
  const held: number[][] = [];
  for (;;) held.push(Array.from({ length: 100_000 }, (_, at) => at));
}

starter.onMessage((message) => {
  const { answers, apps } = message as Capture;
  const reading = emptyReading('android', '2026-05-04T20:00:00.000Z', apps);
  for (const { probe, app, command, ended } of answers) {
    send({ kind: 'step', key: answerKey(probe, app) });
    if (probe === 'stuck' && ended === 'whole') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    if (probe === 'memory' && ended === 'whole') takeAllMemory();
    reading.answers[`${probe}: ${ended}`] = { probe, command, at: '', durationMs: 0, unknownLines: 0 };
  }
  send({ kind: 'read', reading });
});
