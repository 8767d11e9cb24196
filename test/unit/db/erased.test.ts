import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { beginAnew, restoreStore } from '../../../db/restore.ts';
import { openStore, type Store } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, exampleTicket, handedIn, inChain, pixel, temporaryFolder } from './examples.ts';

const adas = { ...pixel, id: 'ADA-SERIAL-0815', name: 'Adas phone' };
const bens = { ...pixel, id: 'BEN-SERIAL-4711', name: 'Bens phone' };
const later = '2027-01-01T10:00:00.000Z';

interface Shop {
  folder: string;
  store: Store;
  /** A backup that lies elsewhere. */
  usb: string;
}

/** Two customers with a phone and a scan each, of which the first is erased after a backup was made elsewhere. */
async function shop(): Promise<Shop> {
  const folder = temporaryFolder();
  const store = openStore(folder);
  onTestFinished(() => store.close());
  for (const [name, phone] of [
    ['Ada Quellenreuther', adas],
    ['Ben', bens],
  ] as const) {
    const { id } = store.createTicket(exampleTicket({ customer: { name, contact: '' }, phones: [handedIn(phone)] }));
    store.saveSnapshot(exampleSnapshot({ phone, ticket: id }));
  }
  const usb = join(temporaryFolder(), 'usb.sqlite');
  await store.backUp(usb);
  store.rememberCopy({ file: usb, kind: 'backup', uids: null });
  return { folder, store, usb };
}

const holdsAda = (file: string): boolean => /Quellenreuther|ADA-SERIAL/.test(readFileSync(file, 'latin1'));

test('who is erased is remembered by uid alone, with the files elsewhere that may still hold them', async () => {
  const { folder, store, usb } = await shop();
  const uids = [store.findCustomers('Ada', 1)[0]?.uid, store.loadTicket(1)?.uid, store.snapshotSummary(1)?.uid];
  const bensTicket = store.collectCase({ tickets: [2], snapshots: [] });
  store.rememberCopy({ file: 'ada.phonecase', kind: 'case', uids: [uids[1] ?? ''] });
  store.rememberCopy({ file: 'ben.phonecase', kind: 'case', uids: bensTicket.units.map(({ uid }) => uid) });
  expect(
    store
      .customerTraces(1)
      .elsewhere.map(({ file }) => file)
      .toSorted(),
  ).toEqual([usb, 'ada.phonecase'].toSorted());
  expect(store.eraseCustomer(1).elsewhere).toHaveLength(2);
  expect(new Map(store.listErased().map(({ uid, kind }) => [kind, uid]))).toEqual(
    new Map([
      ['customer', uids[0]],
      ['ticket', uids[1]],
      ['ticket_phone', expect.any(String)],
      ['snapshot', uids[2]],
      // By a hash with a salt of this store.
      ['phone', expect.stringMatching(/^[0-9a-f]{32}\.[0-9a-f]{64}\.[0-9a-f-]{36}$/)],
    ]),
  );
  expect(store.listErased()).toHaveLength(5);
  store.close();
  expect(holdsAda(join(folder, fileName))).toBe(false);
  expect(readFileSync(join(folder, fileName), 'latin1')).not.toContain('ada.phonecase');
});

test('a backup from elsewhere brings back all but who was erased since', async () => {
  const { folder, store, usb } = await shop();
  store.eraseCustomer(1);
  store.close();
  expect(holdsAda(usb)).toBe(true);
  const { leftOut } = restoreStore(folder, usb, later);
  expect(leftOut).toBe(5);
  expect(holdsAda(join(folder, fileName))).toBe(false);
  const again = openStore(folder);
  onTestFinished(() => again.close());
  expect(again.listTickets().map(({ customer }) => customer?.name)).toEqual(['Ben']);
  expect(again.listPhones().map(({ id }) => id)).toEqual([bens.id]);
  expect(again.listErased()).toHaveLength(5);
});

