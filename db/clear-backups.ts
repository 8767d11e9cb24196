import { rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runApart, type ApartOptions } from '../native/run-apart.ts';
import { carriedOver, carryInto, isCarriedInto, type CarriedOver } from './carried-over.ts';
import { requireBackup, type Connection } from './connection.ts';
import { marksLeft, readMark } from './erasing.ts';
import { StoreError, toStoreError, type StoreErrorCode } from './errors.ts';
import { fileName } from './file-name.ts';
import { listBackups } from './kept-backups.ts';
import { loadMigrations } from './migrate.ts';
import { listSetAside } from './set-aside.ts';
import { apartDefaults, hearCleared, largestInPlace, type ClearJob } from './tend-job.ts';

/*
 * Each backup stays, without what was erased from the store since it was made.
 */

/** What cannot be read by anybody. Any other trouble may pass: the backup stays, and is looked at again. */
const proven: ReadonlySet<StoreErrorCode> = new Set(['not-a-database', 'damaged-database', 'not-a-backup']);

/** Returns why a backup holds it still; null: it does not. */
function clear(backup: string, carried: CarriedOver): string | null {
  try {
    if (isCarriedInto(backup, carried)) return null;
    requireBackup(backup, backup, loadMigrations().length);
    carryInto(backup, carried);
    return null;
  } catch (error) {
    const told = toStoreError(error, backup);
    if (!(told instanceof StoreError)) throw error;
    if (!proven.has(told.code)) return told.message;
    rmSync(backup, { force: true });
    return null;
  }
}

function clearAll(folder: string): string[] {
  const carried = carriedOver(folder);
  const troubles = listBackups(folder).flatMap(({ file }) => clear(file, carried) ?? []);
  // Somebody may have erased more while a backup was written anew.
  return carriedOver(folder).erased.length > carried.erased.length ? clearAll(folder) : troubles;
}

/** Does what these marks ask for. Returns what could not be done: its marks stay. */
export function clearMarked({ folder, marks }: ClearJob): string[] {
  const due = marks.flatMap((file) => {
    const mark = readMark(file);
    return mark === null ? [] : [mark];
  });
  const known = carriedOver(folder).erased.length;
  const wasDone = due.filter(({ erased }) => known > erased);
  const troubles = wasDone.length === 0 ? [] : clearAll(folder);
  const goes = new Set(wasDone.flatMap((mark) => mark.setAside));
  for (const file of listSetAside(folder)) {
    if (goes.has(basename(file)))
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { recursive: true, force: true });
  }
  if (troubles.length === 0) for (const file of marks) rmSync(file, { force: true });
  return troubles;
}

async function clearApart(job: ClearJob, options: Partial<ApartOptions>): Promise<string[]> {
  const { size } = statSync(join(job.folder, fileName));
  if (size <= largestInPlace && options.entry === undefined) return clearMarked(job);
  const end = await runApart<string[]>(job, hearCleared, { ...apartDefaults, ...options });
  return end.kind === 'done' ? end.result : [`the backups were not cleared to the end: ${end.why}`];
}

/**
 * Has the backups follow what was erased, where that is due; those of a large store in a process of its own. What cannot be done now is told,
 * and is due again: it keeps nobody from what is kept. A signal ends it.
 */
export async function clearBackups(connection: Connection, options: Partial<ApartOptions> = {}): Promise<void> {
  const folder = dirname(connection.file);
  try {
    const marks = marksLeft(folder);
    if (marks.length === 0) return;
    for (const told of await clearApart({ folder, marks }, options)) connection.options.onNoBackup?.(told);
  } catch (error) {
    if (options.signal?.aborted === true) return;
    const told = toStoreError(error, folder);
    if (!(told instanceof StoreError)) throw error;
    connection.options.onNoBackup?.(told.message);
  }
}
