import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Phone } from '../native/phone.ts';
import type { Connection, Parameters } from './connection.ts';
import { newestDictionary, pack, packedKinds, unpack } from './packed.ts';
import { listPhones, phoneIdOf, rememberPhone } from './records/phones.ts';

/*
 * What goes from one computer to another, a unit at a time: a ticket with everything that happened to it, a snapshot with its content. Rows
 * are as they are kept, but name each other by uid; short numbers, and what only this computer's indexes need, stay behind.
 */

/** In the order in which they are put in: what is referred to comes first. */
export const unitKinds = ['customer', 'ticket', 'snapshot', 'action', 'test_photo'] as const;
const unitKindSchema = z.enum(unitKinds);
export type UnitKind = z.infer<typeof unitKindSchema>;

const cellSchema = z.union([z.string().max(64 * 1024 * 1024), z.number(), z.null()]);
const rowSchema = z.record(z.string().max(60), cellSchema);
export type CaseRow = z.infer<typeof rowSchema>;

/** What has an id for other computers has one that they can keep: the server of a chain keeps a UUID. */
const partSchema = rowSchema.refine((row) => !('uid' in row) || z.uuid().safeParse(row['uid']).success, 'no uid');

/** A row with those that belong to it alone, by the name of their table. */
export const caseUnitSchema = z.object({
  kind: unitKindSchema,
  uid: z.uuid(),
  row: rowSchema,
  parts: z.record(z.string().max(60), z.array(partSchema).max(10_000)),
});
export type CaseUnit = z.infer<typeof caseUnitSchema>;

interface UnitSpec {
  /** Tables of which rows belong to it, each with the column that says to which. */
  parts: Readonly<Record<string, string>>;
  /** Columns that name a row of another unit. */
  refs: Readonly<Record<string, UnitKind>>;
  /** Columns that only this computer needs. */
  own: readonly string[];
}

const units: Readonly<Record<UnitKind, UnitSpec>> = {
  customer: { parts: { customer_event: 'customer' }, refs: {}, own: ['id'] },
  ticket: {
    parts: { ticket_phone: 'ticket', ticket_event: 'ticket' },
    refs: { customer: 'customer' },
    own: ['id', 'prefix'],
  },
  snapshot: {
    parts: { snapshot_content: 'snapshot', snapshot_event: 'snapshot' },
    refs: { ticket: 'ticket' },
    own: ['id', 'moment'],
  },
  // A walk-through is a sitting of this computer.
  action: {
    parts: { action_event: 'action' },
    refs: { ticket: 'ticket', snapshot: 'snapshot' },
    own: ['id', 'walkthrough'],
  },
  test_photo: { parts: {}, refs: { ticket: 'ticket' }, own: ['id'] },
};

const columnRow = z.object({ name: z.string() });
const anyRow = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)]));
const idRow = z.object({ id: z.int() });
const uidRow = z.object({ uid: z.string() });

const columnsOf = (connection: Connection, table: string): string[] =>
  connection.rows(columnRow, `PRAGMA table_info("${table}")`).map(({ name }) => name);

export const idOf = (connection: Connection, kind: UnitKind, uid: string): number | null =>
  connection.row(idRow, `SELECT id FROM "${kind}" WHERE uid = $uid`, { uid })?.id ?? null;

export const uidOf = (connection: Connection, kind: UnitKind, id: number): string | null =>
  connection.row(uidRow, `SELECT uid FROM "${kind}" WHERE id = $id`, { id })?.uid ?? null;

const sorted = (one: CaseRow): [string, unknown][] => Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** SHA-256 of a unit, whatever the order of its columns. */
export function hashOfUnit({ kind, uid, row, parts }: CaseUnit): string {
  const parted = Object.entries(parts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([table, rows]) => [table, rows.map(sorted)]);
  return createHash('sha256')
    .update(JSON.stringify([kind, uid, sorted(row), parted]))
    .digest('hex');
}

/** What is packed travels as text: the other computer may pack it otherwise. */
function plain(table: string, row: z.infer<typeof anyRow>): CaseRow {
  const dictionary = typeof row['dictionary'] === 'number' ? row['dictionary'] : newestDictionary;
  const told = Object.entries(row).flatMap(([column, value]): [string, CaseRow[string]][] => {
    if (table === 'snapshot_content' && column === 'dictionary') return [];
    if (!(value instanceof Uint8Array)) return [[column, value]];
    const kind = packedKinds.find((one) => column === `${one}_zstd`);
    if (kind === undefined) throw new RangeError(`${table}.${column} holds bytes.`);
    return [[`${kind}_json`, unpack(value, kind, dictionary)]];
  });
  return Object.fromEntries(told);
}

/** Uids of what a unit of a case belongs to. */
export const refsOf = ({ kind, row }: CaseUnit): string[] =>
  Object.keys(units[kind].refs).flatMap((column) => {
    const uid = row[column];
    return typeof uid === 'string' ? [uid] : [];
  });

