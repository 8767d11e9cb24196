import { z } from 'zod';
import { longestTestMinutes } from '../app/proof/longest-test.ts';
import { newWatchPlanSchema } from '../../db/records/watch-plans.ts';
import { phoneId, procedure, router, rowId } from './procedure.ts';

/** Apps that are watched over days. */
const watching = router({
  list: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.watching.list(input.phoneId)),
  /** Begins after a scan; a plan that runs for this app already goes on. */
  start: procedure
    .input(
      z.object({
        phoneId,
        app: z.string(),
        days: newWatchPlanSchema.shape.days.optional(),
        goodDays: newWatchPlanSchema.shape.goodDays.optional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.watching.start(input)),
  end: procedure.input(z.object({ id: rowId })).mutation(({ ctx, input }) => ctx.app.watching.end(input.id)),
  /** What is due now, on any phone. */
  reminders: procedure.query(({ ctx }) => ctx.app.watching.reminders()),
  /** What is seen of known phones when they are plugged in. */
  checkIns: procedure.subscription(({ ctx, signal }) => ctx.app.checkIns(signal)),
});

export const proofApi = router({
  /** The apps whose uploads a phone of this kind tells about. */
  watchableApps: procedure
    .input(z.object({ platform: z.enum(['android', 'ios']) }))
    .query(({ ctx, input }) => ctx.app.testPhotos.watchableApps(input.platform)),
  /**
   * Waits for a new photo and watches whether the app sends it. The last event carries the report. Leaving the subscription ends it after a
   * moment; who asks for the same again meanwhile goes on with it.
   */
  testPhoto: procedure
    .input(
      z.object({
        phoneId,
        app: z.string().min(1).max(300),
        minutes: z.number().positive().max(longestTestMinutes),
        openCamera: z.boolean(),
        on: z.enum(['wifi', 'mobile']).nullable(),
      }),
    )
    .subscription(({ ctx, input, signal }) => ctx.app.testPhotos.runWithProgress(input, signal)),
  /** The test photos under way, as they were asked for. */
  runningTestPhotos: procedure.query(({ ctx }) => ctx.app.testPhotos.running()),
  cancelTestPhoto: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.testPhotos.cancel(input.phoneId)),
  testPhotos: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.testPhotos.list(input.phoneId)),
  /** The owner of a sample phone takes a photo. */
  takeSamplePhoto: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.takeSamplePhoto(input.phoneId)),
  watching,
});
