import { type Allowable, refusedBy } from '../actions/allowed.ts';
import type { RecordedTicketEvent } from '../../../db/records/ticket-events.ts';
import type { Ticket, TicketPhone } from '../../../db/records/tickets.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import type { SnapshotListItem } from '../history/snapshot-list.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import { ticketCode, ticketNumber } from './ticket-number.ts';

/** A phone of a ticket as a list shows it. */
export interface TicketPhoneItem extends Omit<TicketPhone, 'phone'> {
  /** null until it is plugged in for the first time. */
  phoneId: string | null;
  /** What it is called where it was seen; null otherwise. */
  name: string | null;
}

/** A ticket as a list shows it. */
export interface TicketItem extends Omit<Ticket, 'id' | 'prefix' | 'customer' | 'phones'> {
  id: string;
  /** As people say it, with the prefix that it was given. */
  number: string;
  /** What its customer has not allowed. */
  refuses: readonly Allowable[];
  customer: { id: string; uid: string; name: string; contact: string } | null;
  phones: readonly TicketPhoneItem[];
}

/** A phone of a ticket with how it came in and how it goes out. */
export interface TicketPhoneView extends TicketPhoneItem {
  /** The first scan under the ticket; null: there was none. */
  dropOff: SnapshotListItem | null;
  /** The last one, where there is more than one. */
  pickUp: SnapshotListItem | null;
}

/** Everything of one ticket. */
export interface TicketView extends TicketItem {
  /** What its bar code holds. */
  code: string;
  phones: readonly TicketPhoneView[];
  /** Carried out under it, the first first. */
  actions: readonly ActionSummary[];
  /** Taken under it, the first first. */
  testPhotos: readonly TestPhotoReport[];
  /** What happened to it, the first first. */
  events: readonly RecordedTicketEvent[];
}

export interface ShownWith {
  /** Of this station, as it is now. */
  prefix: string;
  /** What a phone is called; null where nothing is known of it. */
  nameOf: (phoneId: string) => string | null;
}

export const ticketItem = (ticket: Ticket, { prefix: station, nameOf }: ShownWith): TicketItem => {
  const { id, prefix, customer, phones, ...rest } = ticket;
  return {
    ...rest,
    id: String(id),
    number: ticketNumber({ id, prefix }, station),
    refuses: refusedBy(ticket.consent),
    customer:
      customer === null
        ? null
        : { id: String(customer.id), uid: customer.uid, name: customer.name, contact: customer.contact },
    phones: phones.map(({ phone, ...told }) => ({
      ...told,
      phoneId: phone,
      name: phone === null ? null : nameOf(phone),
    })),
  };
};

/** How a phone came in and goes out: its first and its last scan under the ticket. `snapshots`: those of the ticket, the latest first. */
function dropOffAndPickUp(
  phoneId: string | null,
  snapshots: readonly SnapshotListItem[],
): Pick<TicketPhoneView, 'dropOff' | 'pickUp'> {
  const own = phoneId === null ? [] : snapshots.filter((one) => one.phoneId === phoneId);
  const [dropOff, pickUp] = [own.at(-1) ?? null, own.length > 1 ? (own[0] ?? null) : null];
  return { dropOff, pickUp };
}

export const ticketView = (
  ticket: Ticket,
  shown: ShownWith,
  done: Pick<TicketView, 'actions' | 'testPhotos' | 'events'> & { snapshots: readonly SnapshotListItem[] },
): TicketView => {
  const { snapshots, ...rest } = done;
  const item = ticketItem(ticket, shown);
  return {
    ...item,
    ...rest,
    code: ticketCode(ticket, shown.prefix),
    phones: item.phones.map((phone) => ({ ...phone, ...dropOffAndPickUp(phone.phoneId, snapshots) })),
  };
};
