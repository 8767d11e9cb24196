import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  baselineOf,
  baselineRuns,
  baselineSchema,
  compareWithBaseline,
  passes,
  type Baseline,
  type Compared,
} from './baseline.ts';
import { whatIsNotThere } from './asked.ts';
import { byName } from './by-name.ts';
import { pairsOf, summarised, type Aim, type BenchRow, type Measured, type Pair } from './bench-row.ts';
import { rows } from './rows.ts';
import { printTable } from './table.ts';

const baselineFile = join(import.meta.dirname, 'baseline.json');
const usage = `usage: npm run bench -- [--only ID[,ID]] [--runs N] [--json FILE] [--check]
       npm run bench -- --baseline [--only ID[,ID]]
       npm run bench -- --list
       npm run bench -- NAME…

Measures each row against a peer or a limit in the same run, in turns, and prints the middle of the ratios.
--check     compares them with test/bench/baseline.json, and ends with 1 where one is worse than its tolerance
--baseline  measures ten pairs of each and writes that file; with --only the other rows stay as they are
`;

function typed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'string' },
        check: { type: 'boolean', default: false },
        baseline: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return wrong(error.message);
  }
}

function wrong(message: string): never {
  process.stderr.write(`${message}\n\n${usage}`);
  return process.exit(2);
}

const figure = (value: number, unit: BenchRow['unit']): string =>
  `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`;
const times = (ratio: number): string => `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)}×`;
const aimed = (aim: Aim): string => ('timesAsFast' in aim ? `≥ ${aim.timesAsFast}×` : `≤ ${aim.timesTheLimit}×`);
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const load = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

function printMeasured(measured: readonly Measured[]): void {
  printTable(
    ['id', 'what', 'against', 'runs', 'this program', 'that', 'ratio', 'spread', 'aim', 'met'],
    measured.map(({ id, what, against, unit, runs, median, spread, ratio, aim, met }) => [
      id,
      what,
      against,
      String(runs),
      figure(median.own, unit),
      figure(median.against, unit),
      times(ratio),
      percent(spread),
      aimed(aim),
      met ? 'yes' : 'no',
    ]),
  );
}

function printCompared(compared: readonly Compared[]): void {
  printTable(
    ['id', 'ratio', 'committed', 'tolerance', 'is'],
    compared.map(({ id, how, ratio, before }) => [
      id,
      ratio === null ? '–' : times(ratio),
      before === null ? '–' : times(before.ratio),
      before === null ? '–' : percent(before.tolerance),
      how,
    ]),
  );
}

const readBaseline = (): Baseline => baselineSchema.parse(JSON.parse(readFileSync(baselineFile, 'utf8')));

function writeBaseline(made: Baseline['rows']): void {
  const kept = existsSync(baselineFile)
    ? Object.entries(readBaseline().rows).filter(([id]) => rows.some((row) => row.id === id))
    : [];
  const all = { ...Object.fromEntries(kept), ...made };
  const baseline: Baseline = {
    measured: {
      on: new Date().toISOString().slice(0, 10),
      node: process.version,
      cores: availableParallelism(),
      load: load(),
    },
    rows: Object.fromEntries(rows.flatMap(({ id }) => (all[id] === undefined ? [] : [[id, all[id]]]))),
  };
  writeFileSync(baselineFile, `${JSON.stringify(baseline, null, 2)}\n`);
}

async function measureRows(chosen: readonly BenchRow[], runs: number | null): Promise<Map<BenchRow, Pair[]>> {
  const measured = new Map<BenchRow, Pair[]>();
  for (const row of chosen) {
    const count = runs ?? row.runs;
    process.stderr.write(`${row.id}: ${count} pairs, load ${load()}\n`);
    measured.set(row, await pairsOf(row, count));
  }
  return measured;
}

const { values, positionals } = typed();
const only = values.only?.split(',') ?? null;
const unknown = whatIsNotThere({ names: positionals, only: only ?? [] }, { names: Object.keys(byName), rows });
const runs = values.runs === undefined ? null : Number(values.runs);
if (values.help) process.stdout.write(usage);
else if (unknown !== null) wrong(unknown);
else if (runs !== null && !(Number.isInteger(runs) && runs > 0)) wrong('--runs takes a number of pairs, 1 or more.');
else if (values.list) {
  for (const { id, what, against, aim } of rows)
    process.stdout.write(`${id}: ${what} against ${against}, ${aimed(aim)}\n`);
  process.stdout.write('\nBy name:\n');
  for (const [name, { what }] of Object.entries(byName)) process.stdout.write(`${name}: ${what}\n`);
} else if (positionals.length > 0) {
  for (const name of positionals) await byName[name]?.run();
} else {
  const chosen = rows.filter(({ id }) => only === null || only.includes(id));
  const pairs = await measureRows(chosen, values.baseline ? (runs ?? baselineRuns) : runs);
  const measured = [...pairs].map(([row, taken]) => summarised(row, taken));
  printMeasured(measured);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ load: load(), rows: measured })}\n`);
  if (values.baseline)
    writeBaseline(Object.fromEntries([...pairs].map(([row, taken]) => [row.id, baselineOf(taken, row.aim)])));
  if (values.check) {
    const compared = compareWithBaseline(
      measured,
      readBaseline(),
      rows.map(({ id }) => id),
    );
    printCompared(compared);
    if (!compared.every(passes)) process.exitCode = 1;
  }
}
