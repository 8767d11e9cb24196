import { commandRefusal, type CommandRefusal } from '../../native/command-refusal.ts';
import type { Platform, Remedy } from '../../native/phone.ts';
import type { CommandResult } from '../../native/source.ts';
import type { Truth } from '../../diagnosis/conditions.ts';
import type { CorrectionOutcome } from './correction-outcome.ts';

/** What became of a correction, or of putting it back, in words. */
export type Ending = Pick<CorrectionOutcome, 'result' | 'detail' | 'remedy'>;

/** All that an ending is judged by. */
export interface Proceedings {
  platform: Platform;
  /** Whose menus the phone shows; null where that was not read. */
  skin: string | null;
  ran: readonly CommandResult[];
  /** Whether there was a second reading. */
  readAgain: boolean;
  /** What the second reading proves. */
  proven: Truth;
  /** Whether any of the values that are put back differs now from what it was. */
  changed: boolean;
}

export const provenEnding: Ending = { result: 'taken', detail: 'The second reading proves it.', remedy: null };

const longestQuote = 300;

const firstLine = ({ output, errors }: CommandResult): string =>
  `${output}\n${errors}`.trim().split('\n')[0]?.slice(0, longestQuote) ?? '';

/** What a person is told, and no more than was read: a phone that refuses and cannot be read again may have changed all the same. */
export function endingOf({ platform, skin, ran, readAgain, proven, changed }: Proceedings): Ending {
  if (proven === true) return provenEnding;
  const refusals = ran.map((result) => commandRefusal(platform, skin, result));
  const refusal = refusals.find((one): one is CommandRefusal => one !== null) ?? null;
  const said = ran.map(firstLine).find((text) => text !== '') ?? '';
  const remedy: Remedy | null = refusal?.remedy ?? null;
  const words =
    refusal === null ? (said === '' ? '' : ` The phone said: ${said}`) : ` The phone refused: ${refusal.said}`;
  if (proven === 'unknown') {
    const why = readAgain ? 'The second reading does not tell whether it took' : 'The phone could not be read again';
    return { result: 'unverified', detail: `${why}, so nothing is claimed.${words}`, remedy };
  }
  if (refusal === null) return { result: 'not-taken', detail: `The second reading does not show it.${words}`, remedy };
  return changed
    ? { result: 'not-taken', detail: `Only a part of it took.${words}`, remedy }
    : { result: 'refused', detail: words.trimStart(), remedy };
}
