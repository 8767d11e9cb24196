import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { outcomeOf } from '../../diagnosis/judge/verdict.ts';
import { reportText } from '../../electron/terminal/report-text.ts';
import { exitCodes } from '../unit/diagnosis/judge/verdict-plants.ts';
import { sampleScreens } from '../unit/electron/terminal/sample-screens.ts';

/**
 * Prints how much `scan` says of every sample phone: lines, words, the widest line, the exit code; with `--text` the words themselves.
 * `node test/tables/screens.ts [--text]`
 */
const catalog = loadCatalog();
console.log('| sample | lines | words | widest line | exit |');
console.log('| --- | --- | --- | --- | --- |');
const screens = (await sampleScreens(catalog)).map(({ sample, report }) => ({
  sample,
  lines: reportText(report, { all: false }),
  exit: exitCodes[outcomeOf(report.findings, report.uploads, catalog)],
}));
for (const { sample, lines, exit } of screens) {
  const words = lines.join(' ').split(/\s+/).length;
  const widest = Math.max(...lines.map((line) => line.length));
  console.log(`| ${[sample, lines.length, words, widest, exit].join(' | ')} |`);
}
if (process.argv.includes('--text')) {
  for (const { sample, lines, exit } of screens) console.log(`\n===== ${sample}, exit ${exit}\n${lines.join('\n')}`);
}
