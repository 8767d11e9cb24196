import { constants, zstdCompressSync } from 'node:zlib';
import { endWithParent } from '../end-with-parent.ts';
import { NativeError } from '../source.ts';
import type { Capture } from '../capture.ts';
import { fileJobSchema, type FileJob, type FromFileProcess, type SentCapture } from './file-messages.ts';
import { readFileCapture } from './open-file.ts';
import { workerStarter } from '../worker-starter.ts';

/**
 * The process that reads one file in place of a phone. Whatever the file does to it (endless statements of SQLite, all of the
 * memory), the program that shows the other phones goes on: it ends this process, also in the middle of a call.
 */

const starter = workerStarter();
const send = (message: FromFileProcess, then?: () => void): void => starter.tell(message, then);

endWithParent();
// Ctrl-C reaches every process of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

/** Steps come by the thousand; one each half second is sign of life enough. */
const stepMs = 500;
let lastStep: { file: string | null; at: number } = { file: null, at: 0 };

function onStep(file: string | null): void {
  const now = performance.now();
  if (file === lastStep.file && now - lastStep.at < stepMs) return;
  lastStep = { file, at: now };
  send({ kind: 'step', file });
}

/** Sends what the questions gave: several may have been answered by one dump. */
async function sent(capture: Capture): Promise<SentCapture> {
  const known = new Map<Uint8Array, number>();
  for (const { output } of capture.answers) {
    if (known.has(output)) continue;
    known.set(output, known.size);
    const packed = zstdCompressSync(output, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    await new Promise<void>((resolve) => send({ kind: 'output', packed }, resolve));
  }
  return { ...capture, answers: capture.answers.map((one) => ({ ...one, output: known.get(one.output) ?? -1 })) };
}

async function run({ path, apps, skip }: FileJob): Promise<FromFileProcess> {
  try {
    const { capture, read, unread } = await readFileCapture(path, { apps, skip, onStep });
    const reading = read(capture);
    return { kind: 'read', capture: await sent(capture), reading, unread: [...unread] };
  } catch (error) {
    if (error instanceof NativeError) {
      return { kind: 'trouble', code: error.code, message: error.message, remedy: error.remedy };
    }
    if (error instanceof Error) return { kind: 'fault', message: error.message, stack: error.stack ?? '' };
    return { kind: 'fault', message: String(error), stack: '' };
  }
}

starter.onMessage((message) => {
  void run(fileJobSchema.parse(message)).then((result) => send(result, () => starter.leave()));
});
