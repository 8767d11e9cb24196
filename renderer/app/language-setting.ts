import type { LanguageName } from '../language/languages.ts';
import { languageFor, speak, spoken } from '../language/spoken.ts';
import type { Program } from '../program/program.tsx';

/** The browser keeps the choice too, so that the next start begins in its language, before the program has answered. */
const place = 'phone-health-language';

function keep(choice: string): void {
  try {
    window.localStorage.setItem(place, choice);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function kept(): string {
  try {
    return window.localStorage.getItem(place) ?? 'system';
  } catch (error) {
    if (error instanceof DOMException) return 'system';
    throw error;
  }
}

const chosen = (choice: string): LanguageName => languageFor(choice === 'system' ? navigator.languages : [choice]);

/** Before anything is asked of the program: the first connection says in which language it is to answer. */
export const speakKeptLanguage = (): Promise<void> => speak(chosen(kept()));

/** Speaks the language that the settings say as soon as it is chosen in any window, and has the program say in it what it has said. */
export function followLanguage(
  { client, settings, phones, bench, handover, works, cutOff }: Program,
  askAgain: () => Promise<void>,
): void {
  const tell = (): Promise<unknown> => client.speak.mutate({ language: spoken().name });
  const change = async (language: LanguageName): Promise<void> => {
    await speak(language);
    await tell();
    phones.askAgain();
    bench.askAgain();
    handover.askAgain();
    works.sayAgain();
    cutOff.askAgain();
    await askAgain();
  };
  // The desktop's bridge has no first message that could say it.
  const told = tell().catch(() => undefined);
  settings.subscribe(() => {
    const choice = settings.get().state?.settings.language;
    if (choice === undefined) return;
    keep(choice);
    const language = chosen(choice);
    // A program that cannot be told says so in the list of phones; the window's own words are in the language all the same.
    if (language !== spoken().name) void told.then(() => change(language)).catch(() => undefined);
  });
}
