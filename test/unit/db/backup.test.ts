import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { BackupProgress } from '../../../db/backup.ts';
import { fileName } from '../../../db/file-name.ts';
import { openStore } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, temporaryFolder, temporaryStore } from './examples.ts';

describe('a backup', () => {
  test('is one whole file for its owner alone, and opens as a store', async () => {
    const folder = temporaryFolder();
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot());
    store.planAction(examplePlan());
    await store.backUp(join(folder, 'copy.sqlite'));
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);
    expect(statSync(join(folder, 'copy.sqlite')).mode & 0o777).toBe(0o600);

    mkdirSync(join(folder, 'restored'));
    copyFileSync(join(folder, 'copy.sqlite'), join(folder, 'restored', fileName));
    const restored = openStore(join(folder, 'restored'));
    expect(restored.loadSnapshot(1)).toEqual(store.loadSnapshot(1));
    expect(restored.listActions()).toEqual(store.listActions());
    restored.close();
  });

  test('tells its progress, and goes on while more is saved', async () => {
    const folder = temporaryFolder();
    const store = temporaryStore();
    for (let saved = 0; saved < 300; saved += 1) store.saveSnapshot(exampleSnapshot({ label: 'x'.repeat(4000) }));
    const progress: BackupProgress[] = [];
    await store.backUp(join(folder, 'copy.sqlite'), (step) => {
      if (progress.push(step) === 1) store.saveSnapshot(exampleSnapshot({ label: 'meanwhile' }));
    });
    expect(progress.length).toBeGreaterThan(1);
    const done = progress.map(({ donePages }) => donePages);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(progress.every(({ donePages, totalPages }) => donePages < totalPages)).toBe(true);
    const copy = new Database(join(folder, 'copy.sqlite'), { readonly: true });
    expect(copy.prepare("SELECT count(*) AS n FROM snapshot WHERE label = 'meanwhile'").get()).toEqual({ n: 1 });
    copy.close();
  });

  test('overwrites nothing', async () => {
    const file = join(temporaryFolder(), 'letter.txt');
    writeFileSync(file, 'Dear Ada');
    const store = temporaryStore();
    await expect(store.backUp(file)).rejects.toMatchObject({ code: 'file-exists' });
    await expect(store.backUp(store.file)).rejects.toMatchObject({ code: 'file-exists' });
    expect(readFileSync(file, 'utf8')).toBe('Dear Ada');
  });

  test('to a folder that is not there says so', async () => {
    const folder = temporaryFolder();
    await expect(temporaryStore().backUp(join(folder, 'none', 'copy.sqlite'))).rejects.toMatchObject({
      code: 'folder-not-writable',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a store whose pages are damaged is not made, and says so', async () => {
    const folder = temporaryFolder();
    const store = openStore(join(folder, 'data'));
    for (let saved = 0; saved < 30; saved += 1) store.saveSnapshot(exampleSnapshot({ label: 'x'.repeat(4000) }));
    store.close();
    const bytes = readFileSync(store.file);
    bytes.fill(0xff, bytes.length - 3 * 4096);
    writeFileSync(store.file, bytes);

    const damaged = openStore(join(folder, 'data'));
    await expect(damaged.backUp(join(folder, 'copy.sqlite'))).rejects.toMatchObject({ code: 'damaged-database' });
    damaged.close();
    expect(readdirSync(folder)).toEqual(['data']);
  });
});
