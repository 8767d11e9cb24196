import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runApart, type ApartOptions } from '../../../native/run-apart.ts';
import { ApplicationError, problemSchema } from '../program/problem.ts';
import type { CasePreview } from './cases.ts';

/** The one job of the process that reads a case, or takes it in. */
export const caseJobSchema = z.object({
  /** Data folder of the store. */
  folder: z.string(),
  file: z.string(),
  work: z.enum(['show', 'import']),
});
export type CaseJob = z.infer<typeof caseJobSchema>;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

export const fromCaseProcessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), preview: z.custom<CasePreview>(isObject) }),
  z.object({ kind: z.literal('failed'), problem: problemSchema }),
]);
export type FromCaseProcess = z.infer<typeof fromCaseProcessSchema>;

/** The largest case that there may be, on a slow disk. */
const silenceMs = 600_000;

const defaults = {
  silenceMs,
  memoryMebibytes: 2048,
  entry: fileURLToPath(new URL('./case-process.ts', import.meta.url)),
};

/**
 * Reads a case in a process of its own, which may take as long as it takes while everything else goes on. The tickets have their bare numbers
 * there. Throws what the work throws, as an `ApplicationError`, and `case-not-read` where the process came to no end.
 */
export async function caseApart(job: CaseJob, options: Partial<ApartOptions> = {}): Promise<CasePreview> {
  const end = await runApart<FromCaseProcess>(job, (message) => ({ result: fromCaseProcessSchema.parse(message) }), {
    ...defaults,
    ...options,
  });
  if (end.kind === 'stopped') {
    if (job.work === 'import') {
      throw new ApplicationError('case-not-read', 'Nobody knows whether the case was taken in.', [
        'Open the file again: it says what is here.',
      ]);
    }
    throw new ApplicationError('case-not-read', 'The case could not be read to its end. Nothing was taken in.', [
      'Export fewer tickets at a time.',
    ]);
  }
  if (end.result.kind === 'done') return end.result.preview;
  const { code, message, steps } = end.result.problem;
  throw new ApplicationError(code, message, steps);
}
