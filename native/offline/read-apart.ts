import { fileURLToPath } from 'node:url';
import { zstdDecompressSync } from 'node:zlib';
import type { Answer, Capture } from '../capture.ts';
import type { Reading } from '../reading.ts';
import { NativeError } from '../source.ts';
import { runApart, type ApartOptions, type Heard } from '../run-apart.ts';
import { fromFileProcessSchema, type FileJob, type FromFileProcess, type SentCapture } from './file-messages.ts';
import { fileTrouble, maxCaptureBytes } from './file-trouble.ts';
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

type Result = Exclude<FromFileProcess, { kind: 'step' | 'output' }>;

/** What a process says, and what its questions gave: that comes before the result. */
function hearing(outputs: Uint8Array[]): (message: unknown) => Heard<Result> {
  let at: string | null = null;
  return (message) => {
    const said = fromFileProcessSchema.parse(message);
    if (said.kind !== 'step' && said.kind !== 'output') return { result: said };
    if (said.kind === 'output') outputs.push(zstdDecompressSync(said.packed, { maxOutputLength: maxCaptureBytes }));
    else at = said.file;
    return { at };
  };
}

/** The capture as it was read there. */
function received(capture: SentCapture, outputs: readonly Uint8Array[]): Capture {
  const answers = capture.answers.map(({ output: at, ...answer }): Answer => {
    const output = outputs[at];
    if (output === undefined) throw new Error(`${answer.probe} was read and has no output.`);
    return { ...answer, output };
  });
  return { ...capture, answers };
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
    const outputs: Uint8Array[] = [];
    const end = await runApart<Result>(job, hearing(outputs), { ...defaults, ...options, signal });
    if (end.kind === 'stopped') {
      if (end.at === null || skip.includes(end.at)) throw fileTrouble('file-stopped', path, end.why);
      skip.push(end.at);
      continue;
    }
    const { result } = end;
    switch (result.kind) {
      case 'read':
        return { ...result, capture: received(result.capture, outputs) };
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
