import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newUid } from '../../../../db/new-uid.ts';
import type { NewSnapshot } from '../../../../db/records/snapshots.ts';
import { pushRows } from '../../../../db/shop/push.ts';
import type { Server } from '../../../../db/shop/server.ts';
import { ShopServerError } from '../../../../db/shop/shop-error.ts';
import { exampleSnapshot, exampleTicket, temporaryStore, inChain } from '../examples.ts';

const isInsert = (sql: string): boolean => sql.startsWith('INSERT');

/** As PostgreSQL refuses a value that it cannot hold. */
class Unfit extends Error {
  readonly code = '22P05';
}

const count = (): Promise<void> => Promise.resolve();

const refusing: Server = {
  rows: (_row, sql) => (isInsert(sql) ? Promise.reject(new Unfit('a value does not fit')) : Promise.resolve([])),
  run: () => Promise.resolve(0),
  whole: (work) => work(),
  close: () => Promise.resolve(),
};

test('all rows stay that the server does not take, however many they are', async () => {
  const store = temporaryStore();
  const { shop } = store;
  shop.join(inChain);
  for (let number = 1; number <= 130; number += 1) store.createTicket(exampleTicket());
  const { waiting } = shop.counts();
  expect(waiting).toBeGreaterThan(250);
  const told: number[] = [];
  const sent = await pushRows({
    store: shop,
    server: refusing,
    shop: 1,
    prefix: '',
    count,
    onSent: (rows) => told.push(rows),
  });
  expect(sent).toBe(0);
  expect(told.every((rows) => rows === 0)).toBe(true);
  expect(shop.counts()).toMatchObject({ waiting: 0, refused: waiting });
});

/** Of the rows of an INSERT, each with its fourteen columns. */
const uidsOf = (values: readonly unknown[]): unknown[] => values.filter((_value, index) => index % 14 === 0);

/** A line that is too slow for more than so many bytes in one statement. */
const slowFrom = (bytes: number): Server & { statements: number[] } => {
  const statements: number[] = [];
  return {
    ...refusing,
    statements,
    rows: (row, sql, values = []) => {
      if (!isInsert(sql)) return Promise.resolve([]);
      const size = values.reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0);
      statements.push(size);
      const late = new ShopServerError('shop-offline', 'late', new Error('Query read timeout'));
      return size > bytes ? Promise.reject(late) : Promise.resolve(uidsOf(values).map((uid) => row.parse({ uid })));
    },
  };
};

/** A scan that holds so many bytes that cannot be packed. */
function scanOf(bytes: number): NewSnapshot {
  const { capture, ...rest } = exampleSnapshot();
  const [answer] = capture.answers;
  if (answer === undefined) throw new Error('The example has an answer.');
  return { ...rest, capture: { ...capture, answers: [{ ...answer, output: randomBytes(bytes) }] } };
}

test('a row that the line is too slow for is sent alone, set aside with its number after three times in vain, and holds up no other', async () => {
  const store = temporaryStore();
  const { shop } = store;
  shop.join(inChain);
  store.saveSnapshot(scanOf(10_000));
  const large = store.saveSnapshot(scanOf(600_000));
  store.saveSnapshot(scanOf(20_000));
  const server = slowFrom(500_000);
  const round = () => pushRows({ store: shop, server, shop: 1, prefix: '', count });
  for (let number = 0; number < 3; number += 1) await expect(round()).rejects.toMatchObject({ isTimeOut: true });
  // All together, then one by one, up to the one that is not taken.
  expect(server.statements.map((size) => Math.round(size / 10_000))).toEqual([63, 1, 60, 60]);
  expect(shop.counts()).toMatchObject({ waiting: 1, refused: 1 });
  expect(shop.refused(10)).toMatchObject([
    { kind: 'snapshot', trouble: `Row ${large} takes too long to send (0.6 MiB, 3 times in vain).` },
  ]);
  expect(await round()).toBe(1);
  expect(shop.counts()).toMatchObject({ waiting: 0, refused: 1 });
  // Offered once more, it has its three times again.
  shop.offerRefused();
  await expect(round()).rejects.toMatchObject({ isTimeOut: true });
  expect(shop.counts()).toMatchObject({ waiting: 1, refused: 0 });
});

test('small rows wait as long as nobody answers, however often that is', async () => {
  const store = temporaryStore();
  const { shop } = store;
  shop.join(inChain);
  store.saveSnapshot(scanOf(1000));
  const server = slowFrom(-1);
  for (let number = 0; number < 6; number += 1) {
    await expect(pushRows({ store: shop, server, shop: 1, prefix: '', count })).rejects.toMatchObject({
      isTimeOut: true,
    });
  }
  expect(shop.counts()).toMatchObject({ waiting: 1, refused: 0 });
});

test('a row with an id that no server keeps is set aside, and holds up neither the others nor what is erased', async () => {
  const ids = ['x', ''];
  const store = temporaryStore({ newUid: (at) => ids.shift() ?? newUid(at) });
  const { shop } = store;
  shop.join(inChain);
  for (let number = 1; number <= 20; number += 1) store.createTicket(exampleTicket());
  const { waiting } = shop.counts();
  const server: Server = {
    ...refusing,
    rows: (row, sql, values = []) => {
      if (values.some((value) => Array.isArray(value) && value.some((uid) => !z.guid().safeParse(uid).success))) {
        return Promise.reject(new Unfit('no uuid'));
      }
      return Promise.resolve(isInsert(sql) ? uidsOf(values).map((uid) => row.parse({ uid })) : []);
    },
  };
  const odd = waiting - (await pushRows({ store: shop, server, shop: 1, prefix: '', count }));
  expect(odd).toBe(shop.counts().refused);
  expect(odd).toBeGreaterThan(0);
  expect(shop.refused(1)[0]?.trouble).toBe('It has no id that the server can keep.');
});
