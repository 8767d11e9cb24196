import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Gives a row its id for other computers; `at`: the row's own moment, UTC, ISO 8601. */
export type NewUid = (at: string) => string;

/**
 * Makes UUIDs of version 7 (RFC 9562, 5.7): they sort as the moments that they were made for, and within one millisecond as they were
 * made. The moment is the row's, not the clock's: a row of last year sorts into last year.
 */
export function uidMaker(random: (bytes: Uint8Array) => Uint8Array = randomFillSync): NewUid {
  const last = { msecs: -1, seq: 0 };
  return (at) => {
    const msecs = Date.parse(at);
    if (Number.isNaN(msecs)) throw new RangeError(`No moment: ${at}`);
    const bytes = random(new Uint8Array(16));
    // Half of what the counter can hold is left for those that follow in the same millisecond.
    const first = new DataView(bytes.buffer, bytes.byteOffset).getUint32(6) >>> 1;
    last.seq = msecs === last.msecs ? last.seq + 1 : first;
    last.msecs = msecs;
    return v7({ msecs, seq: last.seq, random: bytes });
  };
}

/** The id of a new row, for whoever has no {@link NewUid} of its own. */
export const newUid: NewUid = uidMaker();
