import { z } from 'zod';
import { handoverSystemSchema, settingsSchema } from '../app/settings/settings-schema.ts';
import { procedure, router } from './procedure.ts';

const actionId = z.object({ action: z.string().min(1).max(200) });
const { handoverAddress, handoverReport, handoverRedacted, handoverDays } = settingsSchema.shape;

export const handoverApi = router({
  handover: router({
    /** How it stands with the ticket system, now and at every change. */
    follow: procedure.subscription(({ ctx, signal }) => ctx.app.followHandover(signal)),
    /** Changes what is named, and keeps it. */
    change: procedure
      .input(
        z
          .object({
            system: handoverSystemSchema,
            address: handoverAddress,
            report: handoverReport,
            redacted: handoverRedacted,
            days: handoverDays,
          })
          .partial()
          .strict(),
      )
      .mutation(({ ctx, input }) => ctx.app.handover.change(input)),
    /** Keeps the secret, which nobody is told any more. */
    keepSecret: procedure
      .input(z.object({ secret: z.string().max(5000) }))
      .mutation(({ ctx, input }) => ctx.app.handover.keepSecret(input.secret)),
    removeSecret: procedure.mutation(({ ctx }) => ctx.app.handover.removeSecret()),
    /** Whether the ticket system answers and accepts the secret. */
    test: procedure.mutation(({ ctx, signal }) => ctx.app.handover.test(signal ?? new AbortController().signal)),
    /** Sends what waits, now. */
    send: procedure.mutation(({ ctx, signal }) => ctx.app.handover.sendNow(signal ?? new AbortController().signal)),
    /** What was given up waits again. */
    retry: procedure.mutation(({ ctx }) => ctx.app.handover.retry()),
    /** Nothing of what waits is sent any more. */
    discard: procedure.mutation(({ ctx }) => ctx.app.handover.discard()),
    /** A technician does what the ticket system asked for. */
    takeUp: procedure.input(actionId).mutation(({ ctx, input }) => ctx.app.handover.takeUp(input.action)),
    decline: procedure.input(actionId).mutation(({ ctx, input }) => ctx.app.handover.decline(input.action)),
  }),
});
