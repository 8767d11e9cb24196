import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { backupApps } from '../../../diagnosis/judge/judge.ts';
import { phonesApart } from '../phones-apart.ts';
import { elapsed, type BenchRow } from '../bench-row.ts';

/** One and the same phone: once scanned, once asked the same questions one by one with the adb program. */
export const androidScanSlow: BenchRow = {
  id: 'android-scan-slow',
  what: 'a scan of a slow Android phone (0.2 to 0.6 s a question)',
  against: 'the same questions one by one with adb',
  unit: 'ms',
  aim: { timesAsFast: 10 },
  runs: 3,
  begin: async () => {
    const phones = await phonesApart(1, { delay: { minMs: 200, maxMs: 600 } });
    const [phone = ''] = phones.addresses;
    const apps = backupApps(loadCatalog(), 'android');
    let commands: string[] = [];
    return {
      pair: async () => ({
        own: await elapsed(async () => {
          const { answers } = await phones.source.capture(phone, { apps });
          commands = answers.map(({ command }) => command);
        }),
        against: await elapsed(async () => {
          for (const command of commands) await phones.server.adb('-s', phone, 'shell', command);
        }),
      }),
      end: () => phones.end(),
    };
  },
};
