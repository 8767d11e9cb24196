import { ApplicationError } from '../app/program/problem.ts';
import type { TicketItem, TicketPhoneItem } from '../app/tickets/ticket-view.ts';

/** A phone of a ticket, as a person tells it from the others. */
export const phoneWords = ({ name, description, imei, phoneId }: TicketPhoneItem): string =>
  [name ?? phoneId, description, imei === '' ? null : `IMEI ${imei}`]
    .filter((part) => part !== null && part !== '')
    .join(', ');

/** Which phone of a ticket a person means: its serial, its IMEI or the end of one, or its place in the ticket. Throws `which-phone`. */
export function ticketPhoneOf({ number, phones }: TicketItem, named: string | undefined): string | undefined {
  const text = named?.trim() ?? '';
  if (text === '' && phones.length < 2) return phones[0]?.uid;
  const found = phones.filter(
    ({ phoneId, imei }, index) =>
      text !== '' &&
      (phoneId === text || (imei !== '' && text.length > 3 && imei.endsWith(text)) || text === `${index + 1}`),
  );
  const [one] = found;
  if (one !== undefined && found.length === 1) return one.uid;
  const why =
    text === '' ? `Ticket ${number} is of several phones` : `Ticket ${number} has no phone "${text}", or several`;
  throw new ApplicationError(
    'which-phone',
    `${why}: say which one with --phone.`,
    phones.map((phone, index) => `${index + 1}: ${phoneWords(phone)}`),
  );
}
