import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { keptSince, storeContents } from '../../../db/backup-contents.ts';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import { backupsFolder, listBackups } from '../../../db/kept-backups.ts';
import { loadMigrations } from '../../../db/migrate.ts';
import { beginAnew, restoreStore } from '../../../db/restore.ts';
import { openStore } from '../../../db/store.ts';
import { tendStore } from '../../../db/tend-store.ts';
import { temporaryFolder } from './examples.ts';
import { at, backUpOn, day, keep, labelsIn } from './kept-folder.ts';

/** The first pages stay, so that it is a store; the rest is noise. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xa5)]));
}

describe('a backup', () => {
  test('is made once a day, for its owner alone, and seven are kept', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    for (let number = 1; number <= 9; number += 1) {
      expect(await backUpOn(folder, day(number))).toMatch(new RegExp(`2026-11-0${number}T093000Z-${number}\\.sqlite$`));
      expect(await backUpOn(folder, new Date(day(number).getTime() + 60_000))).toBe(null);
    }
    const days = listBackups(folder).map((backup) => backup.at.slice(8, 10));
    expect(days).toEqual(['09', '08', '07', '06', '05', '04', '03']);
    expect(readdirSync(backupsFolder(folder))).toHaveLength(7);
    expect(statSync(listBackups(folder)[0]?.file ?? '').mode & 0o777).toBe(0o600);
  });

  test('is kept when it is made, also where the clock was years ahead before', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    for (let number = 1; number <= 8; number += 1) await backUpOn(folder, new Date(Date.UTC(2031, 0, number, 9)));
    for (let number = 1; number <= 3; number += 1) {
      const made = await backUpOn(folder, day(number));
      expect(existsSync(made ?? '')).toBe(true);
    }
    const years = listBackups(folder).map((backup) => backup.at.slice(0, 4));
    expect(years).toEqual(['2026', '2026', '2026', '2031', '2031', '2031', '2031']);
    // The one that was made last is the one that is offered, whatever its clock said.
    expect(restoreStore(folder, null, at).from).toContain('2026-11-03');
  });

  test('is not made of a store that has just begun', async () => {
    const folder = temporaryFolder();
    expect(await backUpOn(folder, day(1))).toBe(null);
    expect(listBackups(folder)).toEqual([]);
  });

  test('is left out with a word where room is short, before anything is written', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const told: string[] = [];
    const connection = openConnection(folder, { onNoBackup: (why) => told.push(why), freeBytes: () => 1_048_576 });
    expect(await tendStore(connection, { check: false })).toBe(null);
    connection.close();
    expect(told).toEqual([expect.stringMatching(/^no backup was made: it needs \d+ MiB, and 1 MiB are free$/)]);
    expect(existsSync(backupsFolder(folder))).toBe(false);
  });

  test('is made before a migration, with what was there', () => {
    const folder = temporaryFolder();
    const migrations = loadMigrations();
    const former = migrations.slice(0, -1);
    openConnection(folder, { migrations: former }).close();
    openStore(folder).close();
    const [made] = listBackups(folder);
    expect(made?.file).toMatch(new RegExp(`-before-${String(migrations.length).padStart(4, '0')}\\.sqlite$`));
    const copy = new Database(made?.file ?? '', { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(former.length);
    copy.close();
  });

  test('holds no phone that was forgotten', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    mkdirSync(join(folder, 'set-aside'));
    writeFileSync(join(folder, 'set-aside', 'phone-health-x.sqlite'), '');
    const store = openStore(folder, { now: () => day(2) });
    store.forgetPhone('PIXEL1');
    store.close();
    expect(listBackups(folder).map((backup) => backup.at)).toEqual(['2026-11-02T09:30:00.000Z']);
    const copy = new Database(listBackups(folder)[0]?.file ?? '', { readonly: true });
    expect(copy.prepare('SELECT count(*) AS n FROM snapshot').get()).toEqual({ n: 0 });
    copy.close();
    expect(existsSync(join(folder, 'set-aside'))).toBe(false);
  });
});

describe('beginning anew', () => {
  test('keeps a damaged store aside, byte for byte, and an empty one is there', () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    damage(join(folder, fileName));
    const damaged = readFileSync(join(folder, fileName));
    const aside = beginAnew(folder, at) ?? '';
    expect(readFileSync(aside).equals(damaged)).toBe(true);
    expect(labelsIn(folder)).toEqual([]);
    expect(beginAnew(temporaryFolder(), at)).toBe(null);
  });
});

describe('what a backup holds', () => {
  test('is told without opening it as a store, and what was kept since', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const made = (await backUpOn(folder, day(1))) ?? '';
    keep(folder, 'since');
    keep(folder, 'since then');
    expect(storeContents(made)).toEqual({ snapshots: 1, newest: '2026-05-01T10:00:00.000Z', actions: 0, tickets: 0 });
    expect(keptSince(join(folder, fileName), made)).toEqual({ snapshots: 2, actions: 0, tickets: 0 });
    damage(join(folder, fileName));
    expect(keptSince(join(folder, fileName), made)).toBe(null);
    writeFileSync(made, 'Dear Ada');
    expect(storeContents(made)).toBe(null);
  });
});

describe('restoring', () => {
  test('puts the newest backup in the place of a damaged store, which is kept aside', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    damage(join(folder, fileName));
    const damaged = readFileSync(join(folder, fileName));
    expect(() => openStore(folder).listSnapshots()).toThrow(
      expect.objectContaining({
        code: 'damaged-database',
        message: expect.stringContaining('"phone-health restore", keeps it aside and puts the backup of 2026-11-01'),
      }),
    );
    const { setAside } = restoreStore(folder, null, at);
    expect(labelsIn(folder)).toEqual(['before']);
    expect(readFileSync(setAside ?? '').equals(damaged)).toBe(true);
  });

  test('keeps what was saved since, aside, also what only the write-ahead file held', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    keep(folder, 'since');
    const { setAside } = restoreStore(folder, null, at);
    expect(labelsIn(folder)).toEqual(['before']);
    mkdirSync(join(folder, 'looked-at'));
    restoreStore(join(folder, 'looked-at'), setAside, at);
    expect(labelsIn(join(folder, 'looked-at'))).toEqual(['since', 'before']);
  });

  test.each<[what: string, make: (file: string) => void]>([
    ['an empty file', (file) => writeFileSync(file, '')],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('takes %s in the place of the store for damage, and keeps it aside', async (_what, make) => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const made = await backUpOn(folder, day(1));
    make(join(folder, fileName));
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'not-a-database' }));
    const { from, setAside } = restoreStore(folder, null, at);
    expect(from).toBe(made);
    expect(existsSync(setAside ?? '')).toBe(true);
    expect(labelsIn(folder)).toEqual(['before']);
  });

  test('passes over a backup with one changed value in it', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const former = await backUpOn(folder, day(1));
    const newest = (await backUpOn(folder, day(2))) ?? '';
    writeFileSync(
      newest,
      Buffer.from(readFileSync(newest, 'latin1').replaceAll('saver stops', 'saver stopt'), 'latin1'),
    );
    expect(restoreStore(folder, null, at).from).toBe(former);
  });

  test('never replaces what was set aside in the same moment', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    keep(folder, 'since');
    const first = restoreStore(folder, null, at).setAside ?? '';
    const second = restoreStore(folder, null, at).setAside ?? '';
    expect(second).not.toBe(first);
    mkdirSync(join(folder, 'looked-at'));
    restoreStore(join(folder, 'looked-at'), first, at);
    expect(labelsIn(join(folder, 'looked-at'))).toEqual(['since', 'before']);
  });

  test('passes over a backup that is damaged, and says so where it was named', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const former = await backUpOn(folder, day(1));
    keep(folder, 'since');
    const newest = await backUpOn(folder, day(2));
    damage(newest ?? '');
    expect(() => restoreStore(folder, newest, at)).toThrow(expect.objectContaining({ code: 'backup-damaged' }));
    expect(labelsIn(folder)).toEqual(['since', 'before']);
    expect(restoreStore(folder, null, at).from).toBe(former);
    expect(labelsIn(folder)).toEqual(['before']);
  });

  test.each<[what: string, make: (file: string) => void, said: string]>([
    ['there is none', () => undefined, 'There is no file FILE. Nothing was changed.'],
    ['it is no database', (file) => writeFileSync(file, 'Dear Ada'), 'FILE is no backup. Nothing was changed.'],
    ['it is empty', (file) => writeFileSync(file, ''), 'FILE is no backup. Nothing was changed.'],
    ['it is a folder', (file) => mkdirSync(file), 'FILE is no backup. Nothing was changed.'],
    [
      'it is of another program',
      (file) => new Database(file).exec('CREATE TABLE x (y)').close(),
      'FILE is no backup. Nothing was changed.',
    ],
    [
      'it is of a newer version',
      (file) => {
        openConnection(`${file}.folder`).close();
        copyFileSync(join(`${file}.folder`, fileName), file);
        const db = new Database(file);
        db.pragma('user_version = 9999');
        db.close();
      },
      `FILE was written by a newer version of this program (format 9999; this program knows up to ${loadMigrations().length}). Update the program. The file was not changed.`,
    ],
  ])('changes nothing where %s, and says so of the file that was named', (_what, make, said) => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const file = join(folder, 'other.sqlite');
    make(file);
    const message = said.replace('FILE', file);
    expect(() => restoreStore(folder, file, at)).toThrow(expect.objectContaining({ message }));
    expect(labelsIn(folder)).toEqual(['before']);
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  test('is refused while another program has the store open', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const made = await backUpOn(folder, day(1));
    const store = openStore(folder);
    expect(() => restoreStore(folder, null, at)).toThrow(expect.objectContaining({ code: 'database-locked' }));
    store.close();
    expect(restoreStore(folder, null, at).from).toBe(made);
  });
});
