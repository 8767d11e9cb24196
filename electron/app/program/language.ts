import { AsyncLocalStorage } from 'node:async_hooks';
import { catalogLanguages } from '../../../diagnosis/load/catalog.ts';

/** What is stored, judged and printed is said in it; every other language is said again from that, by ids and parameters. */
export const canonicalLanguage = 'en';

/** In which language one window is spoken to. */
export interface Speech {
  language: string;
}

const ofCall = new AsyncLocalStorage<string>();

/** The language of the call that is being answered, as a server's locale; English for everything that no window asked for. */
export const languageOfCall = (): string => ofCall.getStore() ?? canonicalLanguage;

/** Does something, and everything that follows from it, in a language. */
export const inLanguage = <T>(language: string, work: () => T): T => ofCall.run(language, work);

/** The same for each step of a stream: its work goes on in the context of whoever asks for the next event. */
export async function* eachInLanguage<T>(
  language: () => string,
  events: AsyncIterable<T>,
  said: (event: T) => T,
): AsyncGenerator<T, void> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await inLanguage(language(), () => iterator.next());
      if (next.done === true) return;
      yield said(next.value);
    }
  } finally {
    await iterator.return?.();
  }
}

/** The language with texts that is nearest to the one that is asked for: `de-AT` is spoken to in `de`, what is not known in English. */
export function nearestLanguage(asked: string): string {
  const known = catalogLanguages();
  const [general = ''] = asked.split('-');
  return [asked, general.toLowerCase()].find((language) => known.includes(language)) ?? canonicalLanguage;
}
