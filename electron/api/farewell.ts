import { z } from 'zod';
import { phoneId, procedure, router } from './procedure.ts';

export const farewellApi = router({
  /** What forgetting a phone takes with it. */
  farewell: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.farewells.summary(input.phoneId)),
  /** Removes everything that is kept about a phone, for good. */
  forget: procedure.input(z.object({ phoneId })).mutation(({ ctx, input }) => ctx.app.farewells.forget(input.phoneId)),
});
