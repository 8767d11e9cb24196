import type { Clock } from '../../../electron/app/program/clock.ts';

/** What happens on the phone in a stretch of time; `sinceStartMs` is its end. */
export type Life = (elapsedMs: number, sinceStartMs: number) => void | Promise<void>;

/** Time that passes only while somebody waits for it; what the phone does meanwhile happens at the end of each wait. */
export class StagedClock implements Clock {
  readonly #start: number;
  #now: number;
  readonly #life: Life;

  constructor(start: number, life: Life) {
    this.#start = start;
    this.#now = start;
    this.#life = life;
  }

  readonly now = (): Date => new Date(this.#now);

  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    this.#now += ms;
    await this.#life(ms, this.#now - this.#start);
  };
}
