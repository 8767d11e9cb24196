import { commandRefusal, type CommandRefusal } from '../../../native/command-refusal.ts';
import type { Platform, Remedy } from '../../../native/phone.ts';
import type { CommandResult } from '../../../native/source.ts';
import type { Truth } from '../../../diagnosis/load/conditions.ts';
import type { CorrectionOutcome } from '../actions/correction-outcome.ts';
import type { PhoneReading } from '../scan/scan.ts';

/** What became of a correction, or of putting it back, in words. */
export type Ending = Pick<CorrectionOutcome, 'result' | 'detail' | 'remedy'>;

/** A reading after a correction. `nothing`: the phone did not let itself be read; `another-phone`: another one was plugged in. */
export type SecondReading = { of: 'the-phone'; read: PhoneReading } | { of: 'nothing' | 'another-phone'; read: null };

/** All that an ending is judged by. */
export interface Proceedings {
  platform: Platform;
  /** Whose menus the phone shows; null where that was not read. */
  skin: string | null;
  ran: readonly CommandResult[];
  /** What the second reading was of. */
  second: SecondReading['of'];
  /** What the second reading proves. */
  proven: Truth;
  /** Whether any of the values that are put back differs now from what it was. */
  changed: Truth;
}

export const provenEnding: Ending = { result: 'taken', detail: 'The second reading proves it.', remedy: null };

const longestQuote = 300;

const firstLine = ({ output, errors }: CommandResult): string =>
  `${output}\n${errors}`.trim().split('\n')[0]?.slice(0, longestQuote) ?? '';

/** Why nothing is claimed of what is not proven; null where it is certain that nothing changed. */
function doubt({ ran, second, proven, changed }: Proceedings): string | null {
  // Turned away before it was carried out: nothing has run, whatever the phone can be read to say.
  if (ran.length > 0 && ran.every(({ ended }) => ended === 'denied' || ended === 'missing')) return null;
  if (second === 'another-phone') return 'Another phone is plugged in now, so nothing is claimed.';
  if (second === 'nothing') return 'The phone could not be read again, so nothing is claimed.';
  if (proven === 'unknown' || changed === 'unknown') {
    return 'The second reading does not tell whether it took, so nothing is claimed.';
  }
  if (changed) return 'Only a part of it took.';
  // A command whose answer was lost may still be at work.
  const lost = ran.find(({ ended }) => ended !== 'whole');
  return lost === undefined
    ? null
    : `The phone did not answer to the end, so nothing is claimed. ${lost.detail}`.trim();
}

/** What a person is told, and no more than was read: a phone that refuses and cannot be read again may have changed all the same. */
export function endingOf(proceedings: Proceedings): Ending {
  const { platform, skin, ran, proven } = proceedings;
  if (proven === true) return provenEnding;
  const refusals = ran.map((result) => commandRefusal(platform, skin, result));
  const refusal = refusals.find((one): one is CommandRefusal => one !== null) ?? null;
  const said = ran.map(firstLine).find((text) => text !== '') ?? '';
  const remedy: Remedy | null = refusal?.remedy ?? null;
  const words =
    refusal === null ? (said === '' ? '' : ` The phone said: ${said}`) : ` The phone refused: ${refusal.said}`;
  const why = doubt(proceedings);
  if (why !== null) return { result: 'unverified', detail: `${why}${words}`, remedy };
  if (refusal === null) return { result: 'not-taken', detail: `The second reading does not show it.${words}`, remedy };
  return { result: 'refused', detail: words.trimStart(), remedy };
}
