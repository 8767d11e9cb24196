import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileTrouble, type CameraFiles, type PhoneFile, type PhoneFiles } from '../phone-files.ts';

/** A photo or video of a sample phone's camera. */
export interface SampleCameraFile {
  /** As the phone knows it. */
  path: string;
  /** Where it belongs in a copy, its name last. */
  place: readonly string[];
  takenAt: Date;
}

/** So many of the newest, and so small: a sample is tried on a disk that somebody needs for other things. */
const mostFiles = 24;
const leastBytes = 200_000;
const pieceBytes = 64 * 1024;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The same bytes for the same path each time. */
const contentOf = ({ path, bytes }: PhoneFile): Buffer => Buffer.alloc(bytes, digestOf(path));

/** Files of a sample phone: made up, always the same, and as few as are enough to see a copy being made. */
export class SampleFiles implements PhoneFiles {
  readonly #files: readonly PhoneFile[];
  readonly #signal: AbortSignal;
  readonly #refusal: string | null;
  readonly #fileMs: number;

  /** `refusal`: why this phone lets none of them be listed; `fileMs`: until a file begins. */
  constructor(
    files: readonly SampleCameraFile[],
    { signal, fileMs, refusal = null }: { signal: AbortSignal; fileMs: number; refusal?: string | null },
  ) {
    const newest = files.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime()).slice(0, mostFiles);
    this.#files = newest.map(({ path, place, takenAt }) => ({
      path,
      place,
      bytes: leastBytes + (digestOf(path).readUInt16BE(0) % 8) * leastBytes,
      modified: new Date(Math.floor(takenAt.getTime() / 1000) * 1000).toISOString(),
    }));
    this.#signal = signal;
    this.#refusal = refusal;
    this.#fileMs = fileMs;
  }

  listCamera(): Promise<CameraFiles> {
    if (this.#refusal !== null) return Promise.reject(new FileTrouble('refused', this.#refusal));
    return Promise.resolve({ files: this.#files, unreadable: [], leftOut: [] });
  }

  async *pull(path: string): AsyncGenerator<Uint8Array> {
    const file = this.#files.find((one) => one.path === path);
    if (file === undefined) throw new FileTrouble('refused', `The sample has no file ${path}.`);
    await sleep(this.#fileMs);
    const content = contentOf(file);
    for (let at = 0; at < content.length; at += pieceBytes) {
      this.#signal.throwIfAborted();
      yield content.subarray(at, at + pieceBytes);
    }
  }

  sha256(files: readonly PhoneFile[]): Promise<readonly string[]> {
    return Promise.resolve(files.map((file) => createHash('sha256').update(contentOf(file)).digest('hex')));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
