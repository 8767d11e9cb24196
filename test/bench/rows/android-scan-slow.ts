import type { BenchRow } from '../bench-row.ts';
import { slowPhone } from '../slow-phone.ts';

/** One and the same phone: once scanned, once asked the same questions one by one with the adb program. */
export const androidScanSlow: BenchRow = {
  id: 'android-scan-slow',
  what: 'a scan of a slow Android phone (0.2 to 0.6 s a question, 16 at once)',
  against: 'the same questions one by one with adb',
  unit: 'ms',
  aim: { timesAsFast: 10 },
  runs: 3,
  begin: async () => {
    const phone = await slowPhone(16);
    return {
      pair: async () => {
        const { ms, answers } = await phone.scan();
        const each = await phone.oneByOne(answers);
        return { own: ms, against: each.reduce((all, one) => all + one.ms, 0) };
      },
      end: () => phone.end(),
    };
  },
};
