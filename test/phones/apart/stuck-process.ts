import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyReading } from '../../../native/reading.ts';
import { fileJobSchema, type FromFileProcess } from '../../../native/offline/file-messages.ts';

/** Stands in for `file-process.ts`: is stuck in a call at one file of a backup, until that file is left out. */
const send = (message: FromFileProcess): void => void process.send?.(message);

process.once('message', (message) => {
  const { path, skip } = fileJobSchema.parse(message);
  if (skip.length === 0) {
    send({ kind: 'step', file: 'Photos.sqlite' });
    writeFileSync(join(path, 'stuck'), '');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  const startedAt = '2026-05-01T06:00:00.000Z';
  const origin = `gave up on: ${skip.join(', ')}`;
  send({
    kind: 'read',
    capture: {
      platform: 'ios',
      phoneId: 'x',
      origin,
      startedAt,
      durationMs: 0,
      apps: [],
      answers: [],
      brokenOff: null,
    },
    reading: emptyReading('ios', startedAt, []),
    unread: [],
  });
});
