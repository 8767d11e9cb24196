import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { perhapsForgotten } from '../../../db/carried-over.ts';
import { openConnection } from '../../../db/connection.ts';
import { fileName } from '../../../db/file-name.ts';
import { backupsFolder, listBackups } from '../../../db/kept-backups.ts';
import { restoreStore } from '../../../db/restore.ts';
import { shareErasing } from '../../../db/store-lease.ts';
import { openStore, type Store, type StoreOptions } from '../../../db/store.ts';
import { exampleSnapshot, exampleTicket, handedIn, inChain, pixel, temporaryFolder } from './examples.ts';
import { at, labelsIn } from './kept-folder.ts';

const ada = { ...pixel, id: 'ADA-SERIAL-0815', name: 'Adas phone' };

function opened(folder: string, options?: StoreOptions): Store {
  const store = openStore(folder, options);
  onTestFinished(() => store.close());
  return store;
}

const holdsAda = (file: string): boolean => /Quellenreuther|ADA-SERIAL/.test(readFileSync(file, 'latin1'));
const marks = (folder: string): string[] => readdirSync(join(folder, 'erasing'));

function markLeft(folder: string, setAside: readonly string[] = []): void {
  mkdirSync(join(folder, 'erasing'), { recursive: true });
  writeFileSync(join(folder, 'erasing', 'cut-off.json'), JSON.stringify({ erased: 0, setAside }));
}

/** Ada was erased, and a program was killed before her backups and a store that was set aside followed. */
async function cutOff(): Promise<{ folder: string; backup: string; aside: string }> {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const { id } = store.createTicket(
    exampleTicket({ customer: { name: 'Ada Quellenreuther', contact: '' }, phones: [handedIn(ada)] }),
  );
  store.saveSnapshot(exampleSnapshot({ phone: ada, ticket: id, label: 'hers' }));
  store.saveSnapshot(exampleSnapshot({ label: 'another' }));
  const backup = (await store.backUpNow()) ?? '';
  const whole = join(temporaryFolder(), 'whole.sqlite');
  copyFileSync(backup, whole);
  store.eraseCustomer(1);
  store.close();
  for (const { file } of listBackups(folder)) if (file !== backup) copyFileSync(whole, file);
  copyFileSync(whole, backup);
  mkdirSync(join(folder, 'set-aside'));
  const aside = join(folder, 'set-aside', 'phone-health-2026.sqlite');
  copyFileSync(whole, aside);
  markLeft(folder, [basename(aside)]);
  return { folder, backup, aside };
}

async function tended(folder: string): Promise<void> {
  const store = opened(folder);
  await store.tend({ check: false });
  store.close();
}

test('an erasing that was cut off ends when the store is tended: each backup stays, without what was erased', async () => {
  const { folder, aside } = await cutOff();
  const before = listBackups(folder).map(({ file }) => file);
  expect(before.map(holdsAda)).toEqual([true, true]);
  await tended(folder);
  const after = listBackups(folder).map(({ file }) => file);
  expect(after).toEqual(expect.arrayContaining(before));
  for (const file of before) {
    expect(holdsAda(file)).toBe(false);
    expect(readFileSync(file, 'latin1')).toContain(pixel.id);
  }
  expect([existsSync(aside), marks(folder)]).toEqual([false, []]);
  expect(readdirSync(backupsFolder(folder)).filter((name) => !name.endsWith('.sqlite'))).toEqual([]);
});

describe('a restore with an erasing that was cut off', () => {
  test('keeps the chosen file, which was to go, without what was erased, and what it puts aside itself', async () => {
    const { folder, aside } = await cutOff();
    const { setAside } = restoreStore(folder, aside, at);
    expect([existsSync(aside), holdsAda(aside), existsSync(setAside ?? '')]).toEqual([true, false, true]);
    expect(labelsIn(folder)).toEqual(['another']);
    await tended(folder);
    expect([existsSync(aside), existsSync(setAside ?? ''), marks(folder)]).toEqual([true, true, []]);
    expect(listBackups(folder).some(({ file }) => holdsAda(file))).toBe(false);
  });

  test('that fails changes nothing', async () => {
    const { folder, backup, aside } = await cutOff();
    expect(() => restoreStore(folder, join(folder, 'none.sqlite'), at)).toThrow(
      expect.objectContaining({ code: 'not-a-backup' }),
    );
    expect([existsSync(backup), existsSync(aside), marks(folder)]).toEqual([true, true, ['cut-off.json']]);
  });
});

test('a backup that cannot be cleared now stays, with its mark; one that is no database goes', async () => {
  const { folder, backup } = await cutOff();
  const newer = new Database(backup);
  newer.pragma('user_version = 9999');
  newer.close();
  const noise = join(backupsFolder(folder), 'phone-health-2026-11-01T093000Z-1.sqlite');
  writeFileSync(noise, 'Dear Ada Quellenreuther');
  const told: string[] = [];
  const store = opened(folder, { onNoBackup: (why) => told.push(why) });
  await store.tend({ check: false });
  expect([existsSync(backup), existsSync(noise), marks(folder)]).toEqual([true, false, ['cut-off.json']]);
  expect(told).toEqual([expect.stringContaining(`${backup} was written by a newer version`)]);
  const again = new Database(backup);
  again.pragma(`user_version = ${versionOf(folder)}`);
  again.close();
  await store.tend({ check: false });
  expect([holdsAda(backup), marks(folder)]).toEqual([false, []]);
});

function versionOf(folder: string): number {
  const db = new Database(join(folder, fileName), { readonly: true });
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } finally {
    db.close();
  }
}

