import { z } from 'zod';
import { procedure, router, rowId } from './procedure.ts';

const opened = z.object({ case: z.uuid() });

export const casesApi = router({
  cases: router({
    /** Tickets and snapshots as one file, for another computer. */
    file: procedure
      .input(
        z.object({ tickets: z.array(rowId).max(1000), snapshots: z.array(rowId).max(10_000), redacted: z.boolean() }),
      )
      .mutation(({ ctx, input: { tickets, snapshots, redacted } }) => {
        const { name, bytes } = ctx.app.cases.download({
          tickets: tickets.map(Number),
          snapshots: snapshots.map(Number),
          redacted,
        });
        return { name, type: 'application/octet-stream', base64: bytes.toString('base64') };
      }),
    /** What is in the case that was opened, and what of it is new here. */
    opened: procedure.input(opened).query(({ ctx, input }) => ctx.app.cases.opened(input.case)),
    /** Adds what is new to what is kept here. */
    take: procedure.input(opened).mutation(({ ctx, input }) => ctx.app.cases.take(input.case)),
    /** Puts it away, and changes nothing. */
    leave: procedure.input(opened).mutation(({ ctx, input }) => ctx.app.cases.leave(input.case)),
  }),
});
