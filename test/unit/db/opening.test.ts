import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import type { StoreErrorCode } from '../../../db/errors.ts';
import { listSnapshots, loadSnapshot, saveSnapshot } from '../../../db/records/snapshots.ts';
import { openStore } from '../../../db/store.ts';
import { StoreOnDemand } from '../../../electron/app/program/store-on-demand.ts';
import { exampleSnapshot, temporaryFolder } from './examples.ts';

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

/** Names and contents of a folder's files. */
const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesIn(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );

const failure = (code: StoreErrorCode, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

function makeStore(folder: string): void {
  const store = openStore(folder);
  store.saveSnapshot(exampleSnapshot());
  store.close();
}

describe('a store that cannot be opened', () => {
  test('because a newer program wrote it is left as it is, byte for byte', () => {
    const folder = temporaryFolder();
    makeStore(folder);
    const raw = new Database(join(folder, fileName));
    raw.exec('CREATE TABLE idea_of_tomorrow (x TEXT) STRICT; PRAGMA user_version = 99');
    raw.close();
    const before = contentsOf(folder);
    expect(() => openStore(folder)).toThrow(
      failure('newer-database', /format 99; this program knows up to \d+\). Update the program\./),
    );
    expect(contentsOf(folder)).toEqual(before);
  });

  test('because a newer program has it open is refused too, and that program goes on', () => {
    const folder = temporaryFolder();
    makeStore(folder);
    const newer = new Database(join(folder, fileName));
    newer.pragma('user_version = 99');
    const before = readFileSync(newer.name);
    expect(() => openStore(folder)).toThrow(failure('newer-database', /Update the program/));
    expect(readFileSync(newer.name).equals(before)).toBe(true);
    expect(newer.prepare('SELECT count(*) AS n FROM snapshot').get()).toEqual({ n: 1 });
    newer.close();
  });

  test('because it is the database of another program is left as it is', () => {
    const folder = temporaryFolder();
    const raw = new Database(join(folder, fileName));
    raw.exec('CREATE TABLE snapshot (x); INSERT INTO snapshot VALUES (1)');
    raw.close();
    const before = contentsOf(folder);
    expect(() => openStore(folder)).toThrow(failure('foreign-database', /of another program. Move it elsewhere/));
    expect(contentsOf(folder)).toEqual(before);
  });

  test.each([
    ['text', Buffer.from('my shopping list')],
    ['zeros', Buffer.alloc(8192)],
  ])('because it is no database at all (%s) is left as it is', (_what, content) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, fileName), content);
    const before = contentsOf(folder);
    expect(() => openStore(folder)).toThrow(
      failure('not-a-database', /is not a database. .* no backup of it.*keeps it aside and begins anew/),
    );
    expect(contentsOf(folder)).toEqual(before);
  });

  test('because it was cut off is left as it is', () => {
    const folder = temporaryFolder();
    makeStore(folder);
    writeFileSync(join(folder, fileName), readFileSync(join(folder, fileName)).subarray(0, 6000));
    const before = contentsOf(folder)[fileName];
    expect(() => openStore(folder)).toThrow(
      failure('damaged-database', /is damaged. .* no backup of it.*keeps it aside and begins anew/),
    );
    expect(contentsOf(folder)[fileName]).toEqual(before);
  });

  test('because its folder cannot be made says which, and what to do', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openStore(join(folder, 'file', 'data'))).toThrow(
      failure('folder-not-writable', /data.*cannot be written.*PHONE_HEALTH_HOME/),
    );
    expect(() => openStore(join(folder, 'file'))).toThrow(failure('folder-not-writable', /cannot be written/));
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('because a folder stands in its place says so', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, fileName));
    expect(() => openStore(folder)).toThrow(failure('not-a-database', /is not a database/));
  });

  test('because another program is writing says so, and opens once that is done', () => {
    const folder = temporaryFolder();
    makeStore(folder);
    const other = new Database(join(folder, fileName));
    other.exec('BEGIN EXCLUSIVE');
    expect(() => openStore(folder, { busyTimeoutMs: 1 })).toThrow(
      failure('database-locked', /Another program is busy/),
    );
    other.exec('COMMIT');
    other.close();
    const store = openStore(folder);
    expect(store.listSnapshots()).toHaveLength(1);
    store.close();
  });
});

describe('a store that another program holds', () => {
  test('is told at once to whoever asks again soon, and opens after that', async () => {
    const folder = temporaryFolder();
    makeStore(folder);
    const other = new Database(join(folder, fileName));
    other.exec('BEGIN EXCLUSIVE');
    let now = Date.parse('2026-11-27T10:00:00Z');
    const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
    const store = new StoreOnDemand({ folder, clock, log: () => undefined, busyTimeoutMs: 1 });
    expect(() => store.open()).toThrow(failure('database-locked', /is busy/));
    other.exec('COMMIT');
    other.close();
    now += 4_999;
    expect(() => store.open()).toThrow(failure('database-locked', /is busy/));
    now += 1;
    expect(store.open().listSnapshots()).toHaveLength(1);
    await store.close();
  });
});

const modesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((name) => [
      name.replace(/^leases\/.*/, 'a lease'),
      (statSync(join(folder, name)).mode & 0o777).toString(8),
    ]),
  );

describe.skipIf(process.platform === 'win32')('the files of a store', () => {
  test('are their owner’s alone, whoever made the folder and the files', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'leases'), { mode: 0o755 });
    makeStore(folder);
    chmodSync(folder, 0o777);
    chmodSync(join(folder, fileName), 0o644);
    const store = openStore(folder);
    const lease = store.takePhone('PIXEL1');
    store.saveSnapshot(exampleSnapshot());
    expect(modesIn(folder)).toEqual({
      '.': '700',
      [fileName]: '600',
      [`${fileName}-wal`]: '600',
      [`${fileName}-shm`]: '600',
      leases: '700',
      'a lease': '600',
    });
    lease?.giveBack();
    store.close();
  });

  test('stay closed to others in a folder that everybody shares, and the folder stays shared', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o1777);
    makeStore(folder);
    expect(modesIn(folder)).toEqual({ '.': '777', [fileName]: '600', leases: '700', 'a lease': '600' });
  });
});

describe('a store that is open', () => {
  test('says that another program is writing, keeps what it had, and can save afterwards', () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { busyTimeoutMs: 1 });
    const other = new Database(store.file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.saveSnapshot(exampleSnapshot())).toThrow(failure('database-locked', /Close it, or wait/));
    expect(store.listSnapshots()).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
    expect(store.saveSnapshot(exampleSnapshot())).toBe(1);
    store.close();
  });

  test('on a full disk says so, keeps what was saved, and goes on once there is room', () => {
    const connection = openConnection(temporaryFolder());
    const limitPages = (pages: number) => connection.rows(z.unknown(), `PRAGMA max_page_count = ${pages}`);
    expect(saveSnapshot(connection, exampleSnapshot())).toBe(1);
    // Fewer pages than the file has: SQLite then takes the present size as the limit.
    limitPages(1);
    const diskFull = failure('disk-full', /No room is left on the disk for .*Make room and try again/);
    expect(() => {
      for (let more = 0; more < 100; more += 1) saveSnapshot(connection, exampleSnapshot({ label: 'x'.repeat(5000) }));
    }).toThrow(diskFull);
    const saved = listSnapshots(connection);
    expect(loadSnapshot(connection, 1)?.label).toBe('before');
    limitPages(10_000);
    expect(saveSnapshot(connection, exampleSnapshot())).toBe(saved.length + 1);
    connection.close();
  });
});