test('who is erased is erased also where the backups cannot follow now: it is told, and they follow when the store is tended', async () => {
  const folder = temporaryFolder();
  let room = Infinity;
  const store = opened(folder, {
    freeBytes: () => {
      if (room === 0) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      return room;
    },
  });
  store.createTicket(exampleTicket({ customer: { name: 'Ada Quellenreuther', contact: '' } }));
  const backup = (await store.backUpNow()) ?? '';
  room = 0;
  const { backups } = store.eraseCustomer(1);
  expect(backups).toMatchObject({ removed: 0, waits: expect.stringContaining('No room is left on the disk') });
  expect([store.findCustomers('Ada', 1), holdsAda(backup)]).toEqual([[], true]);
  room = Infinity;
  await store.tend({ check: false });
  expect([existsSync(backup), holdsAda(backup), marks(folder)]).toEqual([true, false, []]);
});

test('nobody looks at the mark of somebody who is erasing right now', async () => {
  const { folder, backup } = await cutOff();
  const store = opened(folder);
  const lease = shareErasing(folder);
  await store.tend({ check: false });
  expect(holdsAda(backup)).toBe(true);
  lease.giveBack();
  await store.tend({ check: false });
  expect(holdsAda(backup)).toBe(false);
});

const cu = '01900000-0000-7000-8000-0000000000c1';
/** What another station has of a phone. */
const theirPhoto = ({ id }: { id: string }) => ({
  uid: '01900000-0000-7000-8000-000000000002',
  kind: 'test_photo',
  of: null,
  ticket: null,
  customer: null,
  phone: id,
  version: 1,
  at,
  body: JSON.stringify({ phone: id }),
  words: [id.toLowerCase()],
  dictionary: null,
  diagnosis: null,
  reading: null,
  capture: null,
  shop: 1,
  station: 2,
});
const aCustomer = {
  ...theirPhoto(pixel),
  uid: '01900000-0000-7000-8000-000000000001',
  kind: 'customer_event',
  of: null,
  ticket: null,
  customer: cu,
  phone: null,
  body: JSON.stringify({ kind: 'made', detail_json: JSON.stringify({ name: 'Quellenreuther', contact: '' }) }),
  words: ['quellenreuther'],
};

describe('rows of other stations', () => {
  test('that were erased there go from the backups here, which stay', async () => {
    const folder = temporaryFolder();
    const store = opened(folder);
    store.shop.join(inChain);
    store.shop.takeRows([aCustomer]);
    const backup = (await store.backUpNow()) ?? '';
    expect(holdsAda(backup)).toBe(true);
    store.shop.takeErased(
      [aCustomer.uid, cu].map((uid) => ({ uid, station: 2 })),
      { epoch: 1, x: '7', seq: '1' },
    );
    await store.shop.clearBackups();
    expect(store.shop.ofCustomers([cu])).toEqual([]);
    expect([existsSync(backup), holdsAda(backup), marks(folder)]).toEqual([true, false, []]);
  });

  test('of a phone that was forgotten here come back neither from the server nor with a backup, and are had erased nowhere', async () => {
    const folder = temporaryFolder();
    const store = opened(folder);
    store.shop.join(inChain);
    const row = theirPhoto(ada);
    store.shop.takeRows([row]);
    const usb = join(temporaryFolder(), 'usb.sqlite');
    await store.backUp(usb);
    const backup = (await store.backUpNow()) ?? '';
    expect(store.shop.ofPhone(ada.id, 9)).toHaveLength(1);
    store.forgetPhone(ada.id);
    expect(existsSync(backup)).toBe(false);
    expect(store.shop.takeRows([row])).toEqual({ taken: 0, unreadable: 0 });
    expect(store.shop.known([row.uid]).has(row.uid)).toBe(true);
    store.shop.leave();
    store.shop.join(inChain);
    expect(store.shop.takeRows([row])).toEqual({ taken: 0, unreadable: 0 });
    expect(store.shop.erasures(9)).toEqual([]);
    store.close();
    restoreStore(folder, usb, at);
    const again = opened(folder);
    expect(again.shop.ofPhone(ada.id, 9)).toEqual([]);
    expect(again.shop.takeRows([row])).toEqual({ taken: 0, unreadable: 0 });
    expect(again.shop.erasures(9)).toEqual([]);
  });
});

test('a phone of which the store still has a snapshot of the copy was not forgotten since: nothing slow is done to find that out', async () => {
  const folder = temporaryFolder();
  const store = opened(folder);
  for (const phone of [pixel, ada]) store.saveSnapshot(exampleSnapshot({ phone }));
  store.chooseApps({ phone: { ...pixel, id: 'NO-SNAPSHOT' }, apps: ['com.example'], who: 'Sam' });
  const copied = temporaryFolder();
  await store.backUp(join(copied, fileName));
  store.forgetPhone(ada.id);
  const copy = openConnection(copied);
  onTestFinished(() => copy.close());
  expect(perhapsForgotten(copy, store.file).toSorted()).toEqual([ada.id, 'NO-SNAPSHOT']);
  // Of a store that cannot be read nobody knows.
  expect(perhapsForgotten(copy, join(copied, 'none.sqlite'))).toHaveLength(3);
});

test('what killed programs left beside backups and stores that were set aside goes at the next start, of this and of former versions', async () => {
  const { folder } = await cutOff();
  const left = [
    'backups/restoring-a',
    'backups/.phone-health-backup-b',
    'backups/.making-999999999-c',
    'set-aside/.making-999999999-d',
    '.making-999999999-e',
  ];
  for (const name of left) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'copy.sqlite'), 'Quellenreuther');
  }
  openStore(folder).close();
  expect(left.filter((name) => existsSync(join(folder, name)))).toEqual([]);
});
