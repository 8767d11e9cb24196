import Database from 'better-sqlite3';
import { backupOffer } from './kept-backups.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

export { StoreError, type StoreErrorCode };

/** The file was written by a later version of this program; reading it with an older one could lose what it holds. */
export class NewerDatabaseError extends StoreError {
  readonly code = 'newer-database';
  constructor(file: string, version: number, known: number) {
    super(
      `${file} was written by a newer version of this program (format ${version}; this program knows up to ${known}). ` +
        'Update the program. The file was not changed.',
    );
  }
}

export class ForeignDatabaseError extends StoreError {
  readonly code = 'foreign-database';
  constructor(file: string) {
    super(`${file} is a database of another program. Move it elsewhere and start again. The file was not changed.`);
  }
}

export class NotADatabaseError extends StoreError {
  readonly code = 'not-a-database';
  constructor(file: string) {
    super(`${file} is not a database. The file was not changed. ${backupOffer(file)}`);
  }
}

export class DamagedDatabaseError extends StoreError {
  readonly code = 'damaged-database';
  constructor(file: string, cause: unknown) {
    super(`${file} is damaged. ${backupOffer(file)}`, { cause });
  }
}

/** Rows do not hold any more what was written: a disk has changed them. `rows`: each as `snapshot 3`. */
export class DamagedRowsError extends StoreError {
  readonly code = 'damaged-rows';
  constructor(file: string, rows: readonly string[], cause: unknown) {
    super(
      `${file} is damaged in a few places: ${rows.join(', ')}. Everything else in it can be used. ${backupOffer(file)}`,
      { cause },
    );
  }
}

/** A killed program's write-ahead file is gone or damaged, and with it what it kept last. */
export class LastKeptMissingError extends StoreError {
  readonly code = 'last-kept-missing';
  constructor(file: string) {
    super(
      `What was kept last may be missing from ${file}: the program was ended in the middle of its work, and ${file}-wal is gone or damaged. ` +
        'Everything before that is there.',
    );
  }
}

/** One row does not hold what this program writes; all other rows can still be read. */
export class DamagedRecordError extends StoreError {
  readonly code = 'damaged-record';
  constructor(file: string, cause: unknown) {
    super(`${file} holds a record that cannot be read. Other records are not affected; a backup may hold it whole.`, {
      cause,
    });
  }
}

export class FolderNotWritableError extends StoreError {
  readonly code = 'folder-not-writable';
  constructor(file: string, cause: unknown) {
    super(
      `${file} cannot be written. Allow writing to its folder, or choose another data folder with PHONE_HEALTH_HOME.`,
      { cause },
    );
  }
}

export class DiskFullError extends StoreError {
  readonly code = 'disk-full';
  constructor(file: string, cause: unknown) {
    super(`No room is left on the disk for ${file}. Make room and try again. What was saved before is kept.`, {
      cause,
    });
  }
}

export class DiskFailedError extends StoreError {
  readonly code = 'disk-failed';
  constructor(file: string, cause: unknown) {
    super(`The disk could not read or write ${file}. Check the disk, and back up what is on it.`, { cause });
  }
}

export class DatabaseLockedError extends StoreError {
  readonly code = 'database-locked';
  constructor(file: string, cause: unknown) {
    super(`Another program is busy with ${file}. Close it, or wait until it is done, and try again.`, { cause });
  }
}

/** What is written into a file that has no name any more is gone at the next start. */
export class StoreMovedError extends StoreError {
  readonly code = 'store-moved';
  constructor(file: string) {
    super(
      `${file} was moved, deleted or replaced while this program was running. Nothing was run and nothing was saved. ` +
        'Put the data folder back where it was, or close this program and start it again.',
    );
  }
}

/** A migration that already ran has another text now, so nobody knows which tables the file really has. */
export class MigrationChangedError extends StoreError {
  readonly code = 'migration-changed';
  constructor(file: string, migration: string) {
    super(
      `${file} was set up with another ${migration} than this program has. Install the program again, from one source. ` +
        'The file was not changed.',
    );
  }
}

export class MigrationFailedError extends StoreError {
  readonly code = 'migration-failed';
  constructor(file: string, migration: string, cause: unknown) {
    super(
      `${file} could not be brought up to date (${migration}). It was not changed: the former version of this program ` +
        'can still read it.',
      { cause },
    );
  }
}

export class FileExistsError extends StoreError {
  readonly code = 'file-exists';
  constructor(file: string) {
    super(`${file} is already there. Choose another name; nothing was overwritten.`);
  }
}

export class NoBackupError extends StoreError {
  readonly code = 'no-backup';
  constructor(place: string) {
    super(`There is no backup in ${place}. Nothing was changed.`);
  }
}

