/*
 * A scanner types what it reads as a keyboard would, and ends with Enter: some milliseconds lie between its keys, where a person's fingers
 * take more than 60. Until it is clear who types, a letter or digit is held back for so long that nobody feels it.
 */

/** What lies further apart was not typed by a scanner. */
export const scannerGapMs = 40;
/** Fewer keys than this in one go may be two fingers that roll. */
const fewestKeys = 4;

/** What becomes of a key. `released`: those that were held are a person's after all, and count before this one. */
export type Pressed<Key> =
  | { kind: 'held'; released: readonly Key[] }
  | { kind: 'passed'; released: readonly Key[] }
  | { kind: 'scanned'; text: string };

const holds = /^[\p{L}\p{N}]$/u;
const goesOn = /^[\p{L}\p{N}\-–—ß'/:.,;_+= ]$/u;

/** Tells typing from scanning by its speed. `Key` is whatever stands for a key that was held. Moments in ms from any fixed one. */
export class ScanKeys<Key> {
  #held: { key: Key; sign: string }[] = [];
  #last = Number.NEGATIVE_INFINITY;

  press(key: Key, sign: string, at: number): Pressed<Key> {
    const isFast = at - this.#last <= scannerGapMs;
    const released = isFast ? [] : this.release();
    if (sign === 'Enter' && this.#held.length >= fewestKeys) {
      const text = this.#held.map((one) => one.sign).join('');
      this.#held = [];
      return { kind: 'scanned', text };
    }
    const isHeld = this.#held.length === 0 ? holds.test(sign) : goesOn.test(sign);
    if (!isHeld) return { kind: 'passed', released: [...released, ...this.release()] };
    this.#held.push({ key, sign });
    this.#last = at;
    return { kind: 'held', released };
  }

  /** Gives back what is held: a person has typed it. */
  release(): readonly Key[] {
    const keys = this.#held.map(({ key }) => key);
    this.#held = [];
    return keys;
  }
}
