import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { toStoreError } from './errors.ts';
import { keepPrivate, makePrivateFile } from './private-files.ts';
import { makeFolder } from './make-folder.ts';

/** A phone that nobody else with the same data folder corrects, until it is given back. */
export interface PhoneLease {
  giveBack(): void;
  /** Gives it back, and leaves nothing of it in the data folder. */
  remove(): void;
}

/** Who only looks whether a phone is taken holds its file for a moment. */
const waitMs = 100;

/** Named by a hash: a serial is not always a file name, and none is to be read off the folder. */
const fileOf = (folder: string, phone: string): string =>
  join(folder, 'leases', createHash('sha256').update(phone).digest('hex').slice(0, 32));

/** The one program with a data folder that does something for all of them. */
export interface Turn {
  giveBack(): void;
}

function tryLock(file: string, lock: string, timeout: number): Database.Database | null {
  try {
    makeFolder(dirname(file), 0o700);
    keepPrivate(dirname(file));
    makePrivateFile(file);
    const db = new Database(file, { timeout });
    try {
      db.exec(lock);
      return db;
    } catch (error) {
      db.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
      throw error;
    }
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/**
 * Takes a phone; null where it is taken already, by this program or another. The lease is the lock that SQLite holds on an empty
 * file: the system gives it back when a program ends, however it ends, so that none is ever left behind.
 */
export function takePhone(folder: string, phone: string): PhoneLease | null {
  const file = fileOf(folder, phone);
  const db = tryLock(file, 'BEGIN EXCLUSIVE', waitMs);
  if (db === null) return null;
  return {
    giveBack: () => void db.close(),
    remove: () => {
      db.close();
      rmSync(file, { force: true });
    },
  };
}

/** The same for what is told to the ticket system or the shop's server: two programs that send at once would tell everything twice. */
export function takeTurn(folder: string, at: 'hand-over' | 'shop'): Turn | null {
  const db = tryLock(join(folder, 'leases', at), 'BEGIN EXCLUSIVE', waitMs);
  return db === null ? null : { giveBack: () => void db.close() };
}

/** Whether anybody has taken a phone. */
export function isPhoneTaken(folder: string, phone: string): boolean {
  const db = tryLock(fileOf(folder, phone), 'BEGIN; SELECT 1 FROM sqlite_master', 0);
  db?.close();
  return db === null;
}
