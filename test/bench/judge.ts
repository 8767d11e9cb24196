import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { AndroidSampleSource } from '../../native/samples/android/sample-source.ts';
import { printTable } from './table.ts';

const warmUpRounds = 10;
const rounds = 50;

function averageMs(work: () => unknown): number {
  for (let round = 0; round < warmUpRounds; round += 1) work();
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return (performance.now() - start) / rounds;
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;

/** Prints what loading the catalog, reading a capture and judging it cost. */
export async function runJudgeBench(): Promise<void> {
  const started = performance.now();
  const catalog = loadCatalog();
  const loadMs = performance.now() - started;
  const source = new AndroidSampleSource();
  const capture = await source.capture(await source.add('pixel-14'), { apps: backupApps(catalog, 'android') });
  const reading = source.read(capture);
  const readMs = averageMs(() => source.read(capture));
  const judgeMs = averageMs(() => judge(reading, catalog));
  printTable(
    ['one phone', 'time'],
    [
      ['load and check the whole catalog', ms(loadMs)],
      ['read a capture', ms(readMs)],
      [`judge ${catalog.causes.length} causes`, ms(judgeMs)],
    ],
  );
}
