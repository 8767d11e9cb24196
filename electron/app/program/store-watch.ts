/** How often a program with a window looks whether another one has kept something. */
const everyMs = 1_500;

export interface StoreWatchOptions {
  /** Whether anything is other than at the last look. */
  look: () => boolean;
  /** What is shown is to be asked for again. */
  onChanged: () => void;
  everyMs?: number;
}

/** Looks at the store again and again as long as somebody is shown what it holds: a command may have changed it, and a folder may be back. */
export class StoreWatch {
  readonly #options: StoreWatchOptions;
  #attending = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: StoreWatchOptions) {
    this.#options = options;
  }

  /** Until the returned function is called. */
  attend(): () => void {
    this.#attending += 1;
    this.#timer ??= setInterval(() => this.#look(), this.#options.everyMs ?? everyMs).unref();
    let isAttending = true;
    return () => {
      if (!isAttending) return;
      isAttending = false;
      this.#attending -= 1;
      if (this.#attending === 0) this.close();
    };
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    if (this.#options.look()) this.#options.onChanged();
  }
}
