import { z } from 'zod';
import { label, phoneId, procedure, router, rowId } from './procedure.ts';

const apps = z.array(z.string().min(1).max(300)).max(20);

export const scanApi = router({
  /** Reads and judges; leaving the subscription cancels the scan. The last event carries the report. */
  scan: procedure
    .input(
      z.object({
        phoneId,
        save: z.boolean(),
        label: label.optional(),
        ticket: rowId.optional(),
        countPhotos: z.boolean().optional(),
        readNotifications: apps.optional(),
        inTurn: z.boolean().optional(),
      }),
    )
    .subscription(({ ctx, input, signal }) => ctx.app.scanWithProgress(input, signal)),
  /** Reads and judges a file in place of a phone, and keeps that; leaving the subscription ends it. One event. */
  openFile: procedure
    .input(z.object({ path: z.string().trim().min(1).max(4000) }))
    .subscription(({ ctx, input, signal }) => ctx.app.openFileWithProgress(input.path, signal)),
  /** The apps that should keep the photos from now on; empty: what shows use. The report of the last scan as it is then. */
  chooseApps: procedure
    .input(z.object({ phoneId, apps }))
    .mutation(({ ctx, input }) => ctx.app.chooseApps(input.phoneId, input.apps)),
  /** The report of the last scan as it is judged now; null where there was none. */
  report: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.report(input.phoneId)),
  /** The reports of this sitting, for a window that is opened or loaded anew. */
  reports: procedure.query(({ ctx }) => ctx.app.lastReports()),
  /** The owner answers the question of a finding of the last scan; the report as it is with that. */
  answer: procedure
    .input(
      z.object({ phoneId, cause: z.string(), app: z.string().nullable(), answer: z.enum(['yes', 'no', 'not-sure']) }),
    )
    .mutation(({ ctx, input: { phoneId: of, ...answer } }) => ctx.app.answer(of, answer)),
  /** Opens the screen of the phone where guided steps begin, or tells what the phone said instead. */
  openScreen: procedure
    .input(z.object({ phoneId, cause: z.string(), app: z.string().nullable(), correction: z.string() }))
    .mutation(({ ctx, input: { phoneId: of, ...request } }) => ctx.app.openScreen(of, request)),
});
