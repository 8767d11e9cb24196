import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { outcomeOf } from '../../diagnosis/judge/verdict.ts';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';
import { NativeError } from '../../native/source.ts';
import { filesBelow } from './capture-files.ts';
import { exitCodes, firstStep, verdictTable } from '../unit/diagnosis/judge/verdict-plants.ts';

/**
 * Prints, for every Android sample as sold and in every situation (uploads run, restarted an hour ago, the app's own switch off, stalled
 * for each proven cause), the verdict, the first step and the exit code; then the verdict on each file of real phones' answers beside
 * what an expert reads in it (../shared/captures, or the folder named). `node test/tables/verdict-table.ts [FOLDER]`
 */
const root = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'captures');
const catalog = loadCatalog();
const print = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);

print('sample', 'situation', 'verdict', 'first step', 'exit');
print('---', '---', '---', '---', '---');
for (const row of verdictTable(catalog)) {
  print(row.sample, row.situation, row.diagnosis.verdict, firstStep(row), row.exit);
}

/** What an expert concludes: `meta.json` beside the file, or in a folder above it. */
function expertOn(path: string): string {
  for (let folder = path; folder.length > root.length; folder = dirname(folder)) {
    const file = join(folder, 'meta.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { expert?: string }).expert ?? '–';
  }
  return '–';
}

console.log();
print('file', 'app', 'uploads', 'verdict', 'exit', 'an expert');
print('---', '---', '---', '---', '---', '---');
const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
for (const part of ['android', 'field', 'field-small'].filter((name) => existsSync(join(root, name)))) {
  for (const path of filesBelow(join(root, part)).filter((file) => !file.endsWith('meta.json'))) {
    try {
      const { capture, read } = await readFileCapture(path, { apps });
      const { findings, uploads, verdict } = judge(read(capture), catalog);
      const states = uploads.map(({ state }) => state).join(', ') || '–';
      const app = uploads.map((upload) => upload.app).join(', ') || '–';
      print(
        relative(root, path),
        app,
        states,
        verdict,
        exitCodes[outcomeOf(findings, uploads, catalog)],
        expertOn(path),
      );
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      print(relative(root, path), '–', '–', error.message.replaceAll('\n', ' '), 3, expertOn(path));
    }
  }
}
