import { startWorkerProcess, type StartWorker } from './worker-process.ts';

/** How a process that does one job is started, and how long it is waited for. */
export interface ApartOptions {
  /** How long the process may give no sign of life. */
  silenceMs: number;
  /** Memory of its own that it may take (V8's heap). */
  memoryMebibytes: number;
  /** The file to run. */
  entry: string;
  /** What kind of process; default: the kind of this program. */
  startWorker?: StartWorker | undefined;
  signal?: AbortSignal | undefined;
}

/** What such a process says: what it is at, as a sign of life, or its result. */
export type Heard<Result> = { at: string | null } | { result: Result };

/** `at`: what it was at when it was ended, or ended by itself, without a result. */
export type ApartEnd<Result> = { kind: 'done'; result: Result } | { kind: 'stopped'; at: string | null; why: string };

/** A busy computer takes its time to start a process. */
const startMs = 30_000;
/** Each may take a gigabyte. */
const mostAtOnce = 4;

/** Those that run now, and those that wait for one of them to end. */
const places = { taken: 0, waiting: [] as (() => void)[] };

/** A place among the processes that do one job; rejects when the signal fires. */
async function takePlace(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (places.taken < mostAtOnce) {
    places.taken += 1;
    return;
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = (): void => {
    const at = places.waiting.indexOf(resolve);
    if (at < 0) return;
    places.waiting.splice(at, 1);
    reject(signal?.reason);
  };
  places.waiting.push(resolve);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await promise;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function givePlace(): void {
  const next = places.waiting.shift();
  if (next === undefined) places.taken -= 1;
  else next();
}

/**
 * Has one job done in a process of its own, which lives for this alone: whatever the job does to it, nothing else ends. `hear` says what
 * a message of it means. Rejects when the signal fires.
 */
export async function runApart<Result>(
  job: unknown,
  hear: (message: unknown) => Heard<Result>,
  options: ApartOptions,
): Promise<ApartEnd<Result>> {
  const { entry, silenceMs, memoryMebibytes, signal, startWorker = startWorkerProcess } = options;
  await takePlace(signal);
  try {
    const { promise, resolve, reject } = Promise.withResolvers<ApartEnd<Result>>();
    let at: string | null = null;
    const silent = (): void => resolve({ kind: 'stopped', at, why: `nothing for ${silenceMs / 1000} s` });
    let timer = setTimeout(silent, Math.max(startMs, silenceMs));
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    const worker = startWorker(
      { entry, args: [], env: process.env, heapMebibytes: memoryMebibytes },
      {
        onMessage: (message) => {
          const heard = hear(message);
          if ('result' in heard) return resolve({ kind: 'done', result: heard.result });
          at = heard.at;
          clearTimeout(timer);
          timer = setTimeout(silent, silenceMs);
        },
        onEnd: (why) => resolve({ kind: 'stopped', at, why }),
      },
    );
    try {
      worker.send(job);
      signal?.throwIfAborted();
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.kill();
    }
  } finally {
    givePlace();
  }
}
