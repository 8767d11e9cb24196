import { z } from 'zod';
import { watchJudgementSchema, watchLookSchema } from '../diagnosis/uploads/watch-point.ts';
import { phoneSchema } from '../native/phone.ts';

/** One look at a watched phone, and what it proves. Nothing of it is ever changed or removed. */
export const watchPointSchema = z.object({
  /** UTC, ISO 8601. */
  at: z.string(),
  /** What brought the look about. */
  occasion: z.enum(['plugged-in', 'scan', 'test-photo']),
  /** null for a test photo, which is its own proof. */
  look: watchLookSchema.nullable(),
  judgement: watchJudgementSchema,
  /** What was corrected and is not so any more, by title. */
  drifted: z.array(z.string()),
});
export type WatchPoint = z.infer<typeof watchPointSchema>;

/** The longest that an app is watched. */
export const mostWatchDays = 60;
const watchDays = z.int().min(1).max(mostWatchDays);

const fields = {
  app: z.string(),
  /** How long it is to be watched. */
  days: watchDays,
  /** So many good days in a row, and the matter counts as resolved. */
  goodDays: watchDays,
  who: z.string(),
};

/** An app of a phone that is watched over days. */
export const watchPlanSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ...fields,
  /** UTC, ISO 8601, like the other. */
  startedAt: z.string(),
  /** null as long as it runs. */
  endedAt: z.string().nullable(),
  /** In the order of time. */
  points: z.array(watchPointSchema),
});
export type WatchPlan = z.infer<typeof watchPlanSchema>;

export const newWatchPlanSchema = z.object({ phone: phoneSchema, ...fields });
export type NewWatchPlan = z.infer<typeof newWatchPlanSchema>;
