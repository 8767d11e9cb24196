import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { restoreStore } from '../../../db/restore.ts';
import { openStore, type Store } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot, exampleTicket, handedIn, pixel, temporaryFolder } from './examples.ts';

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
      ['snapshot', uids[2]],
    ]),
  );
  expect(store.listErased()).toHaveLength(3);
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
  expect(leftOut).toBe(3);
  expect(holdsAda(join(folder, fileName))).toBe(false);
  const again = openStore(folder);
  onTestFinished(() => again.close());
  expect(again.listTickets().map(({ customer }) => customer?.name)).toEqual(['Ben']);
  expect(again.listPhones().map(({ id }) => id)).toEqual([bens.id]);
  expect(again.listErased()).toHaveLength(3);
});

test('a phone that was forgotten stays so when a backup from elsewhere is restored', async () => {
  const { folder, store, usb } = await shop();
  store.chooseApps({ phone: adas, apps: ['com.example'], who: 'Sam' });
  store.forgetPhone(adas.id);
  store.close();
  expect(restoreStore(folder, usb, later).leftOut).toBe(1);
  const again = openStore(folder);
  onTestFinished(() => again.close());
  expect(again.listSnapshots().map(({ phone }) => phone.id)).toEqual([bens.id]);
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
