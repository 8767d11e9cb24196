import { settingsChangeSchema } from '../app/settings/settings-schema.ts';
import { procedure, router } from './procedure.ts';

export const settingsApi = router({
  settings: router({
    /** All settings, now and at every change. */
    follow: procedure.subscription(({ ctx, signal }) => ctx.app.followSettings(signal)),
    /** Changes what is named, and keeps it. */
    change: procedure.input(settingsChangeSchema.strict()).mutation(({ ctx, input }) => ctx.app.settings.change(input)),
  }),
});
