import { z } from 'zod';
import { FileTrouble, type CameraFiles, type PhoneFiles } from '../../phone-files.ts';
import type { IphoneQueue } from './iphone-queue.ts';
import type { LibraryAnswer } from './library/messages.ts';

const unlisted = z.array(z.object({ path: z.string(), detail: z.string() }));
const listSchema = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.number().int().nonnegative(), modified: z.iso.datetime() })),
  unreadable: unlisted,
  leftOut: unlisted,
});

/** Tens of thousands of files, a round trip each. */
const listDeadlineMs = 600_000;

interface CameraFilesOptions {
  /** A queue of its own, with a process of its own: a copy keeps no scan waiting. */
  queue: IphoneQueue;
  signal: AbortSignal;
  /** How long the phone may say nothing in the middle of a file. */
  silenceMs: number;
  onClose: () => void;
}

/** The camera's files of an iPhone over AFC, one after the other. An iPhone computes no hash of a file. */
export class IphoneCameraFiles implements PhoneFiles {
  readonly #options: CameraFilesOptions;
  /** Settles when the file that is being read has ended. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: CameraFilesOptions) {
    this.#options = options;
  }

  async listCamera(): Promise<CameraFiles> {
    const output = await this.#ask(['camera', 'files'], listDeadlineMs);
    const { files, ...rest } = listSchema.parse(JSON.parse(new TextDecoder().decode(output)));
    return { files: files.map((file) => ({ ...file, place: placeOf(file.path) })), ...rest };
  }

  async *pull(path: string): AsyncGenerator<Uint8Array> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    try {
      await before;
      await this.#ask(['afc', 'open', path], this.#options.silenceMs);
      for (;;) {
        const piece = await this.#ask(['afc', 'next'], this.#options.silenceMs);
        if (piece.length === 0) return;
        yield piece;
      }
    } finally {
      resolve();
    }
  }

  sha256(files: readonly unknown[]): Promise<readonly null[]> {
    return Promise.resolve(files.map(() => null));
  }

  async close(): Promise<void> {
    const { queue, onClose } = this.#options;
    onClose();
    await queue.close({ ended: 'timeout', detail: 'The copy has ended.' });
  }

  async #ask(words: readonly string[], deadlineMs: number): Promise<Uint8Array> {
    const { queue, signal } = this.#options;
    signal.throwIfAborted();
    const answer = await queue.ask(words, deadlineMs, signal);
    signal.throwIfAborted();
    if (answer.ended === 'whole') return answer.output;
    throw troubleOf(answer);
  }
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
