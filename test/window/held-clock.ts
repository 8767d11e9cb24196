import type { Clock } from '../../electron/app/program/clock.ts';

/** Time that stands still until the test lets it pass. */
export class HeldClock implements Clock {
  #now = Date.UTC(2026, 4, 1, 10, 0);
  #sleeper = Promise.withResolvers<() => void>();

  readonly now = (): Date => new Date(this.#now);

  readonly sleep = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#sleeper.resolve(resolve);
    });

  /** Waits until somebody sleeps, and wakes them so much later. */
  async pass(ms: number): Promise<void> {
    const wake = await this.#sleeper.promise;
    this.#sleeper = Promise.withResolvers();
    this.#now += ms;
    wake();
  }
}
