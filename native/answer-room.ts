/** For one answer. The longest of a real phone has 4 MiB. */
const largestAnswerBytes = 16 * 1_048_576;
/**
 * For all answers of a scan. As JSON a byte takes six characters at the most, and a text of this program's engine has at most 2^29:
 * a capture within this can always be saved.
 */
export const largestScanBytes = 64 * 1_048_576;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;

/** How much a phone may still say in one conversation. */
export class AnswerRoom {
  readonly #each: number;
  readonly #all: number;
  #left: number;

  constructor(each = largestAnswerBytes, all = largestScanBytes) {
    this.#each = each;
    this.#all = all;
    this.#left = all;
  }

  /** Bytes that the next answer may have. */
  get most(): number {
    return Math.min(this.#each, this.#left);
  }

  /** Why an answer of more bytes than {@link most} is cut, in plain words. */
  get whyCut(): string {
    return this.#left < this.#each
      ? `The answers are longer than ${mebibytes(this.#all)} together.`
      : `The answer is longer than ${mebibytes(this.#each)}.`;
  }

  /** An answer has come: as much of it as there is room for, and why that is not all. */
  take<Bytes extends Uint8Array>(output: Bytes): { output: Bytes; cut: string | null } {
    const cut = output.length > this.most ? this.whyCut : null;
    const kept = output.subarray(0, this.most) as Bytes;
    this.#left -= kept.length;
    return { output: kept, cut };
  }
}
