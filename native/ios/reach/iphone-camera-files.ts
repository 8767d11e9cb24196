import { z } from 'zod';
import { leastFileBytes, Pace } from '../../pace.ts';
import {
  endsAll,
  FileTrouble,
  leftOutKinds,
  type CameraFiles,
  type ConfirmPhone,
  type PhoneFile,
  type PhoneFiles,
  type UnlistedFile,
} from '../../phone-files.ts';
import type { IphoneQueue, QueueAnswer } from './iphone-queue.ts';
import type { LibraryAnswer } from './library/messages.ts';

const namesSchema = z.array(z.string());
const infosSchema = z.record(
  z.string(),
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.enum(['file', 'folder', 'link', 'special']),
      bytes: z.int().nonnegative().nullable(),
      modified: z.iso.datetime(),
    }),
    z.object({ kind: z.enum(['missing', 'denied']) }),
  ]),
);

/** Asked about at once, by several clients of AFC: so many are missed where the phone says nothing of one of them. */
const infosAtOnce = 64;
/** Files that are read side by side: while the phone is waited for between two pieces of one it sends another. */
const lanes = 3;
/** A phone that says it holds more is not believed any further. */
const mostFiles = 1_000_000;
/** One folder, or the facts of some files: 100,000 names. */
const largestListBytes = 16 * 1024 * 1024;
/** After so many questions in a row without an answer the phone counts as silent. */
const brokenInARow = 3;

interface CameraFilesOptions {
  /** A queue of its own, with a process of its own: a copy keeps no scan waiting. */
  queue: Pick<IphoneQueue, 'ask' | 'close' | 'pid'>;
  signal: AbortSignal;
  /** How long the phone may say nothing, or next to nothing, in the middle of a folder or a file. */
  silenceMs: number;
  /** For all folders. */
  listingMs: number;
  /** See `OpenFilesOptions`. */
  confirm?: ConfirmPhone | undefined;
  onClose: () => void;
}

/** The camera's files of an iPhone over AFC, a few side by side. An iPhone computes no hash of a file. */
export class IphoneCameraFiles implements PhoneFiles {
  readonly #options: CameraFilesOptions;
  /** Over which no file is being read. */
  readonly #free = Array.from({ length: lanes }, (_, lane) => lane);
  readonly #waiting: ((lane: number) => void)[] = [];
  /** Questions about folders in a row that were not answered. */
  #broken = 0;
  /** The process whose conversation with the phone was confirmed; null: none, or it may have begun another one. */
  #confirmed: number | null = null;

  constructor(options: CameraFilesOptions) {
    this.#options = options;
  }

  /** The folders of /DCIM, with sizes and times. What the phone does not answer for is named, and the rest is listed. */
  async listCamera(): Promise<CameraFiles> {
    const found = { files: [] as PhoneFile[], unreadable: [] as UnlistedFile[], leftOut: [] as UnlistedFile[] };
    const until = performance.now() + this.#options.listingMs;
    const folders = namesSchema.parse(
      decoded((await this.#ask(['afc', 'list', '/DCIM'], this.#options.silenceMs)).output),
    );
    let entries = 0;
    for (const [at, name] of folders.toSorted().entries()) {
      if (performance.now() > until || entries > mostFiles) {
        const detail = `The iPhone has more in its folders than can be looked into (${folders.length - at} folders more).`;
        found.unreadable.push({ path: `/DCIM/${name}`, detail });
        break;
      }
      const folder = `/DCIM/${name}`;
      if (name.startsWith('.')) {
        found.leftOut.push({ path: folder, detail: 'Small pictures and notes that the iPhone makes for itself.' });
        continue;
      }
      const names = await this.#tried(found.unreadable, [folder], ['afc', 'list', folder], namesSchema);
      entries += names?.length ?? 0;
      await this.#addFolder(found, folder, names ?? [], until);
    }
    return found;
  }

  async *pull(path: string): AsyncGenerator<Uint8Array> {
    const lane = await this.#takeLane();
    try {
      const pace = new Pace(this.#options.silenceMs, leastFileBytes);
      for (let offset = 0; ;) {
        if (pace.leftMs === 0) throw pace.trouble;
        // Says where it begins: the file of another lane may have ended the process that was reading this one.
        const { output: piece, askedMs } = await this.#ask(
          ['afc', 'piece', String(lane), path, String(offset)],
          pace.leftMs,
        );
        if (piece.length === 0) return;
        // The lanes share one queue: what this file waited while another one hung is not its own silence.
        pace.came(piece.length, askedMs);
        offset += piece.length;
        yield piece;
      }
    } finally {
      this.#giveLane(lane);
    }
  }

  #takeLane(): Promise<number> {
    const lane = this.#free.shift();
    if (lane !== undefined) return Promise.resolve(lane);
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#waiting.push(resolve);
    return promise;
  }

  #giveLane(lane: number): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(lane);
    else next(lane);
  }

