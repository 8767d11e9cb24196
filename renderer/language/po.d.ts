/** The file of a language: `build/words/language-file.ts` makes a module of it. */
declare module '*.po' {
  /** What stands in the sources, and what this language has for it. */
  export const messages: Readonly<Record<string, string>>;
}
