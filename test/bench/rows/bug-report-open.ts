import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildZip } from '../../unit/native/offline/zip-builder.ts';
import { elapsed, type BenchRow } from '../bench-row.ts';
import { longestDumps } from '../dumps.ts';
import { costOf, reportOf } from '../parse.ts';

const run = promisify(execFile);
const reportBytes = 8_000_000;

/** A process of its own, in which nothing is warm; its start is not counted, as a person's window runs already. */
export const bugReportOpen: BenchRow = {
  id: 'bug-report-open',
  what: 'a bug report of 8 MB (.zip): opened, read and judged for the first time',
  against: 'unzip -p … | wc -l of it',
  unit: 'ms',
  aim: { timesTheLimit: 4 },
  runs: 5,
  begin: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
    const path = join(folder, 'bugreport.zip');
    const content = reportOf(await longestDumps(), reportBytes);
    await writeFile(path, buildZip([{ name: 'bugreport-bench.txt', content }]));
    const count = (): Promise<unknown> => run('sh', ['-c', 'unzip -p "$1" | wc -l', 'sh', path]);
    await count();
    return {
      pair: async () => {
        const { openMs, readMs, judgeMs } = await costOf(path);
        return { own: openMs + readMs + judgeMs, against: await elapsed(count) };
      },
      end: () => rm(folder, { recursive: true, force: true }),
    };
  },
};
