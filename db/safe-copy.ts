import { z } from 'zod';
import { phoneSchema } from '../native/phone.ts';

const copyFields = {
  /** The folder on this computer. */
  folder: z.string(),
  /** UTC, ISO 8601, like the others. */
  startedAt: z.string(),
  endedAt: z.string(),
  /** Everything of the camera that the phone showed is in the folder, and was verified. */
  whole: z.boolean(),
  /** What of it is in the folder. */
  files: z.int(),
  bytes: z.int(),
  /** What the phone said of its camera's photos when the copy began; null where it did not tell. */
  photoCount: z.int().nullable(),
  newestPhoto: z.string().nullable(),
};

/** A copy of the camera's photos and videos that was made. Nothing of it is ever changed or removed. */
export const safeCopySchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ...copyFields,
});
export type SafeCopy = z.infer<typeof safeCopySchema>;

export const newSafeCopySchema = z.object({ phone: phoneSchema, ...copyFields });
export type NewSafeCopy = z.infer<typeof newSafeCopySchema>;

/** Somebody decided to go on without a copy. */
export const declinedCopySchema = z.object({
  phone: z.string(),
  /** UTC, ISO 8601. */
  at: z.string(),
  who: z.string(),
  /** The words that were agreed to. */
  sentence: z.string(),
});
export type DeclinedCopy = z.infer<typeof declinedCopySchema>;

export const newDeclinedCopySchema = declinedCopySchema.omit({ at: true }).extend({ phone: phoneSchema });
export type NewDeclinedCopy = z.infer<typeof newDeclinedCopySchema>;
