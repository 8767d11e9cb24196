import { fill } from '../load/sentences.ts';
import { sizeWords } from '../load/limit-words.ts';

/** A value as a sentence of the catalog says it; null where a person would not say it so. */
function valueWords(path: string, value: unknown, language: string): string | null {
  if (typeof value !== 'number') return null;
  return path.endsWith('Bytes') ? sizeWords(value, language) : new Intl.NumberFormat(language).format(value);
}

/**
 * What a correction changes, with the first of the values that it changes where the text names it (`{was}`); null: nothing is said of it, or
 * that value is not known.
 */
export function provenWords(
  text: string | undefined,
  before: Readonly<Record<string, unknown>>,
  language: string,
): string | null {
  if (text === undefined || !text.includes('{was}')) return text ?? null;
  const [first] = Object.entries(before);
  const was = first === undefined ? null : valueWords(...first, language);
  return was === null ? null : fill(text, { was });
}
