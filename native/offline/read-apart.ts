import { fileURLToPath } from 'node:url';
import type { Capture } from '../capture.ts';
import type { Reading } from '../reading.ts';
import { NativeError } from '../source.ts';
import { runApart, type ApartOptions } from '../run-apart.ts';
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

const defaults = {
  /** Counting in a Photos.sqlite of 3 GB on a slow disk takes a minute. */
  silenceMs: 120_000,
  memoryMebibytes: 1024,
  entry: fileURLToPath(new URL('./file-process.ts', import.meta.url)),
};

type Result = Exclude<FromFileProcess, { kind: 'step' }>;

function hear(message: unknown): { at: string | null } | { result: Result } {
  const said = fromFileProcessSchema.parse(message);
  return said.kind === 'step' ? { at: said.file } : { result: said };
}

/**
 * Reads a file or folder in place of a phone, in a process of its own: a hostile one may end that process, or be ended with it,
 * and nothing else. A file within a backup that cannot be read within the limits costs only itself. Rejects with `NativeError`
 * (codes in `file-trouble.ts` and `iphone-backup.ts`), or with the signal's reason.
 */
export async function readFileApart(
  path: string,
  { apps, signal }: Pick<FileScope, 'apps' | 'signal'>,
  options: Partial<ApartOptions> = {},
): Promise<FileReading> {
  const skip: string[] = [];
  for (;;) {
    signal?.throwIfAborted();
    const job: FileJob = { path, apps: { android: [...apps.android], ios: [...apps.ios] }, skip };
    // `at`: the file within a backup that it was at.
    const end = await runApart<Result>(job, hear, { ...defaults, ...options, signal });
    if (end.kind === 'stopped') {
      if (end.at === null || skip.includes(end.at)) throw fileTrouble('file-stopped', path, end.why);
      skip.push(end.at);
      continue;
    }
    const { result } = end;
    switch (result.kind) {
      case 'read':
        return result;
      case 'trouble':
        throw new NativeError(result.code, result.message, result.remedy);
      case 'fault': {
        const error = new Error(result.message);
        error.stack = result.stack;
        throw error;
      }
    }
  }
}
