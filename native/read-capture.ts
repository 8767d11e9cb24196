import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { answerKey } from './assemble.ts';
import type { Answer, Capture } from './capture.ts';
import type { Reading } from './reading.ts';
import { runApart, type ApartOptions } from './run-apart.ts';

/** What the process of `reading-process.ts` says: the answer that it is about to read, and then the reading. */
export const fromReadingProcessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), key: z.string() }),
  z.object({ kind: z.literal('read'), reading: z.custom<Reading>() }),
]);
export type FromReadingProcess = z.infer<typeof fromReadingProcessSchema>;

/** Up to this size the worst answers take about a second to read, wherever that is done. */
const largestInPlace = 1_048_576;

const defaults = {
  /** For one answer: the longest genuine one takes a fifth of a second. */
  silenceMs: 10_000,
  memoryMebibytes: 1024,
  entry: fileURLToPath(new URL('./reading-process.ts', import.meta.url)),
};

/** After so many answers that cannot be read, those that are as large are not tried any more. */
const mostTries = 3;

const sizeOf = (answers: readonly Answer[]): number => answers.reduce((sum, { output }) => sum + output.length, 0);

function hear(message: unknown): { at: string } | { result: Reading } {
  const said = fromReadingProcessSchema.parse(message);
  return said.kind === 'step' ? { at: said.key } : { result: said.reading };
}

const unreadable = (answer: Answer): Answer => ({
  ...answer,
  output: new Uint8Array(),
  ended: 'truncated',
  detail: 'It could not be read within its limits.',
});

/**
 * What a capture means: `read` says it, here where the capture is small, else in a process of its own, so that what a phone says can
 * neither end this program nor hold up the work on other phones. An answer that cannot be read within the limits is unavailable, and
 * the rest is read; all of them are where the signal fires meanwhile. Never rejects for anything in the capture.
 */
export async function readCapture(
  capture: Capture,
  read: (capture: Capture) => Reading,
  { signal, ...options }: Partial<ApartOptions> = {},
): Promise<Reading> {
  if (sizeOf(capture.answers) <= largestInPlace) return read(capture);
  // What was cancelled before is still worth reading.
  const whileRead = signal?.aborted === true ? undefined : signal;
  try {
    return await readApart(capture, read, { ...options, signal: whileRead });
  } catch (error) {
    if (whileRead?.aborted !== true) throw error;
    return read({ ...capture, answers: capture.answers.map((answer) => unreadable(answer)) });
  }
}

async function readApart(
  capture: Capture,
  read: (capture: Capture) => Reading,
  options: Partial<ApartOptions>,
): Promise<Reading> {
  const givenUp = new Set<Answer>();
  for (;;) {
    const answers = capture.answers.map((answer) => (givenUp.has(answer) ? unreadable(answer) : answer));
    const job = { ...capture, apps: [...capture.apps], answers };
    const end = await runApart(job, hear, { ...defaults, ...options });
    if (end.kind === 'done') return end.result;
    const left = capture.answers.filter((answer) => !givenUp.has(answer) && answer.output.length > 0);
    const at = left.filter(({ probe, app }) => answerKey(probe, app) === end.at);
    const size = Math.min(...at.map(({ output }) => output.length));
    const tooMany = givenUp.size + at.length > mostTries;
    // A process that ends before it has read anything says nothing of any answer.
    const over = at.length === 0 ? left : tooMany ? left.filter(({ output }) => output.length >= size) : at;
    if (over.length === 0) return read({ ...capture, answers });
    for (const answer of over) givenUp.add(answer);
  }
}
