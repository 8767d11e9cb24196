import { scan } from '../../../electron/app/scan/scan.ts';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { unreadPhone } from '../../../native/phone.ts';
import type { BenchRow } from '../bench-row.ts';
import { slowPhone } from '../slow-phone.ts';

/** Of one and the same scan: when the first finding is told that no later answer reverses, and when it is done. */
export const firstVerdict: BenchRow = {
  id: 'first-verdict',
  what: 'until it is told what is certain of a slow Android phone',
  against: 'the whole scan',
  unit: 'ms',
  aim: { timesTheLimit: 0.4 },
  runs: 5,
  begin: async () => {
    const phones = await slowPhone(16);
    const catalog = loadCatalog();
    const phone = unreadPhone(phones.addresses[0] ?? '', 'android', 'ready');
    const once = async () => {
      const begun = performance.now();
      let certainMs = Infinity;
      await scan(phones.source, phone, catalog, {
        onEvent: ({ type }) => {
          if (type === 'certain') certainMs = Math.min(certainMs, performance.now() - begun);
        },
      });
      return { own: certainMs, against: performance.now() - begun };
    };
    // The catalog is loaded and its conditions are compiled.
    await once();
    return { pair: once, end: () => phones.end() };
  },
};
