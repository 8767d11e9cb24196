import { z } from 'zod';
import { phoneId, procedure, router } from './procedure.ts';

export const phonesApi = router({
  /** The plugged-in phones and samples with their states, now and on every change. */
  phones: procedure.subscription(({ ctx, signal }) => ctx.app.watchPhones(signal)),
  /** What keeps phones from being seen, and how to get past it. */
  connectionHelp: procedure.query(({ ctx }) => ctx.app.connectionHelp()),
  /** Has a phone ask its owner whether to trust this computer; answers once that is decided, or after a minute. */
  pair: procedure.input(z.object({ phoneId })).mutation(({ ctx, input }) => ctx.app.pairing.pair(input.phoneId)),

  samples: procedure.query(({ ctx }) => ctx.app.samples()),
  addSample: procedure
    .input(z.object({ profile: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.addSample(input.profile)),
  removeSample: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.removeSample(input.phoneId)),
  /** A sample's owner carries out guided steps; without steps, those that make the phone readable. */
  sampleOwnerActs: procedure
    .input(
      z.object({
        phoneId,
        steps: z.object({ cause: z.string(), app: z.string().nullable(), correction: z.string() }).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.actAsOwner(input.phoneId, input.steps)),
});
