import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { backupApps } from '../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';
import { isKnown, readingSchema, sectionNames, type Leaf, type Reading } from '../../native/reading.ts';

/**
 * Prints what is read of each file of real phones' answers (../shared/captures/android, or the folder named): file × section,
 * how many leaves are known, why the others are not, and how many lines were not understood. `node test/tables/offline-table.ts [FOLDER]`
 */
const root = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'android');
const catalog = loadCatalog();
const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };

/** Folders of one phone are read whole; single dumps and bug reports one by one; and every file by itself too. */
function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...pathsBelow(path)] : [path];
    });
}

function cell(leaves: readonly Leaf<unknown>[]): string {
  const known = leaves.filter(isKnown).length;
  const reasons = Map.groupBy(
    leaves.filter((leaf) => !isKnown(leaf)),
    (leaf) => (isKnown(leaf) ? '' : leaf.unavailable),
  );
  const why = [...reasons].map(([reason, list]) => `${list.length} ${reason}`).join(', ');
  return `${known}${why === '' ? '' : ` (${why})`}`;
}

const leavesOf = (group: object): Leaf<unknown>[] => Object.values(group) as Leaf<unknown>[];

function row(name: string, reading: Reading, answers: number, milliseconds: number): string {
  const sections = sectionNames.map((section) => cell(leavesOf(reading[section])));
  const appLeaves = Object.values(reading.apps).flatMap(leavesOf);
  const unknown = Object.entries(reading.answers)
    .filter(([, { unknownLines }]) => unknownLines > 0)
    .map(([key, { unknownLines }]) => `${key} ${unknownLines}`);
  return `| ${[name, String(answers), ...sections, cell(appLeaves), unknown.join(', ') || '0', milliseconds.toFixed(0)].join(' | ')} |`;
}

console.log(`| file | answers | ${sectionNames.join(' | ')} | apps | unknown lines | ms |`);
console.log(`|${' --- |'.repeat(sectionNames.length + 5)}`);
for (const path of pathsBelow(root)) {
  const name = relative(root, path) + (statSync(path).isDirectory() ? '/' : '');
  const started = performance.now();
  try {
    const { capture, read } = await readFileCapture(path, { apps });
    const reading = read(capture);
    const valid = readingSchema.safeParse(reading);
    const text = row(name, reading, capture.answers.length, performance.now() - started);
    console.log(valid.success ? text : `${text} THE READING DOES NOT FIT ITS SCHEMA: ${valid.error.message}`);
  } catch (error) {
    console.log(`| ${name} | ${error instanceof Error ? error.message : String(error)} |`);
  }
}
