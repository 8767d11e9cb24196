import { languageFor, speak } from '../language/spoken.ts';
import type { SettingsStore } from '../program/settings-store.ts';

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

const speakChosen = (choice: string): Promise<void> =>
  speak(languageFor(choice === 'system' ? navigator.languages : [choice]));

/** Speaks the language that the settings say, from the first screen on, and another one as soon as it is chosen in any window. */
export async function followLanguage(settings: SettingsStore): Promise<void> {
  settings.subscribe(() => {
    const choice = settings.get().state?.settings.language;
    if (choice === undefined) return;
    keep(choice);
    void speakChosen(choice);
  });
  await speakChosen(kept());
}
