import { ApplicationError } from './problem.ts';

/** What is searched for, everywhere: SQLite takes only so much of it, and nothing that is kept is found by more. */
export const longestSearch = 200;

/** Throws `bad-argument`. */
export function requireSearchable(text: string): void {
  if (text.length <= longestSearch) return;
  throw new ApplicationError('bad-argument', `A search may have at most ${longestSearch} characters.`);
}
