import type { Socket } from 'node:net';
import { leastFileBytes, leastListBytes, Pace } from '../../pace.ts';
import { FileTrouble } from '../../phone-files.ts';

/** What the phone tells of one file or folder. */
export interface SyncStat {
  kind: 'file' | 'folder' | 'link' | 'special';
  /** Modulo 4 GiB in answers of the first protocol version. */
  bytes: number;
  /** Seconds since 1970. */
  modified: number;
}

export interface SyncEntry extends SyncStat {
  /** null: no text in UTF-8, so the phone cannot be asked for it. */
  name: string | null;
}

/** `errno` of the phone where it tells (`stat_v2`); null where it only says that there is nothing. */
export type StatAnswer = SyncStat | { kind: 'missing'; errno: number | null };

/** Asked at once, so that a phone that answers slowly is waited for once in so many files. */
const statsAtOnce = 64;
/** What adbd takes (AOSP file_sync_service.cpp, 5..15). */
const maxPathBytes = 1024;
const tooLong = 'Its path is longer than adb can ask for.';
/** Why the file service cannot be asked for a path; null where it can. */
export const whyNotAskable = (path: string): string | null => (Buffer.byteLength(path) > maxPathBytes ? tooLong : null);
/** One DATA block (SYNC_DATA_MAX). A longer one is no answer of an adbd. */
const maxBlockBytes = 64 * 1024;
const maxNameBytes = 4096;

const fileKinds: Readonly<Record<number, SyncStat['kind']>> = {
  0o100000: 'file',
  0o040000: 'folder',
  0o120000: 'link',
};
const kindOf = (mode: number): SyncStat['kind'] => fileKinds[mode & 0o170000] ?? 'special';

const statOfV1 = (fields: Buffer): SyncStat => ({
  kind: kindOf(fields.readUInt32LE(0)),
  bytes: fields.readUInt32LE(4),
  modified: fields.readUInt32LE(8),
});

/** After the id and the error: dev, ino, mode, nlink, uid, gid, size, atime, mtime, ctime. */
const statOfV2 = (fields: Buffer): SyncStat => ({
  kind: kindOf(fields.readUInt32LE(20)),
  bytes: Number(fields.readBigUInt64LE(36)),
  modified: Number(fields.readBigInt64LE(52)),
});

function nameOf(bytes: Buffer): string | null {
  const name = bytes.toString('utf8');
  return Buffer.from(name).equals(bytes) ? name : null;
}

