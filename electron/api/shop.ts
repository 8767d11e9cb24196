import { z } from 'zod';
import { procedure, router } from './procedure.ts';

const words = z.object({ text: z.string().min(1).max(200) });
const phone = z.object({ phoneId: z.string().min(1).max(500) });
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
    /** What other stations of the shop have that words are found in. */
    find: procedure.input(words).query(({ ctx, input }) => ctx.app.shop.elsewhere.find(input.text)),
    /** The same of the other shops of the chain, which the server is asked for. */
    findAtOthers: procedure
      .input(words)
      .query(({ ctx, input, signal }) =>
        ctx.app.shop.elsewhere.findAtOthers(input.text, signal ?? new AbortController().signal),
      ),
    /** What other stations of the shop have of a phone. */
    ofPhone: procedure.input(phone).query(({ ctx, input }) => ctx.app.shop.elsewhere.ofPhone(input.phoneId)),
    ofPhoneAtOthers: procedure
      .input(phone)
      .query(({ ctx, input, signal }) =>
        ctx.app.shop.elsewhere.ofPhoneAtOthers(input.phoneId, signal ?? new AbortController().signal),
      ),
    /** The latest tickets or scans of the shop's other stations. */
    latest: procedure
      .input(z.object({ kind: z.enum(['ticket', 'snapshot']) }))
      .query(({ ctx, input }) => ctx.app.shop.elsewhere.latest(input.kind)),
    /** A scan of another station, as it was judged there. */
    snapshot: procedure
      .input(z.object({ uid: z.guid(), shop: z.string().max(1000).nullable() }))
      .query(({ ctx, input, signal }) =>
        ctx.app.elsewhereReport(input.uid, input.shop, signal ?? new AbortController().signal),
      ),
    /** Who this station is in its chain; null: it belongs to none. */
    here: procedure.query(({ ctx }) => ctx.app.shop.view().link),
  }),
});
