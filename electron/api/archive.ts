import { z } from 'zod';
import { retentionRulesSchema } from '../../db/retention.ts';
import { longestSearch } from '../app/program/searched-text.ts';
import { procedure, router, rowId } from './procedure.ts';

const words = z.string().max(longestSearch);

export const archiveApi = router({
  archive: router({
    /** Snapshots that have all of these words, the latest first. */
    find: procedure
      .input(
        z.object({ text: words, limit: z.int().min(1).max(200), offset: z.int().min(0).max(1_000_000).optional() }),
      )
      .query(({ ctx, input }) => ctx.app.archive.find(input.text, input)),
    /** A snapshot with what people have written about it. */
    show: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.archive.show(input.id)),
    /** Changes what people have written about a snapshot; `ticket`: its number, as people say it. */
    describe: procedure
      .input(
        z.object({
          id: rowId,
          /** The version that whoever writes has seen. */
          seen: z.int().min(1),
          change: z.object({
            label: z.string().trim().min(1).max(200).nullable().optional(),
            note: z.string().trim().max(4000).optional(),
            ticket: z.string().max(40).nullable().optional(),
          }),
        }),
      )
      .mutation(({ ctx, input }) => ctx.app.archive.describe(input.id, input.seen, input.change)),
    /** Customers whose name or contact begins like this. */
    customers: procedure
      .input(z.object({ text: words, limit: z.int().min(1).max(200) }))
      .query(({ ctx, input }) => ctx.app.archive.customers(input.text, input.limit)),
    /** What would go with a customer. */
    erasure: procedure
      .input(z.object({ customer: rowId }))
      .query(({ ctx, input }) => ctx.app.archive.erasure(input.customer)),
    /** Removes a customer with their tickets and phones, for good, also from the backups. */
    erase: procedure
      .input(z.object({ customer: rowId }))
      .mutation(({ ctx, input }) => ctx.app.archive.erase(input.customer)),
    /** What would go now by these rules, which are the shop's as the window shows them. */
    retentionDue: procedure.input(retentionRulesSchema).query(({ ctx, input }) => ctx.app.archive.retentionDue(input)),
    /** Has it go. */
    applyRetention: procedure
      .input(retentionRulesSchema)
      .mutation(({ ctx, input }) => ctx.app.archive.applyRetention(input)),
  }),
});
