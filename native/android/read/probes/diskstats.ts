import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { type Unavailable, unavailable } from '../../../unavailable.ts';
import { wholeNumber } from '../dump.ts';

const dataFree = /^Data-Free: (\d{1,12})K \/ (\d{1,12})K total/;
const sizeLine = /^((?:Package |App |System |Other |Photos |Videos |Audio |Downloads |Cache )[A-Za-z ]{4,12}): (.*)$/;
/** Lines about the speed and the other partitions of the phone. */
const otherLines = /^(?:Latency|Recent Disk Write Speed|[A-Z][A-Za-z]+-Free|File-based Encryption)\b/;

function jsonArray(text: string | undefined): unknown[] | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

const notMeasured = unavailable(
  'missing',
  'The phone has not measured it yet (it does so once a day, idle and charging).',
);

function cacheSizes(sizes: ReadonlyMap<string, string>, apps: readonly string[]): NonNullable<ReadingValues['apps']> {
  const names = jsonArray(sizes.get('Package Names'));
  const caches = jsonArray(sizes.get('Cache Sizes'));
  const size = (app: string): number | Unavailable => {
    if (!sizes.has('Package Names')) return notMeasured;
    if (names === null || caches === null || names.length !== caches.length) {
      return unavailable('truncated', 'The lists of packages and sizes do not belong together.');
    }
    const value = caches[names.indexOf(app)];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : unavailable('missing', 'The phone has not measured this app.');
  };
  return Object.fromEntries(apps.map((app) => [app, { cacheBytes: size(app) }]));
}

function parse(text: string, so: Reading): Parsed {
  const sizes = new Map<string, string>();
  let free: { freeBytes: number; totalBytes: number } | null = null;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, freeKib, totalKib] = dataFree.exec(line) ?? [];
    const [, name, value] = sizeLine.exec(line) ?? [];
    if (freeKib !== undefined) free = { freeBytes: Number(freeKib) * 1024, totalBytes: Number(totalKib) * 1024 };
    else if (name !== undefined && value !== undefined) sizes.set(name, value);
    else if (!otherLines.test(line)) unknownLines += 1;
  }
  const noFree = unavailable('unparsed', 'The answer has no line about free room.');
  const bytes = (name: string): number | Unavailable => wholeNumber(sizes.get(name)) ?? notMeasured;
  return {
    values: {
      storage: {
        ...(free ?? { freeBytes: noFree, totalBytes: noFree }),
        photosBytes: bytes('Photos Size'),
        videosBytes: bytes('Videos Size'),
        cacheBytes: bytes('App Cache Size'),
      },
      apps: cacheSizes(sizes, Object.keys(so.apps)),
    },
    unknownLines,
  };
}

/**
 * Free room (live) and sizes (measured once a day): `dumpsys diskstats` (AOSP DiskStatsService.dump and
 * reportCachedValues, 26..34, real dumps of 8.1, 9, 13 and Samsung's 16). `Package Names:` and the sizes are parallel lists.
 */
export const diskstats: PhoneProbe = {
  id: 'diskstats',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    storage: ['totalBytes', 'freeBytes', 'photosBytes', 'videosBytes', 'cacheBytes'],
    app: ['cacheBytes'],
  },
  command: () => ['dumpsys', 'diskstats'],
  parse,
};
