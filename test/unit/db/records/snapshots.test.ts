import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openConnection } from '../../../../db/connection.ts';
import { snapshotQuery } from '../../../../db/records/snapshots.ts';
import { openStore, type SlowQuery } from '../../../../db/store.ts';
import {
  countedUids,
  exampleReading,
  exampleSnapshot,
  exampleTicket,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../examples.ts';

describe('a snapshot', () => {
  test('comes back from a reopened store exactly as it was saved, bytes and all', () => {
    const folder = temporaryFolder();
    const saved = exampleSnapshot();
    const first = openStore(folder, { now: () => new Date('2026-05-01T10:00:05Z'), newUid: countedUids() });
    expect(first.saveSnapshot(saved)).toBe(1);
    first.close();

    const second = openStore(folder);
    const loaded = second.loadSnapshot(1);
    second.close();
    expect(loaded).toEqual({
      ...saved,
      id: 1,
      uid: 'uid-1',
      note: '',
      technician: '',
      version: 1,
      takenAt: '2026-05-01T10:00:00.000Z',
      savedAt: '2026-05-01T10:00:05.000Z',
      verdict: 'Battery saver stops the backup.',
      problems: 1,
      catalog: '2026.05',
    });
    expect([...(loaded?.capture.answers[0]?.output ?? [])]).toEqual([0x6c, 0x65, 0x76, 0xff, 0x00, 0x0a]);
  });

  test('gets the next number, and a number that was never given is null', () => {
    const store = temporaryStore();
    expect([1, 2, 3].map(() => store.saveSnapshot(exampleSnapshot()))).toEqual([1, 2, 3]);
    expect(store.loadSnapshot(4)).toBeNull();
  });

  test('keeps hostile names verbatim, and no table is lost', () => {
    const store = temporaryStore();
    const names = [
      "'; DROP TABLE snapshot; --",
      'two\nlines\r\n\ttab',
      '\u202Eenohp\u202C',
      'nul\0inside',
      '$id {{x}} %s',
      '😀',
    ];
    for (const name of names) {
      store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: name, name, model: name }, label: name }));
    }
    const phones = store.listPhones();
    expect(phones.map(({ id }) => id).sort()).toEqual([...names].sort());
    for (const [index, name] of names.entries()) {
      expect(store.loadSnapshot(index + 1)).toMatchObject({ phone: { id: name, name, model: name }, label: name });
      expect(store.listSnapshots({ phone: name })).toHaveLength(1);
      expect(phones.find(({ id }) => id === name)).toMatchObject({ name, model: name });
    }
  });

  test('that could not be loaded again is not saved', () => {
    const store = temporaryStore();
    const reading = exampleReading({ battery: { level: { value: 'full' as never, source: 'battery' } } });
    expect(() => store.saveSnapshot(exampleSnapshot({ reading }))).toThrow(/battery/);
    expect(store.listSnapshots()).toEqual([]);
    expect(store.listPhones()).toEqual([]);
  });

  test('for a ticket that does not exist is refused, and leaves nothing behind', () => {
    const store = temporaryStore();
    expect(() => store.saveSnapshot(exampleSnapshot({ ticket: 7 }))).toThrow(
      expect.objectContaining({ code: 'not-found', message: 'There is no ticket 7.' }),
    );
    expect(store.listPhones()).toEqual([]);
  });

  test('that was damaged on the disk says so, and the others can still be read', () => {
    const store = temporaryStore();
    for (let saved = 0; saved < 3; saved += 1) store.saveSnapshot(exampleSnapshot());
    const raw = new Database(store.file);
    raw.prepare("UPDATE snapshot_content SET capture_zstd = x'00ff' WHERE snapshot = 1").run();
    raw.prepare('UPDATE snapshot_content SET dictionary = 9 WHERE snapshot = 2').run();
    raw.close();
    for (const id of [1, 2]) {
      expect(() => store.loadSnapshot(id)).toThrow(expect.objectContaining({ code: 'damaged-record' }));
    }
    expect(store.loadSnapshot(3)?.id).toBe(3);
    expect(store.listSnapshots()).toHaveLength(3);
  });
});

