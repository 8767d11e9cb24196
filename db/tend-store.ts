import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { runApart, type ApartOptions } from '../native/run-apart.ts';
import { backUp, dailyBackupFile } from './backup.ts';
import { checkStore, isSound } from './check-store.ts';
import { clearBackups } from './clear-backups.ts';
import type { Connection } from './connection.ts';
import { removeOldBackups } from './kept-backups.ts';
import { toStoreError } from './errors.ts';
import { apartDefaults, hearTended, largestInPlace, type Tended, type TendJob } from './tend-job.ts';

async function tendInPlace(connection: Connection, backup: string | null): Promise<Tended> {
  const check = checkStore(connection.file);
  if (backup === null || !isSound(check)) return { check, backup: null, noBackup: null };
  try {
    await backUp(connection, backup);
    return { check, backup, noBackup: null };
  } catch (error) {
    return { check, backup: null, noBackup: error instanceof Error ? error.message : String(error) };
  }
}

export interface TendOptions extends Partial<ApartOptions> {
  /** Checks it also where no backup is due. */
  check: boolean;
}

/**
 * Checks a whole store beside the work, and makes the backup of the day where it is due: of a sound store only, so that a damaged one
 * never takes the place of a good backup. What was erased goes from the backups first.
 * null where there was nothing else to do. A large one is read in a process of its own. Throws
 * `StoreError`, or the signal's reason.
 */
export async function tendStore(connection: Connection, { check, ...options }: TendOptions): Promise<Tended | null> {
  await clearBackups(connection, options);
  const backup = dailyBackupFile(connection);
  if (backup === null && !check) return null;
  try {
    const tended = await tend(connection, backup, options);
    if (tended.backup !== null) removeOldBackups(dirname(connection.file), connection.now());
    return tended;
  } catch (error) {
    throw toStoreError(error, connection.file);
  }
}

async function tend(connection: Connection, backup: string | null, options: Partial<ApartOptions>): Promise<Tended> {
  const { size } = statSync(connection.file);
  if (size <= largestInPlace && options.entry === undefined) return tendInPlace(connection, backup);
  const job: TendJob = { file: connection.file, backup };
  const end = await runApart<Tended>(job, hearTended, { ...apartDefaults, ...options });
  if (end.kind === 'done') return end.result;
  return { check: null, backup: null, noBackup: `the store was not checked to its end: ${end.why}` };
}
