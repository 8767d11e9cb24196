import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import type { SentBucket, SentInSlot } from '../../../vocabulary.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';

const daySeconds = 24 * 60 * 60;
/** The end of what a `Date` can hold. */
export const lastCredibleSecond = 8_640_000_000_000;
/** Far enough back for whoever watches an app for an hour to see each slot from its beginning. */
const latelySeconds = 6 * 60 * 60;
/** `  ident=[{…}] uid=10204 set=DEFAULT tag=0x0`; a network's name in the braces may hold anything, so it is read from the end. */
const keyEnd = /\] uid=(-?\d{1,10}) set=([A-Z_]+) tag=0x([0-9a-f]{1,8})\s*$/;
const bucketLine = /^\s+st=(\d{1,15}) rb=(\d{1,18}) rp=\d{1,18} tb=(\d{1,18}) tp=\d{1,18} op=\d{1,18}\s*$/;
const spanLine = /^\s+NetworkStatsHistory: bucketDuration=(\d{1,9})\s*$/;
/** What the phone itself prints after the rows; any other line may have been added on the way (`error: closed`, a prompt). */
const nextSection =
  /^(?:UID tag stats:|Dev stats:|Xt stats:|-{3,} [\d.]{1,20}s was the duration of dumpsys netstats\b)/;
/** What else stands between the rows. */
const betweenRows = /^\s+(?:Pending bytes: \d+|History since boot:|Complete history:|\(omitting \d+ buckets\))\s*$/;

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

/** Bytes of one uid over one kind of network in one slot. */
export interface CountedSlot {
  uid: number;
  network: Network;
  /** Seconds since 1970, by the phone's clock. */
  start: number;
  spanSeconds: number;
  /** null: the phone does not tell. */
  received: number | null;
  sent: number;
  background: boolean;
}

interface History {
  slots: CountedSlot[];
  /** It says itself that it reaches back further than the last restart. */
  complete: boolean;
  /** Something that the phone prints follows the rows. */
  ended: boolean;
}

/** Slots of single uids, without those of tags, which repeat a part of the same bytes. */
function readHistory(text: string): History | Unavailable {
  const slots: CountedSlot[] = [];
  let section = false;
  let sections = 0;
  let ended = false;
  let complete = false;
  let spanSeconds = 0;
  let key: Pick<CountedSlot, 'uid' | 'network' | 'background'> | null = null;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      ended ||= section && nextSection.test(line);
      section = line.startsWith('UID stats:');
      if (section) sections += 1;
      key = null;
      continue;
    }
    if (!section || line.trim() === '') continue;
    const [, start, received, sent] = bucketLine.exec(line) ?? [];
    if (start !== undefined) {
      if (key !== null) {
        slots.push({ ...key, start: Number(start), spanSeconds, received: Number(received), sent: Number(sent) });
      }
      continue;
    }
    const span = spanLine.exec(line)?.[1];
    if (span !== undefined) spanSeconds = Number(span);
    else if (line.trimStart().startsWith('ident=')) {
      const [, uid, set, tag] = keyEnd.exec(line) ?? [];
      if (uid === undefined || tag === undefined) return unavailable('unparsed', 'A row of the dump is broken.');
      const counts = Number.parseInt(tag, 16) === 0;
      key = counts ? { uid: Number(uid), network: networkOf(line), background: set === 'DEFAULT' } : null;
    } else if (betweenRows.test(line)) complete ||= line.includes('Complete history:');
    else return unavailable('unparsed', 'A row of the dump is broken.');
  }
  return sections === 0 ? unavailable('missing', 'The dump has no rows for single apps.') : { slots, complete, ended };
}

const sum = (slots: readonly CountedSlot[]): number => slots.reduce((total, { sent }) => total + sent, 0);
/** null where one of them does not tell. */
const sumReceived = (slots: readonly CountedSlot[]): number | null =>
  slots.reduce<number | null>(
    (total, { received }) => (total === null || received === null ? null : total + received),
    0,
  );

/** Slots of the same network that begin as one, foreground and background together. */
const lately = (slots: readonly CountedSlot[]): SentInSlot[] =>
  [...Map.groupBy(slots, ({ network, start }) => `${start} ${network}`).values()]
    .flatMap((same): SentInSlot[] => {
      const [first] = same;
      if (first === undefined) return [];
      const from = new Date(first.start * 1000).toISOString();
      const received = sumReceived(same);
      return [{ network: first.network, from, bytes: sum(same), ...(received !== null && { received }) }];
    })
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.network.localeCompare(b.network));

