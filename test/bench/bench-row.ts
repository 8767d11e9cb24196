/** One pair, taken in turns: what this program takes, and what it is held against. Both in the unit of the row. */
export interface Pair {
  own: number;
  against: number;
}

/** A row that has begun: its phones are plugged in, its files are written, and what is to be warm has run once. */
export interface Begun {
  /** Both halves, one right after the other, so that whatever else the computer does meets both. */
  pair(): Promise<Pair>;
  end(): Promise<void>;
}

/** `timesAsFast`: against / own, to be at least that; `timesTheLimit`: own / against, to be at most that. */
export type Aim = { timesAsFast: number } | { timesTheLimit: number };

/** One line of the table, in a file of its own in `rows/`. */
export interface BenchRow {
  /** Also its key in `baseline.json` and its heading in docs/performance.md. */
  id: string;
  what: string;
  /** The peer or the limit. */
  against: string;
  unit: 'ms' | 'MiB' | 'kB' | '% of a core';
  aim: Aim;
  /** Pairs where `--runs` says nothing. */
  runs: number;
  begin(): Promise<Begun>;
}

/** What the table, the JSON and the baseline know of a row. */
export interface Measured {
  id: string;
  what: string;
  against: string;
  unit: BenchRow['unit'];
  runs: number;
  /** The middle of all pairs, each half by itself. */
  median: Pair;
  /** How far the middle half of the ratios lies apart, as a share of the ratio. */
  spread: number;
  /** The middle of the ratios of the pairs. */
  ratio: number;
  aim: Aim;
  met: boolean;
}

/** The value below which this share of all lies, between its neighbours where it falls between. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const ratioOf = ({ own, against }: Pair, aim: Aim): number =>
  'timesAsFast' in aim ? against / own : own / against;

const isMet = (ratio: number, aim: Aim): boolean =>
  'timesAsFast' in aim ? ratio >= aim.timesAsFast : ratio <= aim.timesTheLimit;

/** What the pairs of a row come to. */
export function summarised(row: Omit<BenchRow, 'begin' | 'runs'>, pairs: readonly Pair[]): Measured {
  const { id, what, against, unit, aim } = row;
  const ratios = pairs.map((pair) => ratioOf(pair, aim));
  const ratio = median(ratios);
  return {
    id,
    what,
    against,
    unit,
    runs: pairs.length,
    median: { own: median(pairs.map(({ own }) => own)), against: median(pairs.map((pair) => pair.against)) },
    spread: (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio,
    ratio,
    aim,
    met: isMet(ratio, aim),
  };
}

/** Measures the pairs of a row. */
export async function pairsOf(row: BenchRow, runs: number): Promise<Pair[]> {
  const begun = await row.begin();
  try {
    const pairs: Pair[] = [];
    while (pairs.length < runs) pairs.push(await begun.pair());
    return pairs;
  } finally {
    await begun.end();
  }
}

/** How long work takes, ms. */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
