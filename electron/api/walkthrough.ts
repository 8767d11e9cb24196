import { z } from 'zod';
import { agreed, phoneId, procedure, router, rowId } from './procedure.ts';

const step = z.object({ cause: z.string(), app: z.string().nullable() });

/** The corrections of one diagnosis as one guided sitting, which survives the program's end. */
const walkthroughs = router({
  /** Begins with the last scan of a phone, or goes on with the one that is open. */
  start: procedure
    .input(z.object({ phoneId, ticket: rowId.optional() }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.start(input.phoneId, input.ticket)),
  /** The latest first. */
  list: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.walkthroughs.list(input.phoneId)),
  /** What its person says of a step. */
  mark: procedure
    .input(z.object({ id: rowId, step, as: z.enum(['said-done', 'skipped', 'taken-up-again']) }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.note(input.id, { kind: input.as, step: input.step })),
  /** The phone's screen is not as the steps say: kept for whoever keeps the catalog. */
  screenDiffers: procedure
    .input(z.object({ id: rowId, step, correction: z.string(), note: z.string().trim().max(2000) }))
    .mutation(({ ctx, input: { id, ...differs } }) =>
      ctx.app.walkthroughs.note(id, { kind: 'screen-differs', ...differs }),
    ),
  giveUp: procedure
    .input(z.object({ id: rowId }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.note(input.id, { kind: 'given-up' })),
  /** Looks at the phone until the step is seen to be done, and ticks it; ends at once where no live phone can show it. */
  watchStep: procedure
    .input(z.object({ id: rowId, step: step.extend({ correction: z.string() }) }))
    .subscription(({ ctx, input, signal }) => ctx.app.walkthroughs.watchStep(input.id, input.step, signal)),
  /** Reads the whole phone again, and keeps the snapshot after. */
  finish: procedure
    .input(z.object({ id: rowId }))
    .subscription(({ ctx, input, signal }) => ctx.app.walkthroughs.finish(input.id, signal)),
  /** Puts back everything that was changed in it. */
  undoAll: procedure
    .input(z.object({ id: rowId, agreed }))
    .subscription(({ ctx, input }) => ctx.app.walkthroughs.undoAll(input.id, input.agreed)),
});

export const walkthroughApi = router({
  walkthrough: walkthroughs,
  /** What is tried before all else, for one app. */
  quickWin: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .query(({ ctx, input }) => ctx.app.quickWin(input.phoneId, input.app)),
  /** Second ways for photos while the first is being repaired: in use, or offered. */
  alternatives: procedure
    .input(z.object({ phoneId }))
    .query(({ ctx, input }) => ctx.app.alternatives.list(input.phoneId)),
  chooseAlternative: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.alternatives.choose(input.phoneId, input.app)),
  endAlternative: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.alternatives.end(input.phoneId, input.app)),
});
