import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z, ZodError } from 'zod';
import {
  DamagedRecordError,
  DatabaseLockedError,
  ForeignDatabaseError,
  NewerDatabaseError,
  NotABackupError,
  NotADatabaseError,
  StoreMovedError,
  toStoreError,
} from './errors.ts';
import { backUpAhead } from './backup-ahead.ts';
import { fileName } from './file-name.ts';
import { removeHalfDone } from './half-done.ts';
import { listBackups } from './kept-backups.ts';
import { loadMigrations, migrate, versionOf, type Migration } from './migrate.ts';
import { newUid, type NewUid } from './new-uid.ts';
import { keepPrivate, makePrivateFile } from './private-files.ts';
import { brokenRowsOf, keepSeals, sealedTables, type OnlyRows, type SealedTable } from './row-seals.ts';
import { defineFolded } from './search-words.ts';
import { shareStore, takeStore, type StoreLease } from './store-lease.ts';
import { isLastKeptThere, markClosed, markOpen } from './write-ahead-file.ts';
import { makeFolder } from './make-folder.ts';

/** "PHI1": tells this program's files from other SQLite files. */
const applicationId = 0x50484931;

const slowQueryMs = 40;

/** A query that took too long; `sql` holds placeholders, never a phone's or a customer's data. */
export interface SlowQuery {
  sql: string;
  durationMs: number;
}

export interface StoreOptions {
  /** Is told every query of more than 40 ms. */
  log?: (query: SlowQuery) => void;
  /** The time of day that is written into records. */
  now?: () => Date;
  /** Milliseconds from any fixed moment, for measuring. */
  stopwatch?: () => number;
  /** How long to wait for another program that is writing, ms. */
  busyTimeoutMs?: number;
  /** Makes the ids that rows have beside their numbers. */
  newUid?: NewUid;
  migrations?: readonly Migration[];
  /** Is told why a backup was not made. */
  onNoBackup?: (why: string) => void;
  /** Whether what happens under tickets is told to a ticket system; left out: no. */
  handsOver?: () => boolean;
  /** Free bytes in a folder, for tests about short room. */
  freeBytes?: (folder: string) => number;
}

const dataVersionRow = z.object({ data_version: z.int() });

export type Parameters = Record<string, string | number | null | Uint8Array>;

interface Opened {
  options: StoreOptions;
  lease: StoreLease;
  sealed: readonly SealedTable[];
  wasThere: boolean;
  isLastThere: boolean;
}

/** One open database: statements that are measured, checked and fail with a `StoreError`. */
export class Connection {
  readonly file: string;
  readonly #db: Database.Database;
  readonly #options: StoreOptions;
  /** Which file was opened. */
  readonly #opened: string;
  readonly #lease: StoreLease;
  readonly #sealed: ReadonlyMap<string, SealedTable>;
  readonly #statements = new Map<string, Database.Statement>();
  #keepsSeals = false;
  /** False where the store was made just now: then there is nothing to be kept yet. */
  readonly wasThere: boolean;
  /** False where a program was killed before, and what it kept last is not there any more, or damaged. */
  readonly isLastThere: boolean;

  constructor(db: Database.Database, { options, lease, sealed, wasThere, isLastThere }: Opened) {
    this.file = db.name;
    this.#lease = lease;
    this.wasThere = wasThere;
    this.isLastThere = isLastThere;
    this.#opened = fileAt(db.name);
    this.#db = db;
    this.#options = options;
    this.#sealed = new Map(sealed.map((table) => [table.name, table]));
  }

  /** UTC, ISO 8601. */
  now(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }

