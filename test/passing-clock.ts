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
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#sleepers.push({ until: this.#now + ms, wake: resolve });
    });

  /** Whoever has slept long enough has gone on when this resolves. */
  async pass(minutes: number): Promise<void> {
    this.#now += minutes * 60_000;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const { wake } of due) wake();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
