import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { storeCheckSchema } from './check-store.ts';

/* What the process that tends a store is told, and says. */

export const clearJobSchema = z.object({
  folder: z.string(),
  /** What is due: files of marks. */
  marks: z.array(z.string()),
});
export type ClearJob = z.infer<typeof clearJobSchema>;

export const tendJobSchema = z.object({
  file: z.string(),
  /** Where its backup is kept, if it is sound; null: none is made. */
  backup: z.string().nullable(),
});
export type TendJob = z.infer<typeof tendJobSchema>;

/** The one job of such a process. */
export const jobSchema = z.union([tendJobSchema, clearJobSchema]);

export const tendedSchema = z.object({
  /** null: it came to no end, so nothing is known. */
  check: storeCheckSchema.nullable(),
  /** The backup that was made. */
  backup: z.string().nullable(),
  /** Why none was made that was due. */
  noBackup: z.string().nullable(),
});
export type Tended = z.infer<typeof tendedSchema>;

const saidSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('tended'), tended: tendedSchema }),
  z.object({ kind: z.literal('cleared'), troubles: z.array(z.string()) }),
]);
export type FromTendProcess = z.infer<typeof saidSchema>;

export function hearTended(message: unknown): { at: null } | { result: Tended } {
  const said = saidSchema.parse(message);
  return said.kind === 'tended' ? { result: said.tended } : { at: null };
}

export function hearCleared(message: unknown): { at: null } | { result: string[] } {
  const said = saidSchema.parse(message);
  return said.kind === 'cleared' ? { result: said.troubles } : { at: null };
}

/** Up to this size a store is read to its end in some hundredths of a second, wherever that is done. */
export const largestInPlace = 4 * 1_048_576;

export const apartDefaults = {
  /** One table of a store of many gigabytes, on a slow disk. */
  silenceMs: 1_800_000,
  memoryMebibytes: 512,
  entry: fileURLToPath(new URL('./tend-process.ts', import.meta.url)),
};
