import { z } from 'zod';
import { procedure, router } from './procedure.ts';

const connection = z.object({ connection: z.string().min(1).max(4000) });

export const shopApi = router({
  shop: router({
    /** How it stands with the shop's server, now and at every change. */
    follow: procedure.subscription(({ ctx, signal }) => ctx.app.followShop(signal)),
    /** Belongs to a chain from now on; the connection string is told to nobody any more. */
    connect: procedure
      .input(connection)
      .mutation(({ ctx, input, signal }) =>
        ctx.app.shop.connect(input.connection, signal ?? new AbortController().signal),
      ),
    /** Who this station is to the server; null: with the connection string that is kept. */
    test: procedure
      .input(z.object({ connection: connection.shape.connection.nullable() }))
      .mutation(({ ctx, input, signal }) =>
        ctx.app.shop.test(input.connection, signal ?? new AbortController().signal),
      ),
    /** Sends what waits and reads what others wrote, now. */
    sync: procedure.mutation(({ ctx, signal }) => ctx.app.shop.syncNow(signal ?? new AbortController().signal)),
    leave: procedure.mutation(({ ctx }) => ctx.app.shop.leave()),
    /** What other stations of the chain have that words are found in. */
    find: procedure
      .input(z.object({ text: z.string().min(1).max(200) }))
      .query(({ ctx, input, signal }) => ctx.app.shop.find(input.text, signal ?? new AbortController().signal)),
    /** What other stations of the chain have of a phone. */
    ofPhone: procedure
      .input(z.object({ phoneId: z.string().min(1).max(500) }))
      .query(({ ctx, input, signal }) => ctx.app.shop.ofPhone(input.phoneId, signal ?? new AbortController().signal)),
  }),
});
