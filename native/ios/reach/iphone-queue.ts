import type { LibraryAnswer } from './library/messages.ts';
import { LibraryWorker, type WorkerOptions } from './library-worker.ts';

/** How long a process without questions is kept before it makes room. */
const idleMs = 30_000;
const hangUpDeadlineMs = 1000;

type Ended = Pick<LibraryAnswer, 'ended' | 'detail'>;

/**
 * The questions to one phone, one after the other, and the process that asks them. A question that takes longer than its
 * deadline ends as `timeout`: the process is killed, and the next question gets a new one. Other phones have other queues and
 * other processes, so none waits for this one.
 */
export class IphoneQueue {
  readonly #udid: string;
  readonly #options: WorkerOptions;
  #worker: LibraryWorker | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #open = 0;
  #closed: Ended | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(udid: string, options: WorkerOptions) {
    this.#udid = udid;
    this.#options = options;
  }

  /** The process that serves this phone now, for tests that count processes. */
  get pid(): number | undefined {
    return this.#worker?.running === true ? this.#worker.pid : undefined;
  }

  /**
   * Asks in words. `deadlineMs` counts from when its turn comes, with the start of a process where one is needed. Rejects
   * with `NativeError` where the libraries are not on this computer, else resolves however the answer ended.
   */
  ask(words: readonly string[], deadlineMs: number, signal?: AbortSignal): Promise<LibraryAnswer> {
    this.#open += 1;
    clearTimeout(this.#idle);
    const answer = this.#turn.then(() => this.#askNow(words, deadlineMs, signal));
    this.#turn = answer.catch(() => undefined).finally(() => this.#rest());
    return answer;
  }

  /** Ends the conversations with the phone when what was asked before is answered; the process stays. */
  hangUp(): void {
    this.ask(['close'], hangUpDeadlineMs).catch(() => undefined);
  }

  /** Kills the process; what is being asked, and what is asked later, ends as `why` says. Resolves when it is gone. */
  async close(why: Ended): Promise<void> {
    this.#closed ??= why;
    clearTimeout(this.#idle);
    await this.#worker?.kill(why);
    await this.#turn;
  }

  async #askNow(words: readonly string[], deadlineMs: number, signal?: AbortSignal): Promise<LibraryAnswer> {
    if (this.#closed !== null) return unanswered(this.#closed);
    if (signal?.aborted === true) return unanswered(cancelled);
    if (this.#worker?.running !== true) this.#worker = await LibraryWorker.start(this.#udid, this.#options);
    const worker = this.#worker;
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
    try {
      return await worker.ask(words);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #rest(): void {
    this.#open -= 1;
    if (this.#open > 0 || this.#worker?.running !== true) return;
    const worker = this.#worker;
    this.#idle = setTimeout(() => void worker.kill(idle), idleMs).unref();
  }
}

const unanswered = (why: Ended): LibraryAnswer => ({ ...why, code: null, output: new Uint8Array() });

const cancelled: Ended = { ended: 'timeout', detail: 'The scan was cancelled.' };
const idle: Ended = { ended: 'timeout', detail: 'Nothing was asked.' };
