/** How far back the rate looks. */
const windowMs = 10_000;
const stepMs = 250;
/** Before that, a rate would be a guess. */
const enoughMs = 500;

/** How fast bytes come, over the last seconds. */
export class TransferRate {
  readonly #points: { at: number; bytes: number }[] = [];

  /** `bytes`: all so far; `atMs`: a moment on any clock that only goes forward. */
  add(bytes: number, atMs: number): void {
    const last = this.#points.at(-1);
    if (last !== undefined && this.#points.length > 1 && atMs - last.at < stepMs) last.bytes = bytes;
    else this.#points.push({ at: atMs, bytes });
    while (this.#points.length > 2 && atMs - (this.#points[0]?.at ?? atMs) > windowMs) this.#points.shift();
  }

  /** null as long as too little has been seen. */
  get bytesPerSecond(): number | null {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < enoughMs) return null;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }

  /** Seconds for so many bytes more; null where the rate is not known, or nothing comes. */
  secondsFor(bytes: number): number | null {
    const rate = this.bytesPerSecond;
    return rate === null || rate <= 0 ? null : Math.ceil(bytes / rate);
  }
}
