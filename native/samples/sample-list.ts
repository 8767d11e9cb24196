import type { ListedPhone } from '../phone.ts';
import { NativeError, type PhoneList } from '../source.ts';

/** The samples that were asked for, by their ids, and those who watch the list. */
export class SampleList<Sample> {
  readonly #phones = new Map<string, { sample: Sample; listed: ListedPhone }>();
  readonly #watchers = new Set<(list: PhoneList) => void>();
  /** Phones that will come back by themselves. */
  readonly #away = new Set<string>();

  put(sample: Sample, listed: ListedPhone): void {
    this.#away.delete(listed.id);
    this.#phones.set(listed.id, { sample, listed });
    this.#tell();
  }

  remove(phoneId: string): void {
    this.#away.delete(phoneId);
    if (this.#phones.delete(phoneId)) this.#tell();
  }

  /** Takes a phone away for so many milliseconds, as a restart does; one that is removed meanwhile stays away. */
  leave(phoneId: string, ms: number, comeBack: (sample: Sample, listed: ListedPhone) => void): void {
    const { sample, listed } = this.get(phoneId);
    this.remove(phoneId);
    this.#away.add(phoneId);
    setTimeout(() => {
      if (this.#away.delete(phoneId)) comeBack(sample, listed);
    }, ms).unref();
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