describe('the list of snapshots', () => {
  const other = { ...pixel, id: 'PIXEL2', name: 'Ben' };

  test('shows the latest reading first, whatever was saved last', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2026-05-03T00:00:00Z' }) }));
    store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2026-05-01T00:00:00.500Z' }) }));
    store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2026-05-03T00:00:00.000Z' }) }));
    expect(store.listSnapshots().map(({ id }) => id)).toEqual([3, 1, 2]);
  });

  test('can be asked for one phone, one ticket, one page', () => {
    const store = temporaryStore();
    const ticket = store.createTicket(exampleTicket()).id;
    store.saveSnapshot(exampleSnapshot());
    store.saveSnapshot(exampleSnapshot({ phone: other, ticket }));
    store.saveSnapshot(exampleSnapshot({ phone: other }));
    const ids = (filter: Parameters<typeof store.listSnapshots>[0]) => store.listSnapshots(filter).map(({ id }) => id);
    expect(ids({ phone: 'PIXEL2' })).toEqual([3, 2]);
    expect(ids({ ticket })).toEqual([2]);
    expect(ids({ phone: 'PIXEL1', ticket })).toEqual([]);
    expect(ids({ limit: 1, offset: 1 })).toEqual([2]);
  });

  test('shows what a person needs to choose one', () => {
    const store = temporaryStore({ now: () => new Date('2026-05-02T00:00:00Z'), newUid: countedUids() });
    store.saveSnapshot(exampleSnapshot());
    expect(store.listSnapshots()).toEqual([
      {
        id: 1,
        uid: 'uid-1',
        phone: pixel,
        label: 'before',
        note: '',
        ticket: null,
        technician: '',
        version: 1,
        takenAt: '2026-05-01T10:00:00.000Z',
        savedAt: '2026-05-02T00:00:00.000Z',
        verdict: 'Battery saver stops the backup.',
        problems: 1,
        catalog: '2026.05',
      },
    ]);
  });

  test('of 10,000 is read from an index, without sorting', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot());
    const raw = new Database(store.file);
    const columns = `phone, technician, label, note, version, taken_at, saved_at, catalog, verdict, problems, phone_json,
                     causes_json`;
    raw.exec(
      `INSERT INTO snapshot (uid, moment, ${columns})
       SELECT hex(randomblob(16)), moment + 1 + key, ${columns} FROM snapshot, json_each('[${'0,'.repeat(9998)}0]');
       ANALYZE`,
    );
    const plan = (filter: Parameters<typeof snapshotQuery>[0]) => {
      const { sql, parameters } = snapshotQuery(filter);
      const steps = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as { detail: string }[];
      return steps.map(({ detail }) => detail);
    };
    expect(plan({})).toEqual(['SCAN snapshot USING INDEX sqlite_autoindex_snapshot_2']);
    expect(plan({ phone: 'PIXEL1' })).toEqual(['SEARCH snapshot USING INDEX snapshot_by_phone (phone=?)']);
    expect(plan({ ticket: 1 })).toEqual(['SEARCH snapshot USING INDEX snapshot_by_ticket (ticket=?)']);
    raw.close();
    expect(store.listSnapshots()).toHaveLength(10_000);
    expect(store.listSnapshots({ limit: 1 })[0]?.id).toBe(10_000);
  });
});

describe('the phones', () => {
  test('keep their newest names: an old bug report and an unread phone change nothing', () => {
    const store = temporaryStore();
    const save = (name: string | null, takenAt: string) =>
      store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, name }, reading: exampleReading({ takenAt }) }));
    save('Anna', '2026-05-02T00:00:00Z');
    save('Anna, years ago', '2020-01-01T00:00:00Z');
    expect(store.listPhones()).toEqual([
      { ...pixel, serial: 'PIXEL1', name: 'Anna', seenAt: '2026-05-02T00:00:00.000Z' },
    ]);
    save('Anna (new)', '2026-05-03T00:00:00Z');
    save(null, '2026-05-04T00:00:00Z');
    expect(store.listPhones()).toEqual([
      { ...pixel, serial: 'PIXEL1', name: 'Anna (new)', seenAt: '2026-05-04T00:00:00.000Z' },
    ]);
    expect(store.loadSnapshot(2)?.phone.name).toBe('Anna, years ago');
  });
});

describe('the store', () => {
  test.skipIf(process.platform === 'win32')('makes its folder for its owner alone', () => {
    const store = temporaryStore();
    expect(statSync(dirname(store.file)).mode & 0o777).toBe(0o700);
  });

  test('logs a query of more than 40 ms, with placeholders instead of data', () => {
    let clock = 0;
    let step = 40;
    const slow: SlowQuery[] = [];
    const stopwatch = () => (clock += step);
    const store = openStore(join(temporaryFolder(), 'data'), { stopwatch, log: (query) => slow.push(query) });
    store.listSnapshots({ phone: 'SECRET' });
    expect(slow).toEqual([]);
    step = 41;
    store.listSnapshots({ phone: 'SECRET' });
    expect(slow).toEqual([{ sql: expect.stringContaining('WHERE phone = $phone'), durationMs: 41 }]);
    store.close();
  });

  test('writes ahead, waits for the disk, checks references and keeps all its tables strict', () => {
    const connection = openConnection(temporaryFolder());
    const pragma = (name: string) => connection.row(z.record(z.string(), z.unknown()), `PRAGMA ${name}`);
    expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(pragma('synchronous')).toEqual({ synchronous: 2 });
    expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
    const loose =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'";
    expect(connection.rows(z.unknown(), loose)).toEqual([]);
    connection.close();
  });
});
