import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { phoneSchema, type Phone } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { NotFoundError, TicketChangedError } from '../errors.ts';
import { checkedInput } from '../input.ts';
import { addCustomer, changeCustomer, customerOfUid, customerSaying, toldCustomerSchema } from './customers.ts';
import { putIntoOutbox } from './outbox.ts';
import { rememberPhone } from './phones.ts';
import {
  consentSchema,
  filledFieldSchema,
  foldTicket,
  takenBack,
  ticketEventSchema,
  ticketStatusSchema,
  type TicketEvent,
} from './ticket-events.ts';
import { loadTicket, requireTicket, ticketHistory, type Ticket } from './tickets.ts';

export const newTicketPhoneSchema = z.object({
  phone: phoneSchema.nullable(),
  imei: z.string().regex(/^(?:\d{15})?$/),
  description: z.string().trim().max(200),
});
export type NewTicketPhone = z.infer<typeof newTicketPhoneSchema>;

const customerChoice = z.union([toldCustomerSchema, z.object({ uid: z.string() })]).nullable();

export const newTicketSchema = z.object({
  /** What they say of themselves, or the uid of one that is known; null: nobody said. */
  customer: customerChoice,
  technician: z.string().trim().max(80),
  fault: z.string().trim().max(4000),
  fields: z.array(filledFieldSchema).max(50),
  phones: z.array(newTicketPhoneSchema).max(50),
  consent: consentSchema.nullable(),
  /** Stands in front of its number from now on. */
  prefix: z.string().max(6).optional(),
  /** Who takes it in. */
  who: z.string(),
});
export type NewTicket = z.infer<typeof newTicketSchema>;

/** What somebody changes of a ticket; what is left out stays. */
export const ticketChangeSchema = z.object({
  customer: customerChoice.optional(),
  technician: newTicketSchema.shape.technician.optional(),
  fault: newTicketSchema.shape.fault.optional(),
  fields: newTicketSchema.shape.fields.optional(),
  status: ticketStatusSchema.optional(),
  note: z.string().trim().min(1).max(4000).optional(),
  addPhones: z.array(newTicketPhoneSchema).max(50).optional(),
  /** Uids. */
  removePhones: z.array(z.string()).max(50).optional(),
  /** null: taken back. */
  consent: consentSchema.nullable().optional(),
});
export type TicketChange = z.infer<typeof ticketChangeSchema>;

/** Within a transaction of the caller; the uid of the customer that is meant. */
function chosenCustomer(
  connection: Connection,
  choice: NonNullable<NewTicket['customer']>,
  who: string,
  at: string,
): string | null {
  if ('uid' in choice) return customerOfUid(connection, choice.uid)?.uid ?? null;
  if (choice.name === '' && choice.contact === '') return null;
  return customerSaying(connection, choice)?.uid ?? addCustomer(connection, choice, who, at);
}

function addPhone(connection: Connection, ticket: number, added: NewTicketPhone, at: string): string {
  const uid = connection.newUid(at);
  const phone = added.phone === null ? null : rememberPhone(connection, added.phone, at);
  connection.run(
    `INSERT INTO ticket_phone (uid, ticket, phone, imei, description, created_at)
     VALUES ($uid, $ticket, $phone, $imei, $description, $at)`,
    { uid, ticket, phone, imei: added.imei, description: added.description, at },
  );
  return uid;
}

function keepEvents(
  connection: Connection,
  ticket: number,
  from: number,
  events: readonly TicketEvent[],
  { who, at }: { who: string; at: string },
): void {
  for (const [index, event] of events.entries()) {
    const { kind, ...detail } = ticketEventSchema.parse(event);
    const uid = connection.newUid(at);
    if (kind === 'opened' || kind === 'status-set') putIntoOutbox(connection, { uid, ticket, about: 'ticket' }, at);
    connection.run(
      `INSERT INTO ticket_event (uid, ticket, version, kind, who, at, detail_json)
       VALUES ($uid, $ticket, $version, $kind, $who, $at, $detail)`,
      {
        uid,
        ticket,
        version: from + index + 1,
        kind,
        who,
        at,
        detail: JSON.stringify(detail),
      },
    );
  }
}

/** Writes down what the events of a ticket add up to. */
function keepFolded(connection: Connection, id: number): void {
  const { version, customer, status, technician, fault, fields, consent, phones, changedAt, closedAt } = foldTicket(
    ticketHistory(connection, id),
  );
  connection.run(
    `UPDATE ticket SET version = $version, customer = (SELECT id FROM customer WHERE uid = $customer), status = $status,
            technician = $technician, fault = $fault, fields_json = $fields, consent_json = $consent, changed_at = $changedAt,
            closed_at = $closedAt
     WHERE id = $id`,
    {
      id,
      version,
      customer,
      status,
      technician,
      fault,
      fields: JSON.stringify(fields),
      consent: consent === null ? null : JSON.stringify(consent),
      changedAt,
      closedAt,
    },
  );
  connection.run(
    'UPDATE ticket_phone SET removed = uid NOT IN (SELECT value FROM json_each($phones)) WHERE ticket = $id',
    { id, phones: JSON.stringify(phones) },
  );
}

function requireWhole(connection: Connection, id: number): Ticket {
  const ticket = loadTicket(connection, id);
  if (ticket === null) throw new NotFoundError('ticket', id);
  return ticket;
}

