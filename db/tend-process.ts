import Database from 'better-sqlite3';
import { endWithParent } from '../native/end-with-parent.ts';
import { backUpBy } from './backup.ts';
import { checkStore, isSound } from './check-store.ts';
import { clearMarked } from './clear-backups.ts';
import { jobSchema, type FromTendProcess, type Tended, type TendJob } from './tend-job.ts';
import { workerStarter } from '../native/worker-starter.ts';

/** The process that reads or clears whole stores to their end, which may take minutes: no statement of SQLite can be interrupted from inside. */

const starter = workerStarter();
const send = (message: FromTendProcess, then?: () => void): void => starter.tell(message, then);

endWithParent();
// Ctrl-C reaches every process of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

async function copy(file: string, to: string): Promise<void> {
  const db = new Database(file, { readonly: true });
  try {
    await backUpBy(
      async (made) => {
        await db.backup(made, { progress: () => 4096 });
      },
      { source: file, file: to },
    );
  } finally {
    db.close();
  }
}

async function tend({ file, backup }: TendJob): Promise<Tended> {
  const check = checkStore(file, () => send({ kind: 'step' }));
  if (backup === null || !isSound(check)) return { check, backup: null, noBackup: null };
  try {
    await copy(file, backup);
    return { check, backup, noBackup: null };
  } catch (error) {
    return { check, backup: null, noBackup: error instanceof Error ? error.message : String(error) };
  }
}

starter.onMessage((message) => {
  const job = jobSchema.parse(message);
  if ('marks' in job) {
    send({ kind: 'cleared', troubles: clearMarked(job) }, () => starter.leave());
    return;
  }
  void tend(job).then((tended) => send({ kind: 'tended', tended }, () => starter.leave()));
});
