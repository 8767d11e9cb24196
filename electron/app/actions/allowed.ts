import type { Consent } from '../../../db/records/ticket-events.ts';
import type { StoreError } from '../../../db/store-error.ts';
import { ApplicationError } from '../program/problem.ts';

/** What a customer may allow. */
export const allowable = ['read', 'change', 'keep'] as const;
export type Allowable = (typeof allowable)[number];

/** A ticket that a phone is on, with what its customer allows; `consent` null: nobody was asked. */
export interface TicketOfWork {
  /** As people say it. */
  number: string;
  consent: Consent | null;
}

/** A ticket that stands for this work, and what it says cannot be read: its customer may have said no. */
export interface UnreadTicket {
  unread: StoreError;
}

/**
 * The ticket that is named and the open ones of the phone, the one that work goes under first; empty: there is none, and nobody has to be
 * asked.
 */
export type TicketsOf = (phoneId: string, named?: string) => readonly (TicketOfWork | UnreadTicket)[];

/** Whoever allows changes allows the reading that proves them. */
const allows = (consent: Consent, what: Allowable): boolean => consent[what] || (what === 'read' && consent.change);

/** What a consent does not allow; where nobody was asked, nothing is refused. */
export const refusedBy = (consent: Consent | null): Allowable[] =>
  consent === null ? [] : allowable.filter((what) => !allows(consent, what));

const notAllowed: Record<Allowable, (number: string) => string> = {
  read: (number) => `The customer of ticket ${number} has not allowed this phone to be read.`,
  change: (number) => `The customer of ticket ${number} has not allowed changes on this phone.`,
  keep: (number) => `The customer of ticket ${number} has not allowed that what is read is kept.`,
};

/** What such an error is called. */
export const notAllowedCodes: Record<Allowable, string> = {
  read: 'read-not-allowed',
  change: 'change-not-allowed',
  keep: 'keep-not-allowed',
};

/** The ticket that stands against it; null: none. Only what somebody has said is a no, and of several tickets one no is enough. */
export const refusingTicket = (tickets: ReturnType<TicketsOf>, what: Allowable): TicketOfWork | null =>
  tickets.find((one): one is TicketOfWork => 'consent' in one && one.consent !== null && !allows(one.consent, what)) ??
  null;

/** A phone can be looked at whatever has become of the store; nothing is changed or kept against a no that nobody can read. */
function requireReadable(tickets: ReturnType<TicketsOf>, what: Allowable): void {
  const one = what === 'read' ? undefined : tickets.find((ticket) => 'unread' in ticket);
  if (one === undefined) return;
  throw new ApplicationError(one.unread.code, one.unread.message, [
    'Until it can be read, nobody knows whether a customer has forbidden this: nothing is changed, and nothing is kept.',
  ]);
}

/** What stands against it on the tickets; null: nothing. Throws where a ticket that may stand against it cannot be read. */
export function refusalOf(tickets: ReturnType<TicketsOf>, what: Allowable): string | null {
  const refusing = refusingTicket(tickets, what);
  if (refusing !== null) return notAllowed[what](refusing.number);
  requireReadable(tickets, what);
  return null;
}

/** Whether nothing stands against it, as far as can be read. */
export const isAllowed = (tickets: ReturnType<TicketsOf>, what: Allowable): boolean =>
  refusingTicket(tickets, what) === null && (what === 'read' || tickets.every((one) => 'consent' in one));

/** Throws {@link ApplicationError} `read-not-allowed`, `change-not-allowed`, `keep-not-allowed`: only a new consent on the ticket helps. */
export function requireAllowed(tickets: ReturnType<TicketsOf>, what: Allowable): void {
  const refusal = refusalOf(tickets, what);
  if (refusal === null) return;
  throw new ApplicationError(notAllowedCodes[what], refusal, ['Ask them, and note on the ticket what they allow now.']);
}
