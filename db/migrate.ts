import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { defineMigrationFunctions } from './migration-functions.ts';
import { uidMaker, type NewUid } from './new-uid.ts';
import {
  DamagedDatabaseError,
  MigrationChangedError,
  MigrationFailedError,
  NewerDatabaseError,
  StoreError,
  toStoreError,
} from './errors.ts';
import { brokenRowsOf, defineSeals, hasSeals, isSchemaWhole, sealAll, sealedTables } from './row-seals.ts';

/** One step of the format. Once released, its text never changes: a later step corrects it. */
export interface Migration {
  /** From 1, without gaps; also the database's `user_version` once it has run. */
  number: number;
  /** File name, `0001-first-tables.sql`. */
  name: string;
  sql: string;
}

/** SHA-256 of the text with plain line ends: a checkout on Windows may have turned them into CR LF. */
export const hashOf = (migration: Pick<Migration, 'sql'>): string =>
  createHash('sha256').update(migration.sql.replaceAll('\r\n', '\n')).digest('hex');

/** The migrations of this program, in order. Throws where a number is missing or taken twice. */
export function loadMigrations(folder = join(import.meta.dirname, 'migrations')): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1) throw new Error(`${name} should be migration ${index + 1}: numbers go up by one from 1.`);
    return { number, name, sql: readFileSync(join(folder, name), 'utf8') };
  });
}

const appliedSchema = z.array(z.object({ number: z.int(), name: z.string(), hash: z.string() }));

/** `version`: what the file's header says; another number than was kept of each step says that one of both is damaged. */
function checkHashes(db: Database.Database, migrations: readonly Migration[], version: number): void {
  const applied = appliedSchema.parse(db.prepare('SELECT number, name, hash FROM migration ORDER BY number').all());
  if (applied.length !== version) {
    throw new DamagedDatabaseError(db.name, new Error(`Version ${version} after ${applied.length} migrations.`));
  }
  for (const { number, name, hash } of applied) {
    const migration = migrations[number - 1];
    if (migration === undefined || hashOf(migration) !== hash) throw new MigrationChangedError(db.name, name);
  }
}

function apply(db: Database.Database, pending: readonly Migration[], at: string, file: string, newUid: NewUid): void {
  defineMigrationFunctions(db, newUid);
  const record = db.prepare('INSERT INTO migration (number, name, hash, applied_at) VALUES (?, ?, ?, ?)');
  for (const migration of pending) {
    try {
      db.exec(migration.sql);
      if (z.array(z.unknown()).parse(db.pragma('foreign_key_check')).length > 0) {
        throw new Error('A reference to a row that is not there was left behind.');
      }
    } catch (error) {
      const known = toStoreError(error, file);
      if (known instanceof StoreError) throw known;
      throw new MigrationFailedError(file, migration.name, error);
    }
    record.run(migration.number, migration.name, hashOf(migration), at);
    db.pragma(`user_version = ${migration.number}`);
  }
}

/** Runs the pending migrations on a copy first, so that one that fails on this data has never touched the data. */
function rehearse(db: Database.Database, pending: readonly Migration[], at: string, newUid: NewUid): void {
  const copy = join(dirname(db.name), 'rehearsal.sqlite');
  const removeCopy = () => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  };
  // One that was killed may have left its copy. No other rehearsal is running: the caller holds the write lock.
  removeCopy();
  try {
    // VACUUM cannot run inside the caller's transaction; a second connection reads what was there before it.
    const reader = new Database(db.name, { readonly: true });
    try {
      reader.prepare('VACUUM INTO ?').run(copy);
    } finally {
      reader.close();
    }
    const rehearsal = new Database(copy);
    try {
      rehearsal.pragma('foreign_keys = OFF');
      rehearsal.transaction(() => apply(rehearsal, pending, at, db.name, newUid)).immediate();
    } finally {
      rehearsal.close();
    }
  } finally {
    removeCopy();
  }
}

/** The newest migration that ran, as SQLite itself keeps it. */
export const versionOf = (db: Database.Database): number => z.int().parse(db.pragma('user_version', { simple: true }));

/**
 * Brings a database up to date: all pending migrations in one transaction, after a rehearsal on a copy where there is data.
 * Throws `NewerDatabaseError`, `MigrationChangedError` or `MigrationFailedError`; the database is then as it was before.
 * Leaves foreign keys off during the work, as SQLite's documentation asks for rebuilding tables, and on afterwards.
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  at: string,
  newUid: NewUid = uidMaker(),
): void {
  db.pragma('foreign_keys = OFF');
  defineSeals(db);
  db.transaction(() => {
    // Only now, with the write lock, is it certain that no other process is migrating the same file.
    const version = versionOf(db);
    if (version > migrations.length) throw new NewerDatabaseError(db.name, version, migrations.length);
    db.exec(
      `CREATE TABLE IF NOT EXISTS migration (
         number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL
       ) STRICT`,
    );
    checkHashes(db, migrations, version);
    const pending = migrations.slice(version);
    const isSealed = hasSeals(db);
    if (isSealed && !isSchemaWhole(db)) throw new DamagedDatabaseError(db.name, new Error('The schema was changed.'));
    if (pending.length === 0 && isSealed) return;
    const broken = isSealed ? sealedTables(db).flatMap((table) => brokenRowsOf((sql) => db.prepare(sql), table)) : [];
    if (version > 0 && pending.length > 0) rehearse(db, pending, at, uidMaker());
    apply(db, pending, at, db.name, newUid);
    sealAll(db, broken);
  }).immediate();
  db.pragma('foreign_keys = ON');
}
