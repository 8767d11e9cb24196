import { iphoneDeadlines } from '../deadlines.ts';
import type { Bindings } from './bindings.ts';
import { LibraryFailure } from './failure.ts';
import { afc, IphoneFiles, type FileInfo, type OpenFile } from './files.ts';
import type { IphoneConnection } from './iphone-connection.ts';
import { within } from './within.ts';

/** What one path is, or why that is not known. */
export type PathInfo = FileInfo | { kind: 'missing' | 'denied' };

/** A phone is waited for between two answers, so several clients are asked side by side; each has a handshake of its own. */
const mostLanes = 8;
/** For fewer paths another client is not worth its handshake. */
const leastPathsOfLane = 8;

/** One client of AFC. */
type Files = Pick<IphoneFiles, keyof IphoneFiles>;

/** A file that is being read. */
interface Reading {
  path: string;
  /** Where the next piece begins. */
  offset: number;
  conversation: number;
  files: Files;
  file: OpenFile;
  /** The next piece, which comes meanwhile; null: it has not been asked for. */
  ahead: Promise<Uint8Array> | null;
}

const saysWhatItIs = (error: unknown): error is LibraryFailure & { ended: 'missing' | 'denied' } =>
  error instanceof LibraryFailure && (error.ended === 'missing' || error.ended === 'denied');

async function infoOf(files: Files, path: string): Promise<PathInfo> {
  try {
    return await files.info(path);
  } catch (error) {
    if (saysWhatItIs(error)) return { kind: error.ended };
    throw error;
  }
}

/** What is known of the clients beside the first one, in one conversation. */
interface Known {
  conversation: number;
  /** The phone does not bear them, or says nothing to them. */
  refused: Set<Files>;
  answered: Set<Files>;
}

/** Every client that is used at most. */
export const filesOfLanes = (bindings: Bindings, connection: IphoneConnection): readonly IphoneFiles[] =>
  Array.from({ length: mostLanes }, (_, lane) => new IphoneFiles(bindings, connection, afc, lane));

/** The camera's files over several clients of AFC, each of which is asked one thing at a time. */
export class FileLanes<Client extends Files = IphoneFiles> {
  readonly #connection: Pick<IphoneConnection, 'conversation'>;
  readonly #lanes: readonly Client[];
  readonly #laneMs: number;
  readonly #readings = new Map<number, Reading>();
  #known: Known = { conversation: 0, refused: new Set(), answered: new Set() };

  constructor(
    connection: Pick<IphoneConnection, 'conversation'>,
    lanes: readonly Client[],
    laneMs: number = iphoneDeadlines.laneMs,
  ) {
    this.#connection = connection;
    this.#lanes = lanes;
    this.#laneMs = laneMs;
  }

  get first(): Client {
    return this.#lane(0);
  }

  get #knownNow(): Known {
    const { conversation } = this.#connection;
    if (this.#known.conversation !== conversation) {
      this.#known = { conversation, refused: new Set(), answered: new Set() };
    }
    return this.#known;
  }

  /**
   * The answer of a client beside the first one; null where the phone does not bear that client, or leaves it waiting, and it is asked
   * nothing more. What is really wrong with a phone is told by its first client.
   */
  async #beside<T>(files: Files, answer: () => Promise<T>): Promise<T | null> {
    const known = this.#knownNow;
    if (known.refused.has(files)) return null;
    try {
      return await within(this.#laneMs, answer());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      known.refused.add(files);
      return null;
    }
  }

  async #infoBeside(files: Files, path: string): Promise<PathInfo | null> {
    const info = await this.#beside(files, () => infoOf(files, path));
    if (info !== null) this.#knownNow.answered.add(files);
    return info;
  }

  list(path: string): Promise<string[]> {
    return this.first.list(path);
  }

  /**
   * What each path is, in their order. The first client begins at once, and the others join it when they are ready. Fails where the first
   * one does; what another one fails at is asked of the first.
   */
  async infos(paths: readonly string[], most = mostLanes): Promise<Record<string, PathInfo>> {
    const count = Math.min(most, Math.floor(paths.length / leastPathsOfLane));
    // Before the others, so that it is the one that the phone bears.
    await this.first.ready();
    const infos = new Map<string, PathInfo | null>(paths.map((path) => [path, null]));
    const left = paths.values();
    const failed: string[] = [];
    const joined: Promise<void>[] = [];
    let isOver = false;
    const askBeside = async (files: Files): Promise<void> => {
      for (const path of left) {
        if (isOver) return;
        const info = await this.#infoBeside(files, path);
        infos.set(path, info);
        if (info !== null) continue;
        failed.push(path);
        return;
      }
    };
    const join = async (files: Files): Promise<void> => {
      const isReady = await this.#beside(files, async () => {
        await files.ready();
        return true;
      });
      if (isReady === true && !isOver) joined.push(askBeside(files));
    };
    for (const files of this.#lanes.slice(1, count)) void join(files);
    try {
      for (const path of left) infos.set(path, await infoOf(this.first, path));
    } finally {
      isOver = true;
    }
    await Promise.all(joined);
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
    const piece = await this.#next(lane, reading);
    if (piece.length === 0) await this.#end(lane);
    else {
      reading.offset += piece.length;
      this.#readAhead(reading);
    }
    return piece;
  }

  async #next(lane: number, reading: Reading): Promise<Uint8Array> {
    const { ahead, file } = reading;
    reading.ahead = null;
    try {
      return await (ahead ?? file.next());
    } catch (error) {
      // Asked for once more, it is asked of the phone once more.
      if (saysWhatItIs(error)) await this.#end(lane);
      else this.#readings.delete(lane);
      throw error;
    }
  }

  #lane(lane: number): Client {
    const files = this.#lanes[lane];
    if (files === undefined) throw new LibraryFailure('missing', 'The conversation with the iPhone has ended.');
    return files;
  }

  /** The client of a lane, once it has given an answer; else the first one. */
  async #filesOf(lane: number, path: string): Promise<Files> {
    const files = this.#lane(lane);
    if (files === this.first || this.#knownNow.answered.has(files)) return files;
    await this.first.ready();
    return (await this.#infoBeside(files, path)) === null ? this.first : files;
  }

  async #reading(lane: number, path: string, offset: number): Promise<Reading> {
    const known = this.#readings.get(lane);
    const { conversation } = this.#connection;
    if (known?.path === path && known.offset === offset && known.conversation === conversation) return known;
    await this.#end(lane);
    const files = await this.#filesOf(lane, path);
    const file = await files.open(path, offset);
    const reading = { path, offset, conversation, files, file, ahead: null };
    this.#readings.set(lane, reading);
    this.#readAhead(reading);
    return reading;
  }

  /** Not where lanes share a client: another file would wait for the piece of one that hangs, and count as the one that does. */
  #readAhead(reading: Reading): void {
    for (const other of this.#readings.values()) {
      const isShared = other.files === reading.files && other.conversation === reading.conversation;
      if (other !== reading && isShared) return;
    }
    reading.ahead = reading.file.next();
    // Told to whoever asks for this piece.
    reading.ahead.catch(() => undefined);
  }

  async #end(lane: number): Promise<void> {
    const reading = this.#readings.get(lane);
    this.#readings.delete(lane);
    // The end of a conversation closes its files.
    if (reading?.conversation !== this.#connection.conversation) return;
    await reading.ahead?.catch(() => undefined);
    await reading.file.close();
  }
}
