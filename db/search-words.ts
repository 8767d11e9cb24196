import type Database from 'better-sqlite3';
import { z } from 'zod';
import { phoneTitle } from '../native/phone-title.ts';
import type { Phone } from '../native/phone.ts';

/** What a snapshot is found by. */
export interface Findable {
  phone: Phone;
  /** Ids of the causes that were found. */
  causes: readonly string[];
  label: string | null;
  note: string;
  technician: string;
  ticket: number | null;
}

/** Longer ones say nothing more, and a phone's text may be of any length. */
const longestWord = 40;
const mostWords = 200;

/** A text as it is compared: small letters without accents. */
export const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Gives SQL `folded(text)`; of every connection, as searches call it. */
export function defineFolded(db: Database.Database): void {
  db.function('folded', { deterministic: true, directOnly: true }, (text) => {
    const told = z.string().nullable().parse(text);
    return told === null ? null : folded(told);
  });
}

/** A text as the words that the search index holds: small letters without accents, cut at what is neither letter, digit nor hyphen. */
export const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}-]+/u)
    .map((word) =>
      Array.from(word)
        .slice(0, longestWord)
        .join('')
        .replaceAll(/^-+|-+$/g, ''),
    )
    .filter((word) => word !== '');

/** Backwards, so that the last digits of a serial are the beginning of a word. */
export const backwards = (word: string): string => `~${Array.from(word).toReversed().join('')}`;

/** How the index holds the number of a ticket. */
export const ticketWord = (id: number): string => `t~${id}`;

/** How the index holds a cause. */
export const causeWord = (id: string): string => `c~${id}`;

/** Everything that a snapshot is found by, as one text of words. */
export function searchWords({ phone, causes, label, note, technician, ticket }: Findable): string {
  const texts = [phone.manufacturer, phone.model, phone.name, phoneTitle(phone), phone.id, label, note, technician];
  const words = [
    ...texts.flatMap((text) => (text === null ? [] : wordsOf(text))).slice(0, mostWords),
    ...wordsOf(phone.id).map(backwards),
    ...causes.map(causeWord),
    ...(ticket === null ? [] : [ticketWord(ticket)]),
  ];
  return [...new Set(words)].join(' ');
}
