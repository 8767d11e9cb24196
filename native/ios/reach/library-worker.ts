import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NativeError } from '../../source.ts';
import { startWorkerProcess, type StartWorker, type WorkerProcess } from '../../worker-process.ts';
import { iphoneDeadlines, type IphoneDeadlines } from './deadlines.ts';
import {
  fromLibrarySchema,
  type FromLibrary,
  type LibraryAnswer,
  type OnBytes,
  type Question,
} from './library/messages.ts';
import { libraryMissing } from './troubles.ts';

/** How the process that holds libimobiledevice is started. */
export interface WorkerOptions {
  /** Which usbmuxd, and everything else that the libraries read from the environment. */
  env: NodeJS.ProcessEnv;
  /** The file to run; default: `library/process.ts` beside this one. A packaged program names its built one. */
  entry?: string | undefined;
  /** What kind of process; default: the kind of this program. */
  startWorker?: StartWorker | undefined;
  /** How long the process itself waits for a service. */
  deadlines?: Pick<IphoneDeadlines, 'receiveMs' | 'gatherMs'>;
}

/** Every call of the library waits on one: as many as clients are asked side by side, and some for files of this computer. */
const threads = '16';

const spent = { ended: 'timeout', detail: 'The iPhone left an earlier question without an answer.' } as const;

const defaultEntry = fileURLToPath(new URL('./library/process.ts', import.meta.url));

/** One process with libimobiledevice in it, for one phone, and a folder of its own that goes away with it. */
export class LibraryWorker {
  readonly #process: WorkerProcess;
  /** Resolves when the process is gone, with its folder. */
  readonly ended: Promise<void>;
  #answer: ((answer: LibraryAnswer) => void) | null = null;
  #refuse: ((error: NativeError) => void) | null = null;
  #onBytes: OnBytes | null = null;
  #unusable: string | null = null;
  #nextId = 1;
  #running = true;
  #whyItEnded = '';
  /** Called with each notification that the phone posts. */
  onNotification: (name: string) => void = () => {};

  private constructor(udid: string, folder: string, options: WorkerOptions) {
    const { env, entry = defaultEntry, startWorker = startWorkerProcess, deadlines = iphoneDeadlines } = options;
    const { receiveMs, gatherMs } = deadlines;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise.then(() => rm(folder, { recursive: true, force: true }));
    this.#process = startWorker(
      {
        entry,
        args: [udid, folder, String(receiveMs), String(gatherMs)],
        env: { ...env, UV_THREADPOOL_SIZE: threads },
      },
      {
        onMessage: (message) => this.#receive(fromLibrarySchema.parse(message)),
        onEnd: (reason, lastWords) => {
          this.#end(reason, lastWords);
          resolve();
        },
      },
    );
    this.#rest();
  }

  static async start(udid: string, options: WorkerOptions): Promise<LibraryWorker> {
    return new LibraryWorker(udid, await mkdtemp(join(tmpdir(), 'phone-health-iphone-')), options);
  }

  /** False once the process has ended or was killed. */
  get running(): boolean {
    return this.#running;
  }

  /** The process's number, for tests that count processes. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /**
   * Asks one question; only one may be open. Resolves however the answer ended, also when the process dies. Rejects with
   * {@link NativeError} where the libraries are not on this computer.
   */
  ask(words: readonly string[], onBytes: OnBytes | null = null): Promise<LibraryAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<LibraryAnswer>();
    this.#answer = resolve;
    this.#onBytes = onBytes;
    this.#refuse = reject;
    if (this.#unusable !== null) this.#refuseAsUnusable(this.#unusable);
    else if (this.#running) this.#send({ id: this.#nextId, words: [...words] });
    else this.#settleAsEnded();
    return promise.finally(() => this.#rest());
  }

  /** Ends the process at once; an open question ends as `why` says. Resolves when it is gone. */
  async kill(why: Pick<LibraryAnswer, 'ended' | 'detail'>): Promise<void> {
    this.#running = false;
    this.#settle({ ...why, code: null, output: new Uint8Array() });
    this.#process.hold(true);
    this.#process.kill();
    await this.ended;
  }

  #send(question: Question): void {
    this.#process.hold(true);
    this.#process.send(question);
  }

  #receive(message: FromLibrary): void {
    switch (message.kind) {
      case 'answer':
        if (message.id !== this.#nextId) return;
        this.#settle(message);
        if (message.spent) void this.kill(spent);
        return;
      case 'notification':
        this.onNotification(message.name);
        return;
      case 'bytes':
        this.#onBytes?.(message.come, message.total);
        return;
      case 'unusable':
        this.#unusable = message.detail;
        this.#refuseAsUnusable(message.detail);
    }
  }

  #settle({ ended, detail, code, output }: LibraryAnswer): void {
    this.#nextId += 1;
    this.#answer?.({ ended, detail, code, output });
    this.#answer = null;
    this.#refuse = null;
    this.#onBytes = null;
  }

  #refuseAsUnusable(detail: string): void {
    const { code, message, remedy } = libraryMissing(detail);
    this.#refuse?.(new NativeError(code, message, remedy));
    this.#answer = null;
    this.#refuse = null;
  }

  #end(reason: string, lastWords: string): void {
    this.#running = false;
    this.#whyItEnded = `The process that reads the iPhone broke off (${reason}). ${lastWords}`.trim();
    this.#settleAsEnded();
  }

  #settleAsEnded(): void {
    this.#settle({ ended: 'truncated', detail: this.#whyItEnded, code: null, output: new Uint8Array() });
  }

  /** A process that nobody waits for keeps no program open. */
  #rest(): void {
    // Whoever kills it waits for its end.
    if (this.#answer === null && this.#running) this.#process.hold(false);
  }
}
