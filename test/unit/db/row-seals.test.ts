import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { checkStore, isSound } from '../../../db/check-store.ts';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import { loadMigrations, type Migration } from '../../../db/migrate.ts';
import { openStore } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, exampleTicket, temporaryFolder } from './examples.ts';

const damagedRecord = expect.objectContaining({ code: 'damaged-record' });

/** A store with a snapshot and an action that was begun, closed. */
function closedStore(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.saveSnapshot(exampleSnapshot());
  store.addActionEvent(store.planAction(examplePlan()).id, { kind: 'started' });
  store.close();
  return { folder, file: join(folder, fileName) };
}

/** Changes the file as a bad disk does: these bytes for others of the same number, each time they occur. */
function changeBytes(file: string, from: string, to: string): void {
  const bytes = readFileSync(file).toString('latin1');
  expect(bytes).toContain(from);
  writeFileSync(file, Buffer.from(bytes.replaceAll(from, to), 'latin1'));
}

/** Runs SQL that knows nothing of seals. */
function behindItsBack(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

describe('a row that a disk has changed', () => {
  test('of a snapshot is told where it is opened, and by the check; SQLite itself finds nothing', () => {
    const { folder, file } = closedStore();
    expect(isSound(checkStore(file))).toBe(true);
    changeBytes(file, 'saver stops', 'saver stopt');
    expect(checkStore(file)).toEqual({ structure: [], rows: [{ table: 'snapshot', row: 1, kind: 'changed' }] });
    const store = openStore(folder);
    expect(() => store.loadSnapshot(1)).toThrow(damagedRecord);
    expect(() => store.loadJudged(1)).toThrow(damagedRecord);
    expect(store.loadAction(1)?.cause).toBe('background-denied');
    store.close();
  });

  test('of what puts a phone back is never run', () => {
    const { folder, file } = closedStore();
    changeBytes(file, 'RUN_ANY_IN_BACKGROUND default"]', 'RUN_ANY_IN_BACKGROUND defaulu"]');
    const store = openStore(folder);
    expect(() => store.loadAction(1)).toThrow(damagedRecord);
    expect(() => store.addActionEvent(1, { kind: 'abandoned', reason: 'x' })).toThrow(damagedRecord);
    store.close();
  });

  test('of a ticket, its phones, its customer or its history is told where it is opened', () => {
    for (const [from, to, history] of [
      ['The photos stay', 'The photoz stay', false],
      ['broken glass', 'broken grass', false],
      ['0171 2345', '0171 2346', false],
      ['SamOpenedIt', 'TomOpenedIt', true],
    ] as const) {
      const folder = temporaryFolder();
      const store = openStore(folder);
      const { id } = store.createTicket({
        ...exampleTicket({ fault: 'The photos stay', technician: 'Nobody' }),
        customer: { name: 'Ada', contact: '0171 2345' },
        phones: [{ phone: null, imei: '', description: 'broken glass' }],
        who: 'SamOpenedIt',
      });
      store.close();
      changeBytes(join(folder, fileName), from, to);
      const again = openStore(folder);
      if (history) expect(() => again.ticketHistory(id)).toThrow(damagedRecord);
      else expect(() => again.loadTicket(id), from).toThrow(damagedRecord);
      again.close();
    }
  });

  test('to JSON that is none is told as a record that cannot be read', () => {
    const { folder, file } = closedStore();
    behindItsBack(
      file,
      `PRAGMA ignore_check_constraints = ON; DROP TRIGGER action_event_is_never_changed;
       UPDATE action_event SET detail_json = '{"a" 1}'`,
    );
    const db = new Database(file);
    db.exec('DROP TABLE row_seal');
    db.close();
    const store = openStore(folder);
    expect(() => store.listActions()).toThrow(damagedRecord);
    store.close();
  });

  test('that is gone is missed', () => {
    const { folder, file } = closedStore();
    behindItsBack(file, 'PRAGMA foreign_keys = OFF; DELETE FROM snapshot');
    expect(checkStore(file).rows).toEqual([{ table: 'snapshot', row: 1, kind: 'missing' }]);
    const store = openStore(folder);
    expect(() => store.loadSnapshot(1)).toThrow(damagedRecord);
    store.close();
  });
});

describe('the seals', () => {
  test('follow what is changed and removed', () => {
    const { folder, file } = closedStore();
    const store = openStore(folder);
    const { diagnosis } = exampleSnapshot();
    store.replaceDiagnosis(1, { ...diagnosis, verdict: 'Another.' });
    store.keepSlots([{ number: 1, name: 'left', port: null }]);
    store.keepSlots([{ number: 2, name: 'right', port: null }]);
    expect(store.loadSnapshot(1)?.verdict).toBe('Another.');
    expect(isSound(checkStore(file))).toBe(true);
    store.forgetPhone('PIXEL1');
    expect(isSound(checkStore(file))).toBe(true);
    store.close();
  });

  test('are made for a store from before there were any, and again by each migration', () => {
    const { folder, file } = closedStore();
    behindItsBack(file, 'DROP TABLE row_seal');
    expect(checkStore(file)).toEqual({ structure: [], rows: [] });
    openStore(folder).close();
    const released = loadMigrations();
    const next: Migration = {
      number: released.length + 1,
      name: 'next.sql',
      sql: "ALTER TABLE snapshot ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'; UPDATE snapshot SET label = 'later'",
    };
    openConnection(folder, { migrations: [...released, next] }).close();
    expect(isSound(checkStore(file))).toBe(true);
    changeBytes(file, 'saver stops', 'saver stopt');
    expect(checkStore(file).rows).toEqual([{ table: 'snapshot', row: 1, kind: 'changed' }]);
  });

  test('never make a migration take a damaged row for a good one', () => {
    const { folder, file } = closedStore();
    changeBytes(file, 'saver stops', 'saver stopt');
    const released = loadMigrations();
    const next: Migration = {
      number: released.length + 1,
      name: 'next.sql',
      sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT',
    };
    openConnection(folder, { migrations: [...released, next] }).close();
    expect(checkStore(file).rows).toEqual([{ table: 'snapshot', row: 1, kind: 'changed' }]);
  });

  test('hold in a copy as well', async () => {
    const { folder } = closedStore();
    const store = openStore(folder);
    const copy = await store.backUpNow();
    store.close();
    expect(isSound(checkStore(copy ?? ''))).toBe(true);
    const db = openConnection(folder);
    db.copyNow(join(folder, 'vacuumed.sqlite'));
    db.close();
    expect(isSound(checkStore(join(folder, 'vacuumed.sqlite')))).toBe(true);
  });
});

test('a header that tells another version than its migrations is told as damage', () => {
  const { folder, file } = closedStore();
  behindItsBack(file, 'PRAGMA user_version = 3');
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'damaged-database' }));
});

test('a definition of a table that says another thing is told as damage', () => {
  const { folder, file } = closedStore();
  changeBytes(file, 'battery_cycles REAL', 'battery_cyclet REAL');
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'damaged-database' }));
});
