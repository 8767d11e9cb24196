import { expect, test } from 'vitest';
import { pushRows } from '../../../../db/shop/push.ts';
import type { Server } from '../../../../db/shop/server.ts';
import { exampleTicket, temporaryStore } from '../examples.ts';

/** As PostgreSQL refuses a value that it cannot hold. */
class Unfit extends Error {
  readonly code = '22P05';
}

const refusing: Server = {
  rows: () => Promise.resolve([]),
  run: () => Promise.reject(new Unfit('a value does not fit')),
  whole: (work) => work(),
  close: () => Promise.resolve(),
};

test('all rows stay that the server does not take, however many they are', async () => {
  const store = temporaryStore();
  const { shop } = store;
  shop.join({ shop: 1, shopName: 'Mitte', station: 1, stationName: 'A', looks: false }, 'marker');
  for (let number = 1; number <= 130; number += 1) store.createTicket(exampleTicket());
  const { waiting } = shop.counts();
  expect(waiting).toBeGreaterThan(250);
  const told: number[] = [];
  const sent = await pushRows({
    store: shop,
    server: refusing,
    shop: 1,
    prefix: '',
    onSent: (rows) => told.push(rows),
  });
  expect(sent).toBe(0);
  expect(told.every((rows) => rows === 0)).toBe(true);
  expect(shop.counts()).toMatchObject({ waiting: 0, refused: waiting });
});
