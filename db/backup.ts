import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { backUpAhead, whyNoRoom } from './backup-ahead.ts';
import type { Connection } from './connection.ts';
import { DamagedDatabaseError, FileExistsError, toStoreError } from './errors.ts';
import { makingFolder } from './half-done.ts';
import { backupsFolder, listBackups, nextBackupFile, removeOldBackups } from './kept-backups.ts';
import { makeFolder } from './make-folder.ts';
import { removeSetAside } from './set-aside.ts';

export interface BackupProgress {
  donePages: number;
  totalPages: number;
}

/** Makes the copy one file without companions, and proves that it can be read. */
function finish(copy: string, source: string): void {
  const db = new Database(copy);
  try {
    db.pragma('journal_mode = DELETE');
    const found = db.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new DamagedDatabaseError(source, new Error(String(found)));
  } finally {
    db.close();
  }
}

type Copy = (file: string, onProgress: (progress: BackupProgress) => void) => Promise<void>;

/**
 * Copies the whole store into one new file while it stays in use. The file appears under its name only when it is whole and
 * checked, readable by its owner alone. To restore: put it into a data folder as `phone-health.sqlite`.
 * Throws `FileExistsError` or another `StoreError`; nothing is left behind then.
 */
export const backUp = (
  connection: Connection,
  file: string,
  onProgress?: (progress: BackupProgress) => void,
): Promise<void> =>
  backUpBy((copy, tell) => connection.copyTo(copy, tell), { source: connection.file, file, onProgress });

/** The same, whoever copies. */
export async function backUpBy(
  copyTo: Copy,
  { source, file, onProgress }: { source: string; file: string; onProgress?: Parameters<Copy>[1] | undefined },
): Promise<void> {
  if (existsSync(file)) throw new FileExistsError(file);
  try {
    const { folder, remove } = makingFolder(dirname(file));
    try {
      const copy = join(folder, 'copy.sqlite');
      writeFileSync(copy, '', { mode: 0o600 });
      await copyTo(copy, onProgress ?? (() => undefined));
      finish(copy, source);
      renameSync(copy, file);
    } finally {
      remove();
    }
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/**
 * Where the backup of this day is to be kept; null where there is one of today, where the store was made just now, or where room is
 * short, which is told.
 */
export function dailyBackupFile(connection: Connection): string | null {
  const folder = dirname(connection.file);
  const at = connection.now();
  const isToday = listBackups(folder).some((backup) => backup.at.slice(0, 10) === at.slice(0, 10));
  return isToday || !connection.wasThere ? null : roomForBackup(connection, at);
}

/** Keeps a backup of this moment beside the store. null where room is short, which is told. */
export async function backUpNow(connection: Connection): Promise<string | null> {
  const at = connection.now();
  const file = roomForBackup(connection, at);
  if (file === null) return null;
  await backUp(connection, file);
  removeOldBackups(dirname(connection.file), at);
  return file;
}

function roomForBackup(connection: Connection, at: string): string | null {
  const folder = dirname(connection.file);
  const { onNoBackup, freeBytes } = connection.options;
  const why = whyNoRoom(connection.file, freeBytes);
  if (why !== null) {
    onNoBackup?.(why);
    return null;
  }
  makeFolder(backupsFolder(folder), 0o700);
  return nextBackupFile(folder, at);
}

export interface ForgottenInBackups {
  /** How many backups were removed, for they held it. */
  removed: number;
  /** The one that was made without it; null: there was none before, or no room for one. */
  made: string | null;
  /** Stores that had been set aside, and were removed: they may have held it. */
  setAside: readonly string[];
}

/**
 * After a phone or a customer was removed: no backup holds it any longer, nor a store that was set aside. A backup without it is made first,
 * where there is room.
 */
export function forgetInBackups(connection: Connection): ForgottenInBackups {
  const folder = dirname(connection.file);
  const old = listBackups(folder);
  let made: string | null = null;
  if (old.length > 0) {
    const at = connection.now();
    made = backUpAhead(folder, (copy) => connection.copyNow(copy), { at, before: null, ...connection.options });
    for (const { file } of old) if (file !== made) rmSync(file, { force: true });
  }
  return {
    removed: old.filter(({ file }) => file !== made).length,
    made,
    setAside: removeSetAside(folder),
  };
}
