import { z } from 'zod';
import { phoneSchema } from '../native/phone.ts';
import { uploadObservationSchema } from '../diagnosis/uploads/upload-observation.ts';
import { uploadNetworkSchema, uploadVerdictSchema } from '../diagnosis/uploads/upload-verdict.ts';

const fields = {
  app: z.string(),
  /** The network that it was to be sent over; null: any. */
  on: uploadNetworkSchema.nullable(),
  /** UTC, ISO 8601, like the others. */
  startedAt: z.string(),
  /** When the new photo was first seen. */
  photoSeenAt: z.string(),
  endedAt: z.string(),
  /** null where the phone did not tell. */
  photoBytes: z.int().nullable(),
  verdict: uploadVerdictSchema,
  /** Why it did not run to its end; null where it did. */
  brokenOff: z.object({ reason: z.enum(['unplugged', 'cancelled']), detail: z.string() }).nullable(),
  /** What the verdict rests on, in the order of time. */
  observations: z.array(uploadObservationSchema),
};

/** A photo that was taken to see whether an app sends it, and what became of it. Nothing of it is ever changed or removed. */
export const testPhotoSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ...fields,
});
export type TestPhoto = z.infer<typeof testPhotoSchema>;

export const newTestPhotoSchema = z.object({ phone: phoneSchema, ...fields });
export type NewTestPhoto = z.infer<typeof newTestPhotoSchema>;