  /** The id that a row of this moment has on every computer. */
  newUid(at: string): string {
    return (this.#options.newUid ?? newUid)(at);
  }

  /** Whether what happens under tickets goes into the outbox. */
  get handsOver(): boolean {
    return this.#options.handsOver?.() ?? false;
  }

  /** All rows of a query, each checked. Throws `DamagedRecordError` where a row does not fit its schema. */
  rows<T>(row: z.ZodType<T>, sql: string, parameters: Parameters = {}): T[] {
    return this.checked(() => {
      const found = this.#measured(sql, () => {
        const statement = this.#prepare(sql);
        return this.#fromRows(() => statement.all(parameters));
      });
      return found.map((each) => row.parse(each));
    });
  }

  /** The first row of a query, or null. */
  row<T>(row: z.ZodType<T>, sql: string, parameters: Parameters = {}): T | null {
    return this.rows(row, sql, parameters)[0] ?? null;
  }

  /**
   * Throws `DamagedRecordError` where a row does not hold any more what was written into it, or is not there any more. Whatever is shown in full, or run on a
   * phone, is asked for this first; lists are not, the whole store is checked beside the work.
   */
  requireSealed(table: string, only: OnlyRows): void {
    const sealed = this.#sealed.get(table);
    if (sealed === undefined) return;
    const [broken] = this.#measured('seal', () => brokenRowsOf((sql) => this.#prepare(sql), sealed, only));
    if (broken === undefined) return;
    throw new DamagedRecordError(this.file, new Error(`${table} ${broken.row}: ${broken.kind}`));
  }

  /** Runs a statement that gives no rows. Returns the id of the row it inserted, where it inserted one. */
  run(sql: string, parameters: Parameters = {}): number {
    return this.#measured(sql, () => {
      this.#sealWhatIsWritten();
      return Number(this.#prepare(sql).run(parameters).lastInsertRowid);
    });
  }

  /**
   * Throws `StoreMovedError` where another file than the open one has its name now, or none: what is written then is gone at the next
   * start.
   */
  requireInPlace(): void {
    if (fileAt(this.file) !== this.#opened) throw new StoreMovedError(this.file);
  }

  /** Another number whenever another program has changed the file (https://www.sqlite.org/pragma.html#pragma_data_version). */
  changesOfOthers(): number {
    return this.row(dataVersionRow, 'PRAGMA data_version')?.data_version ?? 0;
  }

  /**
   * All of `work` is kept, or nothing of it. It begins with the write lock, so what it reads stays true until it ends. Throws as
   * {@link requireInPlace}, but for what must be told to the end wherever the file is (`anywhere`).
   */
  transaction<T>(work: () => T, { anywhere = false }: { anywhere?: boolean } = {}): T {
    if (!anywhere) this.requireInPlace();
    return this.#measured('transaction', () => {
      this.#sealWhatIsWritten();
      return this.#db.transaction(work).immediate();
    });
  }

  /** Reads stored content: what does not parse becomes a `DamagedRecordError`. */
  checked<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof ZodError || error instanceof SyntaxError) throw new DamagedRecordError(this.file, error);
      throw error;
    }
  }

  /** Copies the database, page by page, while it stays in use. */
  async copyTo(file: string, onProgress: (progress: { donePages: number; totalPages: number }) => void): Promise<void> {
    await this.#db.backup(file, {
      progress: ({ remainingPages, totalPages }) => {
        onProgress({ donePages: totalPages - remainingPages, totalPages });
        return 256;
      },
    });
  }

  /** Copies the database at once, before anything else is done with it. */
  copyNow(file: string): void {
    this.#measured('VACUUM INTO', () => this.#db.prepare('VACUUM INTO ?').run(file));
  }

  get options(): Pick<StoreOptions, 'onNoBackup' | 'freeBytes'> {
    return this.#options;
  }

  close(): void {
    this.#db.close();
    markClosed(this.file);
    this.#lease.giveBack();
  }

  /**
   * A statement that SQLite has taken fails with its general error only for what stands in the rows: text in a column of JSON that is none
   * any more.
   */
  #fromRows<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_ERROR') throw error;
      throw new DamagedRecordError(this.file, error);
    }
  }

  /** A statement is made once: that takes longer than most of them run. */
  #prepare(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Before the first write: who only reads does not wait for it. */
  #sealWhatIsWritten(): void {
    if (this.#keepsSeals) return;
    keepSeals(this.#db, [...this.#sealed.values()]);
    this.#keepsSeals = true;
  }

  #measured<T>(sql: string, work: () => T): T {
    const stopwatch = this.#options.stopwatch ?? (() => performance.now());
    const begin = stopwatch();
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.file);
    } finally {
      const durationMs = stopwatch() - begin;
      if (durationMs > slowQueryMs) this.#options.log?.({ sql, durationMs });
    }
  }
}

