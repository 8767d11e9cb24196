import { fileURLToPath } from 'node:url';
import type { Capture } from '../capture.ts';
import type { Reading } from '../reading.ts';
import { NativeError } from '../source.ts';
import { startChildProcess, type StartWorker } from '../worker-process.ts';
import { fromFileProcessSchema, type FileJob, type FromFileProcess } from './file-messages.ts';
import { fileTrouble } from './file-trouble.ts';
import type { FileScope } from './open-file.ts';

/** What a file holds in place of a phone, and what it means. */
export interface FileReading {
  capture: Capture;
  reading: Reading;
  /** Files of a folder or zip that are nothing known: they were not read. */
  unread: readonly string[];
}

export interface ApartOptions {
  /** How long the process may give no sign of life: counting in a Photos.sqlite of 3 GB on a slow disk takes a minute. */
  silenceMs?: number;
  /** Memory of its own that it may take (V8's heap). */
  memoryMebibytes?: number;
  /** The file to run; default: `file-process.ts` beside this one. */
  entry?: string;
  /** What kind of process; default: a child process. */
  startWorker?: StartWorker;
}

const defaultEntry = fileURLToPath(new URL('./file-process.ts', import.meta.url));
/** A busy computer takes its time to start a process. */
const startMs = 30_000;
const defaults = { silenceMs: 120_000, memoryMebibytes: 1024, entry: defaultEntry, startWorker: startChildProcess };

/** `file`: the file within a backup that it was at. */
type End = Exclude<FromFileProcess, { kind: 'step' }> | { kind: 'stopped'; file: string | null; why: string };

/** Reads once, in a process that lives for this alone. Rejects when the signal fires. */
async function attempt(job: FileJob, signal: AbortSignal | undefined, options: Required<ApartOptions>): Promise<End> {
  const { promise, resolve, reject } = Promise.withResolvers<End>();
  let file: string | null = null;
  const silent = (): void => resolve({ kind: 'stopped', file, why: `nothing for ${options.silenceMs / 1000} s` });
  let timer = setTimeout(silent, Math.max(startMs, options.silenceMs));
  const stop = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const worker = options.startWorker(
    { entry: options.entry, args: [], env: process.env, heapMebibytes: options.memoryMebibytes },
    {
      onMessage: (message) => {
        const said = fromFileProcessSchema.parse(message);
        if (said.kind !== 'step') return resolve(said);
        file = said.file;
        clearTimeout(timer);
        timer = setTimeout(silent, options.silenceMs);
      },
      onEnd: (why) => resolve({ kind: 'stopped', file, why }),
    },
  );
  worker.send(job);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    worker.kill();
  }
}

/**
 * Reads a file or folder in place of a phone, in a process of its own: a hostile one may end that process, or be ended with it,
 * and nothing else. A file within a backup that cannot be read within the limits costs only itself. Rejects with `NativeError`
 * (codes in `file-trouble.ts` and `iphone-backup.ts`), or with the signal's reason.
 */
export async function readFileApart(
  path: string,
  { apps, signal }: Pick<FileScope, 'apps' | 'signal'>,
  options: ApartOptions = {},
): Promise<FileReading> {
  const skip: string[] = [];
  for (;;) {
    signal?.throwIfAborted();
    const job: FileJob = { path, apps: { android: [...apps.android], ios: [...apps.ios] }, skip };
    const end = await attempt(job, signal, { ...defaults, ...options });
    switch (end.kind) {
      case 'read':
        return end;
      case 'trouble':
        throw new NativeError(end.code, end.message, end.remedy);
      case 'fault': {
        const error = new Error(end.message);
        error.stack = end.stack;
        throw error;
      }
      case 'stopped':
        if (end.file === null || skip.includes(end.file)) throw fileTrouble('file-stopped', path, end.why);
        skip.push(end.file);
    }
  }
}
