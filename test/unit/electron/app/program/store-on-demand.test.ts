import { once } from 'node:events';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../db/store.ts';
import { takeStore } from '../../../../../db/store-lease.ts';
import { StoreOnDemand } from '../../../../../electron/app/program/store-on-demand.ts';
import { PassingClock } from '../../../../passing-clock.ts';
import { exampleSnapshot, temporaryFolder } from '../../../db/examples.ts';

const aDay = 24 * 60;

/** A store in which something is kept. */
async function withOneSnapshot(): Promise<{ folder: string; clock: PassingClock }> {
  const folder = temporaryFolder();
  const clock = new PassingClock();
  const first = new StoreOnDemand({ folder, clock, log: () => undefined });
  first.open().saveSnapshot(exampleSnapshot());
  await first.close();
  return { folder, clock };
}

/** A program that stays open with such a store. */
async function openForDays(isBusy: () => boolean = () => false) {
  const { folder, clock } = await withOneSnapshot();
  const days: string[] = [];
  const kept = new StoreOnDemand({
    folder,
    clock,
    log: () => undefined,
    check: true,
    isBusy,
    onNewDay: () => {
      days.push(clock.now().toISOString().slice(0, 10));
      return Promise.resolve();
    },
  });
  const backups = (): string[] => readdirSync(join(folder, 'backups')).map((name) => name.slice(13, 23));
  /** Until it waits for the next look. */
  const looked = () => expect.poll(() => clock.sleepers).toBe(1);
  kept.open();
  await looked();
  return { clock, kept, backups, looked, days };
}

test('a program that runs for days makes the backup of each, and clears out each day', async () => {
  const { clock, kept, backups, looked, days } = await openForDays();
  for (let look = 0; look < 3; look += 1) {
    await clock.pass(aDay);
    await looked();
  }
  await clock.pass(15);
  await looked();
  expect(backups().toSorted()).toEqual(['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04']);
  expect(days).toEqual(['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04']);
  await kept.close();
  expect(clock.sleepers).toBe(0);
});

test('while something is being done with a phone the backup waits for a quarter of an hour', async () => {
  let isBusy = true;
  const { clock, kept, backups, looked } = await openForDays(() => isBusy);
  await clock.pass(aDay);
  await looked();
  expect(backups()).toEqual(['2026-05-01']);
  isBusy = false;
  await clock.pass(15);
  await looked();
  expect(backups().toSorted()).toEqual(['2026-05-01', '2026-05-02']);
  await kept.close();
});

test('closing tells what is cleared out to stop, and waits until it has', async () => {
  const begun = Promise.withResolvers<void>();
  let stopped = false;
  const { folder, clock } = await withOneSnapshot();
  const kept = new StoreOnDemand({
    folder,
    clock,
    log: () => undefined,
    onNewDay: async (signal) => {
      begun.resolve();
      await once(signal, 'abort');
      stopped = true;
    },
  });
  kept.open();
  await begun.promise;
  await kept.close();
  expect(stopped).toBe(true);
});

describe('a program that stays open', () => {
  test('sees what another one has kept, and nothing where only it has', async () => {
    const { folder, clock } = await withOneSnapshot();
    const kept = new StoreOnDemand({ folder, clock, log: () => undefined });
    onTestFinished(() => kept.close());
    expect(kept.look()).toBe(false);
    kept.open().saveSnapshot(exampleSnapshot());
    expect(kept.look()).toBe(false);
    const other = openStore(folder);
    other.saveSnapshot(exampleSnapshot());
    other.close();
    expect([kept.look(), kept.look()]).toEqual([true, false]);
  });

  test('tells that the folder is gone, and takes that back by itself when it is there again', async () => {
    const { folder, clock } = await withOneSnapshot();
    const kept = new StoreOnDemand({ folder, clock, log: () => undefined });
    onTestFinished(() => kept.close());
    kept.open();
    renameSync(folder, `${folder}-elsewhere`);
    expect([kept.look(), kept.look()]).toEqual([true, false]);
    expect(kept.health.now).toMatchObject({ state: 'unusable', problem: { code: 'store-moved' } });
    renameSync(`${folder}-elsewhere`, folder);
    expect(kept.look()).toBe(true);
    expect(kept.health.now).toEqual({ state: 'unknown', problem: null, clockBehind: null });
  });

  test('tries a store again that another one was busy with', async () => {
    const { folder, clock } = await withOneSnapshot();
    const kept = new StoreOnDemand({ folder, clock, log: () => undefined });
    onTestFinished(() => kept.close());
    const busy = takeStore(folder);
    expect(() => kept.open()).toThrow('Another program is busy');
    expect(kept.look()).toBe(false);
    busy.giveBack();
    await clock.pass(1);
    expect(kept.look()).toBe(true);
    expect(kept.open().listSnapshots()).toHaveLength(1);
  });

  test('tells of a clock that is set back meanwhile, until it is right again', async () => {
    const { folder, clock } = await withOneSnapshot();
    let back = 0;
    const now = () => new Date(clock.now().getTime() - back);
    const kept = new StoreOnDemand({ folder, clock: { now, sleep: clock.sleep }, log: () => undefined });
    onTestFinished(() => kept.close());
    kept.open();
    const lastKept = kept.open().lastKept();
    for (const [hours, told] of [
      [0, null],
      [48, lastKept],
      [0, null],
    ] as const) {
      back = hours * 3_600_000;
      kept.look();
      expect(kept.health.now.clockBehind).toBe(told);
    }
  });
});
