import type { Parsed, PhoneProbe } from '../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../reading.ts';
import { type Unavailable, unavailable } from '../../unavailable.ts';

const daySeconds = 24 * 60 * 60;
/** `  ident=[{…}] uid=10204 set=DEFAULT tag=0x0`; a network's name in the braces may hold anything, so it is read from the end. */
const keyEnd = /\] uid=(-?\d{1,10}) set=[A-Z_]+ tag=0x([0-9a-f]{1,8})\s*$/;
const bucketLine = /^\s+st=(\d{1,15}) rb=\d{1,18} rp=\d{1,18} tb=(\d{1,18}) /;

interface Bucket {
  uid: number;
  start: number;
  sent: number;
}

/** Buckets of single uids, without those of tags, which repeat a part of the same bytes. null: the dump has no such rows. */
function readBuckets(text: string): Bucket[] | null {
  const buckets: Bucket[] = [];
  let section = false;
  let sections = 0;
  let uid: number | null = null;
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
      if (uid !== null) buckets.push({ uid, start: Number(start), sent: Number(sent) });
      continue;
    }
    if (!line.trimStart().startsWith('ident=')) continue;
    const [, keyUid, tag] = keyEnd.exec(line) ?? [];
    uid = keyUid === undefined || Number.parseInt(tag ?? '1', 16) !== 0 ? null : Number(keyUid);
  }
  return sections === 0 ? null : buckets;
}

function parse(text: string, so: Reading): Parsed {
  const apps = Object.keys(so.apps);
  const buckets = readBuckets(text);
  const sentOf = (app: string): number | Unavailable => {
    if (buckets === null) return unavailable('missing', 'The dump has no rows for single apps.');
    const uid = so.apps[app]?.uid;
    if (!isKnown(uid)) return unavailable('missing', 'The uid of the app is not known.');
    if (buckets.length === 0) return unavailable('missing', 'The phone has not counted any traffic yet.');
    const from = buckets.reduce((latest, { start }) => Math.max(latest, start), 0) - daySeconds;
    const sent = buckets.reduce((sum, one) => (one.uid === uid.value && one.start > from ? sum + one.sent : sum), 0);
    return Number.isSafeInteger(sent) ? sent : unavailable('unparsed', 'The bytes sent are not credible.');
  };
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const app of apps) values[app] = { sentBytes24h: sentOf(app) };
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
  gives: { app: ['sentBytes24h'] },
  command: () => ['dumpsys', 'netstats', '--uid'],
  parse,
};
