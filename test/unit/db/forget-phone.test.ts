import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { erasableTables } from '../../../db/records/erased.ts';
import type { Store } from '../../../db/store.ts';
import type { NewTestPhoto } from '../../../db/records/test-photos.ts';
import type { WatchPoint } from '../../../db/records/watch-plans.ts';
import {
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  photos,
  pixel,
  temporaryStore,
  inChain,
} from './examples.ts';

const other = { ...pixel, id: 'OTHER-PHONE-4711', name: 'Another' };
const secret = 'SECRET-SERIAL-0815';
const secretImei = '356938035643809';
const mine = { ...pixel, id: secret, name: 'Sam’s own phone' };

/** Rows of a phone that have an id on every computer. */
const uidsOf = (rows: Record<string, unknown[]>): number =>
  erasableTables.filter((table) => table !== 'ticket' && table !== 'customer').flatMap((table) => rows[table] ?? [])
    .length;

const at = '2026-05-01T10:00:00.000Z';
const aCopy = {
  folder: '/copy',
  startedAt: at,
  endedAt: at,
  whole: true,
  files: 1,
  bytes: 5,
  photoCount: 1,
  newestPhoto: at,
};
const aTestPhoto: Omit<NewTestPhoto, 'phone'> = {
  app: photos,
  on: null,
  startedAt: at,
  photoSeenAt: at,
  endedAt: at,
  photoBytes: 5,
  verdict: { outcome: 'unknown', sentence: 'Nothing is known.', waitsFor: [], sentBytes: null, photosSent: null },
  brokenOff: null,
  observations: [],
};

const aPoint: WatchPoint = {
  at,
  occasion: 'scan',
  look: null,
  judgement: {
    outcome: 'unknown',
    sentence: 'Nothing is known.',
    newPhotos: null,
    newBytes: null,
    sentBytes: null,
    sentPhotos: null,
  },
  drifted: [],
};

/** A row of another station about a phone. */
const readElsewhere = ({ id }: { id: string }, index: number) => ({
  uid: `0192f0c0-0000-7000-8000-00000000000${index}`,
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

/** A store in which two phones have a row in every table that can hold one. */
function filled(): Store {
  const store = temporaryStore({ handsOver: () => true });
  store.keepSlots([{ number: 1, name: 'Window', port: '1-1' }]);
  const { shop } = store;
  shop.join(inChain);
  shop.keepStations([
    { id: 1, name: 'A', shop: 1, shopName: 'Mitte' },
    { id: 2, name: 'B', shop: 1, shopName: 'Mitte' },
  ]);
  shop.takeErased([{ uid: '0192f0c0-0000-7000-8000-00000000dead', station: 2 }], { epoch: 1, x: '1', seq: '1' });
  shop.takeRows([mine, other].map(readElsewhere));
  const elsewhere = temporaryStore();
  const taken = elsewhere.createTicket(exampleTicket()).id;
  const { units } = elsewhere.collectCase({ tickets: [taken], snapshots: [] });
  store.importCase({ phones: [], units: units.filter(({ kind }) => kind === 'customer') });
  store.rememberCopy({ file: '/media/usb/copy.sqlite', kind: 'backup', uids: null });
  for (const phone of [mine, other]) {
    const ticket = store.createTicket(
      exampleTicket({ phones: [handedIn(phone, phone === mine ? secretImei : '')] }),
    ).id;
    const before = store.saveSnapshot(exampleSnapshot({ phone, ticket }));
    store.changeSnapshot(before, { note: `Belongs to ${phone.id}` }, { who: 'Kim' });
    store.chooseApps({ phone, apps: [photos], who: 'Kim' });
    const walkthrough = store.startWalkthrough({ phone, ticket, before, who: 'Kim' }).id;
    const step = { cause: 'background-denied', app: null };
    store.addWalkthroughEvent(walkthrough, { kind: 'skipped', step });
    const action = store.planAction(examplePlan({ phone, ticket, walkthrough, snapshot: before })).id;
    store.addActionEvent(action, { kind: 'started' });
    store.declineCopy({ phone, who: 'Kim', sentence: 'I go on.' });
    store.saveSafeCopy({ ...aCopy, phone });
    store.saveTestPhoto({ ...aTestPhoto, phone });
    store.chooseAlternative({ phone, app: photos, who: 'Kim' });
    store.endAlternative(phone.id, photos);
    const plan = store.startWatchPlan({ phone, app: photos, days: 7, goodDays: 3, who: 'Kim' });
    store.addWatchPoint(plan, aPoint);
    store.endWatchPlan(plan);
    store.keepCounterVisit({ phone: phone.id, slot: 1, arrivedAt: at, leftAt: at });
  }
  return store;
}

const nameRow = z.object({ name: z.string() });
const textRow = z.record(z.string(), z.unknown());

/** Every table, with its rows. */
function rowsOf(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    // The search index is one table and those that SQLite keeps it in.
    const tables = z
      .array(nameRow)
      .parse(
        db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')").all(),
      )
      .filter(({ name }) => name !== 'sqlite_schema');
    return Object.fromEntries(
      tables.map(({ name }) => [name, z.array(textRow).parse(db.prepare(`SELECT * FROM "${name}"`).all())]),
    );
  } finally {
    db.close();
  }
}

const triggersOf = (file: string): unknown[] => {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").all();
  } finally {
    db.close();
  }
};

