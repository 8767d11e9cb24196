import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { backUpDaily } from '../../../db/backup.ts';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import { backupFile, backupsFolder, listBackups } from '../../../db/kept-backups.ts';
import { loadMigrations } from '../../../db/migrate.ts';
import { restoreStore } from '../../../db/restore.ts';
import { openStore } from '../../../db/store.ts';
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
      expect(await backUpOn(folder, day(number))).toBe(backupFile(folder, day(number).toISOString()));
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
    expect(years).toEqual(['2031', '2031', '2031', '2031', '2026', '2026', '2026']);
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
    expect(await backUpDaily(connection)).toBe(null);
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
        message: expect.stringContaining('"phone-health restore" keeps it aside and puts the backup of 2026-11-01'),
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

  test('passes over a backup that is damaged, and says so where it was named', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    keep(folder, 'since');
    const newest = await backUpOn(folder, day(2));
    damage(newest ?? '');
    expect(() => restoreStore(folder, newest, at)).toThrow(expect.objectContaining({ code: 'backup-damaged' }));
    expect(labelsIn(folder)).toEqual(['since', 'before']);
    expect(restoreStore(folder, null, at).from).toBe(backupFile(folder, day(1).toISOString()));
    expect(labelsIn(folder)).toEqual(['before']);
  });

  test.each<[what: string, make: (file: string) => void, code: string]>([
    ['there is none', () => undefined, 'no-backup'],
    ['it is no database', (file) => writeFileSync(file, 'Dear Ada'), 'not-a-database'],
    ['it is of another program', (file) => new Database(file).exec('CREATE TABLE x (y)').close(), 'foreign-database'],
  ])('changes nothing where %s', (_what, make, code) => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const file = join(folder, 'other.sqlite');
    make(file);
    expect(() => restoreStore(folder, file, at)).toThrow(expect.objectContaining({ code }));
    expect(labelsIn(folder)).toEqual(['before']);
    expect(readdirSync(folder).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  test('is refused while another program has the store open', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    await backUpOn(folder, day(1));
    const store = openStore(folder);
    expect(() => restoreStore(folder, null, at)).toThrow(expect.objectContaining({ code: 'database-locked' }));
    store.close();
    expect(restoreStore(folder, null, at).from).toBe(backupFile(folder, day(1).toISOString()));
  });
});
