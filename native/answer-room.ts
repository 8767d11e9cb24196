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
    const fitting = output.subarray(0, this.most) as Bytes;
    const kept = fitting.subarray(0, endOfLines(fitting)) as Bytes;
    this.#left -= kept.length;
    if (kept.length < fitting.length) return { output: kept, cut: `The answer has more than ${mostLines} lines.` };
    return { output: kept, cut: fitting.length < output.length ? this.whyCut : null };
  }
}
