import { z } from 'zod';
import { phoneSchema, type Phone } from '../native/phone.ts';
import {
  caseUnitSchema,
  hashOfUnit,
  idOf,
  putUnit,
  refsOf,
  rememberPhones,
  unitKinds,
  unitOf,
  type CaseRow,
  type CaseUnit,
  type UnitKind,
} from './case-rows.ts';
import type { Connection } from './connection.ts';
import { NotFoundError, StoreError } from './errors.ts';
import { loadAction } from './records/actions.ts';
import { erasedOf } from './records/erased.ts';
import { listPhones } from './records/phones.ts';
import { rememberTakenIn } from './records/taken-in.ts';
import { indexSnapshot } from './records/snapshot-search.ts';
import { listSnapshots, loadSnapshot, nextMoment } from './records/snapshots.ts';
import { listTestPhotos } from './records/test-photos.ts';
import { toldCustomerSchema } from './records/customers.ts';
import { foldTicket, type FoldedTicket } from './records/ticket-events.ts';
import { listTickets, loadTicket, ticketHistory, type Ticket } from './records/tickets.ts';

/** What a case holds: whole units, and the phones that they are about. */
export const caseContentSchema = z.object({
  phones: z.array(z.object({ phone: phoneSchema, seenAt: z.iso.datetime() })).max(1000),
  units: z.array(caseUnitSchema).max(20_000),
});
export type CaseContent = z.infer<typeof caseContentSchema>;

/**
 * What a unit of a case is to this store. `differs`: it is there, and is not the same; it stays as it is here. `erased`: it, or what it belongs
 * to, was erased here for good, and does not come back.
 */
export type UnitState = 'new' | 'same' | 'differs' | 'erased';

export interface PreviewedUnit {
  kind: UnitKind;
  uid: string;
  state: UnitState;
  /** Its number here; null where it is not there yet. */
  id: number | null;
}

/** The rows of a case do not fit together: it was made by another program, or by hand. */
export class CaseUnfitError extends StoreError {
  readonly code = 'case-unfit';
  constructor(why: string, cause?: unknown) {
    super(`The case does not fit together: ${why}. Nothing was taken in.`, { cause });
  }
}

const idRows = z.object({ id: z.int() });

/**
 * Tickets with everything that belongs to them, and snapshots with the corrections that rest on them. Throws `NotFoundError`, and
 * `DamagedRecordError` for what is not any more what was kept.
 */
export function collectCase(
  connection: Connection,
  { tickets, snapshots }: { tickets: readonly number[]; snapshots: readonly number[] },
): CaseContent {
  const chosen = new Map<string, { kind: UnitKind; id: number }>();
  const add = (kind: UnitKind, id: number): void => void chosen.set(`${kind} ${id}`, { kind, id });
  const belonging = (kind: UnitKind, column: string, id: number): void => {
    const found = connection.rows(idRows, `SELECT id FROM "${kind}" WHERE "${column}" = $id ORDER BY id`, { id });
    for (const row of found) add(kind, row.id);
  };
  for (const id of tickets) {
    const ticket = loadTicket(connection, id);
    if (ticket === null) throw new NotFoundError('ticket', id);
    if (ticket.customer !== null) add('customer', ticket.customer.id);
    add('ticket', id);
    for (const kind of ['snapshot', 'action', 'test_photo'] as const) belonging(kind, 'ticket', id);
  }
  for (const id of snapshots) {
    if (loadSnapshot(connection, id) === null) throw new NotFoundError('snapshot', id);
    add('snapshot', id);
    belonging('action', 'snapshot', id);
  }
  const all = [...chosen.values()].toSorted(
    (a, b) => unitKinds.indexOf(a.kind) - unitKinds.indexOf(b.kind) || a.id - b.id,
  );
  const included = new Set(all.flatMap(({ kind, id }) => unitOf(connection, kind, id, new Set())?.uid ?? []));
  const found = all.flatMap(({ kind, id }) => unitOf(connection, kind, id, included) ?? []);
  const named = new Set(found.flatMap(phonesIn));
  const phones = listPhones(connection)
    .filter(({ id }) => named.has(id))
    .map(({ serial: _serial, seenAt, ...phone }) => ({ phone, seenAt }));
  return { phones, units: found };
}

