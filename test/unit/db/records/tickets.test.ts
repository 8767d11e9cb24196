import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileName } from '../../../../db/file-name.ts';
import { InputError } from '../../../../db/input.ts';
import { loadMigrations } from '../../../../db/migrate.ts';
import { foldTicket, ticketEventSchema } from '../../../../db/records/ticket-events.ts';
import { openStore } from '../../../../db/store.ts';
import { unreadPhone } from '../../../../native/phone.ts';
import {
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../examples.ts';

const noon = new Date('2026-05-02T12:00:00Z');
const at = noon.toISOString();
const sam = { seen: null, who: 'Sam' };
const consent = { read: true, change: true, keep: false, by: 'Ada', how: 'signed' } as const;

const coloured = (value: string) => ({ fields: [{ id: 'case', name: 'Case', value }] });

test('what an older version took at any length can be read', () => {
  const [fault, technician] = ['x'.repeat(5000), 'y'.repeat(100)];
  const opened = { kind: 'opened', customer: null, technician, fault, fields: [] };
  expect(ticketEventSchema.parse(opened)).toEqual(opened);
  expect(() => temporaryStore().createTicket(exampleTicket({ fault }))).toThrow('4000');
});

test.for([
  [
    { customer: { name: 'x'.repeat(70_000), contact: '' } },
    '"customer name" may have at most 200 characters. Nothing was kept.',
  ],
  [{ fault: 'x'.repeat(4001) }, '"fault" may have at most 4000 characters. Nothing was kept.'],
  [coloured('x'.repeat(1001)), '"fields value" may have at most 1000 characters. Nothing was kept.'],
  [
    { phones: Array.from({ length: 51 }, () => handedIn(unreadPhone('UDID-1', 'ios', 'ready'))) },
    'There may be at most 50 phones. Nothing was kept.',
  ],
] as const)('what is too long is told in a sentence: %#', ([told, sentence]) => {
  const store = temporaryStore();
  expect(() => store.createTicket(exampleTicket(told))).toThrow(new InputError(sentence));
  expect(store.listTickets({ open: false, text: 'x'.repeat(70_000), limit: 9, offset: 0 })).toEqual([]);
  expect(store.findCustomers('x'.repeat(70_000), 9)).toEqual([]);
});

describe('tickets', () => {
  test('hold what was told at the counter, and nothing has to be told', () => {
    const store = temporaryStore({ now: () => noon });
    const phone = unreadPhone('UDID-1', 'ios', 'locked');
    const full = store.createTicket(
      exampleTicket({
        fields: [{ id: 'case', name: 'Case', value: 'black' }],
        phones: [handedIn(phone), { phone: null, imei: '356938035643809', description: 'broken glass' }],
        consent,
      }),
    );
    expect(full).toMatchObject({
      id: 1,
      version: 4,
      status: 'taken-in',
      customer: { name: 'Ada', contact: '+49 30 1234' },
      technician: 'Sam',
      fault: 'No photo has left since Easter.',
      fields: [{ id: 'case', name: 'Case', value: 'black' }],
      phones: [
        { phone: 'UDID-1', imei: '', description: '' },
        { phone: null, imei: '356938035643809', description: 'broken glass' },
      ],
      consent: { ...consent, at, who: 'Sam' },
      createdAt: at,
      closedAt: null,
    });
    const nothing = { customer: null, technician: '', fault: '', fields: [], phones: [], consent: null, who: '' };
    expect(store.createTicket(nothing)).toMatchObject({ id: 2, customer: null, phones: [], version: 1 });
    expect(store.loadTicket(1)).toEqual(full);
    expect(store.loadTicket(3)).toBeNull();
  });

  test('are what their events add up to, whatever is done with them', () => {
    const store = temporaryStore({ now: () => noon });
    const { id } = store.createTicket(exampleTicket({ phones: [handedIn(pixel)] }));
    store.changeTicket(id, { fault: 'It is slow.', technician: 'Kim', note: 'Called her.' }, sam);
    store.changeTicket(id, { fields: [{ id: 'case', name: 'Case', value: 'red' }], consent }, sam);
    store.changeTicket(id, { addPhones: [{ phone: null, imei: '', description: 'tablet' }], status: 'closed' }, sam);
    const closed = store.loadTicket(id);
    store.changeTicket(id, { removePhones: closed?.phones.map(({ uid }) => uid) ?? [], consent: null }, sam);
    const ticket = store.changeTicket(id, { customer: { name: 'Ada L.', contact: 'ada@example.org' } }, sam);
    const { customer, phones, ...folded } = foldTicket(store.ticketHistory(id));
    expect(ticket).toMatchObject({ ...folded, closedAt: at, status: 'closed', phones: [], consent: null });
    expect([customer, phones]).toEqual([ticket.customer?.uid, []]);
    expect(store.ticketHistory(id).map(({ kind, version }) => `${version} ${kind}`)).toEqual([
      '1 opened',
      '2 phone-added',
      '3 technician-set',
      '4 fault-told',
      '5 note-added',
      '6 fields-filled',
      '7 consent-given',
      '8 status-set',
      '9 phone-added',
      '10 phone-removed',
      '11 phone-removed',
      '12 consent-withdrawn',
      '13 customer-told',
    ]);
    // Opening it again is one event, and it is open.
    expect(store.changeTicket(id, { status: 'in-work' }, sam)).toMatchObject({ version: 14, closedAt: null });
  });

  test('of two people who change the same, the second is told; what differs is kept of both', () => {
    const store = temporaryStore();
    const { id, version: seen } = store.createTicket(exampleTicket());
    store.changeTicket(id, { fault: 'It is slow.' }, { seen, who: 'Sam' });
    expect(() => store.changeTicket(id, { fault: 'It is hot.', note: 'x' }, { seen, who: 'Kim' })).toThrow(
      expect.objectContaining({
        code: 'ticket-changed',
        message: expect.stringContaining('Sam has changed the fault'),
      }),
    );
    expect(store.loadTicket(id)).toMatchObject({ fault: 'It is slow.', version: 2 });
    // Another part, a note, or the same words again take nothing back.
    store.changeTicket(id, { technician: 'Kim' }, { seen, who: 'Kim' });
    store.changeTicket(id, { fault: 'It is slow.', note: 'Seen.' }, { seen, who: 'Kim' });
    expect(store.loadTicket(id)).toMatchObject({ fault: 'It is slow.', technician: 'Kim', version: 4 });
    // Who has seen it now may.
    store.changeTicket(id, { fault: 'It is hot.' }, { seen: 4, who: 'Kim' });
    store.changeTicket(id, coloured('red'), { seen: 5, who: 'Sam' });
    expect(() => store.changeTicket(id, coloured('blue'), { seen: 5, who: 'Kim' })).toThrow(
      expect.objectContaining({ code: 'ticket-changed' }),
    );
    store.changeTicket(id, { customer: { name: 'Ada B.', contact: '' } }, { seen: 6, who: 'Sam' });
    expect(() =>
      store.changeTicket(id, { customer: { name: 'Ada C.', contact: '' } }, { seen: 6, who: 'Kim' }),
    ).toThrow(expect.objectContaining({ code: 'ticket-changed' }));
  });

  test('take under them what is done with their phone while they are open', () => {
    const store = temporaryStore();
    const before = store.saveSnapshot(exampleSnapshot());
    const { id } = store.createTicket(exampleTicket({ phones: [handedIn(pixel)] }));
    const other = { ...pixel, id: 'OTHER' };
    const snapshot = store.saveSnapshot(exampleSnapshot());
    const action = store.planAction(examplePlan());
    const walkthrough = store.startWalkthrough({ phone: pixel, ticket: null, before: snapshot, who: 'Sam' });
    const copy = { folder: '/x', startedAt: at, endedAt: at, whole: true, files: 1, bytes: 1, photoCount: 1 };
    store.saveSafeCopy({ ...copy, phone: pixel, newestPhoto: null });
    store.saveSnapshot(exampleSnapshot({ phone: other }));
    expect(store.listSnapshots({ ticket: id }).map((one) => one.id)).toEqual([snapshot]);
    expect([action.ticket, walkthrough.ticket, store.listSafeCopies()[0]?.ticket]).toEqual([id, id, id]);
    store.changeTicket(id, { status: 'closed' }, sam);
    store.saveSnapshot(exampleSnapshot());
    expect(store.listSnapshots({ ticket: id }).map((one) => one.id)).toEqual([snapshot]);
    expect(store.loadSnapshot(before)?.ticket).toBeNull();
  });

  test('are found by customer, fault, IMEI and number, and none by what a search may mean otherwise', () => {
    const folder = join(temporaryFolder(), 'data');
    openStore(folder).close();
    // One that was there already, as every store but a new one.
    const store = openStore(folder);
    onTestFinished(() => store.close());
    store.createTicket(exampleTicket({ customer: { name: '100 % Ada_', contact: '' }, fault: '' }));
    store.createTicket(exampleTicket({ customer: { name: 'Ben Müller', contact: '0171' }, fault: 'Grün' }));
    store.createTicket(
      exampleTicket({ customer: null, phones: [{ phone: null, imei: '356938035643809', description: '' }] }),
    );
    store.changeTicket(1, { status: 'closed' }, sam);
    const found = (text: string) => store.listTickets({ text }).map(({ id }) => id);
    expect(found('ada_')).toEqual([1]);
    expect(found('%')).toEqual([1]);
    for (const text of ['grün', 'GRÜN', 'grun', 'müller', 'MÜLLER']) expect(found(text)).toEqual([2]);
    expect(found('3569')).toEqual([3]);
    expect(found('2')).toEqual([2]);
    const told = { manufacturer: 'Xiaomi', model: 'Redmi Note 12', name: 'Zoë’s' };
    store.createTicket(
      exampleTicket({ customer: null, fault: '', phones: [handedIn({ ...pixel, ...told, id: '8B2X0C9F0A' })] }),
    );
    for (const text of ['redmi', 'Redmi Note', 'xiaomi redmi', 'zoe', '9f0a', '8B2X0C9F0A']) {
      expect([text, found(text)]).toEqual([text, [4]]);
    }
    // Of few signs, a serial says nothing.
    expect(found('8B')).toEqual([]);
    expect(store.listTickets({ text: 'Redmi', open: true }).map(({ phones }) => phones.length)).toEqual([1]);
    store.changeTicket(4, { removePhones: store.loadTicket(4)?.phones.map(({ uid }) => uid) ?? [] }, sam);
    expect(found('redmi')).toEqual([]);
    store.changeTicket(4, { status: 'closed' }, sam);
    expect(found("'; DROP TABLE ticket; --")).toEqual([]);
    expect(store.listTickets({ open: true }).map(({ id }) => id)).toEqual([3, 2]);
    expect(store.ticketsOfImei('356938035643809').map(({ id }) => id)).toEqual([3]);
    for (const text of ['be', 'MÜL', 'mul']) {
      expect(store.findCustomers(text, 5).map(({ name }) => name)).toEqual(['Ben Müller']);
    }
  });

  test('a phone that was handed in without its cable is known once it is plugged in', () => {
    const store = temporaryStore();
    const added = store.createTicket(exampleTicket({ phones: [{ phone: null, imei: '', description: 'Pixel' }] }));
    const uid = added.phones[0]?.uid ?? '';
    expect(store.identifyPhone(added.id, uid, pixel).phones).toMatchObject([{ uid, phone: pixel.id }]);
    store.identifyPhone(added.id, uid, { ...pixel, id: 'OTHER' });
    expect(store.listTickets({ phone: pixel.id }).map(({ id }) => id)).toEqual([added.id]);
  });

  test('of an older store stay, with their number, customer, phone and note', () => {
    const folder = temporaryFolder();
    openStore(folder, { migrations: loadMigrations().slice(0, 10) }).close();
    const db = new Database(join(folder, fileName));
    db.exec(`INSERT INTO phone (id, serial, platform, state, seen_at) VALUES ('P', 'P', 'android', 'ready', '${at}');
      INSERT INTO ticket VALUES (4, 'Ada', 'P', 'Sam', 'slow', '${at}'), (7, '', NULL, 'Kim', '', '${at}');`);
    db.close();
    const store = openStore(folder);
    expect(store.listTickets()).toMatchObject([
      { id: 7, customer: null, phones: [], technician: 'Kim', version: 1 },
      { id: 4, customer: { name: 'Ada' }, phones: [{ phone: 'P' }], fault: 'slow', version: 2, createdAt: at },
    ]);
    expect(foldTicket(store.ticketHistory(4))).toMatchObject({ fault: 'slow', technician: 'Sam', version: 2 });
    store.changeTicket(4, { note: 'It goes on.', customer: { name: 'Ada L.', contact: '' } }, sam);
    expect(store.createTicket(exampleTicket()).id).toBe(8);
    store.close();
  });

  test('keep their number for good: one that is gone gives it to no other', () => {
    const store = temporaryStore();
    store.createTicket(exampleTicket({ customer: null }));
    store.createTicket(exampleTicket({ customer: null }));
    const db = new Database(store.file);
    db.exec(
      `DROP TRIGGER ticket_event_is_never_deleted; DELETE FROM ticket_event WHERE ticket = 2; DELETE FROM ticket WHERE id = 2`,
    );
    db.close();
    expect(store.createTicket(exampleTicket()).id).toBe(3);
  });
});
