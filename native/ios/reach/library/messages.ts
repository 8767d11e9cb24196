import { z } from 'zod';
import { endedSchema } from '../../../capture.ts';

/** What the program sends to the process that holds libimobiledevice: one question in words. */
export const questionSchema = z.object({ id: z.int(), words: z.array(z.string()).min(1) });
export type Question = z.infer<typeof questionSchema>;

/** Its answer. `output` are the bytes the phone gave; `code` the library's error code, null where there is none. */
export const libraryAnswerSchema = z.object({
  kind: z.literal('answer'),
  id: z.int(),
  ended: endedSchema,
  detail: z.string(),
  code: z.int().nullable(),
  output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** Calls hang in it that the phone never answered: another process is to be asked the next question. */
  spent: z.boolean(),
});
export type LibraryAnswer = Omit<z.infer<typeof libraryAnswerSchema>, 'kind' | 'id' | 'spent'>;

/** What that process sends by itself: an edge that the phone announced, or that it can never answer. */
export const fromLibrarySchema = z.discriminatedUnion('kind', [
  libraryAnswerSchema,
  z.object({ kind: z.literal('notification'), name: z.string() }),
  /** How much has come of the file that the open question copies. */
  z.object({ kind: z.literal('bytes'), come: z.int(), total: z.int() }),
  z.object({ kind: z.literal('unusable'), detail: z.string() }),
]);
/** Called as a file comes: bytes so far, and in all. */
export type OnBytes = (come: number, total: number) => void;

export type FromLibrary = z.infer<typeof fromLibrarySchema>;
