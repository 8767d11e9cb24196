import { DatabaseLockedError, StoreError, type StoreErrorCode } from '../../../db/errors.ts';
import { openStore, type Store, type StoreOptions } from '../../../db/store.ts';
import type { Clock } from './clock.ts';
import { damageIn, StoreHealthFollowed } from './store-health.ts';

export interface StoreOnDemandOptions extends Pick<StoreOptions, 'busyTimeoutMs' | 'handsOver'> {
  folder: string;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
  /** Called once the backup of a new day was seen to, with the store open; ends early where the signal says so. */
  onNewDay?: (signal: AbortSignal) => Promise<void>;
  /**
   * For a program that stays open: checks all of it whenever it is opened, not only where the backup of the day is due, and sees to the
   * backups of the days that follow.
   */
  check?: boolean;
  /** Whether something is being done with a phone: what can wait does. */
  isBusy?: () => boolean;
}

/** How often a program that stays open looks whether a new day has begun. */
const lookForDayMs = 15 * 60_000;

/**
 * Whoever asks meanwhile is told at once: a piece of work that asks the store many times waits once for another program that holds
 * it, not once a question.
 */
const notWaitedForAgainMs = 5_000;

/** What passes by itself: whoever has the store lets go of it, the folder is back, room was made. */
const passing: ReadonlySet<StoreErrorCode> = new Set([
  'database-locked',
  'folder-not-writable',
  'disk-full',
  'disk-failed',
  'store-moved',
]);

/** The store of a data folder, opened when it is first needed. */
export class StoreOnDemand {
  readonly #options: StoreOnDemandOptions;
  readonly health = new StoreHealthFollowed();
  #store: Store | null = null;
  #tending: Promise<void> = Promise.resolve();
  #stopTending = new AbortController();
  #locked: { error: DatabaseLockedError; until: number } | null = null;
  /** Why it cannot be used, as far as that passes by itself; looked at again then. */
  #trouble: { code: StoreErrorCode; until: number } | null = null;
  #changes = 0;

  constructor(options: StoreOnDemandOptions) {
    this.#options = options;
  }

  /** Throws `StoreError`. */
  open(): Store {
    if (this.#store !== null) return this.#store;
    const { folder, clock, log, check = false, onNewDay: _onNewDay, isBusy: _isBusy, ...rest } = this.#options;
    if (this.#locked !== null && clock.now().getTime() < this.#locked.until) throw this.#locked.error;
    try {
      const store = openStore(folder, {
        ...rest,
        now: () => clock.now(),
        onNoBackup: log,
        log: ({ sql, durationMs }) => log(`slow query, ${durationMs} ms: ${sql}`),
      });
      this.#store = store;
      this.#locked = null;
      this.#trouble = null;
      this.#changes = store.changesOfOthers();
      this.health.opened(store, clock.now());
      this.#stopTending = new AbortController();
      this.#tending = this.#tend(store, check);
      return store;
    } catch (error) {
      if (error instanceof DatabaseLockedError) {
        this.#locked = { error, until: clock.now().getTime() + notWaitedForAgainMs };
      }
      if (error instanceof StoreError) {
        this.#notNow(error);
        this.health.failed(error);
      }
      throw error;
    }
  }

  /**
   * Looks whether anything is other than at the last look: what other programs have kept, and whether the store can be used. What could not
   * be opened is tried again; what was never needed stays unopened.
   */
  look(): boolean {
    const { clock } = this.#options;
    const before = this.#trouble;
    if (before !== null && clock.now().getTime() < before.until) return false;
    const changes = this.#changes;
    try {
      if (this.#store === null && before === null) return false;
      const store = this.#store ?? this.open();
      store.requireInPlace();
      this.#changes = store.changesOfOthers();
      this.#trouble = null;
      if (before !== null) this.health.wellAgain();
      this.health.timeIs(clock.now(), () => store.lastKept());
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#notNow(error);
      if (error.code !== before?.code) this.health.failed(error);
    }
    return this.#changes !== changes || (this.#trouble === null) !== (before === null);
  }

  #notNow({ code }: StoreError): void {
    const now = this.#options.clock.now().getTime();
    this.#trouble = passing.has(code)
      ? { code, until: now + (code === 'store-moved' ? 0 : notWaitedForAgainMs) }
      : null;
  }

  /** A check that is under way is given up; a backup that is being made is brought to its end first. */
  async close(): Promise<void> {
    this.#stopTending.abort();
    await this.#tending;
    this.#store?.close();
    this.#store = null;
    this.#trouble = null;
  }

  async #tend(store: Store, check: boolean): Promise<void> {
    const { clock, isBusy = () => false } = this.#options;
    const { signal } = this.#stopTending;
    // Whoever opened it goes on first.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await this.#tendNow(store, check);
    if (!check) return;
    while (!signal.aborted) {
      await clock.sleep(lookForDayMs, signal);
      if (!signal.aborted && !isBusy()) await this.#tendNow(store, false);
    }
  }

  /** Whatever it finds, nobody is kept from working. */
  async #tendNow(store: Store, check: boolean): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopTending;
    try {
      if (this.#store !== store) return;
      const tended = await store.tend({ check, signal });
      if (tended === null) return;
      if (tended.noBackup !== null) log(`no backup was made: ${tended.noBackup}`);
      await this.#options.onNewDay?.(signal);
      if (tended.check === null) return;
      const damage = damageIn(tended.check, store.file);
      if (damage !== null) log(`the store is damaged: ${damage.message}`);
      this.health.checked(tended.check, store.file);
    } catch (error) {
      if (!signal.aborted) log(`the store was not checked: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
