import type { ListedPhone } from './phone.ts';
import { NativeError, type PhoneList } from './source.ts';

/** The samples that were asked for, by their ids, and those who watch the list. */
export class SampleList<Sample> {
  readonly #phones = new Map<string, { sample: Sample; listed: ListedPhone }>();
  readonly #watchers = new Set<(list: PhoneList) => void>();

  put(sample: Sample, listed: ListedPhone): void {
    this.#phones.set(listed.id, { sample, listed });
    this.#tell();
  }

  remove(phoneId: string): void {
    if (this.#phones.delete(phoneId)) this.#tell();
  }

  /** Throws {@link NativeError} `unknown-phone`. */
  get(phoneId: string): { sample: Sample; listed: ListedPhone } {
    const phone = this.#phones.get(phoneId);
    if (phone !== undefined) return phone;
    throw new NativeError('unknown-phone', `There is no sample phone ${phoneId} any more.`, {
      title: 'Add the sample again',
      steps: ['Choose "Try a sample phone".'],
    });
  }

  present(): PhoneList {
    return { phones: [...this.#phones.values()].map(({ listed }) => listed), troubles: [] };
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    this.#watchers.add(onChange);
    onChange(this.present());
    return () => this.#watchers.delete(onChange);
  }

  close(): void {
    this.#watchers.clear();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher(this.present());
  }
}

export const unknownSample = (id: string): NativeError =>
  new NativeError('unknown-sample', `There is no sample phone "${id}".`, { title: '', steps: [] });
