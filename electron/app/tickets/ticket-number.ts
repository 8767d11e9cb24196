/*
 * A ticket is numbered in its store; what people see carries the prefix that the station had when it was given, so that two counters of one
 * shop never say the same number of two tickets, and a label stays true when the prefix changes.
 */

/** What of a ticket makes its number. */
export interface Numbered {
  id: number;
  /** null: nobody kept it, and the station's stands for it. */
  prefix: string | null;
}

/** As people see and say it: `17`, or `A-17`. `station`: the prefix of this one as it is now. */
export const ticketNumber = ({ id, prefix }: Numbered, station: string): string => {
  const own = prefix ?? station;
  return own === '' ? String(id) : `${own}-${id}`;
};

/** A ticket that somebody may mean; the prefix null: they said the bare number. */
export interface NamedTicket {
  id: number;
  prefix: string | null;
}

/** What a person means who types `17` or `A-17`, in capitals or not; null: it is no number of a ticket. */
export function parseTicketNumber(text: string): NamedTicket | null {
  // A scanner that is set up for another keyboard types the hyphen as its neighbour.
  const said = text
    .trim()
    .replaceAll(/[–—ß'/]/g, '-')
    .toUpperCase();
  const [, prefix = null, digits] = /^(?:([A-Z0-9]{1,6})-)?(\d{1,9})$/.exec(said) ?? [];
  return digits === undefined ? null : { id: Number(digits), prefix };
}

const codeMark = 'T';
const codeDigits = 6;

/**
 * What the bar code of a ticket holds: letters and digits alone, which every keyboard layout has, and never so few that a person types them
 * as fast as a scanner.
 */
export const ticketCode = ({ id, prefix }: Numbered, station: string): string =>
  `${codeMark}${prefix ?? station}${String(id).padStart(codeDigits, '0')}`;

/** The tickets whose bar code this may be: where a prefix ends in digits, it is not to be seen where the number begins. */
export function parseTicketCode(text: string): { id: number; prefix: string }[] {
  const said = text.trim().toUpperCase();
  if (!/^T[A-Z0-9]{0,6}\d{6,9}$/.test(said)) return [];
  return [0, 1, 2, 3, 4, 5, 6].flatMap((length) => {
    const [prefix, digits] = [said.slice(1, 1 + length), said.slice(1 + length)];
    const isOne = /^\d{6,9}$/.test(digits) && (digits.length === codeDigits || !digits.startsWith('0'));
    return isOne ? [{ id: Number(digits), prefix }] : [];
  });
}

/**
 * Whether a label or a person means this ticket: by the prefix that it was given, or the one that this station has now; of one whose prefix
 * nobody kept, also without.
 */
export const isMeant = (ticket: Numbered, { id, prefix }: NamedTicket, station: string): boolean =>
  ticket.id === id && [null, ticket.prefix ?? '', station].includes(prefix);
