import PO from 'pofile';
import type { Plugin } from 'vite';

/** A message by what `t` looks for: the English text, and what it is before it where that is told, as gettext writes it. */
export const keyOf = ({ msgctxt, msgid }: { msgctxt?: string | null; msgid: string }): string =>
  (msgctxt ?? '') === '' ? msgid : `${msgctxt}\u0004${msgid}`;

/** What a language has for each message; what is not translated yet is left out. */
export function messagesOf(file: string): Record<string, string> {
  const translated = PO.parse(file).items.filter(({ msgstr, obsolete }) => !obsolete && (msgstr[0] ?? '') !== '');
  return Object.fromEntries(translated.map((item) => [keyOf(item), item.msgstr[0] ?? '']));
}

/** Makes a module of a `.po` file. */
export const languageFiles = (): Plugin => ({
  name: 'phone-health:language-files',
  transform: {
    filter: { id: /\.po$/ },
    handler: (file) => ({
      code: `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messagesOf(file)))});`,
      map: null,
      moduleType: 'js',
    }),
  },
});
