import { Worker } from 'node:worker_threads';

/** In a thread of its own: what goes on in the process's own loop, or in a statement of SQLite, does not hold it up. */
const watcher = `
  const { workerData: parent } = require('node:worker_threads');
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.kill(process.pid, 'SIGKILL');
    }
  }, 1000);
`;

/** Ends this process when its parent has ended, however that ended, and whatever this one is in the middle of. */
export function endWithParent(): void {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  new Worker(watcher, { eval: true, workerData: process.ppid }).unref();
}
