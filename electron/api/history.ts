import { z } from 'zod';
import { phoneId, procedure, router, rowId } from './procedure.ts';

/** More do not fit beside each other. */
const mostColumns = 6;

export const historyApi = router({
  snapshots: procedure
    .input(z.object({ phoneId: phoneId.optional() }))
    .query(({ ctx, input }) => ctx.app.snapshots(input.phoneId)),
  /** The report of a snapshot, as it was judged on its day. */
  snapshot: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.snapshotReport(input.id)),
  /** The same reading as today's catalog judges it, beside that. */
  judgedAgain: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.judgeSnapshotAgain(input.id)),
  /** The visits of one phone or of all, the latest first. */
  timeline: procedure
    .input(z.object({ phoneId: phoneId.optional() }))
    .query(({ ctx, input }) => ctx.app.timeline(input.phoneId)),
  /** Snapshots of one phone or of several as columns, in the order given. */
  sideBySide: procedure
    .input(z.object({ ids: z.array(rowId).min(2).max(mostColumns) }))
    .query(({ ctx, input }) => ctx.app.snapshotColumns(input.ids)),
});