export function createTicket(connection: Connection, newTicket: NewTicket): Ticket {
  const {
    customer,
    technician,
    fault,
    fields,
    phones,
    consent,
    prefix = null,
    who,
  } = checkedInput(newTicketSchema, newTicket);
  const at = connection.now();
  return connection.transaction(() => {
    const uid = connection.newUid(at);
    const id = connection.run(
      `INSERT INTO ticket (uid, version, prefix, status, technician, fault, fields_json, created_at, changed_at)
       VALUES ($uid, 1, $prefix, 'taken-in', '', '', '[]', $at, $at)`,
      { uid, prefix, at },
    );
    const chosen = customer === null ? null : chosenCustomer(connection, customer, who, at);
    const events: TicketEvent[] = [
      { kind: 'opened', customer: chosen, technician, fault, fields },
      ...phones.map((phone): TicketEvent => ({ kind: 'phone-added', phone: addPhone(connection, id, phone, at) })),
      ...(consent === null ? [] : [{ kind: 'consent-given' as const, ...consent }]),
    ];
    keepEvents(connection, id, 0, events, { who, at });
    keepFolded(connection, id);
    return requireWhole(connection, id);
  });
}

/** The uid that the ticket names as its customer from now on. A customer that is known already stays the same one. */
function toldCustomer(
  connection: Connection,
  { customer: present }: Ticket,
  choice: NewTicket['customer'],
  who: string,
  at: string,
): string | null {
  if (choice === null) return null;
  const known = present === null ? null : customerOfUid(connection, present.uid);
  if (known === null || 'uid' in choice) return chosenCustomer(connection, choice, who, at);
  if (choice.name === '' && choice.contact === '') return null;
  changeCustomer(connection, known, choice, who, at);
  return known.uid;
}

const isSameCustomer = (present: Ticket['customer'], choice: NewTicket['customer']): boolean => {
  if (choice === null || present === null) {
    return present === null && (choice === null || (!('uid' in choice) && choice.name === '' && choice.contact === ''));
  }
  if ('uid' in choice) return choice.uid === present.uid;
  return choice.name === present.name && choice.contact === present.contact;
};

function consentEvents(present: Ticket['consent'], consent: TicketChange['consent']): TicketEvent[] {
  if (consent === undefined) return [];
  if (consent === null) return present === null ? [] : [{ kind: 'consent-withdrawn' }];
  const isSame = present !== null && isDeepStrictEqual(consentSchema.parse(present), consent);
  return isSame ? [] : [{ kind: 'consent-given', ...consent }];
}

/** The events of a change that say something else than the ticket says already; customers and new phones apart. Pure. */
function eventsOf(ticket: Ticket, change: TicketChange): TicketEvent[] {
  const { technician, fault, fields = [], status, note, removePhones = [], consent } = change;
  const others = fields.filter(
    ({ id, value }) => (ticket.fields.find((field) => field.id === id)?.value ?? '') !== value,
  );
  const present = new Set(ticket.phones.map(({ uid }) => uid));
  return [
    ...(technician === undefined || technician === ticket.technician
      ? []
      : [{ kind: 'technician-set' as const, technician }]),
    ...(fault === undefined || fault === ticket.fault ? [] : [{ kind: 'fault-told' as const, fault }]),
    ...(others.length === 0 ? [] : [{ kind: 'fields-filled' as const, fields: others }]),
    ...removePhones.filter((uid) => present.has(uid)).map((phone): TicketEvent => ({ kind: 'phone-removed', phone })),
    ...consentEvents(ticket.consent, consent),
    ...(note === undefined ? [] : [{ kind: 'note-added' as const, note }]),
    ...(status === undefined || status === ticket.status ? [] : [{ kind: 'status-set' as const, status }]),
  ];
}

/**
 * Adds to a ticket what somebody changes of it who has `seen` it at a version; null: as it is now. What others have changed meanwhile stays,
 * and what says the same as the ticket already does makes no event. Throws `NotFoundError`, or `TicketChangedError` where it would take
 * back what they have not seen: nothing is changed then.
 */
export function changeTicket(
  connection: Connection,
  id: number,
  change: TicketChange,
  { seen, who }: { seen: number | null; who: string },
): Ticket {
  const checked = checkedInput(ticketChangeSchema, change);
  const at = connection.now();
  return connection.transaction(() => {
    const ticket = requireWhole(connection, id);
    const events = eventsOf(ticket, checked);
    const { customer, addPhones = [] } = checked;
    const tells = customer !== undefined && !isSameCustomer(ticket.customer, customer);
    const unseen = seen === null ? [] : ticketHistory(connection, id).filter(({ version }) => version > seen);
    const taken = takenBack(unseen, tells ? [...events, { kind: 'customer-told', customer: null }] : events);
    if (taken !== null) throw new TicketChangedError(taken.part, taken.event.who);
    if (tells) {
      events.unshift({ kind: 'customer-told', customer: toldCustomer(connection, ticket, customer, who, at) });
    }
    events.push(
      ...addPhones.map((phone): TicketEvent => ({ kind: 'phone-added', phone: addPhone(connection, id, phone, at) })),
    );
    if (events.length === 0) return ticket;
    keepEvents(connection, id, ticket.version, events, { who, at });
    keepFolded(connection, id);
    return requireWhole(connection, id);
  });
}

/** A phone that was handed in without its cable is who it turns out to be when it is plugged in. Throws `NotFoundError`. */
export function identifyPhone(connection: Connection, id: number, uid: string, phone: Phone): Ticket {
  return connection.transaction(() => {
    requireTicket(connection, id);
    const known = rememberPhone(connection, phone, connection.now());
    connection.run('UPDATE ticket_phone SET phone = $known WHERE uid = $uid AND ticket = $id AND phone IS NULL', {
      known,
      uid,
      id,
    });
    return requireWhole(connection, id);
  });
}
