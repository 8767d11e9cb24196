import { z } from 'zod';
import { ratioOf, median, type Aim, type Measured, type Pair } from './bench-row.ts';

/** What was measured when it was committed. Ratios only: milliseconds of another computer say nothing. */
export const baselineSchema = z.strictObject({
  /** How it was measured, for a person. */
  measured: z.strictObject({ on: z.string(), node: z.string(), cores: z.int(), load: z.number() }),
  rows: z.record(
    z.string(),
    z.strictObject({
      ratio: z.number().positive(),
      /** How much worse the ratio may be, as a share of it. */
      tolerance: z.number().positive(),
      runs: z.int().positive(),
    }),
  ),
});
export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineRow = Baseline['rows'][string];

/** Of how many pairs a baseline is made, so that its tolerance knows the noise. */
export const baselineRuns = 10;

/** Less than this is never told from noise. */
const least = 0.05;

const rounded = (value: number): number => Number(value.toPrecision(3));

/** What is committed of a row: the middle of its ratios, and how far the one that was farthest off lay from it. */
export function baselineOf(pairs: readonly Pair[], aim: Aim): BaselineRow {
  const ratios = pairs.map((pair) => ratioOf(pair, aim));
  const ratio = median(ratios);
  const farthest = Math.max(...ratios.map((one) => Math.abs(one - ratio) / ratio));
  return { ratio: rounded(ratio), tolerance: rounded(Math.max(least, farthest)), runs: pairs.length };
}

/** `unknown`: no baseline has it; `missing`: the baseline has it, and there is no such row any more. */
export interface Compared {
  id: string;
  how: 'worse' | 'as before' | 'better' | 'unknown' | 'missing';
  ratio: number | null;
  before: BaselineRow | null;
}

/** Whether nothing is wrong with it. */
export const passes = ({ how }: Compared): boolean => how === 'as before' || how === 'better';

function howItIs({ ratio, aim }: Measured, before: BaselineRow): Compared['how'] {
  const change = 'timesAsFast' in aim ? ratio / before.ratio : before.ratio / ratio;
  // What is no number is worse too.
  if (!(change >= 1 / (1 + before.tolerance))) return 'worse';
  return change > 1 + before.tolerance ? 'better' : 'as before';
}

/** Rows as measured now beside the baseline. `known`: the ids of every row there is, measured now or not. */
export function compareWithBaseline(
  measured: readonly Measured[],
  baseline: Baseline,
  known: readonly string[],
): Compared[] {
  const now = measured.map((row): Compared => {
    const before = baseline.rows[row.id];
    if (before === undefined) return { id: row.id, how: 'unknown', ratio: row.ratio, before: null };
    return { id: row.id, how: howItIs(row, before), ratio: row.ratio, before };
  });
  const gone = Object.entries(baseline.rows)
    .filter(([id]) => !known.includes(id))
    .map(([id, before]): Compared => ({ id, how: 'missing', ratio: null, before }));
  return [...now, ...gone];
}
