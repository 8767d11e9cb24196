import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from '../bench-row.ts';
import { longestDumps } from '../dumps.ts';
import { largeReportBytes, reportOf, writeLargeReport } from '../parse.ts';
import { runProgram } from '../run-program.ts';

/** The largest of its processes: the program, and the one that reads the file. */
export const bugReportMemory: BenchRow = {
  id: 'bug-report-memory',
  what: 'a bug report of 200 MiB, scanned with the built program: the most memory of a process',
  against: '200 MiB',
  unit: 'MiB',
  aim: { timesTheLimit: 1 },
  runs: 2,
  begin: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
    const path = join(folder, 'bugreport.txt');
    await writeLargeReport(path, reportOf(await longestDumps(), largeReportBytes / 3));
    return {
      pair: async () => ({
        own: (await runProgram(['scan', '--from', path, '--json'], { PHONE_HEALTH_HOME: folder })).peakMiB,
        against: 200,
      }),
      end: () => rm(folder, { recursive: true, force: true }),
    };
  },
};
