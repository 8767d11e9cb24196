import { z } from 'zod';
import { remedySchema } from '../../../native/phone.ts';
import { actionResultSchema } from '../../../db/records/actions.ts';

export type { ActionResult as CorrectionResult } from '../../../db/records/actions.ts';

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
  /** What to do where the phone refused or did not come back; null where there is nothing to do. */
  remedy: remedySchema.nullable(),
  /** Whether there is something that `undo` can put back. */
  undoable: z.boolean(),
});
export type CorrectionOutcome = z.infer<typeof correctionOutcomeSchema>;
