import type { SearchTerm } from '../../../db/records/snapshot-search.ts';
import { backwards, causeWord, ticketWord, wordsOf } from '../../../db/search-words.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { withPlainDays } from './written-day.ts';

/** What a person looks for, as the store takes it. */
export interface Wanted {
  terms: SearchTerm[];
  /** Taken from here on; UTC, ISO 8601. */
  from?: string;
  /** Taken before this. */
  before?: string;
}

export interface KnownBeside {
  catalog: Catalog;
  /** The id of the ticket that a text is the number of; null: it is none. */
  ticketNamed: (text: string) => number | null;
  /** Tickets that have a word in the customer's name or contact, the fault or an IMEI. */
  ticketsWith: (word: string) => readonly number[];
}

/** Fewer signs are in nearly every sentence. */
const shortestSaid = 3;
/** Fewer digits are at the end of too many serials. */
const shortestEnd = 3;

/** A day or a month as people write it: 2026-05-01, 1.5.2026, 2026-05, 5.2026 (as shown, 28 Nov, see {@link withPlainDays}); by the clock of this computer. */
function timeOf(text: string): { from: Date; before: Date } | null {
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  const dotted = /^(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso === null ? [dotted?.[3], dotted?.[2], dotted?.[1]] : iso.slice(1);
  if (year === undefined || month === undefined) return null;
  const [y, m, d] = [Number(year), Number(month) - 1, day === undefined ? null : Number(day)];
  const from = new Date(y, m, d ?? 1);
  // 31.2. is no day.
  if (from.getMonth() !== m || (d !== null && from.getDate() !== d)) return null;
  return { from, before: d === null ? new Date(y, m + 1, 1) : new Date(y, m, d + 1) };
}

/** Causes with such a word in their id or in what is said of them. */
function causesWith(word: string, { causes }: Catalog): string[] {
  if (word.length < shortestSaid) return [];
  return causes
    .filter(({ id, text }) =>
      [...id.split('-'), id, ...wordsOf(`${text.name} ${text.problem}`)].some((said) => said.startsWith(word)),
    )
    .map(({ id }) => causeWord(id));
}

const termOf = (word: string, known: KnownBeside): SearchTerm => ({
  beginnings: [word, ...(word.length >= shortestEnd ? [backwards(word)] : [])],
  words: [...causesWith(word, known.catalog), ...known.ticketsWith(word).map(ticketWord)],
});

/**
 * What a person types, taken apart: a number of a ticket with the station's prefix, a day or a month, and words, of which each begins a word
 * of the phone, the label or the note, ends its serial, is said of a cause that was found, or is of its ticket. All of it is to be found.
 */
export function searchTerms(text: string, known: KnownBeside): Wanted {
  const wanted: Wanted = { terms: [] };
  for (const part of withPlainDays(text, new Date())
    .split(/\s+/u)
    .filter((one) => one !== '')) {
    const time = timeOf(part);
    if (time !== null) {
      wanted.from = time.from.toISOString();
      wanted.before = time.before.toISOString();
      continue;
    }
    const ticket = known.ticketNamed(part);
    const terms = wordsOf(part).map((word) => termOf(word, known));
    if (ticket === null) wanted.terms.push(...terms);
    else {
      // 17 is a ticket, and also how a model is called: A-17 is one word, not two.
      const [whole = { beginnings: [], words: [] }] = terms;
      wanted.terms.push({ ...whole, words: [...whole.words, ticketWord(ticket)] });
    }
  }
  return wanted;
}
