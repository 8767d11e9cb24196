import type { Bindings } from './bindings.ts';
import { LibraryFailure } from './failure.ts';
import { afc, IphoneFiles, type FileInfo, type OpenFile } from './files.ts';
import type { IphoneConnection } from './iphone-connection.ts';

/** What one path is, or why that is not known. */
export type PathInfo = FileInfo | { kind: 'missing' | 'denied' };

/** A phone is waited for between two answers, so several clients are asked side by side; each has a handshake of its own. */
const mostLanes = 8;
/** For fewer paths another client is not worth its handshake. */
const leastPathsOfLane = 8;

/** A file that is being read, and the piece of it that comes meanwhile. */
interface Reading {
  path: string;
  /** Where the next piece begins. */
  offset: number;
  conversation: number;
  file: OpenFile;
  ahead: Promise<Uint8Array>;
}

const saysWhatItIs = (error: unknown): error is LibraryFailure & { ended: 'missing' | 'denied' } =>
  error instanceof LibraryFailure && (error.ended === 'missing' || error.ended === 'denied');

async function infoOf(files: IphoneFiles, path: string): Promise<PathInfo> {
  try {
    return await files.info(path);
  } catch (error) {
    if (saysWhatItIs(error)) return { kind: error.ended };
    throw error;
  }
}

/** The camera's files over several clients of AFC, each of which is asked one thing at a time. */
export class FileLanes {
  readonly #connection: IphoneConnection;
  readonly #lanes: readonly IphoneFiles[];
  readonly #readings = new Map<number, Reading>();
  /** The clients that the phone did not bear, and in which conversation. */
  #refused: { conversation: number; lanes: Set<IphoneFiles> } = { conversation: 0, lanes: new Set() };

  constructor(bindings: Bindings, connection: IphoneConnection) {
    this.#connection = connection;
    this.#lanes = Array.from({ length: mostLanes }, (_, lane) => new IphoneFiles(bindings, connection, afc, lane));
  }

  get first(): IphoneFiles {
    return this.#lane(0);
  }

  #refusedNow(): Set<IphoneFiles> {
    const { conversation } = this.#connection;
    if (this.#refused.conversation !== conversation) this.#refused = { conversation, lanes: new Set() };
    return this.#refused.lanes;
  }

  /** Those of the clients that the phone bears beside the first one. */
  async #borne(clients: readonly IphoneFiles[]): Promise<IphoneFiles[]> {
    const refused = this.#refusedNow();
    const borne = await Promise.all(
      clients.map(async (files) => {
        if (refused.has(files)) return null;
        try {
          await files.ready();
          return files;
        } catch (error) {
          if (!(error instanceof LibraryFailure)) throw error;
          refused.add(files);
          return null;
        }
      }),
    );
    return borne.filter((files) => files !== null);
  }

  list(path: string): Promise<string[]> {
    return this.first.list(path);
  }

  /** What each path is, in their order. Fails where the first client does; what another one fails at is asked of the first. */
  async infos(paths: readonly string[], most = mostLanes): Promise<Record<string, PathInfo>> {
    const count = Math.min(most, Math.floor(paths.length / leastPathsOfLane));
    // The first one tells what is wrong, where that is not the number of clients.
    await this.first.ready();
    const others = await this.#borne(this.#lanes.slice(1, count));
    const infos = new Map<string, PathInfo | null>(paths.map((path) => [path, null]));
    const left = paths.values();
    const failed: string[] = [];
    const ask = async (files: IphoneFiles): Promise<void> => {
      for (const path of left) infos.set(path, await infoOf(files, path));
    };
    const askBeside = async (files: IphoneFiles): Promise<void> => {
      for (const path of left) {
        try {
          infos.set(path, await infoOf(files, path));
        } catch (error) {
          if (!(error instanceof LibraryFailure)) throw error;
          this.#refusedNow().add(files);
          failed.push(path);
          return;
        }
      }
    };
    const ended = await Promise.allSettled([ask(this.first), ...others.map(askBeside)]);
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
    for (const path of failed) infos.set(path, await infoOf(this.first, path));
    return Object.fromEntries([...infos].filter((entry): entry is [string, PathInfo] => entry[1] !== null));
  }

  /**
   * The piece of a file that begins at `offset`; empty at its end. The one after it is asked for at once, so that the phone goes on
   * sending while this one is taken. A lane reads one file at a time; one that it was not reading is opened there. A lane without a client
   * of its own shares the first one.
   */
  async piece(lane: number, path: string, offset: number): Promise<Uint8Array> {
    const reading = await this.#reading(lane, path, offset);
    const piece = await reading.ahead;
    if (piece.length === 0) await this.#end(lane);
    else {
      reading.offset += piece.length;
      this.#readAhead(reading);
    }
    return piece;
  }

  #lane(lane: number): IphoneFiles {
    const files = this.#lanes[lane];
    if (files === undefined) throw new LibraryFailure('missing', `There is no lane ${lane}.`);
    return files;
  }

  async #reading(lane: number, path: string, offset: number): Promise<Reading> {
    const known = this.#readings.get(lane);
    const { conversation } = this.#connection;
    if (known?.path === path && known.offset === offset && known.conversation === conversation) return known;
    await this.#end(lane);
    const [files = this.first] = lane === 0 ? [] : await this.#borne([this.#lane(lane)]);
    const file = await files.open(path, offset);
    const reading = { path, offset, conversation, file, ahead: Promise.resolve(new Uint8Array()) };
    this.#readAhead(reading);
    this.#readings.set(lane, reading);
    return reading;
  }

  #readAhead(reading: Reading): void {
    reading.ahead = this.#connection.beside(reading.file.next());
    // Told to whoever asks for this piece.
    reading.ahead.catch(() => undefined);
  }

  async #end(lane: number): Promise<void> {
    const reading = this.#readings.get(lane);
    this.#readings.delete(lane);
    // The end of a conversation closes its files.
    if (reading?.conversation !== this.#connection.conversation) return;
    await reading.ahead.catch(() => undefined);
    await reading.file.close();
  }
}
