import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { loadMigrations, type Migration } from '../../../db/migrate.ts';
import { openStore } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, temporaryFolder } from './examples.ts';

const released = loadMigrations();
const next = (sql: string): Migration => ({ number: released.length + 1, name: 'next-idea.sql', sql });

/** A data folder with one snapshot and one action in it. */
function folderWithData(): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.saveSnapshot(exampleSnapshot());
  store.planAction(examplePlan());
  store.close();
  return folder;
}

function inside<T>(folder: string, look: (db: Database.Database) => T): T {
  const db = new Database(join(folder, fileName));
  try {
    return look(db);
  } finally {
    db.close();
  }
}

const versionIn = (folder: string) => inside(folder, (db) => db.pragma('user_version', { simple: true }));

describe('migrations', () => {
  test('are recorded with their hashes, once each', () => {
    const folder = folderWithData();
    openStore(folder).close();
    const rows = inside(folder, (db) => db.prepare('SELECT number, name, hash FROM migration').all());
    expect(rows).toEqual(
      released.map(({ number, name }) => ({ number, name, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })),
    );
    expect(versionIn(folder)).toBe(released.length);
  });

  test('run on data, which is kept, and leave no copy behind', () => {
    const folder = folderWithData();
    const sql = "ALTER TABLE snapshot ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'";
    const store = openStore(folder, { migrations: [...released, next(sql)] });
    expect(store.loadSnapshot(1)?.label).toBe('before');
    store.close();
    expect(inside(folder, (db) => db.prepare('SELECT id, mood FROM snapshot').all())).toEqual([
      { id: 1, mood: 'calm' },
    ]);
    expect(versionIn(folder)).toBe(released.length + 1);
    expect(readdirSync(folder)).toEqual(['backups', 'leases', fileName]);
  });

  test('may rebuild a table that others refer to', () => {
    const folder = folderWithData();
    const sql = `CREATE TABLE phone_new (id TEXT NOT NULL PRIMARY KEY, platform TEXT NOT NULL) STRICT;
                 INSERT INTO phone_new SELECT id, platform FROM phone;
                 DROP TABLE phone;
                 ALTER TABLE phone_new RENAME TO phone`;
    openStore(folder, { migrations: [...released, next(sql)] }).close();
    expect(inside(folder, (db) => db.prepare('SELECT * FROM phone').all())).toEqual([
      { id: 'PIXEL1', platform: 'android' },
    ]);
  });

  test.each([
    ['is no SQL', 'CREATE TABEL x'],
    ['does not fit the data', 'INSERT INTO snapshot SELECT * FROM snapshot'],
    ['would rewrite actions', "UPDATE action SET who = 'nobody'"],
    ['leaves references to nothing', 'DELETE FROM phone'],
  ])('one that %s fails in rehearsal: the data was never touched, and the program before can go on', (_how, sql) => {
    const folder = folderWithData();
    const before = readFileSync(join(folder, fileName));
    const migrations = [...released, next(`CREATE TABLE half (x TEXT) STRICT; ${sql}`)];
    expect(() => openStore(folder, { migrations })).toThrow(
      expect.objectContaining({ code: 'migration-failed', message: expect.stringContaining('next-idea.sql') }),
    );
    expect(readFileSync(join(folder, fileName)).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['backups', 'leases', fileName]);
    const store = openStore(folder);
    expect(store.listSnapshots()).toHaveLength(1);
    store.close();
  });

  test('all pending ones are one transaction: the second that fails takes the first with it', () => {
    const folder = temporaryFolder();
    const migrations = [...released, next('CREATE TABEL x')];
    expect(() => openStore(folder, { migrations })).toThrow(expect.objectContaining({ code: 'migration-failed' }));
    expect(inside(folder, (db) => db.prepare('SELECT name FROM sqlite_schema').all())).toEqual([]);
    openStore(folder).close();
    expect(versionIn(folder)).toBe(released.length);
  });

  test('one that has changed since it ran is an error, and nothing is done', () => {
    const folder = folderWithData();
    const before = readFileSync(join(folder, fileName));
    const migrations = released.map((each) => ({ ...each, sql: `${each.sql}\n-- An afterthought.` }));
    expect(() => openStore(folder, { migrations })).toThrow(
      expect.objectContaining({ code: 'migration-changed', message: expect.stringContaining('0001-first-tables.sql') }),
    );
    expect(readFileSync(join(folder, fileName)).equals(before)).toBe(true);
  });

  test('are the same with the line ends of Windows', () => {
    const folder = folderWithData();
    const migrations = released.map((each) => ({ ...each, sql: each.sql.replaceAll('\n', '\r\n') }));
    const store = openStore(folder, { migrations });
    expect(store.listSnapshots()).toHaveLength(1);
    store.close();
  });

  test('a rehearsal that was killed leaves a copy, which the next one clears away', () => {
    const folder = folderWithData();
    writeFileSync(join(folder, 'rehearsal.sqlite'), 'half a copy');
    openStore(folder, { migrations: [...released, next('CREATE TABLE idea (x TEXT) STRICT')] }).close();
    expect(readdirSync(folder)).toEqual(['backups', 'leases', fileName]);
  });

  test('have numbers without gaps', () => {
    const folder = join(temporaryFolder(), 'migrations');
    mkdirSync(folder);
    for (const name of ['0001-a.sql', '0003-c.sql', 'notes.txt']) writeFileSync(join(folder, name), 'SELECT 1');
    expect(() => loadMigrations(folder)).toThrow('0003-c.sql should be migration 2');
    expect(released.map(({ number }) => number)).toEqual(released.map((_each, index) => index + 1));
  });
});
