import type { IntlMessageFormat } from 'intl-messageformat';
import { useSyncExternalStore } from 'react';
import { english, languages, type Language, type LanguageName } from './languages.ts';

/** The language that is spoken, and what has been made for it. */
interface Spoken extends Language {
  name: LanguageName;
  /** In which dates and numbers are written. */
  locale: string;
  formats: Map<string, IntlMessageFormat>;
}

/** By the language alone, whatever the browser has, and as on paper (`electron/app/program/value-words.ts`): `28 Nov 2026`, `28.11.2026`. */
const localeOf = (name: LanguageName): string =>
  name === 'en' || name === 'en-XA' || name === 'ar-XB' ? 'en-GB' : name;

let present: Spoken = { name: 'en', ...english, locale: localeOf('en'), formats: new Map() };
const listeners = new Set<() => void>();

/** Read when a sentence is made, never kept: another language may be chosen. */
export const spoken = (): Spoken => present;

const partOf = (tag: string): string => tag.split('-')[0] ?? tag;

/** The first of the languages that somebody reads that the window has, and English where it has none. */
export function languageFor(read: readonly string[]): LanguageName {
  const known = Object.keys(languages) as LanguageName[];
  for (const tag of read) {
    const found = known.find((name) => name === tag) ?? known.find((name) => name === partOf(tag));
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Speaks a language whose words are there. */
export function speakOf(name: LanguageName, language: Language): void {
  present = { name, ...language, locale: localeOf(name), formats: new Map() };
  for (const listener of listeners) listener();
}

/** What was asked for last: a file that is loaded later than one asked for after it is not spoken. */
let asked: LanguageName = 'en';

/** Loads the words of a language and speaks it from now on; the page says so to screen readers, and turns where it is written from the right. */
export async function speak(name: LanguageName): Promise<void> {
  asked = name;
  const language = await languages[name]();
  if (asked !== name) return;
  document.documentElement.lang = name;
  document.documentElement.dir = language.direction;
  if (present.name !== name) speakOf(name, language);
}

/** For the root of the window alone: it makes every screen anew when the language is another. */
export const useSpoken = (): Spoken =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, spoken);