/** A person named a file that holds something else, or none. */
export class NotABackupError extends StoreError {
  readonly code = 'not-a-backup';
  constructor(file: string, { isThere = true }: { isThere?: boolean } = {}) {
    super(isThere ? `${file} is no backup. Nothing was changed.` : `There is no file ${file}. Nothing was changed.`);
  }
}

/** It is kept: what it holds may still be read by somebody. */
export class BackupDamagedError extends StoreError {
  readonly code = 'backup-damaged';
  constructor(backup: string, cause: unknown) {
    super(`The backup ${backup} is damaged. Choose another one. Nothing was changed.`, { cause });
  }
}

export class NotFoundError extends StoreError {
  readonly code = 'not-found';
  constructor(what: 'snapshot' | 'action' | 'walk-through' | 'ticket' | 'customer', id: number) {
    super(`There is no ${what} ${id}.`);
  }
}

/** An event that cannot follow the last one of its action: most often two windows doing the same thing at once. */
export class ActionOutOfOrderError extends StoreError {
  readonly code = 'action-out-of-order';
  constructor(action: number, state: string, event: string) {
    super(`Action ${action} is ${state}: "${event}" cannot follow. Look at its present state before going on.`);
  }
}

export class WalkthroughOverError extends StoreError {
  readonly code = 'walkthrough-over';
  constructor(walkthrough: number) {
    super(`Walk-through ${walkthrough} has come to its end. Start a new one.`);
  }
}

const changedWords: Record<string, (who: string) => string> = {
  customer: (who) => `${who} has changed the customer of this ticket meanwhile.`,
  fault: (who) => `${who} has changed the fault of this ticket meanwhile.`,
  technician: (who) => `${who} has given this ticket to another technician meanwhile.`,
  status: (who) => `${who} has moved this ticket on meanwhile.`,
  consent: (who) => `${who} has changed what is allowed under this ticket meanwhile.`,
};

/** Two people changed the same of a ticket: the later one has not seen what the earlier one wrote. */
export class TicketChangedError extends StoreError {
  readonly code = 'ticket-changed';
  constructor(part: string, who: string) {
    const by = who === '' ? 'Somebody' : who;
    const words = changedWords[part]?.(by) ?? `${by} has filled in the same field of this ticket meanwhile.`;
    super(`${words} Nothing was overwritten: look at it as it is now, and save again.`);
  }
}

/** Two people wrote about a snapshot: the later one has not seen what the earlier one wrote. */
export class SnapshotChangedError extends StoreError {
  readonly code = 'snapshot-changed';
  constructor(who: string) {
    const by = who === '' ? 'Somebody' : who;
    super(
      `${by} has written something else about this snapshot meanwhile. Nothing was overwritten: look at it as it is now, and save again.`,
    );
  }
}

/** SQLite's result codes and the system's, by how they begin; the first match counts. */
const causes: readonly [begins: string, toError: (file: string, cause: unknown) => StoreError][] = [
  ['SQLITE_FULL', (file, cause) => new DiskFullError(file, cause)],
  // The shared-memory file beside the database could not grow.
  ['SQLITE_IOERR_SHMSIZE', (file, cause) => new DiskFullError(file, cause)],
  ['ENOSPC', (file, cause) => new DiskFullError(file, cause)],
  ['EDQUOT', (file, cause) => new DiskFullError(file, cause)],
  ['SQLITE_BUSY', (file, cause) => new DatabaseLockedError(file, cause)],
  ['SQLITE_LOCKED', (file, cause) => new DatabaseLockedError(file, cause)],
  ['SQLITE_NOTADB', (file) => new NotADatabaseError(file)],
  ['SQLITE_CORRUPT', (file, cause) => new DamagedDatabaseError(file, cause)],
  ['SQLITE_READONLY', (file, cause) => new FolderNotWritableError(file, cause)],
  ['SQLITE_CANTOPEN', (file, cause) => new FolderNotWritableError(file, cause)],
  ['SQLITE_PERM', (file, cause) => new FolderNotWritableError(file, cause)],
  ['SQLITE_IOERR', (file, cause) => new DiskFailedError(file, cause)],
  ['EIO', (file, cause) => new DiskFailedError(file, cause)],
];

/** What the file system says when a folder cannot be made or entered, or when something else stands in its place. */
const folderCodes = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'ENOENT',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** The error with a remedy for a failure of SQLite or of the file system; anything else is returned as it is. */
export function toStoreError(error: unknown, file: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !('code' in error)) return error;
  const { code } = error;
  if (typeof code !== 'string') return error;
  if (!(error instanceof Database.SqliteError) && folderCodes.has(code)) return new FolderNotWritableError(file, error);
  const found = causes.find(([begins]) => code.startsWith(begins));
  return found === undefined ? error : found[1](file, error);
}
