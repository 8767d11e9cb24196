import type { BenchRow } from '../bench-row.ts';
import { slowestChain, slowPhone } from '../slow-phone.ts';

/** A scan beside the least time in which the phone can answer, from how long each question takes by itself in the same run. */
const beside = (id: string, atOnce: number, runs: number): BenchRow => ({
  id,
  what: `a scan of a slow Android phone that bears ${atOnce} questions at once`,
  against: 'the slowest chain that it allows',
  unit: 'ms',
  aim: { timesTheLimit: 1.3 },
  runs,
  begin: async () => {
    const phone = await slowPhone(atOnce);
    const { answers } = await phone.scan();
    const chainMs = slowestChain(await phone.oneByOne(answers), atOnce);
    return {
      pair: async () => ({ own: (await phone.scan()).ms, against: chainMs }),
      end: () => phone.end(),
    };
  },
});

export const androidScanChain = beside('android-scan-chain', 16, 5);
export const androidScanNarrow = beside('android-scan-narrow', 4, 3);
