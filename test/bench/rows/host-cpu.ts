import { backupApps } from '../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import type { BenchRow } from '../bench-row.ts';
import { phonesApart } from '../phones-apart.ts';

/** What a scan takes of this computer: the phone, its shells and the adb server run in other processes. */
export const hostCpu: BenchRow = {
  id: 'host-cpu',
  what: 'time of the processor that this process takes for a scan',
  against: '100 ms for 3 MB, and never less than for 1 MB',
  unit: 'ms',
  aim: { timesTheLimit: 1 },
  runs: 9,
  begin: async () => {
    const phones = await phonesApart(1, {});
    const apps = backupApps(loadCatalog(), 'android');
    const once = async () => {
      const before = process.cpuUsage();
      const { answers, brokenOff } = await phones.source.capture(phones.addresses[0] ?? '', { apps });
      if (brokenOff !== null) throw new Error(`The scan broke off: ${brokenOff.detail}`);
      const { user, system } = process.cpuUsage(before);
      const megabytes = answers.reduce((all, { output }) => all + output.length, 0) / 1e6;
      return { own: (user + system) / 1000, against: (100 / 3) * Math.max(1, megabytes) };
    };
    // What a program compiles once is no part of a scan.
    for (let warm = 0; warm < 3; warm += 1) await once();
    return { pair: once, end: () => phones.end() };
  },
};