/** A row of a unit, or null: `included` are the units of the same case, and what refers to any other refers to none. */
export function unitOf(
  connection: Connection,
  kind: UnitKind,
  id: number,
  included: ReadonlySet<string>,
): CaseUnit | null {
  const { parts, refs, own } = units[kind];
  connection.requireSealed(kind, { column: 'id', is: id });
  const found = connection.row(anyRow, `SELECT * FROM "${kind}" WHERE id = $id`, { id });
  const uid = found?.['uid'];
  if (found === null || typeof uid !== 'string') return null;
  const row = plain(kind, found);
  for (const column of own) Reflect.deleteProperty(row, column);
  for (const [column, to] of Object.entries(refs)) {
    const reference = row[column];
    const of = typeof reference === 'number' ? uidOf(connection, to, reference) : null;
    row[column] = of !== null && included.has(of) ? of : null;
  }
  const partRows = Object.entries(parts).map(([table, column]) => {
    connection.requireSealed(table, { column, is: id });
    const rows = connection.rows(anyRow, `SELECT * FROM "${table}" WHERE "${column}" = $id ORDER BY rowid`, { id });
    return [
      table,
      rows.map((part) => {
        const told = plain(table, part);
        Reflect.deleteProperty(told, column);
        Reflect.deleteProperty(told, 'id');
        return told;
      }),
    ] as const;
  });
  return { kind, uid, row, parts: Object.fromEntries(partRows) };
}

function packed(row: CaseRow): Parameters {
  const cells = Object.entries(row).flatMap(([column, value]): [string, Parameters[string]][] => {
    const kind = packedKinds.find((one) => column === `${one}_json`);
    return kind !== undefined && typeof value === 'string' ? [[`${kind}_zstd`, pack(value, kind)]] : [[column, value]];
  });
  return { ...Object.fromEntries(cells), dictionary: newestDictionary };
}

/** Puts a row in. Throws a `RangeError` for a column that is not known here. */
function put(connection: Connection, table: string, row: Parameters): number {
  const known = new Set(columnsOf(connection, table));
  const unknown = Object.keys(row).find((column) => !known.has(column));
  if (unknown !== undefined) throw new RangeError(`${table} has no ${unknown}.`);
  const columns = Object.keys(row);
  return connection.run(
    `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')})
     VALUES (${columns.map((column) => `$${column}`).join(', ')})`,
    row,
  );
}

/** Under which id each phone of a case is kept here; phones that are not known yet are remembered. */
export type PhonesHere = (phone: string) => string;

export function rememberPhones(
  connection: Connection,
  phones: readonly { phone: Phone; seenAt: string }[],
): PhonesHere {
  const known = new Set(listPhones(connection).map(({ id }) => id));
  // What is known of a phone here stays as it is.
  const idHere = (phone: Phone, seenAt: string): string => {
    const id = phoneIdOf(connection, phone);
    return known.has(id) ? id : rememberPhone(connection, phone, seenAt);
  };
  const here = new Map(phones.map(({ phone, seenAt }) => [phone.id, idHere(phone, seenAt)]));
  return (phone) => {
    const found = here.get(phone);
    if (found === undefined) throw new RangeError('A row names a phone that is not in the case.');
    return found;
  };
}

/**
 * Puts a unit in that is not there yet; within a transaction of the caller. Returns its number here. `own`: what only this computer needs.
 * Throws a `RangeError` or what SQLite throws where it is no such unit.
 */
export function putUnit(connection: Connection, unit: CaseUnit, phones: PhonesHere, own: Parameters): number {
  const { parts, refs, own: ofHere } = units[unit.kind];
  const foreign = ofHere.find((column) => column in unit.row);
  if (foreign !== undefined) throw new RangeError(`A ${unit.kind} brings its own ${foreign}.`);
  const rewritten = (row: CaseRow): CaseRow =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        column === 'phone' && typeof value === 'string' ? phones(value) : value,
      ]),
    );
  const row = rewritten(unit.row);
  for (const [column, kind] of Object.entries(refs)) {
    const uid = row[column];
    row[column] = typeof uid === 'string' ? idOf(connection, kind, uid) : null;
  }
  const id = put(connection, unit.kind, { ...row, ...own, uid: unit.uid });
  const strange = Object.keys(unit.parts).find((table) => !(table in parts));
  if (strange !== undefined) throw new RangeError(`A ${unit.kind} has no ${strange}.`);
  for (const [table, column] of Object.entries(parts)) {
    for (const part of unit.parts[table] ?? []) {
      if ('id' in part || column in part) throw new RangeError(`A row of ${table} brings its own number.`);
      const told = rewritten(part);
      put(connection, table, { ...(table === 'snapshot_content' ? packed(told) : told), [column]: id });
    }
  }
  return id;
}
