import { parseTicketNumber } from '../app/tickets/ticket-number.ts';

/** Before the `:` of an address that opens this program. The window's own pages stand under another. */
export const linkScheme = 'phone-health';

/** What a link shows. It does nothing: whoever wrote it may be anybody. */
export type Link =
  | { type: 'snapshot'; id: string }
  /** `17`, or `A-17` */
  | { type: 'ticket'; number: string }
  | { type: 'phone'; phoneId: string };

const longest = 300;
const form = /^phone-health:\/\/(snapshot|ticket|phone)\/([^/?#\\\s]+)\/?$/i;
/** What serials and UDIDs are made of, `:` of a phone on the network and `~` of a second one with the same serial among it. */
const phoneIdForm = /^[\w][\w.:~-]{0,199}$/;

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** A `phone-health://` address as what it shows; null where it is none of the three, in exactly their form. */
export function parseLink(text: string): Link | null {
  if (text.length > longest) return null;
  const [, kind = '', part = ''] = form.exec(text) ?? [];
  const named = decoded(part);
  if (named === null) return null;
  switch (kind.toLowerCase()) {
    case 'snapshot':
      return /^[1-9]\d{0,14}$/.test(named) ? { type: 'snapshot', id: named } : null;
    case 'ticket':
      return /^(?:[A-Za-z0-9]{1,6}-)?\d{1,9}$/.test(named) && parseTicketNumber(named) !== null
        ? { type: 'ticket', number: named.toUpperCase() }
        : null;
    case 'phone':
      return phoneIdForm.test(named) ? { type: 'phone', phoneId: named } : null;
    default:
      return null;
  }
}

/** Whether a word of a command line is meant as a link, be it a right one or not. */
export const isLink = (text: string): boolean => text.toLowerCase().startsWith(`${linkScheme}:`);
