import type { Consent } from '../../../db/records/ticket-events.ts';
import { ApplicationError } from '../program/problem.ts';

/** What a customer may allow. */
export const allowable = ['read', 'change', 'keep'] as const;
export type Allowable = (typeof allowable)[number];

/** The ticket that what is done with a phone goes under, with what its customer allows; `consent` null: nobody was asked. */
export interface TicketOfWork {
  /** As people say it. */
  number: string;
  consent: Consent | null;
}

/** The ticket that is named, else the open one of the phone; null: there is none, and nobody has to be asked. */
export type TicketOf = (phoneId: string, named?: string) => TicketOfWork | null;

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

/** What stands against it on the ticket; null: nothing. Only what somebody has said is a no. */
export function refusalOf(ticket: TicketOfWork | null, what: Allowable): string | null {
  if (ticket === null || ticket.consent === null || allows(ticket.consent, what)) return null;
  return notAllowed[what](ticket.number);
}

/** Throws {@link ApplicationError} `read-not-allowed`, `change-not-allowed`, `keep-not-allowed`: only a new consent on the ticket helps. */
export function requireAllowed(ticket: TicketOfWork | null, what: Allowable): void {
  const refusal = refusalOf(ticket, what);
  if (refusal === null) return;
  throw new ApplicationError(notAllowedCodes[what], refusal, ['Ask them, and note on the ticket what they allow now.']);
}
