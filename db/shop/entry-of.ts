import { z } from 'zod';
import { phoneSchema } from '../../native/phone.ts';
import { uidOf } from '../case-rows.ts';
import type { Connection } from '../connection.ts';
import { backwards, wordsOf } from '../search-words.ts';
import { entrySchema, type Entry } from './entry.ts';
import type { EntryKind } from './entry-kinds.ts';

type Cell = string | number | null;
type Row = Record<string, Cell>;

const anyRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const contentRow = entrySchema.pick({ dictionary: true, diagnosis: true, reading: true, capture: true });
const noContent = { dictionary: null, diagnosis: null, reading: null, capture: null };

/** Which column of a row names a ticket, a customer, and the row of which it is an event. */
const refs: Readonly<Record<EntryKind, Partial<Record<string, 'ticket' | 'customer' | 'snapshot' | 'action'>>>> = {
  customer_event: { customer: 'customer' },
  // Who the customer is, its events tell.
  ticket: {},
  ticket_phone: { ticket: 'ticket' },
  ticket_event: { ticket: 'ticket' },
  snapshot: { ticket: 'ticket' },
  snapshot_event: { snapshot: 'snapshot' },
  action: { ticket: 'ticket', snapshot: 'snapshot' },
  action_event: { action: 'action' },
  test_photo: { ticket: 'ticket' },
};

/** Columns that say something on this computer alone. Of a ticket all that its events add up to is left out too. */
const own: Readonly<Partial<Record<EntryKind, readonly string[]>>> = {
  ticket: [
    'customer',
    'version',
    'status',
    'technician',
    'fault',
    'fields_json',
    'consent_json',
    'changed_at',
    'closed_at',
  ],
  snapshot: ['moment'],
  action: ['walkthrough'],
};

/** PostgreSQL keeps no zero byte and no half of a character in a text. */
const keepable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

const text = (row: Row, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' ? value : null;
};

const mostWords = 40;

/** By what an event of a ticket is found that names this customer. */
export const customerWord = (uid: string): string => `c~${uid}`;

/** Words by their beginning, and by their end. */
const both = (value: string | null): string[] =>
  value === null ? [] : wordsOf(value).flatMap((word) => [word, backwards(word)]);

function wordsIn(kind: EntryKind, row: Row, ticketNumber: string | null): string[] {
  switch (kind) {
    case 'customer_event': {
      const { name, contact } = z
        .object({ name: z.string(), contact: z.string() })
        .parse(JSON.parse(text(row, 'detail_json') ?? '{}'));
      const digits = contact.replaceAll(/\D/g, '');
      return [...wordsOf(name), ...wordsOf(contact), ...(digits.length < 4 ? [] : [digits, backwards(digits)])];
    }
    case 'ticket':
      return ticketNumber === null ? [] : wordsOf(ticketNumber);
    case 'ticket_phone':
      return [...both(text(row, 'imei')), ...wordsOf(text(row, 'description') ?? '')];
    case 'snapshot': {
      const phone = phoneSchema.parse(JSON.parse(text(row, 'phone_json') ?? '{}'));
      return [...both(phone.id), ...wordsOf([phone.name, phone.manufacturer, phone.model].join(' '))];
    }
    case 'ticket_event': {
      const { customer = null } = z
        .object({ customer: z.string().nullable().optional() })
        .parse(JSON.parse(text(row, 'detail_json') ?? '{}'));
      return customer === null ? [] : [customerWord(customer)];
    }
    case 'snapshot_event':
    case 'action':
    case 'action_event':
    case 'test_photo':
      return [];
  }
}

const momentColumns = ['at', 'saved_at', 'planned_at', 'ended_at', 'created_at'];

const detailSchema = z.record(z.string(), z.json());

/** An event of a snapshot names its ticket by the number that it has here. */
function withTicketByUid(connection: Connection, json: string): string {
  const detail = detailSchema.parse(JSON.parse(json));
  const { ticket } = detail;
  return typeof ticket === 'number' ? JSON.stringify({ ...detail, ticket: uidOf(connection, 'ticket', ticket) }) : json;
}

/**
 * A row of this store as the chain keeps it; null where it is gone. `station`: what stands in front of the number of a ticket whose prefix
 * nobody kept. Throws `DamagedRecordError` where it is not any more what was kept: such a row is sent to nobody.
 */
export function entryOf(connection: Connection, kind: EntryKind, uid: string, station: string): Entry | null {
  const found = connection.row(anyRow, `SELECT * FROM "${kind}" WHERE uid = $uid`, { uid });
  if (found === null) return null;
  const id = Number(found['id']);
  connection.requireSealed(kind, { column: 'id', is: id });
  return connection.checked(() => {
    const row = { ...found };
    const named: Row = {};
    for (const [column, table] of Object.entries(refs[kind])) {
      const value = row[column];
      const of = typeof value === 'number' && table !== undefined ? uidOf(connection, table, value) : null;
      row[column] = of;
      named[table ?? column] = of;
    }
    if (kind === 'snapshot_event') row['detail_json'] = withTicketByUid(connection, text(row, 'detail_json') ?? '{}');
    const prefix = text(row, 'prefix') ?? station;
    const number = kind === 'ticket' ? (prefix === '' ? String(id) : `${prefix}-${id}`) : null;
    for (const column of ['id', 'uid', ...(own[kind] ?? [])]) Reflect.deleteProperty(row, column);
    if (number !== null) row['number'] = number;
    const version = found['version'];
    return {
      uid,
      kind,
      of: kind === 'snapshot_event' ? text(named, 'snapshot') : kind === 'action_event' ? text(named, 'action') : null,
      ticket: kind === 'ticket' ? uid : text(named, 'ticket'),
      customer: text(named, 'customer'),
      phone: text(found, 'phone') === null ? null : keepable(String(found['phone'])),
      version: typeof version === 'number' && kind !== 'ticket' ? version : 1,
      at: momentColumns.map((column) => text(found, column)).find((at) => at !== null) ?? '',
      body: JSON.stringify(row),
      words: [...new Set(wordsIn(kind, found, number).map(keepable))].slice(0, mostWords),
      ...(kind === 'snapshot' ? contentOf(connection, id) : noContent),
    };
  });
}

function contentOf(connection: Connection, snapshot: number): z.infer<typeof contentRow> {
  connection.requireSealed('snapshot_content', { column: 'snapshot', is: snapshot });
  const content = connection.row(
    contentRow,
    `SELECT dictionary, diagnosis_zstd AS diagnosis, reading_zstd AS reading, capture_zstd AS capture
     FROM snapshot_content WHERE snapshot = $snapshot`,
    { snapshot },
  );
  return content ?? noContent;
}
