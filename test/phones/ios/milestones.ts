/** What has come to pass with a phone, so that a test can wait for a moment instead of for a time. */
export class Milestones {
  readonly #reached = new Set<string>();
  readonly #waiting = new Map<string, Array<() => void>>();

  mark(name: string): void {
    this.#reached.add(name);
    for (const resolve of this.#waiting.get(name) ?? []) resolve();
    this.#waiting.delete(name);
  }

  /** Resolves once `name` was marked, at once if it was already. */
  async reached(name: string): Promise<void> {
    if (this.#reached.has(name)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }
}
