/** How a phone's shell marks the end of one answer: `\n<mark> <exit code>\n`, on a line of its own. `$r` holds the exit code. */
export const markerLine = (mark: string): string => `echo; echo "${mark} $r"`;

/** The longest line that a marker can be: the mark, a space, an exit code, CR LF. */
const slack = 16;

/**
 * Splits the stream of a batch into answers at the marker lines. Linear: every byte is looked at once and joined once.
 * `onAnswer` gets the bytes before the marker without the newline that belongs to the marker, and the exit code.
 */
export class MarkerSplitter {
  private readonly mark: Buffer;
  private readonly onAnswer: (output: Buffer, exitCode: number | null) => void;
  private parts: Buffer[] = [];
  private partsBytes = 0;
  private carry: Buffer = Buffer.alloc(0);

  constructor(mark: string, onAnswer: (output: Buffer, exitCode: number | null) => void) {
    this.mark = Buffer.from(`${mark} `);
    this.onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    let rest = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk]);
    for (;;) {
      const at = rest.indexOf(this.mark);
      const end = at < 0 ? -1 : rest.indexOf(0x0a, at);
      if (end < 0) {
        this.keep(rest, at);
        return;
      }
      const code = rest
        .subarray(at + this.mark.length, end)
        .toString('latin1')
        .trim();
      const output = withoutLastNewline(Buffer.concat([...this.parts, rest.subarray(0, at)]));
      this.reset();
      this.onAnswer(output, /^\d+$/.test(code) ? Number(code) : null);
      rest = rest.subarray(end + 1);
    }
  }

  /** Bytes of the unfinished answer. */
  get size(): number {
    return this.partsBytes + this.carry.length;
  }

  /** What has arrived of the unfinished answer. */
  unfinished(): Buffer {
    return Buffer.concat([...this.parts, this.carry]);
  }

  /** Holds back what may be the beginning of a marker, so that a marker cut in two is still seen. */
  private keep(rest: Buffer, markAt: number): void {
    const from = markAt >= 0 ? markAt : Math.max(0, rest.length - this.mark.length - slack);
    if (from > 0) this.parts.push(rest.subarray(0, from));
    this.partsBytes += from;
    this.carry = rest.subarray(from);
  }

  private reset(): void {
    this.parts = [];
    this.partsBytes = 0;
    this.carry = Buffer.alloc(0);
  }
}

/** The marker's own `echo` wrote one newline (two bytes through an old pty) after the answer. */
function withoutLastNewline(output: Buffer): Buffer {
  const end = output.at(-1) === 0x0a ? (output.at(-2) === 0x0d ? -2 : -1) : output.length;
  return end === output.length ? output : output.subarray(0, end);
}
