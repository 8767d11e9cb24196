import { FileTrouble } from './phone-files.ts';

/**
 * How slowly something may come: within each stretch of waiting at least so many bytes. A phone that gives a byte a second is as good
 * as silent, and must not be waited for that long. Only time in which the phone is waited for counts.
 */
export class Pace {
  readonly #stretchMs: number;
  readonly #leastBytes: number;
  #waitedMs = 0;
  #bytes = 0;
  #lastWaitMs = 0;

  constructor(stretchMs: number, leastBytes: number) {
    this.#stretchMs = stretchMs;
    this.#leastBytes = leastBytes;
  }

  /** How long the next wait may last. */
  get leftMs(): number {
    return Math.max(0, this.#stretchMs - this.#waitedMs);
  }

  /** A wait has ended, with so many bytes. */
  came(bytes: number, waitedMs: number): void {
    this.#bytes += bytes;
    this.#waitedMs += waitedMs;
    this.#lastWaitMs = waitedMs;
    if (this.#bytes < this.#leastBytes) return;
    this.#bytes = 0;
    this.#waitedMs = 0;
  }

  /** What is said of a phone that {@link leftMs} did not suffice for: one that fell silent is told from one that drips. */
  get trouble(): FileTrouble {
    const seconds = Math.round(this.#stretchMs / 100) / 10;
    return this.#lastWaitMs > this.#stretchMs / 2
      ? new FileTrouble('broken', `The phone said nothing more within ${seconds} s.`)
      : new FileTrouble('slow', `The phone is too slow: ${this.#bytes} bytes in ${seconds} s.`);
  }
}

/** Of a file, in each stretch. A copy of several files side by side on the slowest USB still gets this for each of them. */
export const leastFileBytes = 256 * 1024;
/** Of a list. */
export const leastListBytes = 1024;
