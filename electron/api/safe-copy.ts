import { z } from 'zod';
import { phoneId, procedure, router } from './procedure.ts';

export const safeCopyApi = router({
  /** Copies the camera's photos and videos to a folder; leaving the subscription ends it in good order. The last event carries the report. */
  safeCopy: procedure
    .input(z.object({ phoneId, folder: z.string().trim().min(1).max(4000) }))
    .subscription(({ ctx, input, signal }) => ctx.app.safeCopies.runWithProgress(input, signal)),
  /** Whether the steps that may cost photos are open, and the words that open them without a copy. */
  copyGuard: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.safeCopies.guard(input.phoneId)),
  /** Somebody goes on without a safe copy, in exactly these words; the report as it is with that. */
  declineCopy: procedure
    .input(z.object({ phoneId, sentence: z.string().max(200) }))
    .mutation(({ ctx, input }) => ctx.app.declineCopy(input.phoneId, input.sentence)),
});
