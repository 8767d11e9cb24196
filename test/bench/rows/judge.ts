import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { BenchRow } from '../bench-row.ts';

const costSchema = z.object({ coldMs: z.number(), warmMs: z.number() });

/** Each in a process of its own. */
async function costOf(): Promise<z.infer<typeof costSchema>> {
  const program = join(import.meta.dirname, '..', 'judge-cost.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  return costSchema.parse(JSON.parse(stdout));
}

const begun = (pairOf: (cost: z.infer<typeof costSchema>) => { own: number; against: number }) => async () => ({
  pair: async () => pairOf(await costOf()),
  end: () => Promise.resolve(),
});

export const judgeCold: BenchRow = {
  id: 'judge-cold',
  what: 'judging a phone for the first time in a process, time of the processor',
  against: '10 ms',
  unit: 'ms',
  aim: { timesTheLimit: 1 },
  runs: 5,
  begin: begun(({ coldMs }) => ({ own: coldMs, against: 10 })),
};

export const judgeWarm: BenchRow = {
  id: 'judge-warm',
  what: 'judging a phone for the five hundredth time, time of the processor',
  against: '3 ms',
  unit: 'ms',
  aim: { timesTheLimit: 1 },
  runs: 3,
  begin: begun(({ warmMs }) => ({ own: warmMs, against: 3 })),
};
