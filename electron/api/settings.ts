import { z } from 'zod';
import { settingsChangeSchema } from '../app/settings/settings-schema.ts';
import { largestLogo } from '../app/settings/shop-logo.ts';
import { procedure, router } from './procedure.ts';

/** Base64 takes four characters for three bytes. */
const longestLogo = Math.ceil(largestLogo / 3) * 4;

/** Those of the hand-over are changed with its secret, by `handover`. */
const ownChange = settingsChangeSchema.omit({
  handoverSystem: true,
  handoverAddress: true,
  handoverReport: true,
  handoverRedacted: true,
  handoverDays: true,
});

export const settingsApi = router({
  settings: router({
    /** All settings, now and at every change. */
    follow: procedure.subscription(({ ctx, signal }) => ctx.app.followSettings(signal)),
    /** Changes what is named, and keeps it. */
    change: procedure.input(ownChange.strict()).mutation(({ ctx, input }) => ctx.app.settings.change(input)),
    /** The shop's picture as a `data:` address; null where there is none. */
    logo: procedure.query(({ ctx }) => ctx.app.shopLogo.address),
    setLogo: procedure
      .input(z.object({ base64: z.string().max(longestLogo * 2) }))
      .mutation(({ ctx, input }) => ctx.app.shopLogo.keep(Buffer.from(input.base64, 'base64'))),
    removeLogo: procedure.mutation(({ ctx }) => ctx.app.shopLogo.remove()),
    /** Shows the data folder in the system's own window. */
    openDataFolder: procedure.mutation(({ ctx }) => ctx.app.openDataFolder()),
    /** The last lines of the log. */
    log: procedure.query(({ ctx }) => ctx.app.recentLog.lines),
    /** Every cause of the catalog, in the order of work. */
    catalog: procedure.query(({ ctx }) => ctx.app.catalogCauses()),
  }),
});
