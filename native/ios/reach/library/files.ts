import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { largestFileBytes } from '../../../phone-files.ts';
import { left, out, textList, type Bindings, type Pointer } from './bindings.ts';
import { checkAfc, LibraryFailure } from './failure.ts';
import type { IphoneConnection, Service } from './iphone-connection.ts';

/** What AFC tells of a file or folder. */
export interface FileInfo {
  kind: 'file' | 'folder' | 'link' | 'special';
  /** null: the phone tells no size that a file can have. */
  bytes: number | null;
  /** Last change; UTC, ISO 8601. */
  modified: string;
}

/** The file service of this name. */
export const afcOf = (name: string): Service => ({
  name,
  make: 'afc_client_new',
  free: 'afc_client_free',
  check: checkAfc,
});
export const afc = afcOf('com.apple.afc');

const readOnly = 1;
const chunkBytes = 1024 * 1024;
const fromStart = 0;
const kinds: Readonly<Record<string, FileInfo['kind']>> = { S_IFREG: 'file', S_IFDIR: 'folder', S_IFLNK: 'link' };

function sizeOf(text: string | undefined): number | null {
  const bytes = Number(/^\d{1,16}$/.exec(text ?? '')?.[0] ?? Number.NaN);
  return bytes <= largestFileBytes ? bytes : null;
}

/** Names and values by turns. */
const pairsOf = (words: readonly string[]): Map<string | undefined, string | undefined> =>
  new Map(Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at], words[2 * at + 1]]));

/** A file that is open on the phone. */
export interface OpenFile {
  /** The next piece; empty at its end. */
  next: () => Promise<Uint8Array>;
  close: () => Promise<void>;
}

/** Files of an iPhone over one client of AFC, read only: this class has no way to write. Paths count from /var/mobile/Media. */
export class IphoneFiles {
  readonly #bindings: Bindings;
  readonly #connection: IphoneConnection;
  readonly #service: Service;
  readonly #lane: number;
  /** Settles when the phone has answered what it was asked last. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(bindings: Bindings, connection: IphoneConnection, service = afc, lane = 0) {
    this.#bindings = bindings;
    this.#connection = connection;
    this.#service = service;
    this.#lane = lane;
  }

  /** Resolves when the phone can be asked; fails where it bears no more clients. */
  async ready(): Promise<void> {
    await this.#connection.service(this.#service, this.#lane);
  }

  /** The library's client has no locks: one call at a time. `of`: the conversation that it must still be, where it is about a file of it. */
  #inTurn<T>(call: (client: Pointer) => Promise<T>, of?: number): Promise<T> {
    const answer = this.#turn.then(() => {
      if (of === undefined || of === this.#connection.conversation) {
        return this.#connection.ask(this.#service, call, this.#lane);
      }
      throw new LibraryFailure('truncated', 'The conversation with the iPhone has ended.');
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #texts(
    ask: 'afc_read_directory' | 'afc_get_file_info' | 'afc_get_device_info',
    ...about: readonly string[]
  ): Promise<string[]> {
    const list = out();
    await this.#inTurn(async (client) => checkAfc(await this.#bindings.imobiledevice[ask](client, ...about, list)));
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

  /** Opens a file to read it from a place on. */
  open(path: string, offset = 0): Promise<OpenFile> {
    const { afc_file_open: open, afc_file_seek: seek, afc_file_read: read } = this.#bindings.imobiledevice;
    const { afc_file_close: close } = this.#bindings.imobiledevice;
    return this.#inTurn(async (client) => {
      const opened: [number] = [0];
      checkAfc(await open(client, path, readOnly, opened));
      const [handle] = opened;
      const { conversation } = this.#connection;
      if (offset > 0) checkAfc(await seek(client, handle, offset, fromStart));
      return {
        next: () =>
          this.#inTurn(async () => {
            const chunk = new Uint8Array(chunkBytes);
            const length: [number] = [0];
            checkAfc(await read(client, handle, chunk, chunkBytes, length));
            return chunk.subarray(0, length[0]);
          }, conversation),
        close: () => this.#inTurn(async () => void (await close(client, handle)), conversation),
      };
    });
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
    const file = await this.open(path);
    try {
      for (;;) {
        const chunk = await file.next();
        if (chunk.length === 0) return;
        yield chunk;
      }
    } finally {
      await file.close();
    }
  }
}
