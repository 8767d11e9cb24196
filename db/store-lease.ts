import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseLockedError, toStoreError } from './errors.ts';
import { keepPrivate, makePrivateFile } from './private-files.ts';
import { makeFolder } from './make-folder.ts';

/** Held as long as a store is open, or is being replaced; the system gives it back when a program ends, however it ends. */
export interface StoreLease {
  giveBack(): void;
}

const waitMs = 100;

/**
 * Many programs may have a store open, or one may replace its file: the lock of SQLite on an empty file tells them apart. Throws
 * `DatabaseLockedError`.
 */
function lease(folder: string, of: 'store' | 'erasing', statement: string): StoreLease {
  const file = join(folder, 'leases', of);
  try {
    makeFolder(dirname(file), 0o700);
    keepPrivate(dirname(file));
    makePrivateFile(file);
    const db = new Database(file, { timeout: waitMs });
    try {
      db.exec(statement);
      return { giveBack: () => void db.close() };
    } catch (error) {
      db.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
        throw new DatabaseLockedError(folder, error);
      }
      throw error;
    }
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/** For whoever opens the store. */
export const shareStore = (folder: string): StoreLease => lease(folder, 'store', 'BEGIN; SELECT 1 FROM sqlite_master');

/** For whoever replaces its file: nobody has it open then. */
export const takeStore = (folder: string): StoreLease => lease(folder, 'store', 'BEGIN EXCLUSIVE');

/** For whoever erases something, until no backup holds it either. */
export const shareErasing = (folder: string): StoreLease =>
  lease(folder, 'erasing', 'BEGIN; SELECT 1 FROM sqlite_master');

/** For whoever brings to its end what others were killed at: nobody erases meanwhile. */
export const takeErasing = (folder: string): StoreLease => lease(folder, 'erasing', 'BEGIN EXCLUSIVE');