function request(id: string, path: string): Buffer {
  const bytes = Buffer.from(path);
  if (bytes.length > maxPathBytes) throw new FileTrouble('refused', tooLong);
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/**
 * One conversation with a phone's file service (AOSP file_sync_protocol.h: 4 letters, then a number in little endian). It is
 * read only as fast as its pieces are taken. A stream that ends before its DONE is an error, and so is one that comes too slowly:
 * both end the conversation. One request at a time.
 */
export class SyncConnection {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #onAbort: () => void;
  readonly #signal: AbortSignal;
  readonly #silenceMs: number;
  #pace: Pace;
  #rest: Buffer = Buffer.alloc(0);

  /** `silenceMs`: how long the phone may say nothing, or next to nothing, while it is waited for. */
  constructor(socket: Socket, options: { silenceMs: number; signal: AbortSignal }) {
    const { silenceMs, signal } = options;
    this.#socket = socket;
    this.#signal = signal;
    this.#silenceMs = silenceMs;
    this.#pace = new Pace(silenceMs, leastListBytes);
    // A socket that fails while nothing is asked has nobody waiting for it.
    socket.on('error', () => undefined);
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#onAbort = () => socket.destroy(new FileTrouble('broken', 'It was cancelled.'));
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * What is in a folder. A folder that the phone may not open looks empty: the service has no word for that. Throws
   * {@link FileTrouble} also where there are more than `most` entries, or where they have not all come by `until`.
   */
  async list(path: string, version: 1 | 2, { most, until }: { most: number; until: number }): Promise<SyncEntry[]> {
    this.#ask([request(version === 2 ? 'LIS2' : 'LIST', path)], leastListBytes);
    const fieldBytes = version === 2 ? 68 : 12;
    const entries: SyncEntry[] = [];
    for (;;) {
      const id = (await this.#take(4)).toString('latin1');
      if (id !== 'DONE' && id !== 'DENT' && id !== 'DNT2') {
        throw await this.#unexpected(id, (await this.#take(4)).readUInt32LE(0));
      }
      const fields = await this.#take(fieldBytes);
      const length = (await this.#take(4)).readUInt32LE(0);
      if (id === 'DONE') return entries;
      if (length > maxNameBytes) throw new FileTrouble('broken', 'The phone gave a name that is too long.');
      const name = nameOf(await this.#take(length));
      if (name === '.' || name === '..') continue;
      entries.push({ name, ...(version === 2 ? statOfV2(fields) : statOfV1(fields)) });
      if (entries.length > most) throw new FileTrouble('slow', 'The phone names more files than can be.');
      if (performance.now() > until) throw new FileTrouble('slow', 'It took the phone too long to list it.');
    }
  }

  /** What each path is, links not followed, in the order of the paths. */
  async stats(paths: readonly string[], version: 1 | 2): Promise<StatAnswer[]> {
    const answers: StatAnswer[] = [];
    for (let from = 0; from < paths.length; from += statsAtOnce) {
      const some = paths.slice(from, from + statsAtOnce);
      this.#ask(
        some.map((path) => request(version === 2 ? 'LST2' : 'STAT', path)),
        leastListBytes,
      );
      for (const _path of some) answers.push(await this.#stat(version));
    }
    return answers;
  }

  /** A whole file in pieces. Throws {@link FileTrouble}; after that this conversation is of no more use. */
  async *receive(path: string): AsyncGenerator<Buffer> {
    this.#ask([request('RECV', path)], leastFileBytes);
    for (;;) {
      const header = await this.#take(8);
      const id = header.toString('latin1', 0, 4);
      const length = header.readUInt32LE(4);
      if (id === 'DONE') return;
      if (id !== 'DATA' || length > maxBlockBytes) throw await this.#unexpected(id, length);
      for (let left = length; left > 0;) {
        const piece = await this.#some(left);
        left -= piece.length;
        yield piece;
      }
    }
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#socket.destroy();
  }

  async #stat(version: 1 | 2): Promise<StatAnswer> {
    const id = (await this.#take(4)).toString('latin1');
    if (id !== 'STAT' && id !== 'LST2') throw await this.#unexpected(id, (await this.#take(4)).readUInt32LE(0));
    if (version === 1) {
      const fields = await this.#take(12);
      return fields.readUInt32LE(0) === 0 ? { kind: 'missing', errno: null } : statOfV1(fields);
    }
    const fields = await this.#take(68);
    const errno = fields.readUInt32LE(0);
    return errno === 0 ? statOfV2(fields) : { kind: 'missing', errno };
  }

  /** FAIL carries the phone's words; anything else is no answer of this protocol. */
  async #unexpected(id: string, length: number): Promise<FileTrouble> {
    if (id !== 'FAIL' || length > maxBlockBytes) {
      return new FileTrouble('broken', 'The phone answered something that is no file transfer.');
    }
    const words = (await this.#take(length)).toString('utf8').trim();
    return new FileTrouble('refused', `The phone says: ${words}`);
  }

  /** Exactly so many bytes; for heads and names only, which are short. */
  async #take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = count; left > 0;) {
      const piece = await this.#some(left);
      parts.push(piece);
      left -= piece.length;
    }
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
  }

  /** What has arrived, at least one byte, at most `most`. */
  async #some(most: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = await this.#next();
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  #ask(requests: readonly Buffer[], leastBytes: number): void {
    this.#pace = new Pace(this.#silenceMs, leastBytes);
    this.#socket.write(Buffer.concat(requests));
  }

  /** While the computer's own disk is waited for nothing runs, since that silence is not the phone's. */
  async #next(): Promise<Buffer> {
    const pace = this.#pace;
    const asked = performance.now();
    const timer = setTimeout(() => {
      pace.came(0, performance.now() - asked);
      this.#socket.destroy(pace.trouble);
    }, pace.leftMs);
    try {
      const { done, value } = await this.#chunks.next();
      if (done !== true) {
        pace.came(value.length, performance.now() - asked);
        return value;
      }
    } catch (error) {
      if (error instanceof FileTrouble) throw error;
    } finally {
      clearTimeout(timer);
    }
    throw new FileTrouble('broken', 'The phone broke off in the middle.');
  }
}
