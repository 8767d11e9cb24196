/** For one answer. The longest of a real phone has 4 MiB. */
const largestAnswerBytes = 16 * 1_048_576;
/**
 * For all answers of a scan. As JSON a byte takes six characters at the most, and a text of this program's engine has at most 2^29:
 * a capture within this can always be saved.
 */
export const largestScanBytes = 64 * 1_048_576;
/** For one answer: parsers go line by line, and nothing but lines takes them ten times as long. The longest of a real phone has 80,000. */
const mostLines = 500_000;

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;

/** Where the line ends that is the last one there is room for. */
function endOfLines(output: Uint8Array): number {
  if (output.length <= mostLines) return output.length;
  let end = -1;
  for (let lines = 0; lines < mostLines; lines += 1) {
    end = output.indexOf(0x0a, end + 1);
    if (end < 0) return output.length;
  }
  return end + 1;
}

/** How much a phone may still say in one conversation. */
export class AnswerRoom {
  readonly #each: number;
  readonly #all: number;
  /** Bytes of answers that have not come to their end yet, by the conversation that each comes over. */
  readonly #arriving = new Map<object, number>();
  #left: number;

  constructor(each = largestAnswerBytes, all = largestScanBytes) {
    this.#each = each;
    this.#all = all;
    this.#left = all;
  }

  /** Bytes that the next answer may have. */
  get most(): number {
    const arriving = this.#arriving.values().reduce((sum, bytes) => sum + bytes, 0);
    return Math.max(0, Math.min(this.#each, this.#left - arriving));
  }

  /** So much of an answer that is not at its end has come `over` a conversation. Whether there is room for it beside the others. */
  arriving(over: object, bytes: number): boolean {
    this.#arriving.delete(over);
    const fits = bytes <= this.most;
    if (bytes > 0) this.#arriving.set(over, bytes);
    return fits;
  }

  /** Why an answer of more bytes than {@link most} is cut, in plain words. */
  get whyCut(): string {
    return this.most < this.#each
      ? `The answers are longer than ${mebibytes(this.#all)} together.`
      : `The answer is longer than ${mebibytes(this.#each)}.`;
  }

  /** An answer has come, `over` the conversation where it was {@link arriving}: as much of it as there is room for, and why that is not all. */
  take<Bytes extends Uint8Array>(output: Bytes, over?: object): { output: Bytes; cut: string | null } {
    if (over !== undefined) this.#arriving.delete(over);
    const fitting = output.subarray(0, this.most) as Bytes;
    const kept = fitting.subarray(0, endOfLines(fitting)) as Bytes;
    const why = kept.length < fitting.length ? `The answer has more than ${mostLines} lines.` : this.whyCut;
    this.#left -= kept.length;
    return { output: kept, cut: kept.length < output.length ? why : null };
  }
}
