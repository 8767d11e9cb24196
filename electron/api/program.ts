import { procedure, router } from './procedure.ts';

export const programApi = router({
  /** What this program is: version, catalog, data folder. */
  about: procedure.query(({ ctx }) => ctx.app.about()),
});
