/*
 * A ticket is numbered in its store; what people see carries the station's prefix in front, so that two counters of one shop never say
 * the same number of two tickets.
 */

/** As people see and say it: `17`, or `A-17`. */
export const ticketNumber = (prefix: string, id: number | string): string =>
  prefix === '' ? String(id) : `${prefix}-${id}`;

const digits = /^\d{1,9}$/;

/**
 * The id of the ticket that a person means: its bare number, or with the prefix of this station, in capitals or not. null: it is no number
 * of a ticket, or one of another station.
 */
export function parseTicketNumber(prefix: string, text: string): number | null {
  // A scanner that is set up for another keyboard types the hyphen as its neighbour.
  const said = text
    .trim()
    .toUpperCase()
    .replaceAll('SS', '-')
    .replaceAll(/[–—ß'/]/g, '-');
  if (digits.test(said)) return Number(said);
  const start = `${prefix}-`;
  const rest = prefix !== '' && said.startsWith(start) ? said.slice(start.length) : '';
  return digits.test(rest) ? Number(rest) : null;
}

const codeMark = 'T';
const codeDigits = 6;

/**
 * What the bar code of a ticket holds: letters and digits alone, which every keyboard layout has, and never so few that a person types them
 * as fast as a scanner.
 */
export const ticketCode = (prefix: string, id: number | string): string =>
  `${codeMark}${prefix}${String(id).padStart(codeDigits, '0')}`;

/** The id of the ticket whose bar code this is; null: it is none of this station. */
export function parseTicketCode(prefix: string, text: string): number | null {
  const said = text.trim().toUpperCase();
  const start = `${codeMark}${prefix}`;
  const number = said.startsWith(start) ? said.slice(start.length) : '';
  return number.length >= codeDigits && digits.test(number) ? Number(number) : null;
}
