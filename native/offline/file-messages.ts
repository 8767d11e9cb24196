import { z } from 'zod';
import type { Answer, Capture } from '../capture.ts';
import { remedySchema } from '../phone.ts';
import type { Reading } from '../reading.ts';

/** The one job of a process that reads a file. */
export const fileJobSchema = z.object({
  path: z.string(),
  apps: z.object({ android: z.array(z.string()), ios: z.array(z.string()) }),
  skip: z.array(z.string()),
});
export type FileJob = z.infer<typeof fileJobSchema>;

/** A capture whose outputs were sent before it: `output` is which of them, in the order in which they came. */
export interface SentCapture extends Omit<Capture, 'answers'> {
  answers: (Omit<Answer, 'output'> & { output: number })[];
}

/** What it says: steps, each a sign of life, outputs, and then one of the others. */
export const fromFileProcessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), file: z.string().nullable() }),
  /** One at a time and packed (zstd): a message takes the memory of what it holds three times. */
  z.object({ kind: z.literal('output'), packed: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
  z.object({
    kind: z.literal('read'),
    capture: z.custom<SentCapture>(),
    reading: z.custom<Reading>(),
    unread: z.array(z.string()),
  }),
  z.object({ kind: z.literal('trouble'), code: z.string(), message: z.string(), remedy: remedySchema }),
  z.object({ kind: z.literal('fault'), message: z.string(), stack: z.string() }),
]);
export type FromFileProcess = z.infer<typeof fromFileProcessSchema>;
