import { open } from 'node:fs/promises';
import { encodingOf } from '../plain-text.ts';

/**
 * Text files as technicians mail them: UTF-8 with or without a byte order mark, or UTF-16 of either byte order, as PowerShell
 * writes redirected output. Bytes come out as UTF-8, so that everything after this may look for ASCII bytes.
 */
export async function* utf8Chunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  let decoder: TextDecoder | null = null;
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes: Buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (head !== null) {
      head = Buffer.concat([head, bytes]);
      if (head.length < 64) continue;
      decoder = wideDecoder(head);
      bytes = decoder === null ? withoutMark(head) : head;
      head = null;
    }
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8');
  }
  if (head !== null && head.length > 0) {
    decoder = wideDecoder(head);
    yield decoder === null ? withoutMark(head) : Buffer.from(decoder.decode(head), 'utf8');
  } else if (decoder !== null) yield Buffer.from(decoder.decode(), 'utf8');
}

const pieceBytes = 256 * 1024;

/** A file, piece by piece, each in the place of the one before: without that, a large file takes far more memory than what is kept of it. */
export async function* fileChunks(path: string): AsyncGenerator<Buffer, void> {
  const file = await open(path);
  try {
    const place = Buffer.allocUnsafeSlow(pieceBytes);
    for (;;) {
      const { bytesRead } = await file.read(place, 0, pieceBytes);
      if (bytesRead === 0) return;
      yield place.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** null: UTF-8. */
function wideDecoder(head: Buffer): TextDecoder | null {
  const encoding = encodingOf(head);
  return encoding === 'utf-8' ? null : new TextDecoder(encoding);
}

const withoutMark = (head: Buffer): Buffer =>
  head.length >= 3 && head.readUIntBE(0, 3) === 0xefbbbf ? head.subarray(3) : head;

const lineFeed = 0x0a;
/** Nothing that is looked for stands in a longer line; what is longer is handed on in pieces. */
const longestLine = 64 * 1024;

/**
 * Finds the lines of a stream of bytes without making strings of them. `onLine` is told where each line lies, its line feed
 * included; the bytes are valid during the call only. A line that is too long to be a heading comes in pieces (`whole` false).
 */
export class LineReader {
  private rest: Buffer = Buffer.alloc(0);
  /** The last piece belongs to a line that has not ended yet. */
  private within = false;
  /** Lines, and pieces of lines, that were found so far. */
  lines = 0;
  private readonly onLine: (bytes: Buffer, start: number, end: number, whole: boolean) => void;

  constructor(onLine: (bytes: Buffer, start: number, end: number, whole: boolean) => void) {
    this.onLine = onLine;
  }

  /** The bytes are looked at during the call only: whoever reads them may use their place again. */
  push(chunk: Buffer): void {
    let start = 0;
    if (this.rest.length > 0) {
      const end = chunk.indexOf(lineFeed);
      if (end < 0) return this.keep(Buffer.concat([this.rest, chunk]));
      start = end + 1;
      const line = Buffer.concat([this.rest, chunk.subarray(0, start)]);
      this.tell(line, 0, line.length);
    }
    for (let end = chunk.indexOf(lineFeed, start); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      this.tell(chunk, start, end + 1);
      start = end + 1;
    }
    this.keep(Buffer.from(chunk.subarray(start)));
  }

  private tell(bytes: Buffer, start: number, end: number): void {
    this.lines += 1;
    this.onLine(bytes, start, end, !this.within);
    this.within = false;
  }

  /** Bytes of a line that has not ended yet. */
  private keep(bytes: Buffer): void {
    this.rest = bytes;
    if (bytes.length <= longestLine) return;
    this.onLine(bytes, 0, bytes.length, false);
    this.within = true;
    this.rest = Buffer.alloc(0);
  }

  /** The last line, where it has no line feed. */
  end(): void {
    if (this.rest.length > 0) this.onLine(this.rest, 0, this.rest.length, !this.within);
    this.rest = Buffer.alloc(0);
    this.within = false;
  }
}
