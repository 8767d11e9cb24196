import type { Clock } from '../program/clock.ts';

/** A second more than a minute: the system's clock may go a little slower. */
const windowMs = 61_000;

/** Whether a request may leave: `ms`: not yet, the system has asked for rest. */
export type Leave = { kind: 'rest'; ms: number } | { kind: 'go'; ended: () => void };

/**
 * Keeps requests to a system below what its maker allows. The system counts when they arrive, which nobody knows here: some time between
 * leaving and the end of the answer. So each counts from when it leaves until a minute after its end.
 */
export class RateLimit {
  readonly #perMinute: number;
  readonly #clock: Clock;
  /** Those that count, each with its end, ms; null: still under way. */
  #counted: { ended: number | null }[] = [];
  #rest = { from: 0, ms: 0 };
  #turn: Promise<void> = Promise.resolve();
  #oneEnded = Promise.withResolvers<void>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /**
   * Gives `go` when a request may leave, and counts it; its end must be told. Whoever came first goes first, and waits until a minute after an
   * answer at most. Where the system has asked for rest, it gives at once how long that lasts. Where the signal is aborted it resolves at once.
   */
  async take(signal: AbortSignal): Promise<Leave> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    try {
      for (;;) {
        const ms = this.#restMs();
        if (ms > 0) return { kind: 'rest', ms };
        const wait = this.#waitMs();
        if (wait === 0 || signal.aborted) break;
        await (wait === null ? this.#nextEnd(signal) : this.#clock.sleep(wait, signal));
      }
      const one: { ended: number | null } = { ended: null };
      this.#counted.push(one);
      return { kind: 'go', ended: () => this.#end(one) };
    } finally {
      resolve();
    }
  }

  now(): Date {
    return this.#clock.now();
  }

  /** The system asks for this much rest. */
  pause(ms: number): void {
    if (ms > this.#restMs()) this.#rest = { from: this.#now(), ms };
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  #end(one: { ended: number | null }): void {
    one.ended ??= this.#now();
    this.#oneEnded.resolve();
    this.#oneEnded = Promise.withResolvers<void>();
  }

  async #nextEnd(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>();
    const stop = (): void => aborted.resolve();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([this.#oneEnded.promise, aborted.promise]);
    signal.removeEventListener('abort', stop);
  }

  /** A clock that was set back says nothing of how long the rest has lasted: it begins anew, and lasts no longer than was asked for. */
  #restMs(): number {
    const now = this.#now();
    this.#rest.from = Math.min(this.#rest.from, now);
    return this.#rest.from + this.#rest.ms - now;
  }

  /** 0: one may leave; null: once one of those that are under way has ended. */
  #waitMs(): number | null {
    const now = this.#now();
    // The same for those that have left: they count for a minute from now at most.
    for (const one of this.#counted) if (one.ended !== null) one.ended = Math.min(one.ended, now);
    this.#counted = this.#counted.filter(({ ended }) => ended === null || ended > now - windowMs);
    if (this.#counted.length < this.#perMinute) return 0;
    const ends = this.#counted.flatMap(({ ended }) => ended ?? []);
    return ends.length === 0 ? null : Math.min(...ends) + windowMs - now;
  }
}
