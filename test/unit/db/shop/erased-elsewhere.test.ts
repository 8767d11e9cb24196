import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listBackups } from '../../../../db/kept-backups.ts';
import { fromTheStart } from '../../../../db/records/shop-link.ts';
import { beginAnew, restoreStore } from '../../../../db/restore.ts';
import { pullErased } from '../../../../db/shop/pull.ts';
import type { Server } from '../../../../db/shop/server.ts';
import { openStore, type Store } from '../../../../db/store.ts';
import { exampleTicket, inChain, temporaryFolder } from '../examples.ts';

const later = '2027-01-01T10:00:00.000Z';

function open(folder: string): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

/** A server that tells of one erased row, and whose line breaks then. */
function breaking(uid: string): Server {
  let asked = 0;
  return {
    rows: (row) =>
      (asked += 1) > 1
        ? Promise.reject(new Error('the line is broken'))
        : Promise.resolve([row.parse({ uid, station: 1, epoch: 1, x: '7', seq: '1' })]),
    run: () => Promise.resolve(0),
    whole: (work) => work(),
    close: () => Promise.resolve(),
  };
}

const count = (): Promise<void> => Promise.resolve();

const backupsSaying = (folder: string, name: string): string[] =>
  listBackups(folder)
    .map(({ file }) => file)
    .filter((file) => readFileSync(file, 'latin1').includes(name));

test('what another station erased goes from the backups too where the line breaks in the middle', async () => {
  const folder = temporaryFolder();
  const store = open(folder);
  store.createTicket(exampleTicket({ customer: { name: 'Ada Quellenreuther', contact: '' } }));
  store.shop.join(inChain);
  await store.backUpNow();
  expect(backupsSaying(folder, 'Quellenreuther')).toHaveLength(1);
  const uid = store.findCustomers('Ada', 1)[0]?.uid ?? '';
  const pulling = pullErased({ store: store.shop, server: breaking(uid), shop: 1, epoch: 2, count }, fromTheStart);
  await expect(pulling).rejects.toThrow('the line is broken');
  expect(listBackups(folder)).toHaveLength(1);
  expect(backupsSaying(folder, 'Quellenreuther')).toEqual([]);
});

/** A customer who was erased, of which the server was not told; a backup from before they came lies elsewhere. */
async function untold(): Promise<{ folder: string; store: Store; usb: string; uid: string }> {
  const folder = temporaryFolder();
  const store = open(folder);
  store.shop.join(inChain);
  const usb = join(temporaryFolder(), 'usb.sqlite');
  await store.backUp(usb);
  store.createTicket(exampleTicket({ customer: { name: 'Ada', contact: '' } }));
  const uid = store.findCustomers('Ada', 1)[0]?.uid ?? '';
  store.eraseCustomer(1);
  return { folder, store, usb, uid };
}

test('what was erased and not told is told after a backup was restored', async () => {
  const { folder, store, usb, uid } = await untold();
  store.close();
  restoreStore(folder, usb, later);
  expect(open(folder).shop.erasures(100)).toContain(uid);
});

test('what was erased and not told is told after the chain was left and joined again', async () => {
  const { store, uid } = await untold();
  store.shop.leave();
  expect(store.shop.erasures(100)).toEqual([]);
  store.shop.join(inChain);
  expect(store.shop.erasures(100)).toContain(uid);
});

test('what was erased stays erased, and is told, where the store begins anew', async () => {
  const { folder, store, uid } = await untold();
  const erased = store.listErased();
  store.close();
  expect(beginAnew(folder, later)).not.toBeNull();
  const again = open(folder);
  expect(again.listTickets()).toEqual([]);
  expect(again.listErased()).toEqual(erased);
  again.shop.join(inChain);
  expect(again.shop.erasures(100)).toContain(uid);
});