/** Puts a file in the place of a store that is closed, and opens it. */
function restored(folder: string, from: string): Store {
  restoreStore(folder, from, later);
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

test('a phone that was forgotten stays so when a backup from elsewhere is restored, whatever was kept of it', async () => {
  const { folder, store } = await shop();
  store.chooseApps({ phone: adas, apps: ['com.example'], who: 'Sam' });
  // Nothing of this one has an id that other computers know.
  const caras = { ...pixel, id: 'CARA-SERIAL-1', name: 'Caras phone' };
  store.chooseApps({ phone: caras, apps: ['com.example'], who: 'Sam' });
  const usb = join(temporaryFolder(), 'usb.sqlite');
  await store.backUp(usb);
  store.forgetPhone(adas.id);
  store.forgetPhone(caras.id);
  store.close();
  const again = restored(folder, usb);
  expect(again.listPhones().map(({ id }) => id)).toEqual([bens.id]);
  expect(again.listSnapshots().map(({ phone }) => phone.id)).toEqual([bens.id]);
  again.close();
  expect(readFileSync(join(folder, fileName), 'latin1')).not.toMatch(/ADA-SERIAL|CARA-SERIAL/);
});

test('a phone that was plugged in again after it was forgotten is a new one: a backup of it keeps it', async () => {
  const { folder, store, usb } = await shop();
  store.forgetPhone(adas.id);
  store.saveSnapshot(exampleSnapshot({ phone: adas, label: 'new' }));
  store.chooseApps({ phone: adas, apps: ['com.example'], who: 'Sam' });
  const since = join(temporaryFolder(), 'since.sqlite');
  await store.backUp(since);
  store.close();
  const older = restored(folder, usb);
  expect(older.listPhones().map(({ id }) => id)).toEqual([bens.id]);
  older.close();
  const newer = restored(folder, since);
  expect(newer.listSnapshots().map(({ phone, label }) => [phone.id, label])).toContainEqual([adas.id, 'new']);
  expect(newer.chosenApps(adas.id)).toEqual(['com.example']);
  // Until it is forgotten again.
  newer.forgetPhone(adas.id);
  newer.close();
  expect(
    restored(folder, since)
      .listPhones()
      .map(({ id }) => id),
  ).toEqual([bens.id]);
});

test('the phone of a ticket that was forgotten does not come back with a case', async () => {
  const { folder, store } = await shop();
  const content = store.collectCase({ tickets: [1], snapshots: [] });
  store.forgetPhone(adas.id);
  expect(store.previewCase(content).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'customer same',
    'ticket same',
    'snapshot erased',
  ]);
  store.close();
  beginAnew(folder, later);
  const anew = openStore(folder);
  onTestFinished(() => anew.close());
  anew.importCase(content);
  expect([anew.listTickets()[0]?.phones, anew.listPhones()]).toEqual([[], []]);
});

test("the shop's server is told of no phone", async () => {
  const { store } = await shop();
  store.forgetPhone(adas.id);
  store.shop.join(inChain);
  const kinds = new Map(store.listErased().map(({ uid, kind }) => [uid, kind]));
  expect(store.shop.erasures(10).map((uid) => kinds.get(uid))).toEqual(['snapshot', 'ticket_phone']);
});

/** Files elsewhere that may hold a customer. */
const named = (store: Store, customer: number): string[] =>
  store
    .customerTraces(customer)
    .elsewhere.map(({ file }) => file)
    .toSorted();

