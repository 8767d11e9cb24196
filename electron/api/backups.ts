import { z } from 'zod';
import { phoneId, procedure, router } from './procedure.ts';

export const backupsApi = router({
  /** How it stands with the store, now and at every change. */
  storeHealth: procedure.subscription(({ ctx, signal }) => ctx.app.followStoreHealth(signal)),
  /** Keeps the last scan of a phone that could not be kept when it was made; its report as it is then. */
  keepScan: procedure.input(z.object({ phoneId })).mutation(({ ctx, input }) => ctx.app.keepScan(input.phoneId)),
  backups: router({
    /** The backups of the store and what was set aside, with what each holds. */
    list: procedure.query(({ ctx }) => ctx.app.backups.list()),
    /** Makes one of this moment. */
    make: procedure.mutation(({ ctx }) => ctx.app.backups.make()),
    /** Puts one in the place of the store, which is set aside. */
    restore: procedure
      .input(z.object({ name: z.string().max(300) }))
      .mutation(({ ctx, input }) => ctx.app.backups.restore(input.name)),
    /** Sets the store aside and begins with an empty one. */
    beginAnew: procedure.mutation(({ ctx }) => ctx.app.backups.beginAnew()),
  }),
});
