import { ApplicationError } from '../app/program/problem.ts';
import type { TicketPhoneItem } from '../app/tickets/ticket-view.ts';

/** A phone of a ticket, as a person tells it from the others. */
export const phoneWords = ({ name, description, imei, phoneId }: TicketPhoneItem): string =>
  [name ?? phoneId, description, imei === '' ? null : `IMEI ${imei}`]
    .filter((part) => part !== null && part !== '')
    .join(', ');

/**
 * Which phone of a ticket a person means: its serial, its IMEI or the end of one, its place in the ticket, or a name that no
 * other one has. Throws `which-phone`.
 */
export function ticketPhoneOf<Phone extends TicketPhoneItem>(
  { number, phones }: { number: string; phones: readonly Phone[] },
  named: string | undefined,
): Phone | undefined {
  const text = named?.trim() ?? '';
  if (text === '' && phones.length < 2) return phones[0];
  const told = phones.filter(
    ({ phoneId, imei }, index) =>
      text !== '' &&
      (phoneId === text || (imei !== '' && text.length > 3 && imei.endsWith(text)) || text === `${index + 1}`),
  );
  const isCalled = (called: string | null): boolean => text !== '' && called?.toLowerCase() === text.toLowerCase();
  const found =
    told.length > 0 ? told : phones.filter(({ name, description }) => isCalled(name) || isCalled(description));
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  const why =
    text === '' ? `Ticket ${number} is of several phones` : `Ticket ${number} has no phone "${text}", or several`;
  throw new ApplicationError(
    'which-phone',
    `${why}: say which one.`,
    phones.map((phone, index) => `--phone ${index + 1}: ${phoneWords(phone)}`),
  );
}
