import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { captureCases, capturesFolder, verdictOn } from '../unit/diagnosis/judge/capture-cases.ts';
import { whyNot } from '../unit/diagnosis/judge/capture-verdicts.ts';
import { firstStep, verdictTable } from '../unit/diagnosis/judge/verdict-plants.ts';

/**
 * Prints, for every Android sample as sold and in every situation (uploads run, restarted an hour ago, the app's own switch off, stalled
 * for each proven cause), the verdict, the first step and the exit code; then the verdict on each case of real phones' answers beside
 * what an expert reads in it, and whether they agree (../shared/captures, or the folder named). `node test/tables/verdict-table.ts [FOLDER]`
 */
const root = process.argv[2] ?? capturesFolder;
const catalog = loadCatalog();
const print = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);

print('sample', 'situation', 'verdict', 'first step', 'exit');
print('---', '---', '---', '---', '---');
for (const row of verdictTable(catalog)) {
  print(row.sample, row.situation, row.diagnosis.verdict, firstStep(row), row.exit);
}

console.log();
print('case', 'app', 'uploads', 'verdict', 'exit', 'an expert reads', 'expert: agree / or why not');
print('---', '---', '---', '---', '---', '---', '---');
for (const one of captureCases(root)) {
  const { verdict, exit, diagnosis } = await verdictOn(one, catalog);
  const uploads = diagnosis?.uploads ?? [];
  const apps = uploads.map(({ app }) => app).join(', ') || '–';
  const states = uploads.map(({ state }) => state).join(', ') || '–';
  const agrees = one.expert === null ? 'no expert wrote about it' : (whyNot[one.name] ?? 'agree');
  print(one.name, apps, states, verdict, exit, one.expert ?? '–', agrees);
}
