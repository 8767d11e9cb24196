import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { emptyReading } from '../../native/reading.ts';
import { PHOTOS, wholeAnswer } from '../unit/native/android/read/parse.ts';
import type { Example } from '../unit/native/android/read/examined.ts';
import { longestDumps, ofLength, realFiles } from './dumps.ts';
import { printTable } from './table.ts';

const megabyte = 1_000_000;
const parserBytes = 4 * megabyte;
/** Faster than memory: the parser did not look at all of it. */
const fastest = 20_000;
const reportBytes = 8 * megabyte;
export const largeReportBytes = 200 * 1024 * 1024;

function bestMs(rounds: number, work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

function speedOf(example: Example): { rate: number; bytes: number } {
  const text = ofLength(example.text, parserBytes);
  const so = emptyReading('android', '2026-05-04T20:00:00.000Z', [PHOTOS]);
  const reading = { ...so, apps: { [PHOTOS]: { uid: { value: 10_204, source: 'packages' } } } };
  const { probe } = example;
  const answer = wholeAnswer(probe.id, '', example.app);
  const parse =
    probe.per === 'phone'
      ? () => void probe.parse(text, reading, answer)
      : () => void probe.parse(text, PHOTOS, reading, answer);
  return { rate: text.length / megabyte / (bestMs(5, parse) / 1000), bytes: example.text.length };
}

/** What one scan of a file costs from a fresh start: taking it apart, parsing, judging; and the most memory it took. */
const costSchema = z.object({ openMs: z.number(), readMs: z.number(), judgeMs: z.number(), peakMiB: z.number() });

/** In a process of its own, so that nothing is warm and the memory is that of the scan. */
export async function costOf(path: string): Promise<z.infer<typeof costSchema>> {
  const program = join(import.meta.dirname, 'report-cost.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, path]);
  return costSchema.parse(JSON.parse(stdout));
}

/** A bug report of about this length, of what the dumps at hand hold. */
export function reportOf(dumps: readonly Example[], length: number): string {
  const services = [
    'package',
    'usagestats',
    'wifi',
    'jobscheduler',
    'connectivity',
    'netpolicy',
    'appops',
    'power',
    'content',
  ];
  const ids: Record<string, string> = {
    package: 'package-dump',
    usagestats: 'standby-bucket-dump',
    jobscheduler: 'jobs-dump',
    appops: 'appops-dump',
    content: 'sync',
  };
  const rule = '-'.repeat(79);
  const parts = services.map((service) => {
    const text = dumps.find(({ probe }) => probe.id === (ids[service] ?? service))?.text ?? '';
    const body = ofLength(text, length / services.length);
    return `${rule}\nDUMP OF SERVICE ${service}:\n${body}--------- 0.1s was the duration of dumpsys ${service}\n`;
  });
  return `== dumpstate: 2026-05-04 20:00:00\n${parts.join('')}`;
}

/** Two thirds of a large report are logs that no probe reads. */
export async function writeLargeReport(path: string, report: string): Promise<void> {
  const line =
    '05-04 20:00:00.123  1000  1297  3593 I ActivityManager: Start proc 1234:com.x/u0a12 for service com.x/.Y\n';
  const block = line.repeat(10_000);
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(`${report}------ SYSTEM LOG (logcat -v threadtime -d *:v) ------\n`);
    for (let written = report.length; written < largeReportBytes; written += block.length)
      await handle.writeFile(block);
  } finally {
    await handle.close();
  }
}

/** Prints MB/s of every parser, and what a whole bug report costs. */
export async function runParseBench(): Promise<void> {
  const dumps = await longestDumps();
  const rows = dumps
    .filter(({ text }) => text.length > 30)
    .map((example) => ({ example, ...speedOf(example) }))
    .toSorted((a, b) => a.rate - b.rate);
  printTable(
    ['parser', 'MB/s', 'of', 'characters of the dump'],
    rows.map(({ example, rate, bytes }) => [
      example.probe.id,
      rate > fastest ? 'stops at the line it needs' : rate.toFixed(0),
      example.of,
      String(bytes),
    ]),
  );

  const folder = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  try {
    const made = join(folder, 'bugreport-8-MB.txt');
    await writeFile(made, reportOf(dumps, reportBytes));
    const large = join(folder, 'bugreport-200-MiB.txt');
    await writeLargeReport(large, reportOf(dumps, largeReportBytes / 3));
    const files = [made, large, ...realFiles().filter((path) => path.endsWith('.zip'))];
    const costs: string[][] = [];
    for (const path of files) {
      const { openMs, readMs, judgeMs, peakMiB } = await costOf(path);
      const all = openMs + readMs + judgeMs;
      const shown = [openMs, readMs, judgeMs, all, peakMiB].map((value) => value.toFixed(0));
      costs.push([path.split('/').at(-1) ?? path, ...shown]);
    }
    printTable(
      ['bug report', 'take apart, ms', 'parse, ms', 'judge, ms', 'all, ms', 'peak memory of the process, MiB'],
      costs,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
