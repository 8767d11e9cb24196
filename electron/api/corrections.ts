import { z } from 'zod';
import { agreed, phoneId, procedure, router, rowId } from './procedure.ts';

/** When the reading was taken that was shown to whoever agrees: a yes is for that phone, as it was then. */
const shownAt = z.iso.datetime();

const correctionName = z.object({ cause: z.string(), app: z.string().nullable(), correction: z.string() });

export const correctionsApi = router({
  /**
   * Carries out an automatic correction the person agreed to, and verifies it. The last event carries the outcome and the new
   * report. Leaving the subscription does not stop it: a correction is never left half done.
   */
  correct: procedure
    .input(
      z.object({
        phoneId,
        cause: z.string(),
        app: z.string().nullable(),
        correction: z.string(),
        walkthrough: rowId.optional(),
        shownAt,
        agreed,
      }),
    )
    .subscription(({ ctx, input: { agreed: to, ...request } }) => ctx.app.corrections.correctWithProgress(request, to)),
  /** Carries out several corrections that the person agreed to at once, one after the other. Leaving it ends it before the next one. */
  correctAll: procedure
    .input(
      z.object({
        phoneId,
        fixes: z.array(correctionName).min(1).max(50),
        shownAt,
        agreed,
      }),
    )
    .subscription(({ ctx, input: { agreed: to, ...request }, signal }) =>
      ctx.app.corrections.correctAll(request, to, signal),
    ),
  /** What is being done with phones, and how corrections ended that nobody was told of; now and at every change. */
  followCorrections: procedure.subscription(({ ctx, signal }) => ctx.app.followCorrections(signal)),
  /** How corrections ended was seen. */
  forgetBatch: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.corrections.forgetBatch(input.phoneId)),
  /** Ends that before its next correction. */
  endBatch: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.corrections.endBatch(input.phoneId)),
  /** Puts back what an action changed. */
  undo: procedure
    .input(z.object({ action: rowId, agreed }))
    .subscription(({ ctx, input }) => ctx.app.corrections.undoWithProgress(input.action, input.agreed)),
  /** Brings an action that was cut off to its end. */
  finish: procedure
    .input(z.object({ action: rowId, agreed }))
    .subscription(({ ctx, input }) => ctx.app.corrections.finishWithProgress(input.action, input.agreed)),
  /** Leaves an action that was cut off as it is: it is not offered any more. */
  leave: procedure
    .input(z.object({ action: rowId }))
    .mutation(({ ctx, input }) => ctx.app.corrections.leave(input.action)),
  /** Actions that a program which ended too early left behind; of one phone, or of all. */
  interrupted: procedure
    .input(z.object({ phoneId: phoneId.optional() }))
    .query(({ ctx, input }) => ctx.app.corrections.interrupted(input.phoneId)),
  /** What corrections of a phone do and change, each in the words in which it is proven. */
  changeWords: procedure
    .input(z.object({ phoneId, corrections: z.array(correctionName).max(200) }))
    .query(({ ctx, input }) => ctx.app.corrections.changeWords(input.phoneId, input.corrections)),
  actions: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.corrections.list(input.phoneId)),
});
