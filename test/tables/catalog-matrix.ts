import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { NativeError } from '../../native/source.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';
import { cellText, columns, correctionTable } from '../phones/corrections/correction-table.ts';
import { filesBelow } from './capture-files.ts';
import { judgeScenarios, matrixOf } from '../unit/diagnosis/judge/matrix.ts';

/**
 * Prints which sample phone shows each entry of the catalog and what healthy ones say, what becomes of every automatic correction on
 * phones of three makers that obey, refuse, or vanish before the second reading, and then the verdict and the first three steps on each
 * file of real phones' answers (../shared/captures, or the folder named). `node test/tables/catalog-matrix.ts [FOLDER]`
 */
const root = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'captures');
const catalog = loadCatalog();

const cells = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

console.log('| entry | pack | problem on | possible on | on healthy phones |');
console.log('| --- | --- | --- | --- | --- |');
for (const { cause, problem, possible, healthy } of matrixOf(catalog, await judgeScenarios(catalog))) {
  const counts = Object.entries(healthy).map(([status, count]) => `${count} ${status}`);
  const pack = catalog.causes.find(({ id }) => id === cause)?.pack ?? '';
  console.log(`| ${[cause, pack, cells(problem), cells(possible), counts.join(', ')].join(' | ')} |`);
}

console.log(`\n| correction | ${columns.join(' | ')} |`);
console.log(`| --- | ${columns.map(() => '---').join(' | ')} |`);
for (const { cause, correction, cells } of await correctionTable(catalog)) {
  const texts = columns.map((column) => cellText(cells[column] ?? null));
  console.log(`| ${[`${cause}: ${correction}`, ...texts].join(' | ')} |`);
}

if (existsSync(root)) {
  const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
  const unread: string[] = [];
  for (const path of filesBelow(root)) {
    const name = relative(root, path) + (statSync(path).isDirectory() ? '/' : '');
    try {
      const { capture, read } = await readFileCapture(path, { apps });
      const { verdict, steps, findings } = judge(read(capture), catalog);
      console.log(`\n### ${name}\n${verdict}`);
      for (const { cause, app, correction } of steps.slice(0, 3)) {
        const finding = findings.find((one) => one.cause === cause && one.app === app);
        const offered = finding?.corrections.find(({ id }) => id === correction);
        console.log(`- ${finding?.title ?? cause}: ${offered?.title ?? correction}`);
      }
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      unread.push(name);
    }
  }
  console.log(`\nNo dump of a phone: ${unread.join(', ')}`);
} else {
  console.log(`\nThere is no folder ${root}, so no real phone was judged.`);
}
