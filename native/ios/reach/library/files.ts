import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { largestFileBytes } from '../../../phone-files.ts';
import { left, out, textList, type Bindings, type Pointer } from './bindings.ts';
import { checkAfc, LibraryFailure } from './failure.ts';
import type { IphoneConnection } from './iphone-connection.ts';

/** What AFC tells of a file or folder. */
export interface FileInfo {
  kind: 'file' | 'folder' | 'link' | 'special';
  /** null: the phone tells no size that a file can have. */
  bytes: number | null;
  /** Last change; UTC, ISO 8601. */
  modified: string;
}

const readOnly = 1;
const chunkBytes = 1024 * 1024;
const kinds: Readonly<Record<string, FileInfo['kind']>> = { S_IFREG: 'file', S_IFDIR: 'folder', S_IFLNK: 'link' };

function sizeOf(text: string | undefined): number | null {
  const bytes = Number(/^\d{1,16}$/.exec(text ?? '')?.[0] ?? Number.NaN);
  return bytes <= largestFileBytes ? bytes : null;
}

/** Names and values by turns. */
const pairsOf = (words: readonly string[]): Map<string | undefined, string | undefined> =>
  new Map(Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at], words[2 * at + 1]]));

/** Files of an iPhone over AFC, read only: this class has no way to write. Paths count from /var/mobile/Media. */
export class IphoneFiles {
  readonly #bindings: Bindings;
  readonly #connection: IphoneConnection;
  readonly #service: string;
  #reading: AsyncGenerator<Uint8Array, void> | null = null;

  constructor(bindings: Bindings, connection: IphoneConnection, service = 'com.apple.afc') {
    this.#bindings = bindings;
    this.#connection = connection;
    this.#service = service;
  }

  #client(): Promise<Pointer> {
    return this.#connection.service(this.#service, 'afc_client_new', 'afc_client_free', checkAfc);
  }

  async #texts(
    ask: 'afc_read_directory' | 'afc_get_file_info' | 'afc_get_device_info',
    ...about: readonly string[]
  ): Promise<string[]> {
    const list = out();
    checkAfc(await this.#bindings.imobiledevice[ask](await this.#client(), ...about, list));
    const texts = textList(left(list));
    await this.#bindings.imobiledevice.afc_dictionary_free(left(list));
    return texts;
  }

  /** The names in a folder. */
  async list(path: string): Promise<string[]> {
    const names = await this.#texts('afc_read_directory', path);
    return names.filter((name) => name !== '.' && name !== '..');
  }

  /** What AFC tells of the volume that holds the photos: `FSTotalBytes`, `FSFreeBytes`, `FSBlockSize`, `Model`. */
  async device(): Promise<Record<string, string>> {
    const pairs = pairsOf(await this.#texts('afc_get_device_info'));
    return Object.fromEntries([...pairs].map(([name, value]) => [name ?? '', value ?? '']));
  }

  async info(path: string): Promise<FileInfo> {
    const fields = pairsOf(await this.#texts('afc_get_file_info', path));
    const nanoseconds = BigInt(/^\d{1,19}$/.exec(fields.get('st_mtime') ?? '')?.[0] ?? '0');
    return {
      kind: kinds[fields.get('st_ifmt') ?? ''] ?? 'special',
      bytes: sizeOf(fields.get('st_size')),
      modified: new Date(Number(nanoseconds / 1_000_000n)).toISOString(),
    };
  }

  /** A whole file. Fails as `truncated` on one that is longer than `maxBytes`. */
  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let total = 0;
    for await (const chunk of this.#chunks(path)) {
      total += chunk.length;
      if (total > maxBytes) throw new LibraryFailure('truncated', `${path} is longer than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** Begins to read a file from its start; one file at a time. What was being read before is closed. */
  async begin(path: string): Promise<void> {
    await this.#reading?.return(undefined);
    this.#reading = this.#chunks(path);
  }

  /** The next piece of the file that {@link begin} named; empty at its end. */
  async next(): Promise<Uint8Array> {
    // A process that took the place of one that ended knows of no file.
    if (this.#reading === null) throw new LibraryFailure('truncated', 'The reading of this file broke off.');
    const piece = await this.#reading.next();
    return piece.done === true ? new Uint8Array() : piece.value;
  }

  /** Copies a file of the iPhone to this computer; `onPiece` hears of the bytes of each piece. */
  async copy(path: string, target: string, onPiece: (bytes: number) => void = () => {}): Promise<void> {
    const file = createWriteStream(target, { mode: 0o600 });
    try {
      for await (const chunk of this.#chunks(path)) {
        if (!file.write(chunk)) await once(file, 'drain');
        onPiece(chunk.length);
      }
    } finally {
      file.end();
      await finished(file);
    }
  }

  async *#chunks(path: string): AsyncGenerator<Uint8Array, void> {
    const { afc_file_open: open, afc_file_read: read, afc_file_close: close } = this.#bindings.imobiledevice;
    const client = await this.#client();
    const opened: [number] = [0];
    checkAfc(await open(client, path, readOnly, opened));
    try {
      for (;;) {
        const chunk = new Uint8Array(chunkBytes);
        const length: [number] = [0];
        checkAfc(await read(client, opened[0], chunk, chunkBytes, length));
        if (length[0] === 0) return;
        yield chunk.subarray(0, length[0]);
      }
    } finally {
      await close(client, opened[0]);
    }
  }
}
