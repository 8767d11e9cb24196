import { ValueWords } from '../app/program/value-words.ts';

export { appOf, countOf, labelWords, pathLabel, pathOfAny } from '../app/program/value-words.ts';

/** The terminal speaks English. */
const words = new ValueWords({ language: 'en' });

export const momentWords = (at: string): string => words.moment(at);
export const valueWords = (value: unknown, label?: string): string => words.value(value, label);
export const pathValueWords = (path: string, value: unknown): string => words.atPath(path, value);
export const changeWords = (before: unknown, after: unknown, label?: string): string =>
  words.change(before, after, label);
export const pathChangeLines = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] => words.pathChanges(before, after);
