import { valueOf } from '../../../native/describe-phone.ts';
import type { Reading } from '../../../native/reading.ts';
import type { DeclinedCopy, SafeCopy } from '../../../db/records/safe-copies.ts';

/** The words with which a person goes on without a copy: to be given back to the letter. */
export const goOnWithout = 'I go on without a copy. Photos that are not backed up may be lost.';

/** Whether the steps that may cost photos are open, and why. */
export type CopyGuard =
  | { state: 'verified'; at: string; folder: string }
  | { state: 'declined'; at: string }
  | { state: 'needed'; why: string };

const hourMs = 3_600_000;
const copyHoldsMs = 7 * 24 * hourMs;
const declinedHoldsMs = 24 * hourMs;
/** What is later than now was noted while the clock was wrong: nobody knows how long ago. */
const clockSlackMs = 5 * 60_000;

/** Phones give whole seconds, and not always the same one. */
const isSameMoment = (a: string | null, b: string): boolean =>
  a !== null && Math.abs(Date.parse(a) - Date.parse(b)) <= 2_000;

const needed = (why: string): CopyGuard => ({ state: 'needed', why });

/**
 * A whole, verified copy opens the steps for a week, as long as the phone shows no photo since; a person's word opens them for a day.
 * Pure. `now`: UTC, ISO 8601.
 */
export function copyGuard(
  copies: readonly SafeCopy[],
  declined: DeclinedCopy | null,
  { photos }: Reading,
  now: string,
): CopyGuard {
  const holds = (at: string, forMs: number): boolean => {
    const age = Date.parse(now) - Date.parse(at);
    return age > -clockSlackMs && age < forMs;
  };
  const copy = copies.find(({ whole, endedAt }) => whole && holds(endedAt, copyHoldsMs));
  const [newest, count] = [valueOf(photos.newest), valueOf(photos.count)];
  const isSame =
    copy !== undefined && newest !== null && isSameMoment(copy.newestPhoto, newest) && copy.photoCount === count;
  if (isSame) return { state: 'verified', at: copy.endedAt, folder: copy.folder };
  if (declined !== null && holds(declined.at, declinedHoldsMs)) return { state: 'declined', at: declined.at };
  if (copies.length === 0) return needed('No safe copy of the photos was made yet.');
  if (copy === undefined) return needed('The last safe copy is not whole, or older than a week.');
  if (newest === null || count === null) {
    return needed('The phone does not tell whether there are photos since the last safe copy.');
  }
  return needed('There are other photos on the phone than when the last safe copy was made.');
}
