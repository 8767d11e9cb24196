import { workerStarter } from '../../native/worker-starter.ts';

/** Run as a process of its own by utility-worker.test.ts. */
const starter = workerStarter();
starter.onMessage((heard) =>
  starter.tell({
    send: typeof process.send,
    port: typeof Reflect.get(process, 'parentPort'),
    args: process.argv.slice(2),
    heard,
  }),
);
