import { troubleWith, type Example } from '../unit/native/android/read/examined.ts';
import { seeded } from '../seeded.ts';
import { mutant } from '../unit/native/android/read/mutants.ts';
import { longestDumps, ofLength } from './dumps.ts';
import { printTable } from './table.ts';

/**
 * Feeds mutants of dumps to every parser and checks that a reading of the right shape comes out, in time that grows no faster
 * than the text. `node test/bench/fuzz.ts [MUTANTS] [SEED]`; ends with 1 where something is wrong.
 */
const mutants = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const dumpLength = 100_000;
const cutBytes = 2048;

interface Trouble {
  probe: string;
  how: string;
  what: string;
}

const troubles: Trouble[] = [];
let slowest = { ms: 0, probe: '', how: '' };

function examine(example: Example, text: string, how: string): void {
  const started = performance.now();
  const what = troubleWith(example, text);
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { ms, probe: example.probe.id, how: `${how}, ${text.length} characters` };
  if (what !== null) troubles.push({ probe: example.probe.id, how, what });
}

function bestOf(rounds: number, work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** Milliseconds for one, two and four times the text. */
const growth = (example: Example, textOf: (times: number) => string): number[] =>
  [1, 2, 4].map((times) => {
    const text = textOf(times);
    return bestOf(5, () => troubleWith(example, text));
  });

/** Four times the text may take four times as long, and something for a busy machine. */
const isLinear = ([once = 0, , four = 0]: readonly number[]): boolean => four <= 20 || four / once <= 8;

const dumps = await longestDumps();
const started = performance.now();
for (const example of dumps) {
  for (let length = 0; length <= Math.min(cutBytes, example.text.length); length += 1) {
    examine(example, example.text.slice(0, length), `cut at ${length}`);
  }
}
const random = seeded(seed);
const long = dumps.map((example) => ({ ...example, text: ofLength(example.text, dumpLength) }));
for (let count = 0; count < mutants; count += 1) {
  const example = long[count % long.length];
  if (example === undefined) break;
  const { text, how } = mutant(example.text, random);
  examine(example, text, how);
}
/** What leads a careless regular expression to try every way through a line. */
const baits = [
  ' ',
  '\t',
  'a',
  '0',
  '=',
  ':',
  ',',
  ', ',
  '{',
  '[',
  '(',
  '"',
  '/',
  '-',
  ' a',
  'a=b ',
  '0-0, ',
  '[]',
  'a.',
  '@a',
  ' (a',
  '|A',
  ': ',
];
const baitLength = 50_000;
for (const example of dumps) {
  const lines = example.text.slice(0, dumpLength).split('\n');
  for (const bait of baits) {
    const body = bait.repeat(baitLength / bait.length);
    for (let count = 0; count < 4; count += 1) {
      const line = lines[Math.floor(random() * lines.length)] ?? '';
      const at = Math.floor(random() * (line.length + 1));
      examine(
        example,
        `${lines.slice(0, 20).join('\n')}\n${line.slice(0, at)}${body}${line.slice(at)}`,
        `a line with ${JSON.stringify(bait)} over and over`,
      );
    }
  }
}
const seconds = (performance.now() - started) / 1000;

const shown = (times: number[]): string[] => times.map((ms) => ms.toFixed(1));

const rows: string[][] = [];
let notLinear = 0;
for (const example of dumps) {
  const byLines = growth(example, (times) => ofLength(example.text, times * dumpLength * 5));
  const line = example.text.split('\n').reduce((best, one) => (one.length > best.length ? one : best), 'x');
  const byLine = growth(example, (times) => line.repeat(Math.ceil((times * dumpLength * 5) / line.length)));
  if (!isLinear(byLines) || !isLinear(byLine)) notLinear += 1;
  rows.push([example.probe.id, ...shown(byLines), ...shown(byLine)]);
}
printTable(['ms for', '500 kB of lines', '1 MB', '2 MB', '500 kB in one line', '1 MB', '2 MB'], rows);
const threw = troubles.filter(({ what }) => what.startsWith('threw')).length;
printTable(
  ['fuzz', 'figure'],
  [
    ['parsers', String(dumps.length)],
    ['mutants of 100 kB dumps', String(mutants)],
    [
      `cut at every byte of the first ${cutBytes}`,
      String(dumps.reduce((sum, { text }) => sum + Math.min(cutBytes, text.length) + 1, 0)),
    ],
    ['threw', String(threw)],
    ['readings that do not fit their schema', String(troubles.length - threw)],
    ['parsers that are not linear', String(notLinear)],
    ['slowest', `${slowest.ms.toFixed(0)} ms: ${slowest.probe}, ${slowest.how}`],
    ['time', `${seconds.toFixed(0)} s`],
  ],
);
for (const { probe, how, what } of troubles.slice(0, 10)) console.error(`${probe}, ${how}: ${what}`);
process.exitCode = troubles.length > 0 || notLinear > 0 ? 1 : 0;
