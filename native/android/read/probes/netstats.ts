import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import type { SentInSlot } from '../../../vocabulary.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';

const daySeconds = 24 * 60 * 60;
/** The end of what a `Date` can hold. */
const lastCredibleSecond = 8_640_000_000_000;
/** Far enough back for whoever watches an app for an hour to see each slot from its beginning. */
const latelySeconds = 6 * 60 * 60;
/** `  ident=[{…}] uid=10204 set=DEFAULT tag=0x0`; a network's name in the braces may hold anything, so it is read from the end. */
const keyEnd = /\] uid=(-?\d{1,10}) set=[A-Z_]+ tag=0x([0-9a-f]{1,8})\s*$/;
const bucketLine = /^\s+st=(\d{1,15}) rb=\d{1,18} rp=\d{1,18} tb=(\d{1,18}) /;

type Network = SentInSlot['network'];

/**
 * What the braces tell of the network: `transports={1}` since Android 13 (0 mobile, 1 Wi-Fi, 4 VPN; AOSP NetworkCapabilities),
 * before it the type in words or numbers (ConnectivityManager). Names of networks stand in quotes and are taken out first.
 */
function networkOf(ident: string): Network {
  const bare = ident.replaceAll(/"[^"]*"/g, '');
  const transports = /\btransports=\{([\d,]{0,40})\}/.exec(bare)?.[1]?.split(',') ?? [];
  const type = /\btype=(\w{1,20})/.exec(bare)?.[1] ?? '';
  if (transports.includes('4') || type === '17' || type === 'VPN') return 'vpn';
  if (transports.includes('1') || type === '1' || type === 'WIFI') return 'wifi';
  return transports.includes('0') || type === '0' || type === 'MOBILE' ? 'mobile' : 'other';
}

interface Bucket {
  uid: number;
  network: Network;
  start: number;
  sent: number;
}

/** Buckets of single uids, without those of tags, which repeat a part of the same bytes. null: the dump has no such rows. */
function readBuckets(text: string): Bucket[] | null {
  const buckets: Bucket[] = [];
  let section = false;
  let sections = 0;
  let uid: number | null = null;
  let network: Network = 'other';
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      section = line.startsWith('UID stats:');
      if (section) sections += 1;
      uid = null;
      continue;
    }
    if (!section) continue;
    const [, start, sent] = bucketLine.exec(line) ?? [];
    if (start !== undefined) {
      if (uid !== null) buckets.push({ uid, network, start: Number(start), sent: Number(sent) });
      continue;
    }
    if (!line.trimStart().startsWith('ident=')) continue;
    const [, keyUid, tag] = keyEnd.exec(line) ?? [];
    uid = keyUid === undefined || Number.parseInt(tag ?? '1', 16) !== 0 ? null : Number(keyUid);
    network = networkOf(line);
  }
  return sections === 0 ? null : buckets;
}

const sum = (buckets: readonly Bucket[]): number => buckets.reduce((total, { sent }) => total + sent, 0);

/** Buckets of the same network that begin as one, foreground and background together. */
const slotsOf = (buckets: readonly Bucket[]): SentInSlot[] =>
  [...Map.groupBy(buckets, ({ network, start }) => `${start} ${network}`).values()]
    .flatMap((same): SentInSlot[] => {
      const [first] = same;
      if (first === undefined) return [];
      return [{ network: first.network, from: new Date(first.start * 1000).toISOString(), bytes: sum(same) }];
    })
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.network.localeCompare(b.network));

function parse(text: string, so: Reading): Parsed {
  const apps = Object.keys(so.apps);
  const buckets = readBuckets(text);
  const latest = buckets?.reduce((newest, { start }) => Math.max(newest, start), 0) ?? 0;
  const bucketsOf = (app: string): Bucket[] | Unavailable => {
    if (buckets === null) return unavailable('missing', 'The dump has no rows for single apps.');
    const uid = so.apps[app]?.uid;
    if (!isKnown(uid)) return unavailable('missing', 'The uid of the app is not known.');
    if (buckets.length === 0) return unavailable('missing', 'The phone has not counted any traffic yet.');
    const own = buckets.filter((one) => one.uid === uid.value && one.start > latest - daySeconds);
    return own.every(({ start }) => start <= lastCredibleSecond) && Number.isSafeInteger(sum(own))
      ? own
      : unavailable('unparsed', 'The bytes sent are not credible.');
  };
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const app of apps) {
    const own = bucketsOf(app);
    values[app] =
      own instanceof Unavailable
        ? { sentBytes24h: own, sentLately: own }
        : { sentBytes24h: sum(own), sentLately: slotsOf(own.filter(({ start }) => start > latest - latelySeconds)) };
  }
  return { values: { apps: values }, unknownLines: 0 };
}

/**
 * Bytes that each app sent in the 24 hours up to the newest bucket of any app: `dumpsys netstats --uid` (AOSP
 * net/NetworkStatsService.dump, NetworkStatsHistory.dump, 26..34), which prints the last 32 buckets of two hours, `st` in
 * seconds. Without `--uid` or `detail` there are no rows for single apps, so a bug report has none. Traffic through a VPN is
 * counted for the app and again for the VPN's own app.
 */
export const netstats: PhoneProbe = {
  id: 'netstats',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['sentBytes24h', 'sentLately'] },
  command: () => ['dumpsys', 'netstats', '--uid'],
  parse,
};
