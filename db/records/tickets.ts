import { z } from 'zod';
import type { Connection, Parameters } from '../connection.ts';
import { NotFoundError } from '../errors.ts';
import { jsonColumn } from '../json-column.ts';
import { isLike, searched } from './customers.ts';
import {
  consentSchema,
  filledFieldSchema,
  ticketEventSchema,
  ticketStatusSchema,
  type RecordedTicketEvent,
} from './ticket-events.ts';

/** A phone that was handed in. */
export const ticketPhoneSchema = z.object({
  uid: z.string(),
  /** Id of the phone; null until it is plugged in for the first time. */
  phone: z.string().nullable(),
  /** 15 digits; empty: nobody has said it. */
  imei: z.string(),
  /** What it is, in a person's words. */
  description: z.string(),
});
export type TicketPhone = z.infer<typeof ticketPhoneSchema>;

/** A repair-counter job as it stands. */
export const ticketSchema = z.object({
  /** From 1; what a person types, behind its prefix. */
  id: z.int(),
  uid: z.string(),
  /** What stands in front of its number since it was given; null: it is from a time when nobody kept that. */
  prefix: z.string().nullable(),
  /** How many things have happened to it. */
  version: z.int(),
  status: ticketStatusSchema,
  /** null: nobody said who they are. */
  customer: z.object({ id: z.int(), uid: z.string(), name: z.string(), contact: z.string() }).nullable(),
  /** Empty: nobody has taken it on. */
  technician: z.string(),
  /** As the customer tells it. */
  fault: z.string(),
  /** The shop's own fields that are filled in. */
  fields: z.array(filledFieldSchema),
  /** In the order in which they were handed in. */
  phones: z.array(ticketPhoneSchema),
  /** null: nobody was asked, or it was taken back. */
  consent: consentSchema.extend({ at: z.string(), who: z.string() }).nullable(),
  /** UTC, ISO 8601, like the others. */
  createdAt: z.string(),
  changedAt: z.string(),
  /** null: it is open. */
  closedAt: z.string().nullable(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export interface TicketFilter {
  /** Only those that are open. */
  open?: boolean;
  /** What stands in the customer's name or contact, in the fault, in what is shown of a phone (its names, serial, IMEI, description), or is the number. */
  text?: string;
  /** Of a search: the ticket that the text is the number of as people say it. */
  number?: number;
  /** Id of a phone. */
  phone?: string;
  limit?: number;
  offset?: number;
}

const phonesColumn = `(SELECT json_group_array(json_object('uid', uid, 'phone', phone, 'imei', imei, 'description', description)
                         ORDER BY ticket_phone.id)
                       FROM ticket_phone WHERE ticket_phone.ticket = ticket.id AND removed = 0)`;

const columns = `ticket.id, ticket.uid, prefix, ticket.version, status, technician, fault, fields_json AS fields, consent_json AS consent,
  ticket.created_at AS createdAt, ticket.changed_at AS changedAt, closed_at AS closedAt, ${phonesColumn} AS phones,
  CASE WHEN customer.id IS NULL THEN 'null' ELSE
    json_object('id', customer.id, 'uid', customer.uid, 'name', customer.name, 'contact', customer.contact) END AS customer`;

const row = z
  .object({
    ...ticketSchema.shape,
    customer: jsonColumn(ticketSchema.shape.customer),
    fields: jsonColumn(ticketSchema.shape.fields),
    phones: jsonColumn(ticketSchema.shape.phones),
    consent: jsonColumn(ticketSchema.shape.consent.unwrap()).nullable(),
  })
  .pipe(ticketSchema);

const select = (connection: Connection, rest: string, parameters: Parameters = {}): Ticket[] =>
  connection.rows(
    row,
    `SELECT ${columns} FROM ticket LEFT JOIN customer ON customer.id = ticket.customer ${rest}`,
    parameters,
  );

/** null where there is none. Throws `DamagedRecordError` where it is not any more what was written. */
export function loadTicket(connection: Connection, id: number): Ticket | null {
  connection.requireSealed('ticket', { column: 'id', is: id });
  connection.requireSealed('ticket_phone', { column: 'ticket', is: id });
  const ticket = select(connection, 'WHERE ticket.id = $id', { id })[0] ?? null;
  if (ticket?.customer) connection.requireSealed('customer', { column: 'id', is: ticket.customer.id });
  return ticket;
}

/** What stands in front of its number; null: nobody knows. */
export const ticketPrefix = (connection: Connection, id: number): string | null =>
  connection.row(z.object({ prefix: z.string().nullable() }), 'SELECT prefix FROM ticket WHERE id = $id', { id })
    ?.prefix ?? null;

const textCondition = `(${['customer.name', 'customer.contact', 'fault', 'technician'].map((text) => isLike(text, '$text')).join(' OR ')}
  OR ticket.id = $number
  OR EXISTS (SELECT 1 FROM ticket_phone WHERE ticket_phone.ticket = ticket.id AND removed = 0
             AND (imei LIKE $text ESCAPE '\\' OR ${isLike('description', '$text')}))
  OR EXISTS (SELECT 1 FROM ticket_phone JOIN phone ON phone.id = ticket_phone.phone
             WHERE ticket_phone.ticket = ticket.id AND removed = 0
               AND (${isLike('phone.name', '$text')} OR ${isLike('phone.id', '$serial')}
                    OR ${isLike("concat_ws(' ', phone.manufacturer, phone.model)", '$text')})))`;

/** Fewer signs are in too many serials: who types 1 means a ticket. */
const shortestOfSerial = 3;

function searchParameters(text: string, number: number | undefined): Parameters {
  const typed = /^\d{1,15}$/.test(text) ? Number(text) : null;
  const wanted = `%${searched(text)}%`;
  return { text: wanted, number: number ?? typed, serial: text.length < shortestOfSerial ? null : wanted };
}

/** The latest first. */
export function listTickets(connection: Connection, filter: TicketFilter = {}): Ticket[] {
  const { open = false, text = '', number, phone, limit = -1, offset = 0 } = filter;
  const conditions = [
    ...(open ? ['closed_at IS NULL'] : []),
    ...(text === '' ? [] : [textCondition]),
    ...(phone === undefined
      ? []
      : ['ticket.id IN (SELECT ticket FROM ticket_phone WHERE phone = $phone AND removed = 0)']),
  ];
  return select(
    connection,
    `${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY ticket.id DESC LIMIT $limit OFFSET $offset`,
    {
      limit,
      offset,
      ...(text === '' ? {} : searchParameters(text, number)),
      ...(phone === undefined ? {} : { phone }),
    },
  );
}

/** Numbers of the latest tickets that have a word in their customer's name or contact, in the fault, or at the end of an IMEI. */
export const ticketsSaying = (connection: Connection, word: string, limit: number): number[] =>
  connection
    .rows(
      z.object({ id: z.int() }),
      `SELECT id FROM ticket
       WHERE customer IN (SELECT id FROM customer WHERE ${isLike('name', '$text')} OR ${isLike('contact', '$text')})
          OR ${isLike('fault', '$text')}
          OR id IN (SELECT ticket FROM ticket_phone WHERE removed = 0 AND imei LIKE $end ESCAPE '\\')
       ORDER BY id DESC LIMIT $limit`,
      { text: `%${searched(word)}%`, end: `%${searched(word)}`, limit },
    )
    .map(({ id }) => id);

/** Numbers of the open tickets that a phone is on, the latest first; each is there also where the rest of it is damaged. */
export const openTicketsOf = (connection: Connection, phone: string): number[] =>
  connection
    .rows(
      z.object({ id: z.int() }),
      `SELECT id FROM ticket
       WHERE closed_at IS NULL AND id IN (SELECT ticket FROM ticket_phone WHERE phone = $phone AND removed = 0)
       ORDER BY id DESC`,
      { phone },
    )
    .map(({ id }) => id);

/** Those that a phone with this IMEI was handed in under, the latest first. */
export const ticketsOfImei = (connection: Connection, imei: string): Ticket[] =>
  select(
    connection,
    'WHERE ticket.id IN (SELECT ticket FROM ticket_phone WHERE imei = $imei AND removed = 0) ORDER BY ticket.id DESC',
    { imei },
  );

const eventRow = z.object({
  version: z.int(),
  kind: z.string(),
  who: z.string(),
  at: z.string(),
  detail: jsonColumn(z.record(z.string(), z.json())),
});
const recordedEvent = z.intersection(
  ticketEventSchema,
  z.object({ version: z.int(), who: z.string(), at: z.string() }),
);

/** Everything that happened to a ticket, in that order. */
export function ticketHistory(connection: Connection, id: number): RecordedTicketEvent[] {
  connection.requireSealed('ticket_event', { column: 'ticket', is: id });
  return connection.rows(
    eventRow.transform(({ detail, ...rest }) => ({ ...detail, ...rest })).pipe(recordedEvent),
    'SELECT version, kind, who, at, detail_json AS detail FROM ticket_event WHERE ticket = $id ORDER BY version',
    { id },
  );
}

/** Throws `NotFoundError` for a ticket that does not exist; null is no ticket. */
export function requireTicket(connection: Connection, id: number | null): void {
  if (id === null) return;
  const found = connection.row(z.unknown(), 'SELECT 1 FROM ticket WHERE id = $id', { id });
  if (found === null) throw new NotFoundError('ticket', id);
}

/** The ticket that something of a phone belongs to: the one that is named, else the latest open one with this phone. */
export function ticketFor(connection: Connection, phone: string, named: number | null): number | null {
  requireTicket(connection, named);
  if (named !== null) return named;
  const open = connection.row(
    z.object({ id: z.int() }),
    `SELECT ticket.id FROM ticket_phone JOIN ticket ON ticket.id = ticket_phone.ticket
     WHERE phone = $phone AND removed = 0 AND closed_at IS NULL ORDER BY ticket.id DESC LIMIT 1`,
    { phone },
  );
  return open?.id ?? null;
}
