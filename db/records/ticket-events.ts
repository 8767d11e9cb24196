import { z } from 'zod';

/** Where a job stands, in the order of work. `waiting`: for a part, or for an answer. */
export const ticketStatuses = ['taken-in', 'in-work', 'waiting', 'ready', 'closed'] as const;
export const ticketStatusSchema = z.enum(ticketStatuses);
export type TicketStatus = z.infer<typeof ticketStatusSchema>;

/** A field of the shop's own, as it was called when it was filled in: the shop may call it otherwise later. */
export const filledFieldSchema = z.object({
  /** Id of the field in the settings. */
  id: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(60),
  /** Empty: nothing is filled in any more. */
  value: z.string().trim().max(1000),
});
export type FilledField = z.infer<typeof filledFieldSchema>;

export const consentWaySchema = z.enum(['in-person', 'signed', 'by-phone', 'in-writing']);
export type ConsentWay = z.infer<typeof consentWaySchema>;

/** What a customer allows. */
export const consentSchema = z.object({
  /** The phone's settings may be read. */
  read: z.boolean(),
  /** Settings of the phone may be changed. */
  change: z.boolean(),
  /** What was read may be kept when the phone is handed back. */
  keep: z.boolean(),
  /** Who said so. */
  by: z.string().trim().max(200),
  how: consentWaySchema,
});
export type Consent = z.infer<typeof consentSchema>;

// How long they may be is asked where they are typed: what an older version took is read as it is.
const text = z.string();
const technician = z.string();
const uid = z.string();

/** What happens to a ticket. Customers and phones are named by their uid. */
export const ticketEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    customer: uid.nullable(),
    technician,
    fault: text,
    fields: z.array(filledFieldSchema).max(50),
  }),
  /** Who the customer is, or something else that they said of themselves; null: nobody. */
  z.object({ kind: z.literal('customer-told'), customer: uid.nullable() }),
  z.object({ kind: z.literal('fault-told'), fault: text }),
  /** These fields; all others stay as they are. */
  z.object({ kind: z.literal('fields-filled'), fields: z.array(filledFieldSchema).max(50) }),
  z.object({ kind: z.literal('technician-set'), technician }),
  z.object({ kind: z.literal('phone-added'), phone: uid }),
  z.object({ kind: z.literal('phone-removed'), phone: uid }),
  z.object({ kind: z.literal('status-set'), status: ticketStatusSchema }),
  z.object({ kind: z.literal('note-added'), note: text.min(1) }),
  z.object({ kind: z.literal('consent-given'), ...consentSchema.shape }),
  z.object({ kind: z.literal('consent-withdrawn') }),
]);
export type TicketEvent = z.infer<typeof ticketEventSchema>;

/** An event as it is kept. */
export type RecordedTicketEvent = TicketEvent & {
  /** From 1, without gaps: the ticket's version that it made. */
  version: number;
  who: string;
  /** UTC, ISO 8601. */
  at: string;
};

/** What the events of a ticket add up to. */
export interface FoldedTicket {
  version: number;
  customer: string | null;
  technician: string;
  fault: string;
  /** In the order in which they were filled in first. */
  fields: readonly FilledField[];
  /** The uids of its phones, in the order in which they were handed in. */
  phones: readonly string[];
  status: TicketStatus;
  consent: (Consent & { at: string; who: string }) | null;
  createdAt: string;
  changedAt: string;
  /** null: it is open. */
  closedAt: string | null;
}

/** Fields with others over them; what is empty then is gone. */
function filled(fields: readonly FilledField[], changes: readonly FilledField[]): FilledField[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  for (const change of changes) byId.set(change.id, change);
  return [...byId.values()].filter(({ value }) => value !== '');
}

function apply(ticket: FoldedTicket, event: RecordedTicketEvent): FoldedTicket {
  const next = { ...ticket, version: event.version, changedAt: event.at };
  switch (event.kind) {
    case 'opened':
      return next;
    case 'customer-told':
      return { ...next, customer: event.customer };
    case 'fault-told':
      return { ...next, fault: event.fault };
    case 'fields-filled':
      return { ...next, fields: filled(ticket.fields, event.fields) };
    case 'technician-set':
      return { ...next, technician: event.technician };
    case 'phone-added':
      return { ...next, phones: [...ticket.phones.filter((phone) => phone !== event.phone), event.phone] };
    case 'phone-removed':
      return { ...next, phones: ticket.phones.filter((phone) => phone !== event.phone) };
    case 'status-set':
      return {
        ...next,
        status: event.status,
        closedAt: event.status === 'closed' ? (ticket.closedAt ?? event.at) : null,
      };
    case 'note-added':
      return next;
    case 'consent-given': {
      const { read, change, keep, by, how, at, who } = event;
      return { ...next, consent: { read, change, keep, by, how, at, who } };
    }
    case 'consent-withdrawn':
      return { ...next, consent: null };
  }
}

/** What a ticket is after these events, the first of which opened it. Pure. */
export function foldTicket(events: readonly RecordedTicketEvent[]): FoldedTicket {
  const [first] = events;
  if (first?.kind !== 'opened') throw new RangeError('The first event of a ticket opens it.');
  const opened: FoldedTicket = {
    version: first.version,
    customer: first.customer,
    technician: first.technician,
    fault: first.fault,
    fields: filled([], first.fields),
    phones: [],
    status: 'taken-in',
    consent: null,
    createdAt: first.at,
    changedAt: first.at,
    closedAt: null,
  };
  return events.slice(1).reduce(apply, opened);
}

/** What of a ticket an event says anew: of two that say the same anew, the later one would take back the earlier. */
export type TicketPart = 'customer' | 'fault' | 'technician' | 'status' | 'consent' | `field ${string}`;

export function partsOf(event: TicketEvent): readonly TicketPart[] {
  switch (event.kind) {
    case 'customer-told':
      return ['customer'];
    case 'fault-told':
      return ['fault'];
    case 'fields-filled':
      return event.fields.map(({ id }): TicketPart => `field ${id}`);
    case 'technician-set':
      return ['technician'];
    case 'status-set':
      return ['status'];
    case 'consent-given':
    case 'consent-withdrawn':
      return ['consent'];
    // Nothing is taken back by these.
    case 'opened':
    case 'phone-added':
    case 'phone-removed':
    case 'note-added':
      return [];
  }
}

/** The first of the events that somebody has not seen and that their own would take back; null where there is none. Pure. */
export function takenBack(
  unseen: readonly RecordedTicketEvent[],
  own: readonly TicketEvent[],
): { event: RecordedTicketEvent; part: TicketPart } | null {
  const parts = new Set(own.flatMap(partsOf));
  for (const event of unseen) {
    const part = partsOf(event).find((one) => parts.has(one));
    if (part !== undefined) return { event, part };
  }
  return null;
}
