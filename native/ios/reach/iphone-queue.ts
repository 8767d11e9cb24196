import type { LibraryAnswer, OnBytes } from './library/messages.ts';
import { iphoneDeadlines } from './deadlines.ts';
import type { LibraryWorker } from './library-worker.ts';
import type { LibraryWorkerPool } from './library-worker-pool.ts';

/** How long a process without questions is kept before it makes room. */
const idleMs = 30_000;

/** An answer, and how long the phone was asked for it: without the time until its turn came, and a process was there. */
export interface QueueAnswer extends LibraryAnswer {
  askedMs: number;
}

type Ended = Pick<LibraryAnswer, 'ended' | 'detail'>;

export interface QueueOptions {
  /** Whether the process keeps something from one question to the next, so that it is not ended for another phone. */
  keeps?: boolean;
  placeMs?: number;
}

/**
 * The questions to one phone, one after the other, and the process that asks them. A question that takes longer than its
 * deadline ends as `timeout`: the process is killed, and the next question gets a new one. Other phones have other queues and
 * other processes, so none waits for this one, unless more phones are asked at once than there may be processes.
 */
export class IphoneQueue {
  readonly #udid: string;
  readonly #workers: LibraryWorkerPool;
  readonly #options: Required<QueueOptions>;
  #worker: LibraryWorker | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #open = 0;
  #closed: Ended | null = null;
  readonly #closing = new AbortController();
  #idle: NodeJS.Timeout | undefined;

  constructor(udid: string, workers: LibraryWorkerPool, options: QueueOptions = {}) {
    this.#udid = udid;
    this.#workers = workers;
    this.#options = { keeps: false, placeMs: iphoneDeadlines.placeMs, ...options };
  }

  /** The process that serves this phone now, for tests that count processes. */
  get pid(): number | undefined {
    return this.#worker?.running === true ? this.#worker.pid : undefined;
  }

  /**
   * Asks in words. `deadlineMs` counts from when its turn comes, and a process is there that asks. Rejects with `NativeError` where
   * the libraries are not on this computer, else resolves however the answer ended; at once where the signal fires. `onBytes` hears of a
   * large file that is copied.
   */
  ask(words: readonly string[], deadlineMs: number, signal?: AbortSignal, onBytes?: OnBytes): Promise<QueueAnswer> {
    this.#open += 1;
    clearTimeout(this.#idle);
    if (this.#worker !== null) this.#workers.works(this.#worker);
    const answer = this.#turn.then(() => this.#askNow(words, deadlineMs, signal, onBytes));
    this.#turn = answer.catch(() => undefined).finally(() => this.#rest());
    return signal === undefined ? answer : orCancelled(answer, signal);
  }

  /** Ends the conversations with the phone when what was asked before is answered; the process stays. */
  hangUp(): void {
    this.ask(['close'], iphoneDeadlines.hangUpMs).catch(() => undefined);
  }

  /** Kills the process; what is being asked, and what is asked later, ends as `why` says. Resolves when it is gone. */
  async close(why: Ended): Promise<void> {
    this.#closed ??= why;
    this.#closing.abort();
    clearTimeout(this.#idle);
    await this.#worker?.kill(why);
    await this.#turn;
  }

  async #askNow(
    words: readonly string[],
    deadlineMs: number,
    signal?: AbortSignal,
    onBytes?: OnBytes,
  ): Promise<QueueAnswer> {
    const isCancelled = (): boolean => signal?.aborted === true;
    if (this.#closed !== null) return unanswered(this.#closed);
    if (isCancelled()) return unanswered(cancelled);
    if (this.#worker?.running !== true) {
      const given = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
      this.#worker = await this.#workers.start(this.#udid, this.#options.placeMs, given);
    }
    const worker = this.#worker;
    if (worker === null) return unanswered(this.#closed ?? (isCancelled() ? cancelled : noPlace));
    // Unplugged while the process was starting.
    if (this.#closed !== null) {
      await worker.kill(this.#closed);
      return unanswered(this.#closed);
    }
    const seconds = Math.round(deadlineMs / 100) / 10;
    const late: Ended = { ended: 'timeout', detail: `The iPhone did not answer within ${seconds} s.` };
    const timer = setTimeout(() => void worker.kill(late), deadlineMs);
    const onAbort = (): void => void worker.kill(cancelled);
    signal?.addEventListener('abort', onAbort, { once: true });
    const asked = performance.now();
    try {
      const answer = await worker.ask(words, onBytes);
      return { ...answer, askedMs: performance.now() - asked };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #rest(): void {
    this.#open -= 1;
    if (this.#open > 0 || this.#worker?.running !== true) return;
    const worker = this.#worker;
    if (!this.#options.keeps) this.#workers.rests(worker);
    this.#idle = setTimeout(() => void worker.kill(idle), idleMs).unref();
  }
}

/** A question that is cancelled while others are asked before it waits for none of them. */
async function orCancelled(answer: Promise<QueueAnswer>, signal: AbortSignal): Promise<QueueAnswer> {
  const { promise, resolve } = Promise.withResolvers<QueueAnswer>();
  const cancel = (): void => resolve(unanswered(cancelled));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const unanswered = (why: Ended): QueueAnswer => ({ ...why, code: null, output: new Uint8Array(), askedMs: 0 });

const cancelled: Ended = { ended: 'timeout', detail: 'It was cancelled.' };
const idle: Ended = { ended: 'timeout', detail: 'Nothing was asked.' };
const noPlace: Ended = { ended: 'truncated', detail: 'This computer reads as many iPhones as it can at once.' };
