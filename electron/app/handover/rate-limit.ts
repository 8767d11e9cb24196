import type { Clock } from '../program/clock.ts';

/** A second more than a minute: requests take different times on their way, and may arrive closer together than they left. */
const windowMs = 61_000;

/** Keeps requests to a system below what its maker allows. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #clock: Clock;
  /** When the last requests left, ms; the oldest first. */
  #left: number[] = [];
  #notBefore = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /**
   * Gives null when a request may leave, and counts it; whoever came first goes first, and waits a minute at most. Where the system has asked
   * for rest, it gives at once how long that lasts, ms. Where the signal is aborted it resolves at once.
   */
  async take(signal: AbortSignal): Promise<number | null> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    try {
      for (;;) {
        const rest = this.#notBefore - this.#now();
        if (rest > 0) return rest;
        const wait = this.#waitMs();
        if (wait <= 0 || signal.aborted) break;
        await this.#clock.sleep(wait, signal);
      }
      this.#left.push(this.#now());
      return null;
    } finally {
      resolve();
    }
  }

  now(): Date {
    return this.#clock.now();
  }

  /** The system asks for this much rest. */
  pause(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.#now() + ms);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  #waitMs(): number {
    const now = this.#now();
    // A clock that was set back is no reason to wait for hours.
    this.#left = this.#left.filter((at) => at > now - windowMs && at <= now);
    const [oldest = now] = this.#left;
    return this.#left.length < this.#perMinute ? 0 : oldest + windowMs - now;
  }
}
