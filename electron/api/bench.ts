import { z } from 'zod';
import { procedure, router } from './procedure.ts';

export const benchApi = router({
  /** The places at the counter with their phones, now and on every change. */
  bench: procedure.subscription(({ ctx, signal }) => ctx.app.watchBench(signal)),
  /** Names a place; an empty name takes its name away. */
  nameSlot: procedure
    .input(z.object({ slot: z.int().min(1).max(10_000), name: z.string().max(40) }))
    .mutation(({ ctx, input }) => ctx.app.bench.nameSlot(input.slot, input.name)),
});
