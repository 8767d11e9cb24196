import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { AndroidSampleSource } from '../../native/samples/android/sample-source.ts';
import { median } from './bench-row.ts';

const catalog = loadCatalog();
const source = new AndroidSampleSource();
const capture = await source.capture(await source.add('pixel-14'), { apps: backupApps(catalog, 'android') });
const reading = source.read(capture);
/** Of the processor, ms: what else the computer does counts less. */
function judged(): number {
  const before = process.cpuUsage();
  judge(reading, catalog);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
const coldMs = judged();
const times: number[] = [];
for (let round = 0; round < 500; round += 1) times.push(judged());
/** Prints what judging one phone costs, for `rows/judge.ts`. */
console.log(JSON.stringify({ coldMs, warmMs: median(times.slice(-50)) }));
