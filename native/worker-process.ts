import { fork } from 'node:child_process';
import { Socket } from 'node:net';

/** What a process beside this program is started with. */
export interface WorkerStart {
  /** The file to run. */
  entry: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Memory that V8 may take in it; default: its own. */
  heapMebibytes?: number;
}

/** What a process tells; nothing follows `onEnd`. */
export interface WorkerEvents {
  onMessage: (message: unknown) => void;
  /** It has ended or could not be started: why, in a few words, and the last line that it wrote about it. */
  onEnd: (reason: string, lastWords: string) => void;
}

/**
 * A process beside this program, for work that cannot be cancelled from inside, or whose end must not be the program's own. All are
 * started through {@link startWorkerProcess}: a child process, or Electron's `utilityProcess` where a host brings its own. The other
 * end is `worker-starter.ts`.
 */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Values as `structuredClone` takes them. */
  send(message: unknown): void;
  /** Ends it at once, also where it is stopped or a library call hangs; {@link WorkerEvents.onEnd} follows. */
  kill(): void;
  /** Whether it keeps the program open: only as long as somebody waits for it. */
  hold(waitedFor: boolean): void;
}

export type StartWorker = (start: WorkerStart, events: WorkerEvents) => WorkerProcess;

/** Of what a process writes about its own end. */
const wordsKept = 2000;

/**
 * What V8 is told of a process whose memory has a limit. It works through large texts once: with the usual space for what is new they
 * stand there long after they were read.
 */
export const memoryFlags = (heapMebibytes: number | undefined): string[] =>
  heapMebibytes === undefined ? [] : [`--max-old-space-size=${heapMebibytes}`, '--max-semi-space-size=2'];

/** A child process of Node. */
export const startChildProcess: StartWorker = ({ entry, args, env, heapMebibytes }, { onMessage, onEnd }) => {
  const child = fork(entry, [...args], {
    env,
    execArgv: memoryFlags(heapMebibytes),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    onEnd(reason, words.trim().split('\n').at(-1) ?? '');
  };
  child.on('message', (message) => {
    if (!ended) onMessage(message);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-wordsKept);
  });
  // Its own pipe would keep the program open, whatever the process itself does.
  if (child.stderr instanceof Socket) child.stderr.unref();
  // One that could not be started has no exit.
  child.on('error', (error) => {
    if (child.pid === undefined) end(error.message);
  });
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  return {
    pid: child.pid,
    send: (message) => {
      child.send(message as object, (error) => {
        // What is not taken any more has no answer: the exit is told as soon as it is seen.
        if (error !== null) child.kill('SIGKILL');
      });
    },
    // SIGKILL: a call inside a library holds up every gentler way.
    kill: () => void child.kill('SIGKILL'),
    hold: (waitedFor) => {
      if (waitedFor) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
  };
};

let startKind: StartWorker = startChildProcess;

/** Starts the kind of process that this program has beside it. */
export const startWorkerProcess: StartWorker = (start, events) => startKind(start, events);

/** A host that cannot start child processes of Node names its own kind, before the first is started. */
export function useWorkerProcesses(kind: StartWorker): void {
  startKind = kind;
}