const phonesIn = ({ row, parts }: CaseUnit): string[] =>
  [row, ...Object.values(parts).flat()].flatMap(({ phone }) => (typeof phone === 'string' ? [phone] : []));

const uidIn = (row: CaseRow): string => (typeof row['uid'] === 'string' ? row['uid'] : '');

/** Of a unit and its parts. */
const uidsOf = ({ uid, parts }: CaseUnit): string[] => [
  uid,
  ...Object.values(parts).flatMap((rows) => rows.map(uidIn).filter((one) => one !== '')),
];

/** Without the parts of units that were erased here: the phone of a ticket that stays, where the phone was forgotten. */
function withoutErased(connection: Connection, units: readonly CaseUnit[]): CaseUnit[] {
  const parts = units.flatMap((unit) => Object.values(unit.parts).flat());
  const erased = erasedOf(connection, parts.map(uidIn));
  if (erased.size === 0) return [...units];
  return units.map((unit) => ({
    ...unit,
    parts: Object.fromEntries(
      Object.entries(unit.parts).map(([table, rows]) => [table, rows.filter((row) => !erased.has(uidIn(row)))]),
    ),
  }));
}

/** What taking a case in would do. Throws `CaseUnfitError`. */
export const previewCase = (connection: Connection, { units }: CaseContent): PreviewedUnit[] =>
  previewUnits(connection, withoutErased(connection, units));

function previewUnits(connection: Connection, units: readonly CaseUnit[]): PreviewedUnit[] {
  const included = new Set(units.map(({ uid }) => uid));
  if (included.size !== units.length) throw new CaseUnfitError('an id stands in it twice');
  const erased = erasedOf(
    connection,
    units.flatMap((unit) => [unit.uid, ...refsOf(unit)]),
  );
  // What belongs to one that is erased goes with it, however many steps there are between them.
  for (const kind of unitKinds) {
    for (const unit of units) {
      if (unit.kind === kind && refsOf(unit).some((one) => erased.has(one))) erased.add(unit.uid);
    }
  }
  return units.map((unit) => {
    const { kind, uid } = unit;
    if (erased.has(uid)) return { kind, uid, state: 'erased', id: null };
    const id = idOf(connection, kind, uid);
    const here = id === null ? null : unitOf(connection, kind, id, included);
    const state = here === null ? 'new' : hashOfUnit(here) === hashOfUnit(unit) ? 'same' : 'differs';
    return { kind, uid, state, id };
  });
}

/**
 * Takes in what is not there yet, all of it or nothing; what is there stays as it is. Every row is read again as the program reads it before
 * it counts, so that nothing gets in that could not be shown. Throws `CaseUnfitError`.
 */
export function importCase(connection: Connection, content: CaseContent): PreviewedUnit[] {
  return connection.transaction(() => {
    const units = withoutErased(connection, content.units);
    const preview = previewUnits(connection, units);
    try {
      const taken = new Set(units.filter((_unit, index) => preview[index]?.state === 'new').flatMap(phonesIn));
      const phones = rememberPhones(
        connection,
        content.phones.filter(({ phone }) => taken.has(phone.id)),
      );
      return preview.map((unit, index) => {
        const told = units[index];
        if (unit.state !== 'new' || told === undefined) return unit;
        requireTimes(connection, told);
        requireFree(connection, uidsOf(told));
        rememberTakenIn(connection, uidsOf(told));
        const { unit: here, own } = forHere(connection, told, phones);
        const id = putUnit(connection, here, phones, own);
        requireReadable(connection, unit.kind, id);
        return { ...unit, id };
      });
    } catch (error) {
      throw unfit(error);
    }
  });
}

/** How far the clock of another computer may be ahead of this one. */
const aheadMs = 24 * 3_600_000;
const timeSchema = z.iso.datetime();

