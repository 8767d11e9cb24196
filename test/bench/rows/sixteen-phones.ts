import { backupApps } from '../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { elapsed, type BenchRow, type Pair } from '../bench-row.ts';
import { phonesApart } from '../phones-apart.ts';

const count = 16;
/** On two cores the phones themselves, and their shells, are what takes longest where they answer sooner. */
const delay = { minMs: 200, maxMs: 600, atOnce: 16 };

const beside = (row: Pick<BenchRow, 'id' | 'against' | 'aim'>, inARow: number): BenchRow => ({
  ...row,
  what: 'scans of 16 slow Android phones at once',
  unit: 'ms',
  runs: 3,
  begin: async () => {
    const phones = await phonesApart(count, { delay });
    const apps = backupApps(loadCatalog(), 'android');
    const scan = async (address: string): Promise<void> => {
      const { brokenOff } = await phones.source.capture(address, { apps });
      if (brokenOff !== null) throw new Error(`The scan broke off: ${brokenOff.detail}`);
    };
    const pair = async (): Promise<Pair> => ({
      own: await elapsed(() => Promise.all(phones.addresses.map(scan))),
      against: await elapsed(async () => {
        for (const address of phones.addresses.slice(0, inARow)) await scan(address);
      }),
    });
    return { pair, end: () => phones.end() };
  },
});

export const sixteenPhones = beside(
  { id: 'sixteen-phones', against: 'the same 16 in a row', aim: { timesAsFast: 4 } },
  count,
);
export const sixteenAgainstOne = beside(
  { id: 'sixteen-against-one', against: 'one of them', aim: { timesTheLimit: 1.5 } },
  1,
);