/** Tells one file from every other on this computer; empty: there is none. */
function fileAt(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev} ${found.ino}`;
}

/** Whose file this is, and its version. */
interface Identity {
  application: number;
  version: number;
}

const identityOf = (db: Database.Database): Identity => ({
  application: z.int().parse(db.pragma('application_id', { simple: true })),
  version: versionOf(db),
});

/**
 * Reads the identity without changing a byte. null: there is no database yet. A file that was closed well tells it in its header
 * (https://www.sqlite.org/fileformat2.html#the_database_header); beside a file that was not, `-wal` may hold a later header,
 * which a read-only connection takes into account.
 */
function inspect(file: string): Identity | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile()) throw new NotADatabaseError(file);
  if (found.size === 0) {
    // A start that was killed leaves an empty file; where there are backups, it held something once.
    if (listBackups(dirname(file)).length > 0) throw new NotADatabaseError(file);
    return null;
  }
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new NotADatabaseError(file);
  if (!existsSync(`${file}-wal`)) return { application: header.readInt32BE(68), version: header.readInt32BE(60) };
  const db = new Database(file, { readonly: true });
  try {
    return identityOf(db);
  } finally {
    db.close();
  }
}

function refuseStrangers(file: string, identity: Identity, known: number): void {
  if (identity.application !== applicationId) throw new ForeignDatabaseError(file);
  if (identity.version > known) throw new NewerDatabaseError(file, identity.version, known);
}

/**
 * Turns write-ahead logging on, so that reading and writing do not wait for each other. Where several programs start for the
 * first time at once, SQLite fails here without waiting for the others; the write lock is waited for, so it is taken in between.
 */
function writeAhead(db: Database.Database): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || attempt === 20) throw error;
      db.exec('BEGIN IMMEDIATE; COMMIT');
    }
  }
}

/** Throws where the copy of a backup is no store of this program, or one of a newer version; said of the backup, which a person named. */
export function requireBackup(copy: string, backup: string, known: number): void {
  const identity = inspectBackup(copy, backup);
  if (identity?.application !== applicationId) throw new NotABackupError(backup);
  refuseStrangers(backup, identity, known);
}

function inspectBackup(copy: string, backup: string): Identity | null {
  try {
    return inspect(copy);
  } catch (error) {
    throw error instanceof NotADatabaseError ? new NotABackupError(backup) : error;
  }
}

/**
 * Opens the database of a data folder, making both where they are missing, and brings it up to date. Throws a `StoreError`;
 * no file is changed or deleted then.
 */
export function openConnection(folder: string, options: StoreOptions = {}): Connection {
  const file = join(folder, fileName);
  const migrations = options.migrations ?? loadMigrations();
  try {
    makeFolder(folder, 0o700);
    // A file that is refused is left alone, with everything around it.
    const found = inspect(file);
    if (found !== null) refuseStrangers(file, found, migrations.length);
    const isLastThere = found === null || isLastThereAlone(folder, file);
    const lease = shareStore(folder);
    try {
      removeHalfDone(folder);
      return openShared({ folder, file, migrations, options, lease, isLastThere });
    } catch (error) {
      lease.giveBack();
      throw error;
    }
  } catch (error) {
    throw toStoreError(error, file);
  }
}

/** Where another program has the store open, its write-ahead file is being written. */
function isLastThereAlone(folder: string, file: string): boolean {
  let lease: StoreLease;
  try {
    lease = takeStore(folder);
  } catch (error) {
    if (error instanceof DatabaseLockedError) return true;
    throw error;
  }
  try {
    return isLastKeptThere(file);
  } finally {
    lease.giveBack();
  }
}

interface Opening {
  folder: string;
  file: string;
  migrations: readonly Migration[];
  options: StoreOptions;
  lease: StoreLease;
  isLastThere: boolean;
}

function openShared({ folder, file, migrations, options, lease, isLastThere }: Opening): Connection {
  const identity = inspect(file);
  if (identity !== null) refuseStrangers(file, identity, migrations.length);
  keepPrivate(folder);
  // SQLite gives the files beside it the permissions that this one has.
  makePrivateFile(file);
  for (const beside of ['-wal', '-shm']) keepPrivate(`${file}${beside}`);
  const db = new Database(file, { timeout: options.busyTimeoutMs ?? 5000 });
  try {
    // First of all, so that a start that was killed right here has not left a file that looks like another program's.
    if (identityOf(db).application === 0) db.pragma(`application_id = ${applicationId}`);
    writeAhead(db);
    // From the first row on: what is moved within the file leaves its former place behind otherwise, and nothing finds it there when it is erased.
    db.pragma('secure_delete = ON');
    db.pragma('synchronous = FULL');
    // macOS alone tells a disk to write with this; elsewhere it changes nothing.
    db.pragma('fullfsync = ON');
    const at = (options.now?.() ?? new Date()).toISOString();
    if (identity !== null && identity.version > 0 && identity.version < migrations.length) {
      backUpAhead(folder, (copy) => db.prepare('VACUUM INTO ?').run(copy), {
        at,
        before: identity.version + 1,
        ...options,
      });
    }
    migrate(db, migrations, at, options.newUid);
    defineFolded(db);
    markOpen(file);
    const sealed = sealedTables(db);
    return new Connection(db, { options, lease, sealed, wasThere: identity !== null, isLastThere });
  } catch (error) {
    db.close();
    throw error;
  }
}
