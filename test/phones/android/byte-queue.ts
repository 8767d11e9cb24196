/** Bytes that arrive in chunks and are read in exact numbers. */
export class ByteQueue {
  #chunks: Buffer[] = [];
  #available = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#available += chunk.length;
    this.#wake?.();
  }

  /** No more bytes will come: a waiting `read` that cannot be filled gives null. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Whatever has arrived, at least one byte; null when the stream has ended. */
  async readSome(): Promise<Buffer | null> {
    const first = await this.read(1);
    if (first === null || this.#available === 0) return first;
    const rest = await this.read(this.#available);
    return rest === null ? first : Buffer.concat([first, rest]);
  }

  /** Exactly `count` bytes, or null when the stream ends before them. One reader at a time. */
  async read(count: number): Promise<Buffer | null> {
    while (this.#available < count) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#available -= count;
    return all.subarray(0, count);
  }
}
