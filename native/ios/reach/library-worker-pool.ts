import { LibraryWorker, type WorkerOptions } from './library-worker.ts';

/** A hub of sixteen iPhones, some of which are copied meanwhile. Each process takes some 60 MB. */
const mostWorkers = 20;

const makesRoom = { ended: 'timeout', detail: 'Another iPhone was to be read.' } as const;

/** The processes that hold libimobiledevice: never more at once than this computer can bear, however many phones usbmuxd names. */
export class LibraryWorkerPool {
  readonly #options: WorkerOptions;
  readonly #most: number;
  /** Those that run, and those that are about to. */
  #taken = 0;
  readonly #waiting: (() => void)[] = [];
  /** Those that nobody asks anything just now, the one that has rested longest first. */
  readonly #resting = new Set<LibraryWorker>();

  constructor(options: WorkerOptions, most = mostWorkers) {
    this.#options = options;
    this.#most = most;
  }

  /** A new process; null where none of the others has ended in time, or the signal fires. */
  async start(udid: string, deadlineMs: number, signal?: AbortSignal): Promise<LibraryWorker | null> {
    if (!(await this.#takePlace(deadlineMs, signal))) return null;
    try {
      const worker = await LibraryWorker.start(udid, this.#options);
      void worker.ended.finally(() => {
        this.#resting.delete(worker);
        this.#givePlace();
      });
      return worker;
    } catch (error) {
      this.#givePlace();
      throw error;
    }
  }

  /** Nobody asks this process anything now: it may have to make room for another. */
  rests(worker: LibraryWorker): void {
    this.#resting.delete(worker);
    if (!worker.running) return;
    this.#resting.add(worker);
    if (this.#waiting.length > 0) this.#makeRoom();
  }

  /** This process is about to be asked something, and is not to be ended for another. */
  works(worker: LibraryWorker): void {
    this.#resting.delete(worker);
  }

  async #takePlace(deadlineMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const given = (): void => resolve(true);
    const giveUp = (): void => {
      const at = this.#waiting.indexOf(given);
      if (at >= 0) this.#waiting.splice(at, 1);
      // A place that was given meanwhile stays this one's.
      resolve(at < 0);
    };
    const timer = setTimeout(giveUp, deadlineMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(given);
    this.#makeRoom();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #makeRoom(): void {
    const [longest] = this.#resting;
    if (longest === undefined) return;
    this.#resting.delete(longest);
    void longest.kill(makesRoom);
  }

  #givePlace(): void {
    const next = this.#waiting.shift();
    // The place goes on to whoever has waited longest.
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
