import type { Store } from '../../../db/store.ts';
import { NativeError } from '../../../native/source.ts';
import type { Bench } from '../bench/bench.ts';
import type { Corrections } from '../corrections/corrections.ts';
import type { Phones } from '../phones/phones.ts';
import { ApplicationError } from '../program/problem.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import type { Visits } from '../scan/visit.ts';

export interface FarewellOptions {
  phones: Phones;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  corrections: Corrections;
  bench: Pick<Bench, 'forget'>;
  /** Is told when nothing is kept of a phone any more. */
  onForgotten: () => void;
}

/** What forgetting a phone takes with it, for whoever must say yes. */
export interface FarewellSummary {
  phoneId: string;
  snapshots: number;
  testPhotos: number;
  actions: number;
  /** Corrections that nobody can undo afterwards. */
  undoable: readonly ActionSummary[];
  /** Corrections that were cut off: they must come to an end first. */
  interrupted: readonly ActionSummary[];
  /** Stores that were set aside, and go too: they may hold the phone. */
  setAside: readonly string[];
}

/** What became of the phone's permission for this computer. `by-hand`: only its owner can take it back, on the phone. */
export type TrustEnd = 'removed' | 'not-plugged-in' | 'by-hand' | 'failed';

export interface Farewell {
  trust: TrustEnd;
  /** Why the permission could not be taken back; null where it was, or where nobody tried. */
  detail: string | null;
  /** Why the backups could not follow: they hold the phone still, and are cleared later. null: they hold it no more. */
  waits: string | null;
}

/** The end of the work with a phone. */
export class Farewells {
  readonly #options: FarewellOptions;

  constructor(options: FarewellOptions) {
    this.#options = options;
  }

  summary(phoneId: string): FarewellSummary {
    const { store, corrections } = this.#options;
    const actions = corrections.list(phoneId);
    return {
      phoneId,
      snapshots: store().listSnapshots({ phone: phoneId }).length,
      testPhotos: store().listTestPhotos(phoneId).length,
      actions: actions.length,
      undoable: actions.filter(({ undoable }) => undoable),
      interrupted: corrections.interrupted(phoneId),
      setAside: store().listSetAside(),
    };
  }

  /** Throws {@link ApplicationError} `unknown-phone` where nothing is kept of such a phone, nor is one plugged in. */
  async requireKnown(phoneId: string): Promise<void> {
    const { store, visits, phones } = this.#options;
    if (
      visits.lastReading(phoneId) !== null ||
      store()
        .listPhones()
        .some(({ id }) => id === phoneId)
    )
      return;
    try {
      await phones.find(phoneId);
    } catch (error) {
      if (!(error instanceof ApplicationError) || error.code !== 'unknown-phone') throw error;
      throw new ApplicationError(error.code, `Nothing is known of a phone "${phoneId}". Nothing was removed.`, [
        'Look for its serial: "phones" lists what is plugged in, "snapshots" and "actions" what is kept.',
      ]);
    }
  }

  /**
   * Removes everything that is kept about a phone, for good, and takes back its permission where this computer can. Throws
   * `unknown-phone`, `corrections-open` where a correction was cut off, `phone-busy`, or a `StoreError`.
   */
  async forget(phoneId: string): Promise<Farewell> {
    const { store, visits, phones, corrections, bench } = this.#options;
    await this.requireKnown(phoneId);
    phones.requireFree(phoneId);
    const lease = corrections.take(phoneId);
    let waits: string | null;
    try {
      if (store().openActions(phoneId).length > 0) {
        const told = 'A correction of this phone was cut off. Nothing was forgotten.';
        throw new ApplicationError('corrections-open', told, [
          'Finish it, undo it or leave it as it is first: without what is kept about it, nobody could.',
        ]);
      }
      ({ waits } = store().forgetPhone(phoneId));
    } finally {
      lease.remove();
    }
    visits.forget(phoneId);
    bench.forget(phoneId);
    this.#options.corrections.forget(phoneId);
    this.#options.onForgotten();
    return { ...(await this.#removeTrust(phoneId)), waits };
  }

  async #removeTrust(phoneId: string): Promise<Omit<Farewell, 'waits'>> {
    try {
      const { source } = await this.#options.phones.find(phoneId);
      if (source.removeTrust === undefined) return { trust: 'by-hand', detail: null };
      await source.removeTrust(phoneId);
      return { trust: 'removed', detail: null };
    } catch (error) {
      if (error instanceof ApplicationError) return { trust: 'not-plugged-in', detail: null };
      if (error instanceof NativeError) return { trust: 'failed', detail: error.message };
      throw error;
    }
  }
}
