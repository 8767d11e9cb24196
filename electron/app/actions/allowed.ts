import type { Consent } from '../../../db/records/ticket-events.ts';
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

/**
 * The ticket that is named and the open ones of the phone, the one that work goes under first; empty: there is none, and nobody has to be
 * asked.
 */
export type TicketsOf = (phoneId: string, named?: string) => readonly TicketOfWork[];

/** Whoever allows changes allows the reading that proves them. */
const allows = (consent: Consent, what: Allowable): boolean => consent[what] || (what === 'read' && consent.change);

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
export const refusingTicket = (tickets: readonly TicketOfWork[], what: Allowable): TicketOfWork | null =>
  tickets.find(({ consent }) => consent !== null && !allows(consent, what)) ?? null;

/** What stands against it on the tickets; null: nothing. */
export function refusalOf(tickets: readonly TicketOfWork[], what: Allowable): string | null {
  const refusing = refusingTicket(tickets, what);
  return refusing === null ? null : notAllowed[what](refusing.number);
}

/** Throws {@link ApplicationError} `read-not-allowed`, `change-not-allowed`, `keep-not-allowed`: only a new consent on the ticket helps. */
export function requireAllowed(tickets: readonly TicketOfWork[], what: Allowable): void {
  const refusal = refusalOf(tickets, what);
  if (refusal === null) return;
  throw new ApplicationError(notAllowedCodes[what], refusal, ['Ask them, and note on the ticket what they allow now.']);
}
