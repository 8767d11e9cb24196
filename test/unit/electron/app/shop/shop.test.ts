import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { computerClock } from '../../../../../electron/app/program/clock.ts';
import { Shop, type ShopOptions } from '../../../../../electron/app/shop/shop.ts';
import { inChain } from '../../../db/examples.ts';
import { test as plain } from '../application-test.ts';

/** A server that takes connections and says nothing. */
const test = plain.extend('silentPort', async ({ onTestFinished }) => {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});

const connection = (port: number): string => `postgresql://a:secret@127.0.0.1:${port}/chain`;
const never = new AbortController().signal;
const foreign = {
  uid: '019de2a4-3800-7000-8000-000000000001',
  kind: 'ticket',
  of: null,
  ticket: null,
  customer: null,
  phone: null,
  version: 1,
  at: '2026-01-01T00:00:00.000Z',
  body: '{}',
  words: ['ada'],
  dictionary: null,
  diagnosis: null,
  reading: null,
  capture: null,
  shop: 1,
  station: 2,
};

test('a chain is left in the middle of a round, which ends then, and nothing of others stays or comes after', async ({
  app,
  home,
  silentPort,
}) => {
  app.store.shop.join(inChain);
  app.store.shop.takeRows([foreign]);
  writeFileSync(join(home, 'shop-connection'), connection(silentPort), { mode: 0o600 });
  const round = app.shop.syncNow(never).catch((error: unknown) => error);
  await vi.waitFor(() => expect(app.shop.view().isAtWork).toBe(true));
  expect((await app.shop.leave()).state).toBe('off');
  expect(await round).toMatchObject({ code: 'shop-stopped' });
  expect(app.shop.view()).toMatchObject({ isAtWork: false, trouble: null, address: null });
  expect(app.store.shop.find(['ada'], 10)).toEqual([]);
  expect(() => app.store.shop.takeRows([foreign])).toThrow('This station belongs to no chain.');
});

test('a chain is not left while another program sends for it', async ({ app }) => {
  app.store.shop.join(inChain);
  const turn = app.store.shop.take();
  await expect(app.shop.leave()).rejects.toMatchObject({ code: 'shop-busy' });
  turn?.giveBack();
  expect((await app.shop.leave()).state).toBe('off');
});

test('a connection string that cannot be read is told in each round, and ends nothing', async ({ app, home }) => {
  app.store.shop.join(inChain);
  mkdirSync(join(home, 'shop-connection'));
  for (let round = 0; round < 2; round += 1) {
    await expect(app.shop.syncNow(never)).rejects.toMatchObject({ code: 'shop-failed' });
  }
  expect(app.shop.view()).toMatchObject({ state: 'trouble', isAtWork: false, address: null });
});

test('whoever looks on and fails ends no round', async ({ app, home, silentPort }) => {
  app.store.shop.join(inChain);
  writeFileSync(join(home, 'shop-connection'), connection(silentPort), { mode: 0o600 });
  const seen: boolean[] = [];
  app.shop.follow(({ isAtWork }) => {
    seen.push(isAtWork);
    if (seen.length === 2) throw new RangeError('not now');
  });
  const round = app.shop.syncNow(never).catch((error: unknown) => error);
  await vi.waitFor(() => expect(seen).toEqual([false, true]));
  expect(app.shop.view().isAtWork).toBe(true);
  expect((await app.shop.leave()).state).toBe('off');
  expect(await round).toMatchObject({ code: 'shop-stopped' });
});

test('a program that is killed while it connects or leaves has no password left behind', async ({ app, home }) => {
  const kept = join(home, 'shop-connection');
  expect(app.store.shop.link()).toBeNull();
  writeFileSync(kept, connection(1), { mode: 0o600 });
  app.shop.start();
  await vi.waitFor(() => expect(existsSync(kept)).toBe(false));
  await app.shop.stop();
  app.store.shop.join(inChain);
  writeFileSync(kept, connection(1), { mode: 0o600 });
  const leave = vi.spyOn(app.store.shop, 'leave').mockImplementation(() => {
    throw new RangeError('killed');
  });
  await expect(app.shop.leave()).rejects.toThrow('killed');
  expect(existsSync(kept)).toBe(false);
  leave.mockRestore();
});

test('whatever goes wrong in a round is shown as trouble, stands in the log, and ends nothing', async ({
  app,
  home,
}) => {
  app.store.shop.join(inChain);
  const lines: string[] = [];
  const options: ShopOptions = {
    folder: home,
    settings: app.settings,
    store: () => {
      throw new RangeError('beyond all expectation');
    },
    recall: (ask) => ask(app.store),
    clock: { ...computerClock, sleep: (_ms, signal) => computerClock.sleep(60_000, signal) },
    log: (line) => lines.push(line),
  };
  const shop = new Shop(options);
  shop.start();
  await vi.waitFor(() => expect(shop.view().state).toBe('trouble'));
  expect(shop.view().trouble).toBe('It failed on this computer: beyond all expectation');
  expect(lines[0]).toBe('shop: RangeError: beyond all expectation');
  await shop.stop();
});