describe('files elsewhere that hold copies', () => {
  test('are told of also after a restore and a new beginning, those of who is erased not', async () => {
    const { folder, store, usb } = await shop();
    store.rememberCopy({
      file: 'both.phonecase',
      kind: 'case',
      uids: store.collectCase({ tickets: [1, 2], snapshots: [] }).units.map(({ uid }) => uid),
    });
    store.rememberCopy({ file: 'ada.phonecase', kind: 'case', uids: [store.loadTicket(1)?.uid ?? ''] });
    const second = join(temporaryFolder(), 'second.sqlite');
    await store.backUp(second);
    store.eraseCustomer(1);
    expect(named(store, 2)).toEqual([usb, 'both.phonecase'].toSorted());
    store.close();
    // `second` names the case of Ada, and nobody had told of `second` itself: somebody carried it there.
    const again = restored(folder, second);
    expect(named(again, 2)).toEqual([usb, second, 'both.phonecase'].toSorted());
    again.close();
    expect(readFileSync(join(folder, fileName), 'latin1')).not.toContain('ada.phonecase');
    beginAnew(folder, later);
    const anew = openStore(folder);
    onTestFinished(() => anew.close());
    const { id } = anew.createTicket(exampleTicket({ customer: { name: 'Cara', contact: '' } }));
    anew.saveSnapshot(exampleSnapshot({ ticket: id }));
    expect(named(anew, 1)).toEqual([usb, second].toSorted());
  });

  test('are those from before the customer was known too, where their phone was', () => {
    const moments = ['2026-05-02', '2026-05-04', '2026-05-06'].map((one) => `${one}T10:00:00.000Z`);
    const folder = temporaryFolder();
    const [first, copied, ticketed] = moments;
    const opened = (at = '') => openStore(folder, { now: () => new Date(at) });
    let store = opened(first);
    store.chooseApps({ phone: adas, apps: ['com.example'], who: 'Sam' });
    store.close();
    store = opened(copied);
    store.rememberCopy({ file: '/media/usb/copy.sqlite', kind: 'backup', uids: null });
    store.close();
    store = opened(ticketed);
    onTestFinished(() => store.close());
    store.createTicket(exampleTicket({ customer: { name: 'Ada', contact: '' }, phones: [handedIn(adas)] }));
    expect(named(store, 1)).toEqual(['/media/usb/copy.sqlite']);
  });
});

test('a case brings back nothing that was erased, nor its phone, and all the rest', async () => {
  const { store } = await shop();
  const content = store.collectCase({ tickets: [1, 2], snapshots: [] });
  store.eraseCustomer(1);
  const states = store.previewCase(content).map(({ kind, state }) => `${kind} ${state}`);
  expect(states.toSorted()).toEqual([
    'customer erased',
    'customer same',
    'snapshot erased',
    'snapshot same',
    'ticket erased',
    'ticket same',
  ]);
  store.importCase(content);
  expect(store.listTickets()).toHaveLength(1);
  expect(store.listPhones().map(({ id }) => id)).toEqual([bens.id]);
});

test('what another computer has kept under an erased ticket since stays away too', async () => {
  const { store } = await shop();
  const elsewhere = openStore(temporaryFolder());
  onTestFinished(() => elsewhere.close());
  elsewhere.importCase(store.collectCase({ tickets: [1], snapshots: [] }));
  elsewhere.saveSnapshot(exampleSnapshot({ phone: adas, ticket: 1, label: 'since' }));
  store.eraseCustomer(1);
  const content = elsewhere.collectCase({ tickets: [1], snapshots: [] });
  expect(store.previewCase(content).every(({ state }) => state === 'erased')).toBe(true);
});

test('what belongs to something erased stays away with it, however many steps are between them', async () => {
  const { store } = await shop();
  const content = store.collectCase({ tickets: [1], snapshots: [] });
  const elsewhere = openStore(temporaryFolder());
  onTestFinished(() => elsewhere.close());
  elsewhere.importCase(content);
  // A new ticket of the same customer on another computer, and what was done under it there.
  const ada = elsewhere.findCustomers('Ada', 1)[0]?.uid ?? '';
  const { id } = elsewhere.createTicket(exampleTicket({ customer: { uid: ada }, phones: [handedIn(adas)] }));
  const snapshot = elsewhere.saveSnapshot(exampleSnapshot({ phone: adas, ticket: id }));
  elsewhere.planAction(examplePlan({ phone: adas, ticket: null, snapshot }));
  const brought = elsewhere.collectCase({ tickets: [id], snapshots: [snapshot] });
  store.eraseCustomer(1);
  expect(store.previewCase(brought).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'customer erased',
    'ticket erased',
    'snapshot erased',
    'action erased',
  ]);
  store.importCase(brought);
  expect(store.listPhones().map((phone) => phone.id)).toEqual([bens.id]);
});
