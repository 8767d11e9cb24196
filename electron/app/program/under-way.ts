/** What is not cut off without a question: it changes a phone, or takes long to be done again. */
export type WorkKind = 'correction' | 'copy';

/** How many phones are worked with at this moment, by what is done with them. */
export type Busy = Readonly<Record<WorkKind, number>>;

interface Work {
  kind: WorkKind;
  phoneId: string;
}

/** What is being done with phones at this moment that should come to its end: the computer stays awake for it, and whoever ends the program is asked. */
export class UnderWay {
  readonly #works = new Set<Work>();
  readonly #listeners = new Set<(busy: Busy) => void>();

  get now(): Busy {
    const count = (kind: WorkKind): number =>
      new Set([...this.#works].filter((work) => work.kind === kind).map(({ phoneId }) => phoneId)).size;
    return { correction: count('correction'), copy: count('copy') };
  }

  /** Something begins; returns the way to say that it has ended. */
  begin(kind: WorkKind, phoneId: string): () => void {
    const work = { kind, phoneId };
    this.#works.add(work);
    this.#tell();
    return () => {
      if (this.#works.delete(work)) this.#tell();
    };
  }

  /** Calls back now and at each change; returns the way to stop. */
  follow(listener: (busy: Busy) => void): () => void {
    this.#listeners.add(listener);
    listener(this.now);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as nothing is under way. */
  async over(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.follow(({ correction, copy }) => {
      if (correction + copy === 0) resolve();
    });
    await promise;
    stop();
  }

  #tell(): void {
    const { now } = this;
    for (const listener of this.#listeners) listener(now);
  }
}
