import { join } from 'node:path';
import Database from 'better-sqlite3';
import { validate, version } from 'uuid';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fileName } from '../../../db/file-name.ts';
import { loadMigrations } from '../../../db/migrate.ts';
import { uidMaker } from '../../../db/new-uid.ts';
import { openStore } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, temporaryFolder, temporaryStore } from './examples.ts';

const at = '2026-05-01T10:00:00.000Z';
const later = '2026-05-01T10:00:00.001Z';
const isUuid7 = (uid: string): boolean => validate(uid) && version(uid) === 7;
/** The moment that a UUID of version 7 begins with (RFC 9562, 5.7). */
const momentOf = (uid: string): string =>
  new Date(Number.parseInt(uid.replaceAll('-', '').slice(0, 12), 16)).toISOString();

describe('the id that a row has on every computer', () => {
  test('is a UUID of version 7 of the row’s moment, and no two are the same', () => {
    const make = uidMaker();
    const uids = Array.from({ length: 2000 }, () => make(at));
    expect(uids.every(isUuid7)).toBe(true);
    expect(new Set(uids).size).toBe(2000);
    expect(uids.map(momentOf).every((moment) => moment === at)).toBe(true);
    expect(() => make('yesterday')).toThrow(RangeError);
  });

  test('sorts by time, and within a millisecond as it was made', () => {
    const make = uidMaker();
    const uids = [...Array.from({ length: 500 }, () => make(at)), make(later)];
    expect(uids.toSorted()).toEqual(uids);
    // Also where chance gives the highest it can.
    const highest = uidMaker((bytes) => bytes.fill(0xff));
    const three = [highest(at), highest(at), highest(at)];
    expect(three.toSorted()).toEqual(three);
    // What is entered later of an earlier time sorts into that time.
    expect(make('2020-01-01T00:00:00.000Z') < String(uids[0])).toBe(true);
  });

  test('is given to what is saved, and can be fixed', () => {
    const store = temporaryStore({ newUid: (when) => `of ${when}`, now: () => new Date(later) });
    store.saveSnapshot(exampleSnapshot());
    expect(store.listSnapshots().map(({ uid }) => uid)).toEqual([`of ${later}`]);
    expect(() => store.saveSnapshot(exampleSnapshot())).toThrow('UNIQUE constraint failed: snapshot.uid');
    const own = temporaryStore();
    expect(isUuid7(own.planAction(examplePlan()).uid)).toBe(true);
  });
});

const tables = ['snapshot', 'action', 'action_event', 'test_photo', 'safe_copy'] as const;
const moment = (minute: number): string => `2026-01-01T00:0${minute}:00.000Z`;
const rowSchema = z.array(z.object({ uid: z.string(), moment: z.string() }));

test('a store of version 9 gets ids for its rows, in the order of time, and stays append-only', () => {
  const folder = temporaryFolder();
  openStore(folder, { migrations: loadMigrations().slice(0, 9) }).close();
  const old = new Database(join(folder, fileName));
  old.exec(
    `INSERT INTO phone (id, platform, state, seen_at, serial) VALUES ('P', 'android', 'ready', '${moment(0)}', 'P')`,
  );
  for (const minute of [1, 2, 3]) {
    const now = moment(minute);
    old.exec(`
      INSERT INTO snapshot (phone, taken_at, saved_at, catalog, verdict, problems, phone_json, findings_json, steps_json,
                            incomplete_json, reading_json, capture_zstd)
      VALUES ('P', '${now}', '${now}', 'c', 'v', 0, '{}', '[]', '[]', '[]', '{}', x'00');
      INSERT INTO action (phone, cause, correction, commands_json, inverse_json, before_json, who, planned_at)
      VALUES ('P', 'c', 'k', '[]', '["back"]', '{}', 'Sam', '${now}');
      INSERT INTO action_event (action, kind, at, detail_json) VALUES (${minute}, 'started', '${now}', '{}');
      INSERT INTO test_photo (phone, app, started_at, photo_seen_at, ended_at, outcome, verdict_json, observations_json)
      VALUES ('P', 'a', '${now}', '${now}', '${now}', 'unknown', '{}', '[]');
      INSERT INTO safe_copy (phone, folder, started_at, ended_at, whole, files, bytes)
      VALUES ('P', '/f', '${now}', '${now}', 1, 1, 1)`);
  }
  const before = tables.map((table) => old.prepare(`SELECT * FROM ${table}`).all());
  old.close();
  openStore(folder, { migrations: loadMigrations().slice(0, 10) }).close();

  const db = new Database(join(folder, fileName));
  const columns = {
    snapshot: 'saved_at',
    action: 'planned_at',
    action_event: 'at',
    test_photo: 'ended_at',
    safe_copy: 'ended_at',
  };
  const all = tables.map((table) =>
    rowSchema.parse(db.prepare(`SELECT uid, ${columns[table]} AS moment FROM ${table} ORDER BY id`).all()),
  );
  for (const rows of all) {
    expect(rows.map(({ uid }) => momentOf(uid))).toEqual([1, 2, 3].map(moment));
    expect(rows.every(({ uid }) => isUuid7(uid))).toBe(true);
  }
  expect(new Set(all.flat().map(({ uid }) => uid)).size).toBe(15);
  for (const [index, table] of tables.entries()) {
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toMatchObject(before[index] ?? []);
    if (table === 'snapshot') continue;
    expect(() => db.exec(`UPDATE ${table} SET uid = 'x'`)).toThrow('append-only');
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('append-only');
    // A row that has the same uid would be replaced without a word.
    expect(() => db.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`)).toThrow('append-only');
  }
  db.close();
});
