import { copyFileSync, existsSync, linkSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { checkStore, isSound } from './check-store.ts';
import { requireBackup } from './connection.ts';
import { fileName } from './file-name.ts';
import { carriedOver, carryInto, emptyButForCarriedOver, type CarriedOver } from './carried-over.ts';
import { letStay } from './erasing.ts';
import { halfRestored, removeHalfDone } from './half-done.ts';
import { BackupDamagedError, NoBackupError, NotABackupError, StoreError, toStoreError } from './errors.ts';
import { listBackups } from './kept-backups.ts';
import { loadMigrations } from './migrate.ts';
import { keepPrivate } from './private-files.ts';
import { listSetAside, setAsideFolder } from './set-aside.ts';
import { takeStore } from './store-lease.ts';
import { makeFolder } from './make-folder.ts';
import { syncToDisk } from './sync-to-disk.ts';
import { markClosed } from './write-ahead-file.ts';

export interface Restored {
  /** The backup that was put in place; null: none, the store begins anew. */
  from: string | null;
  /** Where the file that was there is kept; null where there was none. */
  setAside: string | null;
  /** How much of the backup was erased here since, and was left out of what was put in place. */
  leftOut: number;
}

const companions = ['-wal', '-shm'] as const;

/** Proves that a copy is whole, is a store, and is none of a newer version. */
function check(copy: string, backup: string): void {
  requireBackup(copy, backup, loadMigrations().length);
  try {
    const db = new Database(copy);
    try {
      db.pragma('journal_mode = DELETE');
    } finally {
      db.close();
    }
    const found = checkStore(copy);
    if (!isSound(found)) throw new Error(JSON.stringify(found));
  } catch (error) {
    throw new BackupDamagedError(backup, error);
  }
}

/** What a write-ahead file still holds is brought into the database; a damaged one is left as it is. */
function checkpoint(file: string): void {
  try {
    const db = new Database(file);
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}

/** A second name for a file, or a copy of it where the file system has no links: the first name stays until it is replaced. */
function keepAlso(file: string, as: string): void {
  try {
    linkSync(file, as);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    copyFileSync(file, as);
  }
}

/** A clock that went back gives a moment twice: what was set aside then is never replaced. */
function freeName(place: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const file = join(place, number === 1 ? `${name}.sqlite` : `${name}-${number}.sqlite`);
    if (!existsSync(file)) return file;
  }
}

/** Keeps the store's file, and what belongs to it, under other names too. Returns its new name. */
function setAside(folder: string, at: string): string {
  const place = setAsideFolder(folder);
  makeFolder(place, 0o700);
  const moment = at.replaceAll(':', '').replaceAll('.', '');
  const name = freeName(place, `phone-health-${moment}`);
  const file = join(folder, fileName);
  if (statSync(file).isDirectory()) {
    renameSync(file, name);
    return name;
  }
  checkpoint(file);
  for (const suffix of ['', ...companions]) {
    if (existsSync(`${file}${suffix}`)) keepAlso(`${file}${suffix}`, `${name}${suffix}`);
  }
  return name;
}

const isSetAside = (folder: string, file: string): boolean =>
  listSetAside(folder).some((one) => resolve(one) === resolve(file));

/** The chosen file stays, without what was erased; where that cannot be written, it stays as it is: whoever erases somebody is told of it. */
function leaveOut(from: string, carried: CarriedOver): void {
  try {
    carryInto(from, carried);
  } catch (error) {
    if (!(toStoreError(error, from) instanceof StoreError)) throw error;
  }
}

/** A backup that lies elsewhere is one of the copies that whoever erases somebody is told of, also where somebody had carried it there by hand. */
function withRestored(folder: string, from: string, at: string, carried: CarriedOver): CarriedOver {
  const isHere = isSetAside(folder, from) || listBackups(folder).some(({ file }) => resolve(file) === resolve(from));
  if (isHere) return carried;
  return { ...carried, copies: [...carried.copies, { file: resolve(from), kind: 'backup', at, uids: null }] };
}

/**
 * Puts a backup in the place of the store: the one that is named, or the newest that is whole. The file that was there is kept
 * aside. A program that is killed meanwhile has lost nothing: the name of the store leads to the former file until it leads to the
 * new one, and the former is kept aside by then. An erasing that came to no end is ended by whoever tends the store. Throws `StoreError`: another program has the store open, there is no backup, the
 * backup is damaged, of another program or of a newer version; nothing is changed then.
 */
export function restoreStore(folder: string, backup: string | null, at: string): Restored {
  const candidates = backup === null ? listBackups(folder).map(({ file }) => file) : [backup];
  if (candidates.length === 0) throw new NoBackupError(folder);
  const lease = takeStore(folder);
  try {
    removeHalfDone(folder);
    const carried = carriedOver(folder);
    let failure: unknown = null;
    for (const from of candidates) {
      const copy = join(folder, `${halfRestored}${process.pid}.sqlite`);
      try {
        const found = statSync(from, { throwIfNoEntry: false });
        if (found === undefined) throw new NotABackupError(from, { isThere: false });
        // A pipe or a device may never end.
        if (!found.isFile()) throw new NotABackupError(from);
        copyFileSync(from, copy);
        keepPrivate(copy);
        check(copy, from);
        const leftOut = carryInto(copy, withRestored(folder, from, at, carried));
        const wasToGo = isSetAside(folder, from) && letStay(folder, from);
        const aside = putInPlace(folder, copy, at);
        if (wasToGo) leaveOut(from, carried);
        return { from, setAside: aside, leftOut };
      } catch (error) {
        rmSync(copy, { force: true });
        failure ??= error;
        if (!(error instanceof StoreError)) throw error;
      }
    }
    throw failure;
  } catch (error) {
    throw toStoreError(error, join(folder, fileName));
  } finally {
    lease.giveBack();
  }
}

/**
 * Keeps the store's file aside, so that the next start begins with an empty one; what was erased stays erased. Returns its new name; null
 * where there was none. Throws `DatabaseLockedError` where another program has it open.
 */
export function beginAnew(folder: string, at: string): string | null {
  const lease = takeStore(folder);
  try {
    const file = join(folder, fileName);
    if (!existsSync(file)) return null;
    const carried = carriedOver(folder);
    const place = mkdtempSync(join(folder, halfRestored));
    try {
      const empty = emptyButForCarriedOver(place, carried);
      if (empty !== null) return putInPlace(folder, empty, at);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
    const aside = setAside(folder, at);
    // A folder that stood there has been moved as it is.
    for (const suffix of [...companions, '']) rmSync(`${file}${suffix}`, { force: true });
    markClosed(file);
    return aside;
  } catch (error) {
    throw toStoreError(error, join(folder, fileName));
  } finally {
    lease.giveBack();
  }
}

function putInPlace(folder: string, copy: string, at: string): string | null {
  const file = join(folder, fileName);
  syncToDisk(copy, 'r+');
  const aside = existsSync(file) ? setAside(folder, at) : null;
  // A write-ahead file belongs to its database alone: beside another it would be taken for part of it.
  for (const suffix of companions) rmSync(`${file}${suffix}`, { force: true });
  renameSync(copy, file);
  markClosed(file);
  // Windows opens no folders.
  if (process.platform !== 'win32') syncToDisk(folder, 'r');
  return aside;
}
