import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NativeError } from '../../source.ts';
import { fromLibrarySchema, type FromLibrary, type LibraryAnswer, type Question } from './library/messages.ts';
import { libraryMissing } from './troubles.ts';

/** How the process that holds libimobiledevice is started. */
export interface WorkerOptions {
  /** Which usbmuxd, and everything else that the libraries read from the environment. */
  env: NodeJS.ProcessEnv;
  /** The file to run; default: `library/process.ts` beside this one. A packaged program names its built one. */
  entry?: string;
}

const defaultEntry = fileURLToPath(new URL('./library/process.ts', import.meta.url));
const errorsKept = 2000;

/** One process with libimobiledevice in it, for one phone, and a folder of its own that goes away with it. */
export class LibraryWorker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #answer: ((answer: LibraryAnswer) => void) | null = null;
  #refuse: ((error: NativeError) => void) | null = null;
  #unusable: string | null = null;
  #errors = '';
  #nextId = 1;
  #running = true;
  /** Called with each notification that the phone posts. */
  onNotification: (name: string) => void = () => {};

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = promise.then(() => rm(folder, { recursive: true, force: true }));
    child.on('message', (message) => this.#receive(fromLibrarySchema.parse(message)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-errorsKept);
    });
    // Its own pipe would keep the program open, whatever the process itself does.
    if (child.stderr instanceof Socket) child.stderr.unref();
    child.on('error', (error) => this.#end(error.message));
    child.on('exit', (code, signal) => {
      this.#end(signal ?? `exit code ${code}`);
      resolve();
    });
    this.#rest();
  }

  static async start(udid: string, { env, entry = defaultEntry }: WorkerOptions): Promise<LibraryWorker> {
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-iphone-'));
    const child = fork(entry, [udid, folder], {
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new LibraryWorker(child, folder);
  }

  /** False once the process has ended or was killed. */
  get running(): boolean {
    return this.#running;
  }

  /** The process's number, for tests that count processes. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Asks one question; only one may be open. Resolves however the answer ended, also when the process dies. Rejects with
   * {@link NativeError} where the libraries are not on this computer.
   */
  ask(words: readonly string[]): Promise<LibraryAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<LibraryAnswer>();
    this.#answer = resolve;
    this.#refuse = reject;
    if (this.#unusable !== null) this.#refuseAsUnusable(this.#unusable);
    else if (!this.#running) this.#end('it has ended');
    else this.#send({ id: this.#nextId, words: [...words] });
    return promise.finally(() => this.#rest());
  }

  /** Ends the process at once; an open question ends as `why` says. Resolves when it is gone. */
  async kill(why: Pick<LibraryAnswer, 'ended' | 'detail'>): Promise<void> {
    this.#running = false;
    this.#settle({ ...why, code: null, output: new Uint8Array() });
    this.#child.ref();
    // SIGKILL: a call inside the library holds up every gentler way.
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #send(question: Question): void {
    this.#child.ref();
    this.#child.channel?.ref();
    this.#child.send(question, (error) => {
      if (error !== null) this.#end(error.message);
    });
  }

  #receive(message: FromLibrary): void {
    switch (message.kind) {
      case 'answer':
        if (message.id === this.#nextId) this.#settle(message);
        return;
      case 'notification':
        this.onNotification(message.name);
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
  }

  #refuseAsUnusable(detail: string): void {
    const { code, message, remedy } = libraryMissing(detail);
    this.#refuse?.(new NativeError(code, message, remedy));
    this.#answer = null;
    this.#refuse = null;
  }

  #end(reason: string): void {
    this.#running = false;
    const lastWords = this.#errors.trim().split('\n').at(-1) ?? '';
    const detail = `The process that reads the iPhone broke off (${reason}). ${lastWords}`.trim();
    this.#settle({ ended: 'truncated', detail, code: null, output: new Uint8Array() });
  }

  /** A process that nobody waits for keeps no program open. */
  #rest(): void {
    // Whoever kills it waits for its end.
    if (this.#answer !== null || !this.#running) return;
    this.#child.unref();
    this.#child.channel?.unref();
  }
}