/** The same with the background told apart, oldest first; slots in which nothing was sent are left out. */
export const sentBuckets = (slots: readonly CountedSlot[]): SentBucket[] =>
  [...Map.groupBy(slots, ({ network, start, background }) => `${start} ${network} ${background}`).values()]
    .flatMap((same): SentBucket[] => {
      const [first] = same;
      const sentBytes = sum(same);
      const receivedBytes = sumReceived(same);
      if (first === undefined || sentBytes === 0) return [];
      const { network, start, spanSeconds, background } = first;
      return [
        {
          network,
          start: new Date(start * 1000).toISOString(),
          spanMs: spanSeconds * 1000,
          sentBytes,
          ...(receivedBytes !== null && { receivedBytes }),
          background,
        },
      ];
    })
    .toSorted(
      (a, b) =>
        a.start.localeCompare(b.start) ||
        a.network.localeCompare(b.network) ||
        Number(a.background) - Number(b.background),
    );

/** The slots of an app; unavailable where its uid is not known or its numbers cannot be. */
export function slotsOfApp(slots: readonly CountedSlot[], so: Reading, app: string): CountedSlot[] | Unavailable {
  const uid = so.apps[app]?.uid;
  if (!isKnown(uid)) return unavailable('missing', 'The uid of the app is not known.');
  if (slots.length === 0) return unavailable('missing', 'The phone has not counted any traffic yet.');
  const own = slots.filter((one) => one.uid === uid.value);
  return own.every(({ start }) => start <= lastCredibleSecond) &&
    Number.isSafeInteger(sum(own)) &&
    own.every(({ received }) => received === null || Number.isSafeInteger(received)) &&
    Number.isSafeInteger(sumReceived(own) ?? 0)
    ? own
    : unavailable('unparsed', 'The bytes sent are not credible.');
}

const sinceRestart = unavailable('missing', 'These counters begin with the last restart, which is no day ago.');

function parse(text: string, so: Reading, answer: Answer): Parsed {
  const read = readHistory(text);
  const history =
    read instanceof Unavailable || read.ended || answer.exitCode === 0
      ? read
      : unavailable('truncated', 'Nothing shows that the rows of the file are all.');
  const all = history instanceof Unavailable ? [] : history.slots;
  let [oldest, latest] = [Infinity, 0];
  for (const { start } of all) {
    oldest = Math.min(oldest, start);
    latest = Math.max(latest, start);
  }
  // Rows of any app from before the day prove that the phone was not restarted within it.
  const coversDay = !(history instanceof Unavailable) && (history.complete || oldest <= latest - daySeconds);
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const app of Object.keys(so.apps)) {
    const own = history instanceof Unavailable ? history : slotsOfApp(all, so, app);
    values[app] =
      own instanceof Unavailable
        ? { sentBytes24h: own, sentLately: own, sentInNewestSlot: own }
        : {
            sentBytes24h: coversDay ? sum(own.filter(({ start }) => start > latest - daySeconds)) : sinceRestart,
            sentLately: lately(own.filter(({ start }) => start > latest - latelySeconds)),
            sentInNewestSlot: sentBuckets(own.filter(({ start }) => start === latest)),
          };
  }
  return { values: { apps: values }, unknownLines: 0 };
}

/**
 * Bytes that each app sent since the last restart: `dumpsys netstats --uid` (AOSP net/NetworkStatsService.dump,
 * NetworkStatsHistory.dump, 26..34), which prints the last 32 buckets of two hours, `st` in seconds, under "History since boot:"
 * (Android 8 without that line). Without `--uid` or `detail` there are no rows for single apps, so a bug report has none.
 * Traffic through a VPN is counted for the app and again for the VPN's own app. What was sent before a restart is read by
 * `netstats-week`, which in turn lacks the slot in which the phone counts now.
 */
export const netstats: PhoneProbe = {
  id: 'netstats',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['sentBytes24h', 'sentLately', 'sentInNewestSlot'] },
  command: () => ['dumpsys', 'netstats', '--uid'],
  parse,
};
