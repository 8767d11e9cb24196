import { z } from 'zod';
import { actionResultSchema } from '../../db/action.ts';

export type { ActionResult as CorrectionResult } from '../../db/action.ts';

/** How one correction, or the undoing of one, ended: `phone-health fix --json` and `undo --json` print exactly this. */
export const correctionOutcomeSchema = z.object({
  action: z.string(),
  cause: z.string(),
  app: z.string().nullable(),
  result: actionResultSchema,
  /** The exact former and present values, by path. */
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  /** What the phone said, where that explains the result; one plain sentence otherwise. */
  detail: z.string(),
});
export type CorrectionOutcome = z.infer<typeof correctionOutcomeSchema>;
