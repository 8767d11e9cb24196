import { z } from 'zod';
import { phoneSchema } from '../native/phone.ts';

/** A second way for photos that somebody uses while an app is being repaired. */
export const keptAlternativeSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  /** The app that is being repaired. */
  app: z.string(),
  who: z.string(),
  /** UTC, ISO 8601, like the other. */
  chosenAt: z.string(),
  /** When it was given up again; null as long as it is in use. */
  endedAt: z.string().nullable(),
});
export type KeptAlternative = z.infer<typeof keptAlternativeSchema>;

export const newAlternativeSchema = z.object({ phone: phoneSchema, app: z.string(), who: z.string() });
export type NewAlternative = z.infer<typeof newAlternativeSchema>;
