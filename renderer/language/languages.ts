import type { IntlMessageFormat } from 'intl-messageformat';

type Parsed = ReturnType<IntlMessageFormat['getAst']>;

export interface Language {
  direction: 'ltr' | 'rtl';
  /** What it says for a message of the sources; `key` is the message, with what it is where that is told. */
  wordsFor: (key: string, message: string) => string | Parsed;
}

/** The sources are written in it. */
export const english: Language = { direction: 'ltr', wordsFor: (_key, message) => message };

const written = (messages: Readonly<Record<string, string>>, direction: Language['direction'] = 'ltr'): Language => ({
  direction,
  wordsFor: (key, message) => messages[key] ?? message,
});

/**
 * Every language of the window, loaded when it is spoken. A new one is a file beside this one, a line here, and its name in
 * `languageNames`; `parts/menu-path.ts` and `parts/phone-steps.tsx` know some words of the steps of each language too.
 */
export const languages = {
  en: async () => english,
  de: async () => written((await import('./de.po')).messages),
  /** Not for reading: English with marks, a third longer, by the name that browsers and phones have for it; and the same from the right. */
  'en-XA': async () => (await import('./pseudo.ts')).pseudo('ltr'),
  'ar-XB': async () => (await import('./pseudo.ts')).pseudo('rtl'),
} as const satisfies Record<string, () => Promise<Language>>;

export type LanguageName = keyof typeof languages;

/** What can be chosen, each by its own name for itself. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const satisfies Partial<Record<LanguageName, string>>;
