import { execFile, spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { notMade } from './pdf-printer.ts';

/** A message of the DevTools protocol (chromedevtools.github.io/devtools-protocol, 1.3): an answer by its id, or an event by its method. */
const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

type Values = Record<string, unknown>;

/** Of what the browser writes about its own end. */
const wordsKept = 2000;

/**
 * A browser without windows that is spoken to over two pipes: no port is opened, and it ends by itself when this program does. It has a
 * profile of its own and asks the network for nothing.
 */
export class ChromiumPipe {
  readonly #child: ChildProcess;
  readonly #calls = new Map<number, { resolve: (result: Values) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, (params: Values) => void>();
  #last = 0;
  #words = '';
  /** Why nothing is answered any more; null: it is. */
  #ended: Error | null = null;

  constructor(program: string, profile: string) {
    const isRoot = process.getuid?.() === 0;
    this.#child = spawn(
      program,
      [
        '--headless',
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        // Chromium's own sandbox does not start for root, who is who runs a container; what is shown has no script and nothing from elsewhere.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-default-apps',
        '--disable-extensions',
        '--disable-sync',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--password-store=basic',
        '--use-mock-keychain',
        '--font-render-hinting=none',
        'about:blank',
      ],
      // A group of its own, so that its children end with it. 3: what it is told; 4: what it says.
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      },
    );
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(`the browser has ended (${signal ?? `exit code ${code}`}).`));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-wordsKept);
    });
    const [, , , told, said] = this.#child.stdio as [null, null, Readable, Writable, Readable];
    // A pipe breaks because the browser has ended: its exit is what is told.
    told.on('error', () => undefined);
    said.on('error', () => undefined);
    let rest = '';
    said.setEncoding('utf8').on('data', (text: string) => {
      const messages = (rest + text).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) {
        try {
          this.#hear(messageSchema.parse(JSON.parse(message)));
        } catch (error) {
          this.#end(`the browser said what is not understood: ${String(error).slice(0, 200)}`);
        }
      }
    });
  }

  /** One command, of one page where it is named. */
  call(method: string, params: Values = {}, sessionId?: string): Promise<Values> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const id = (this.#last += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Values>();
    this.#calls.set(id, { resolve, reject });
    const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return promise;
  }

  on(method: string, listener: (params: Values) => void): void {
    this.#listeners.set(method, listener);
  }

  /**
   * Ends it and its children at once; resolves when it is gone, so that its profile can be removed, or after this many milliseconds: one that
   * waits for a broken disk cannot be ended.
   */
  async kill(waitMs: number): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    this.#child.once('exit', () => resolve());
    if (process.platform === 'win32') execFile('taskkill', ['/PID', String(pid), '/T', '/F'], () => undefined);
    else process.kill(-pid, 'SIGKILL');
    const timer = setTimeout(resolve, waitMs);
    await gone;
    clearTimeout(timer);
  }

  #hear({ id, method, params = {}, result, error }: z.infer<typeof messageSchema>): void {
    if (method !== undefined) this.#listeners.get(method)?.(params);
    if (id === undefined) return;
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (error === undefined) call?.resolve(result ?? {});
    else call?.reject(notMade(error.message));
  }

  #end(why: string): void {
    if (this.#ended !== null) return;
    const lastLine = this.#words.trim().split('\n').at(-1) ?? '';
    this.#ended = notMade(lastLine === '' ? why : `${why} ${lastLine}`);
    for (const { reject } of this.#calls.values()) reject(this.#ended);
    this.#calls.clear();
  }
}