describe('forgetting a phone', () => {
  test('leaves no row of it in any table, and every row of the others', () => {
    const store = filled();
    const before = rowsOf(store.file);
    // Whoever adds a table fills it above.
    const empty = Object.entries(before).filter(([, rows]) => rows.length === 0);
    expect(empty.map(([table]) => table)).toEqual(['erased']);
    store.forgetPhone(secret);
    const after = rowsOf(store.file);
    expect(JSON.stringify(after)).not.toContain(secret);
    // SQLite's own tables, and those of its search index, it checks itself.
    const {
      row_seal: seals,
      snapshot_search: _search,
      sqlite_sequence: _numbers,
      elsewhere_word: _words,
      ...sealed
    } = after;
    // One for each, and one for the definitions of the tables.
    expect(seals).toHaveLength(1 + Object.values(sealed).flat().length);
    for (const [table, rows] of Object.entries(before)) {
      if (table === 'row_seal' || table === 'erased' || table === 'shop_outbox' || table === 'shop_erasure') continue;
      // What belongs to one of two phones is halved; tickets, what is told of them, places at the counter and the list of migrations stay.
      const stays =
        /^(?:ticket|ticket_event|customer|customer_event|slot|migration|sqlite_sequence|outbox|shop_link|shop_station|copy_elsewhere|taken_in)$/.test(
          table,
        );
      expect([table, after[table]?.length]).toEqual([table, stays ? rows.length : rows.length / 2]);
    }
    // And the phone itself.
    expect(after['erased']).toHaveLength(uidsOf(before) - uidsOf(after) + 1);
    expect(JSON.stringify(after)).not.toContain(secretImei);
    // The phone at the ticket, a snapshot and its note, a correction and what happened to it, a test photo: the shop's server is told, and sent none of them.
    const gone = 6;
    expect([after['shop_erasure']?.length, after['shop_outbox']?.length]).toEqual([
      1 + gone,
      (before['shop_outbox']?.length ?? 0) - gone,
    ]);
    expect(store.listTickets().map(({ phones }) => phones.map(({ phone }) => phone))).toEqual([[other.id], []]);
    expect(store.listSnapshots().map(({ phone }) => phone.id)).toEqual([other.id]);
    expect(store.listActions().map(({ phone }) => phone)).toEqual([other.id]);
  });

  test('leaves no byte of it in the file', () => {
    const store = filled();
    store.forgetPhone(secret);
    store.close();
    const bytes = readFileSync(store.file);
    expect(bytes.includes(secret)).toBe(false);
    // As the search index holds it: in small letters, also backwards.
    expect(bytes.includes('secret-serial')).toBe(false);
    expect(bytes.includes('5180-laires')).toBe(false);
    // Of the other phone both are there.
    expect([bytes.includes('other-phone-4711'), bytes.includes('1174-enohp-rehto')]).toEqual([true, true]);
  });

  test('leaves the tables as append-only as they were', () => {
    const store = filled();
    const before = triggersOf(store.file);
    store.forgetPhone(secret);
    expect(triggersOf(store.file)).toEqual(before);
    const db = new Database(store.file);
    expect(() => db.exec('DELETE FROM action')).toThrow('append-only');
    expect(() => db.exec('DELETE FROM walkthrough_event')).toThrow('append-only');
    db.close();
  });

  test('changes nothing where there is no such phone', () => {
    const store = filled();
    const before = rowsOf(store.file);
    store.forgetPhone('NOBODY');
    expect(rowsOf(store.file)).toEqual(before);
  });
});
