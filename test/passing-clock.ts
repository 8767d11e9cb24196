import type { Clock } from '../electron/app/program/clock.ts';

/** Time that passes when the test says so. */
export class PassingClock implements Clock {
  #now: number;
  #sleepers: { until: number; wake: () => void }[] = [];

  /** ms since 1970. */
  constructor(start = Date.UTC(2026, 4, 1, 10, 0)) {
    this.#now = start;
  }

  readonly now = (): Date => new Date(this.#now);

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      const disturb = (): void => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      };
      signal.addEventListener('abort', disturb, { once: true });
    });

  /** How many wait for a time to come. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  /** Whoever has slept long enough has gone on when this resolves. */
  async pass(minutes: number): Promise<void> {
    this.#now += minutes * 60_000;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const { wake } of due) wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
