import type { ListedPhone } from '../../../native/phone.ts';
import { NativeError } from '../../../native/source.ts';
import type { Clock } from '../program/clock.ts';
import type { Phones } from './phones.ts';
import { ApplicationError } from '../program/problem.ts';

export interface PairingOptions {
  phones: Phones;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
}

/** A phone that could not be asked is asked again after so long, as long as it is plugged in. */
const againMs = 3_000;

/** Has phones ask their owners whether to trust this computer: each by one question at a time, whoever wants it. */
export class Pairing {
  readonly #options: PairingOptions;
  readonly #running = new Map<string, Promise<ListedPhone>>();
  /** Phones that are asked by themselves. */
  readonly #asked = new Set<string>();
  #windows = 0;
  #ended = new AbortController();

  constructor(options: PairingOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the phone as it is once its owner has answered, or has not within a minute. Throws `ApplicationError` where this kind of
   * phone is not paired, `NativeError` where it is not there.
   */
  pair(
    phoneId: string,
    options: { signal?: AbortSignal; onChange?: (phone: ListedPhone) => void } = {},
  ): Promise<ListedPhone> {
    const running = this.#running.get(phoneId) ?? this.#pair(phoneId, options);
    this.#running.set(phoneId, running);
    return running.finally(() => this.#running.delete(phoneId));
  }

  /**
   * As long as a window is open, a phone that has never been asked, or whose owner has not answered yet, is asked by itself. Give it every
   * list of phones; the returned function ends it.
   */
  attend(): { see: (phones: readonly ListedPhone[]) => void; stop: () => void } {
    if (this.#windows === 0) this.#ended = new AbortController();
    this.#windows += 1;
    return {
      see: (phones) => this.#see(phones),
      stop: () => {
        this.#windows -= 1;
        if (this.#windows === 0) this.#ended.abort();
      },
    };
  }

  #see(phones: readonly ListedPhone[]): void {
    const { log } = this.#options;
    for (const { id, remedy } of phones) {
      if (remedy?.action !== 'pair' || this.#asked.has(id)) continue;
      this.#asked.add(id);
      this.#askByItself(id, this.#ended.signal)
        .catch((error: unknown) => log(`a phone was not asked for trust: ${String(error)}`))
        .finally(() => this.#asked.delete(id));
    }
  }

  async #askByItself(phoneId: string, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      try {
        const { remedy } = await this.pair(phoneId, { signal });
        if (remedy?.action !== 'pair') return;
      } catch (error) {
        // It is not there any more; when it is plugged in again it is seen again.
        if (error instanceof NativeError || error instanceof ApplicationError) return;
        throw error;
      }
      await clock.sleep(againMs, signal);
    }
  }

  async #pair(
    phoneId: string,
    options: { signal?: AbortSignal; onChange?: (phone: ListedPhone) => void },
  ): Promise<ListedPhone> {
    const { phone, source } = await this.#options.phones.find(phoneId);
    this.#options.phones.requireFree(phoneId);
    if (source.pair !== undefined) return source.pair(phoneId, options);
    throw new ApplicationError(
      'nothing-to-pair',
      phone.sample ? 'A sample phone is never paired.' : 'Only iPhones are paired from the computer.',
      phone.platform === 'android' ? ['Android asks by itself: unlock the phone, and tap Allow.'] : [],
    );
  }
}
