/** Lets so many of many scans run at once; the others wait in the order in which they came. */
export class ScanTurns {
  readonly #limit: () => number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `limit` is asked each time: it may be changed meanwhile. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /**
   * Resolves with the way to give the turn back, or with null where the signal was aborted before it came. `onWait` is called where it
   * has to wait.
   */
  async take(signal: AbortSignal | undefined, onWait: () => void): Promise<(() => void) | null> {
    const isAborted = (): boolean => signal?.aborted === true;
    if (isAborted()) return null;
    if (this.#running >= this.#limit() || this.#waiting.length > 0) {
      onWait();
      const turn = Promise.withResolvers<void>();
      const giveUp = (): void => turn.resolve();
      this.#waiting.push(turn.resolve);
      signal?.addEventListener('abort', giveUp, { once: true });
      await turn.promise;
      signal?.removeEventListener('abort', giveUp);
      const at = this.#waiting.indexOf(turn.resolve);
      if (at !== -1) {
        this.#waiting.splice(at, 1);
        return null;
      }
      if (isAborted()) {
        this.#giveBack();
        return null;
      }
    } else this.#running += 1;
    return () => this.#giveBack();
  }

  #giveBack(): void {
    this.#running -= 1;
    while (this.#running < Math.max(1, this.#limit()) && this.#waiting.length > 0) {
      this.#running += 1;
      this.#waiting.shift()?.();
    }
  }
}
