import type { Application } from '../app/application.ts';
import { canonicalLanguage, inLanguage, nearestLanguage } from '../app/program/language.ts';

/** A text of the menu, the tray or a dialog in the language of the person. */
export type Say = (text: string) => string;

/** The language that the desktop speaks: the one of the settings, else the first of the computer's that there is. */
export function desktopLanguage(setting: string, preferred: readonly string[]): string {
  for (const asked of setting === 'system' ? preferred : [setting]) {
    const near = nearestLanguage(asked);
    // What is not known is answered with English, and may still be followed by one that is known.
    if (near !== canonicalLanguage || asked.toLowerCase().startsWith(canonicalLanguage)) return near;
  }
  return canonicalLanguage;
}

/** The words stand in `diagnosis/catalog/texts/xx/programs.yaml`, as those of the rest of the program. */
export const sayIn =
  ({ catalog }: Pick<Application, 'catalog'>, language: string): Say =>
  (text) =>
    language === canonicalLanguage ? text : inLanguage(language, () => catalog.programs.say(text));
