import { DatabaseLockedError } from '../../../db/errors.ts';
import { openStore, type Store, type StoreOptions } from '../../../db/store.ts';
import type { Clock } from './clock.ts';

export interface StoreOnDemandOptions extends Pick<StoreOptions, 'busyTimeoutMs'> {
  folder: string;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
}

/**
 * Whoever asks meanwhile is told at once: a piece of work that asks the store many times waits once for another program that holds
 * it, not once a question.
 */
const notWaitedForAgainMs = 5_000;

/** The store of a data folder, opened when it is first needed. */
export class StoreOnDemand {
  readonly #options: StoreOnDemandOptions;
  #store: Store | null = null;
  #locked: { error: DatabaseLockedError; until: number } | null = null;

  constructor(options: StoreOnDemandOptions) {
    this.#options = options;
  }

  /** Throws `StoreError`. */
  open(): Store {
    if (this.#store !== null) return this.#store;
    const { folder, clock, log, ...rest } = this.#options;
    if (this.#locked !== null && clock.now().getTime() < this.#locked.until) throw this.#locked.error;
    try {
      this.#store = openStore(folder, {
        ...rest,
        now: () => clock.now(),
        log: ({ sql, durationMs }) => log(`slow query, ${durationMs} ms: ${sql}`),
      });
      this.#locked = null;
      return this.#store;
    } catch (error) {
      if (error instanceof DatabaseLockedError) {
        this.#locked = { error, until: clock.now().getTime() + notWaitedForAgainMs };
      }
      throw error;
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }
}
