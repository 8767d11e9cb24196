import { InvalidArgumentError } from 'commander';
import { mostWatchDays } from '../../db/records/watch-span.ts';
import { longestTestMinutes } from '../app/proof/longest-test.ts';

/** `--minutes`: more than none, and at most two hours. Throws commander's own error for anything else. */
export function minutesOf(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= longestTestMinutes) return minutes;
  throw new InvalidArgumentError(`It must be a number up to ${longestTestMinutes}.`);
}

/** `--days`. Throws commander's own error for what is no number of days. */
export function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= mostWatchDays) return days;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${mostWatchDays}.`);
}

/** `--limit`. Throws commander's own error for what is no number of things. */
export function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000_000) return limit;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
