import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';

const catalog = loadCatalog();
const started = performance.now();
const { capture, read } = await readFileCapture(process.argv[2] ?? '', {
  apps: { android: backupApps(catalog, 'android'), ios: [] },
});
const opened = performance.now();
const reading = read(capture);
const readAt = performance.now();
judge(reading, catalog);
/** Prints what one scan of a file costs, for `parse.ts`. */
const cost = {
  openMs: opened - started,
  readMs: readAt - opened,
  judgeMs: performance.now() - readAt,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(cost));
