import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { listBackups } from '../../../db/kept-backups.ts';
import { StoreOnDemand } from '../../../electron/app/program/store-on-demand.ts';
import { computerClock } from '../../../electron/app/program/clock.ts';
import { exampleSnapshot, temporaryFolder } from './examples.ts';
import { day, keep } from './kept-folder.ts';

const changeOneLetter = (file: string): void =>
  writeFileSync(file, Buffer.from(readFileSync(file, 'latin1').replaceAll('saver stops', 'saver stopt'), 'latin1'));

/** A store as a window has it. */
function opened(folder: string, now = day(1)) {
  const told: string[] = [];
  const clock = { ...computerClock, now: () => now };
  const store = new StoreOnDemand({ folder, clock, log: (line) => told.push(line), check: true });
  return { store, told };
}

describe('a store that is opened', () => {
  test('is found sound beside the work, and backed up once a day', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const { store, told } = opened(folder);
    expect(store.open().listSnapshots()).toHaveLength(1);
    expect(store.health.now.state).toBe('unknown');
    await store.close();
    expect(store.health.now).toMatchObject({ state: 'sound', problem: null });
    expect(listBackups(folder)).toHaveLength(1);
    expect(told).toEqual([]);
  });

  test('with one letter changed is told as damaged by the record, and its backups stay as they are', async () => {
    const folder = temporaryFolder();
    keep(folder, 'before');
    const before = opened(folder, day(1)).store;
    before.open();
    await before.close();
    changeOneLetter(join(folder, fileName));
    const { store } = opened(folder, day(2));
    expect(store.open().listSnapshots()).toHaveLength(1);
    await store.close();
    expect(store.health.now).toMatchObject({
      state: 'damaged',
      problem: {
        code: 'damaged-rows',
        message: expect.stringMatching(
          /in a few places: snapshot 1\. .* puts the backup of 2026-11-01 in its place\.$/,
        ),
      },
    });
    expect(listBackups(folder).map(({ at }) => at.slice(0, 10))).toEqual(['2026-11-01']);
  });

  test('by a clock that has gone back says so', async () => {
    const folder = temporaryFolder();
    const later = opened(folder, day(20)).store;
    later.open().saveSnapshot(exampleSnapshot());
    await later.close();
    const { store } = opened(folder, day(3));
    store.open();
    expect(store.health.now.clockBehind).toBe(day(20).toISOString());
    await store.close();
  });
});
