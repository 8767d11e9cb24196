import { z } from 'zod';

/** A row as the chain keeps it: other rows are named by uid, and what is packed stays packed. */
export const entrySchema = z.object({
  uid: z.string(),
  /** One that this program does not know is of a newer station. */
  kind: z.string(),
  /** The snapshot or the action of which it is an event. */
  of: z.string().nullable(),
  ticket: z.string().nullable(),
  customer: z.string().nullable(),
  phone: z.string().nullable(),
  version: z.int(),
  /** The row's own moment by the clock of its station; UTC, ISO 8601. */
  at: z.string(),
  /** JSON of the row's columns. */
  body: z.string(),
  words: z.array(z.string()),
  dictionary: z.int().nullable(),
  diagnosis: z.instanceof(Uint8Array).nullable(),
  reading: z.instanceof(Uint8Array).nullable(),
  capture: z.instanceof(Uint8Array).nullable(),
});
export type Entry = z.infer<typeof entrySchema>;