  sha256(files: readonly unknown[]): Promise<readonly null[]> {
    return Promise.resolve(files.map(() => null));
  }

  async close(): Promise<void> {
    const { queue, onClose } = this.#options;
    onClose();
    await queue.close({ ended: 'timeout', detail: 'The copy has ended.' });
  }

  async #addFolder(
    { files, unreadable, leftOut }: { files: PhoneFile[]; unreadable: UnlistedFile[]; leftOut: UnlistedFile[] },
    folder: string,
    names: readonly string[],
    until: number,
  ): Promise<void> {
    const [hidden, shown] = [
      names.filter((name) => name.startsWith('.')),
      names.filter((name) => !name.startsWith('.')),
    ];
    const detail = 'It is hidden, and no photo of its owner.';
    leftOut.push(...hidden.map((name) => ({ path: `${folder}/${name}`, detail })));
    for (let from = 0; from < shown.length; from += infosAtOnce) {
      const paths = shown.slice(from, from + infosAtOnce).map((name) => `${folder}/${name}`);
      if (performance.now() > until) {
        unreadable.push({ path: folder, detail: 'It took the iPhone too long to list it.' });
        return;
      }
      const infos = (await this.#tried(unreadable, paths, ['afc', 'stat', ...paths], infosSchema)) ?? {};
      if (Object.keys(infos).length > 0) this.#broken = 0;
      for (const [path, info] of Object.entries(infos)) {
        switch (info.kind) {
          case 'missing':
          case 'denied':
            unreadable.push({ path, detail: 'The iPhone does not show this file to a computer.' });
            break;
          case 'folder':
            unreadable.push({ path, detail: 'It is a folder, and an iPhone keeps no photos there.' });
            break;
          case 'link':
          case 'special':
            leftOut.push({ path, detail: leftOutKinds[info.kind] });
            break;
          case 'file':
            if (info.bytes === null) unreadable.push({ path, detail: 'The iPhone tells a size that no file has.' });
            else files.push({ path, place: placeOf(path), bytes: info.bytes, modified: info.modified });
        }
      }
    }
  }

  /** An answer; null where the phone gave none, and then these paths are named. Throws where it gives none time and again. */
  async #tried<T>(
    unreadable: UnlistedFile[],
    paths: readonly string[],
    words: readonly string[],
    schema: z.ZodType<T>,
  ): Promise<T | null> {
    try {
      return schema.parse(decoded((await this.#ask(words, this.#options.silenceMs)).output));
    } catch (error) {
      if (!(error instanceof FileTrouble) || endsAll(error)) throw error;
      if (error.kind === 'broken') this.#broken += 1;
      if (this.#broken === brokenInARow) throw error;
      unreadable.push(...paths.map((path) => ({ path, detail: error.message })));
      return null;
    }
  }

  async #ask(words: readonly string[], deadlineMs: number): Promise<QueueAnswer> {
    const { queue, signal } = this.#options;
    signal.throwIfAborted();
    const answer = await queue.ask(words, deadlineMs, signal);
    signal.throwIfAborted();
    if (answer.ended !== 'whole') {
      // After a failure the process begins a new conversation; after a refusal it goes on with the one it has.
      if (answer.ended !== 'denied' && answer.ended !== 'missing') this.#confirmed = null;
      throw troubleOf(answer);
    }
    await this.#confirm();
    return answer;
  }

  async #confirm(): Promise<void> {
    const { queue, confirm } = this.#options;
    const { pid = null } = queue;
    if (confirm === undefined || (pid !== null && pid === this.#confirmed)) return;
    await confirm();
    this.#confirmed = pid;
  }
}

function decoded(output: Uint8Array): unknown {
  if (output.length > largestListBytes) throw new FileTrouble('slow', 'The iPhone names more files than can be.');
  return JSON.parse(new TextDecoder().decode(output));
}

const placeOf = (path: string): string[] => path.split('/').filter((name) => name !== '');

function troubleOf({ ended, detail }: LibraryAnswer): FileTrouble {
  switch (ended) {
    case 'unplugged':
      return new FileTrouble('gone', 'The iPhone is not plugged in any more.');
    case 'denied':
    case 'missing':
      return new FileTrouble('refused', detail);
    case 'timeout':
    case 'truncated':
    case 'whole':
      return new FileTrouble('broken', detail);
  }
}
