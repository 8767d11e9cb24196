import type { Clock } from '../../electron/app/program/clock.ts';

/** Time that passes at once when somebody waits for it. */
export class JumpingClock implements Clock {
  #now: number;

  /** ms since 1970. */
  constructor(start = Date.UTC(2026, 4, 1, 10, 0)) {
    this.#now = start;
  }

  readonly now = (): Date => new Date(this.#now);

  readonly sleep = (ms: number): Promise<void> => {
    this.#now += ms;
    return Promise.resolve();
  };
}
