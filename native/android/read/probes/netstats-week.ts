import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';
import type { SentBucket } from '../../../vocabulary.ts';
import { type CountedSlot, lastCredibleSecond, sentBuckets, slotsOfApp } from './netstats.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;
const daySeconds = 24 * 60 * 60;

const firstLine = /^v1,(\d{1,13}),(\d{1,13})$/;
const blockLine = /^(?:xt|uid|tag)$/;
const keyLine = /^c,([a-z]{1,12}),(-?\d{1,10}),([A-Za-z]{1,12}),(-?\d{1,10})$/;
const spanLine = /^d,(\d{1,9})$/;
/** Start, bytes and packets received, bytes and packets sent, operations; `*` where the phone does not count such a thing. */
const bucketLine = /^b,(\d{1,13}),(\d{1,18}|\*),(?:\d{1,18}|\*),(\d{1,18}|\*),(?:\d{1,18}|\*),(?:\d{1,18}|\*)$/;

const networks = new Map<string, SentBucket['network']>([
  ['wifi', 'wifi'],
  ['cell', 'mobile'],
]);

interface SentRecord {
  slots: CountedSlot[];
  /** Seconds, by the phone's clock. */
  askedAt: number;
  /** The beginning of the oldest slot of any app: before it, nothing is known. */
  since: number;
  /** The beginning of the slot in which the phone counts now, and which it leaves out. */
  current: number;
}

/** A text of which one line is not as it should be has lost others too, so nothing of it is believed. */
function readRecord(text: string, { exitCode }: Answer): SentRecord | Unavailable {
  const broken = unavailable('unparsed', 'The record of sent bytes is not whole.');
  const lines = text.split('\n').map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const [, , end] = firstLine.exec(lines[first] ?? '') ?? [];
  if (end === undefined || Number(end) > lastCredibleSecond) {
    return unavailable('unparsed', 'The answer is no record of sent bytes.');
  }
  const slots: CountedSlot[] = [];
  let block = '';
  let since = Infinity;
  let longest = 0;
  let spanSeconds = 0;
  let key: Pick<CountedSlot, 'uid' | 'network' | 'background'> | null = null;
  let tagged = false;
  for (const line of lines.slice(first + 1)) {
    if (line === '') continue;
    const [, network, uid, set, tag] = keyLine.exec(line) ?? [];
    const [, start, received, sent] = bucketLine.exec(line) ?? [];
    const span = spanLine.exec(line)?.[1];
    if (network !== undefined) {
      key = { uid: Number(uid), network: networks.get(network) ?? 'other', background: set === 'def' };
      tagged = Number(tag) !== 0;
    } else if (span !== undefined && key !== null) {
      spanSeconds = Number(span);
    } else if (start !== undefined && key !== null && spanSeconds > 0) {
      if (block !== 'uid') continue;
      since = Math.min(since, Number(start));
      longest = Math.max(longest, spanSeconds);
      if (sent !== '*' && !tagged) {
        const came = received === '*' ? null : Number(received);
        slots.push({ ...key, start: Number(start), spanSeconds, received: came, sent: Number(sent) });
      }
    } else if (blockLine.test(line)) {
      block = line;
      key = null;
    } else return broken;
  }
  // Of a file, only rows that another block follows (`--tag`) are known to be all.
  if (exitCode !== 0 && block === 'uid') {
    return unavailable('truncated', 'Nothing shows that the rows of the file are all.');
  }
  if (!lines.includes('uid')) return unavailable('missing', 'The record has no rows for single apps.');
  if (longest === 0 || since > Number(end)) {
    return unavailable('missing', 'The phone has not counted any traffic yet.');
  }
  return { slots, askedAt: Number(end), since, current: Number(end) - (Number(end) % longest) };
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** What the counters since the restart add: the slot that the record leaves out. Bytes in a VPN count once. */
function newestSlot({ current }: SentRecord, so: Reading, app: string): SentBucket[] | null {
  const newest = so.apps[app]?.sentInNewestSlot;
  if (!isKnown(newest)) return null;
  const added = newest.value.filter(({ start }) => Date.parse(start) >= current * 1000);
  const below = added.filter(({ network }) => network !== 'vpn');
  return below.length > 0 ? below : added;
}

/** The phone has been on since before a moment, by its own clock; false also where that is not known. */
function onSince(seconds: number, { askedAt }: SentRecord, { system }: Reading): boolean {
  const booted = system.bootedAgoMs;
  return isKnown(booted) && booted.value > (askedAt - seconds) * 1000;
}

const failed = (why: Unavailable) => ({ sentBuckets: why, sentSince: why, sentUntil: why, sentBytes24h: why });

function valuesOf(record: SentRecord, so: Reading, app: string): NonNullable<ReadingValues['apps']>[string] {
  const own = slotsOfApp(record.slots, so, app);
  if (own instanceof Unavailable) return failed(own);
  const added = newestSlot(record, so, app);
  const buckets = [...sentBuckets(own), ...(added ?? [])];
  const dayAgo = record.askedAt - daySeconds;
  const lately = buckets.filter(({ start, spanMs }) => Date.parse(start) + spanMs > dayAgo * 1000);
  return {
    sentBuckets: buckets,
    sentSince: iso(record.since),
    sentUntil: iso(added !== null && onSince(record.current, record, so) ? record.askedAt : record.current),
    sentBytes24h:
      record.since <= dayAgo
        ? lately.reduce((total, { sentBytes }) => total + sentBytes, 0)
        : unavailable('missing', 'What the phone has counted does not reach back a day.'),
  };
}

function parse(text: string, so: Reading, answer: Answer): Parsed {
  const record = readRecord(text, answer);
  const apps = Object.keys(so.apps).map(
    (app) => [app, record instanceof Unavailable ? failed(record) : valuesOf(record, so, app)] as const,
  );
  return { values: { apps: Object.fromEntries(apps) }, unknownLines: 0 };
}

/**
 * Bytes that each app sent in the last week, across restarts: `dumpsys netstats --checkin --uid --duration=<ms>` (AOSP
 * net/NetworkStatsService.dump, NetworkStatsCollection.dumpCheckin, NetworkStatsHistory.dumpCheckin, 26..36): `v1,<from s>,<to s>`,
 * the blocks `xt` and `uid`, `c,<wifi|cell|eth|bt>,<uid>,<def|fg|…>,<tag>`, `d,<seconds>`, then the buckets. Only buckets that end
 * before the question are printed, so the one in which the phone counts now is taken from `netstats`, which stands before this.
 */
export const netstatsWeek: PhoneProbe = {
  id: 'netstats-week',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['sentBuckets', 'sentSince', 'sentUntil', 'sentBytes24h'] },
  command: () => ['dumpsys', 'netstats', '--checkin', '--uid', `--duration=${weekMs}`],
  parse,
};
