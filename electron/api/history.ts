import { z } from 'zod';
import { phoneId, procedure, router, rowId } from './procedure.ts';

export const historyApi = router({
  snapshots: procedure
    .input(z.object({ phoneId: phoneId.optional() }))
    .query(({ ctx, input }) => ctx.app.snapshots(input.phoneId)),
  /** The report of a snapshot, as it was judged on its day. */
  snapshot: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.snapshotReport(input.id)),
  compare: procedure
    .input(z.object({ before: rowId, after: rowId }))
    .query(({ ctx, input }) => ctx.app.compareSnapshots(input.before, input.after)),
});