/** Lists and what is told by time compare times as text, and trust them. */
function requireTimes(connection: Connection, { kind, row, parts }: CaseUnit): void {
  const latest = Date.parse(connection.now()) + aheadMs;
  for (const [table, rows] of Object.entries({ ...parts, [kind]: [row] })) {
    for (const [column, value] of rows.flatMap((one) => Object.entries(one))) {
      if (value === null || (column !== 'at' && !column.endsWith('_at'))) continue;
      const time = timeSchema.safeParse(value);
      if (!time.success) throw new RangeError(`${table}.${column} is no time`);
      if (Date.parse(time.data) > latest) throw new RangeError(`${table}.${column} is in the future`);
    }
  }
}

/** What has the id of something that is here would count as taken in with it. */
function requireFree(connection: Connection, uids: readonly string[]): void {
  if (uids.some((uid) => unitKinds.some((kind) => idOf(connection, kind, uid) !== null))) {
    throw new RangeError('an id is of something else here');
  }
}

function unfit(error: unknown): unknown {
  if (error instanceof StoreError && error.code !== 'damaged-record') return error;
  const why =
    error instanceof StoreError ? 'a row cannot be read' : error instanceof Error ? error.message : String(error);
  return new CaseUnfitError(why.slice(0, 200), error);
}

/** A snapshot gets its place in time here, and its phone the id that it has here. */
function forHere(connection: Connection, unit: CaseUnit, phones: (id: string) => string) {
  if (unit.kind !== 'snapshot') return { unit, own: {} };
  const { taken_at: takenAt, phone_json: text } = unit.row;
  if (typeof takenAt !== 'string' || typeof text !== 'string' || Number.isNaN(Date.parse(takenAt))) {
    throw new RangeError('A snapshot has no time or no phone.');
  }
  const phone: Phone = phoneSchema.parse(JSON.parse(text));
  const id = phones(phone.id);
  const row = id === phone.id ? unit.row : { ...unit.row, phone_json: JSON.stringify({ ...phone, id }) };
  return { unit: { ...unit, row }, own: { moment: nextMoment(connection, takenAt) } };
}

const isWhatEventsSay = (ticket: Ticket, folded: FoldedTicket): boolean =>
  (['version', 'status', 'fault', 'technician', 'createdAt', 'changedAt', 'closedAt'] as const).every(
    (name) => ticket[name] === folded[name],
  );

/** Throws where a customer says another thing than was told last, or more than anybody can enter. */
function requireTold(connection: Connection, id: number): void {
  const rows = connection.rows(
    z.object({ name: z.string(), contact: z.string(), version: z.int(), told: z.string(), last: z.int() }),
    `SELECT name, contact, customer.version, detail_json AS told, customer_event.version AS last
     FROM customer JOIN customer_event ON customer_event.customer = customer.id
     WHERE customer.id = $id ORDER BY customer_event.version DESC LIMIT 1`,
    { id },
  );
  const [row] = rows;
  const told = row === undefined ? null : toldCustomerSchema.parse(JSON.parse(row.told));
  if (row?.version !== row?.last || told?.name !== row?.name || told?.contact !== row?.contact) {
    throw new RangeError('A customer is not what was told last.');
  }
}

/** Throws where a row that was put in cannot be shown, alone or in a list, or says another thing than its events. */
function requireReadable(connection: Connection, kind: UnitKind, id: number): void {
  switch (kind) {
    case 'customer':
      requireTold(connection, id);
      return;
    case 'ticket': {
      const ticket = loadTicket(connection, id);
      const folded = foldTicket(ticketHistory(connection, id));
      if (ticket === null || !isWhatEventsSay(ticket, folded)) {
        throw new RangeError('A ticket is not what its events add up to.');
      }
      listTickets(connection, { text: String(id) });
      return;
    }
    case 'snapshot': {
      const snapshot = loadSnapshot(connection, id);
      indexSnapshot(connection, id);
      listSnapshots(connection, { phone: snapshot?.phone.id ?? '' });
      return;
    }
    case 'action':
      if (loadAction(connection, id) === null) throw new RangeError('An action cannot be read.');
      return;
    case 'test_photo':
      listTestPhotos(connection);
  }
}
