import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions, UtilityProcess, utilityProcess as utilityProcessOfElectron } from 'electron';
import { app } from './app.ts';
import { note, StandInEvent } from './asked.ts';

type Offered = Pick<UtilityProcess, 'pid' | 'stdout' | 'stderr' | 'postMessage' | 'kill'>;

/** Gives the process `process.parentPort`, and takes away what Electron's have not. */
const parentPort = new URL('./parent-port.ts', import.meta.url);

const modeOf = (mode: string | undefined): 'pipe' | 'inherit' | 'ignore' =>
  mode === 'pipe' || mode === 'inherit' ? mode : 'ignore';

/** Electron gives `execArgv` to Chromium, which passes on to V8 what stands in one switch of its own, and nothing else. */
function flagsOf(word: string): string[] {
  const [name, ...flags] = word.split(/=(.*)/s);
  if (name !== '--js-flags') throw new Error(`${word} is no switch of Chromium`);
  return flags.join('').split(' ');
}

/** A process beside the main one: a child process here. */
export class StandInUtilityProcess extends EventEmitter implements Offered {
  readonly #child: ChildProcess;
  pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    const { env, execArgv = [], cwd, stdio = 'inherit', serviceName } = options;
    const [input, output, errors] = Array.isArray(stdio) ? stdio : (['ignore', stdio, stdio] as const);
    if (input !== undefined && input !== 'ignore') {
      throw new Error('stdin value other than ignore is not supported');
    }
    this.#child = fork(modulePath, args, {
      env: { ...(env ?? process.env) },
      execArgv: ['--import', parentPort.href, ...execArgv.flatMap(flagsOf)],
      serialization: 'advanced',
      stdio: ['ignore', modeOf(output), modeOf(errors), 'ipc'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    // Known a moment later, as in Electron.
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('error', () => this.emit('exit', 1));
    this.#child.on('exit', (code, signal) => {
      this.pid = undefined;
      const ended = code ?? 1;
      this.emit('exit', ended);
      if (signal === null && ended === 0) return;
      const details = { type: 'Utility', reason: signal === null ? 'abnormal-exit' : 'killed', exitCode: ended };
      app.emit('child-process-gone', new StandInEvent(), {
        ...details,
        name: serviceName,
        serviceName: 'node.mojom.NodeService',
      });
    });
  }

  postMessage(message: unknown): void {
    this.#child.send(message as object, () => undefined);
  }

  /** Gently: SIGTERM, as Electron does on POSIX. */
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

type Fork = (...args: Parameters<typeof utilityProcessOfElectron.fork>) => StandInUtilityProcess;

export const utilityProcess: { fork: Fork } = {
  fork(modulePath, args = [], options = {}) {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    note('utilityProcess.fork', modulePath, args);
    return new StandInUtilityProcess(modulePath, args, options);
  },
};
