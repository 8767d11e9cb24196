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

/** A day without a backup keeps nobody from working: it is told in the log. */
async function backUpToday(store: Store, log: (line: string) => void): Promise<void> {
  try {
    await store.backUpDaily();
  } catch (error) {
    log(`no backup was made: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The store of a data folder, opened when it is first needed. */
export class StoreOnDemand {
  readonly #options: StoreOnDemandOptions;
  #store: Store | null = null;
  #backup: Promise<void> = Promise.resolve();
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
        onNoBackup: log,
        log: ({ sql, durationMs }) => log(`slow query, ${durationMs} ms: ${sql}`),
      });
      this.#locked = null;
      this.#backup = backUpToday(this.#store, log);
      return this.#store;
    } catch (error) {
      if (error instanceof DatabaseLockedError) {
        this.#locked = { error, until: clock.now().getTime() + notWaitedForAgainMs };
      }
      throw error;
    }
  }

  /** A backup that is being made is brought to its end first. */
  async close(): Promise<void> {
    await this.#backup;
    this.#store?.close();
    this.#store = null;
  }
}
