import { join } from 'node:path';
import { startChildProcess } from '../../../native/worker-process.ts';

/** A program whose reader is held; says the reader's number. */
startChildProcess(
  { entry: join(import.meta.dirname, 'held-process.ts'), args: [], env: process.env },
  { onMessage: (pid) => void process.send?.(pid), onEnd: () => undefined },
);
