const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word for a POSIX shell (mksh on Android): quoted only where it must be. */
export const quoteWord = (word: string): string =>
  plainWord.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** A command as a person could type it, and as a shell reads it: every word stays one word. */
export const commandText = (argv: readonly string[]): string => argv.map(quoteWord).join(' ');

/** The words of a text that {@link commandText} wrote. */
export function commandWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let started = false;
  for (const match of text.matchAll(/'([^']*)'|\\(.)|(\s+)|([^\s'\\]+)/gs)) {
    const [, quoted, escaped, space, plain] = match;
    if (space === undefined) {
      word += quoted ?? escaped ?? plain ?? '';
      started = true;
    } else if (started) {
      words.push(word);
      word = '';
      started = false;
    }
  }
  return started ? [...words, word] : words;
}
