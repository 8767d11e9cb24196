import type { Redaction } from '../../../native/redaction.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import { ticketCode, ticketNumber } from '../tickets/ticket-number.ts';
import type { ReportedTicket } from './report.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

export interface ReportedWith {
  /** The station's. */
  prefix: string;
  withCustomer: boolean;
}

/** A ticket as reports hold it. The customer stands only on the shop's own papers. */
export function reportedTicket(ticket: Ticket | null, { prefix, withCustomer }: ReportedWith): ReportedTicket | null {
  if (ticket === null) return null;
  const { createdAt, customer, technician, fault } = ticket;
  return {
    number: ticketNumber(ticket, prefix),
    code: ticketCode(ticket, prefix),
    createdAt,
    customer: withCustomer && customer !== null ? orNull(customer.name) : null,
    technician: orNull(technician),
    fault: orNull(fault),
  };
}

/** Has a redaction know who a ticket's customer is, and the numbers of the phones that were handed in. */
export function learnFromTicket({ customer, phones }: Ticket, redaction: Redaction): void {
  for (const { imei } of phones) redaction.know('number', imei);
  if (customer === null) return;
  redaction.know('name', customer.name);
  // Each part of a contact: it may be a number and an address.
  for (const part of customer.contact.split(/[,;\n]/)) redaction.know('account', part.trim());
}
