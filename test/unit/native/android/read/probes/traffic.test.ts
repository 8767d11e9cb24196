import { describe, expect, test } from 'vitest';
import { batterystats } from '../../../../../../native/android/read/probes/batterystats.ts';
import { netstatsWeek } from '../../../../../../native/android/read/probes/netstats-week.ts';
import { netstats } from '../../../../../../native/android/read/probes/netstats.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const uids = { [PHOTOS]: 10_204, [DRIVE]: 10_287 };

const sent = (text: string, so = soFar({ uids })) => {
  const { values } = parsed(netstats, text, so);
  return [PHOTOS, DRIVE].map((app) => plain(values.apps?.[app])['sentBytes24h']);
};

const fromFile = (text: string) => {
  const { values } = netstats.parse(text, soFar({ uids }), { ...wholeAnswer('netstats', text), exitCode: null });
  return plain(values.apps?.[PHOTOS])['sentBytes24h'];
};

/** One bucket of Google Photos' uid on a network. */
const rows = (ident: string, start: number, bytes: number, set = 'DEFAULT') =>
  `  ident=[{${ident}}] uid=10204 set=${set} tag=0x0\n    NetworkStatsHistory: bucketDuration=7200\n` +
  `      st=${start} rb=1 rp=1 tb=${bytes} tp=1 op=0\n`;

describe('dumpsys netstats --uid', () => {
  /** Android 14; a network's name may hold anything. The newest bucket of any app begins at 1566468000. */
  const android14 = `Active interfaces:
  iface=wlan0 ident=[{type=1, ratType=COMBINED, wifiNetworkKey="Home"wpa2-psk}] 
Xt stats:
  ident=[{type=1}] uid=-1 set=ALL tag=0x0
    NetworkStatsHistory: bucketDuration=3600
      st=1566468000 rb=9 rp=9 tb=999999 tp=9 op=0
UID stats:
  Pending bytes: 34688
  History since boot:
  ident=[{type=1, wifiNetworkKey="a] uid=10287 set=DEFAULT tag=0x0", metered=false}] uid=10204 set=DEFAULT tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      (omitting 12 buckets)
      st=1566381600 rb=1 rp=1 tb=5000000 tp=1 op=0
      st=1566388800 rb=1 rp=1 tb=300 tp=1 op=0
      st=1566460800 rb=1 rp=1 tb=20 tp=1 op=0
  ident=[{type=0, metered=true}] uid=10204 set=FOREGROUND tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      st=1566468000 rb=1 rp=1 tb=4000 tp=1 op=0
  ident=[{type=1}] uid=10204 set=DEFAULT tag=0x3e8
    NetworkStatsHistory: bucketDuration=7200
      st=1566468000 rb=1 rp=1 tb=70000000 tp=1 op=0
UID tag stats:
  ident=[{type=1}] uid=10287 set=DEFAULT tag=0x0
    NetworkStatsHistory: bucketDuration=7200
      st=1566468000 rb=1 rp=1 tb=123 tp=1 op=0
`;

  test('adds up what an app sent on every network in the 24 hours up to the newest bucket, without tags', () => {
    expect(sent(android14)).toEqual([4320, 0]);
  });

  test('tells what an app sent lately by slot and network, foreground and background together', () => {
    const text = `UID stats:\n${[
      rows('type=1, wifiNetworkKey="type=0, transports={0}"wpa2-psk, subId=-1, transports={1}', 1_566_460_800, 1),
      rows('type=0, ratType=COMBINED, metered=true, transports={0}', 1_566_468_000, 20),
      rows('type=17, metered=false, transports={1,4}', 1_566_468_000, 300),
      rows('type=WIFI, subType=COMBINED, networkId="Home"', 1_566_468_000, 4000),
      rows('type=WIFI, subType=COMBINED, networkId="Work"', 1_566_468_000, 50_000, 'FOREGROUND'),
      rows('type=9, transports={3}', 1_566_468_000, 600_000),
      rows('type=1', 1_566_446_400, 7_000_000),
    ].join('')}`;
    const { values } = parsed(netstats, text, soFar({ uids }));
    expect(plain(values.apps?.[PHOTOS])).toMatchObject({
      sentLately: [
        { network: 'wifi', from: '2019-08-22T08:00:00.000Z', bytes: 1, received: 1 },
        { network: 'mobile', from: '2019-08-22T10:00:00.000Z', bytes: 20 },
        { network: 'other', from: '2019-08-22T10:00:00.000Z', bytes: 600_000 },
        { network: 'vpn', from: '2019-08-22T10:00:00.000Z', bytes: 300 },
        { network: 'wifi', from: '2019-08-22T10:00:00.000Z', bytes: 54_000, received: 2 },
      ],
    });
    expect(plain(values.apps?.[DRIVE])).toMatchObject({ sentLately: [], sentInNewestSlot: [] });
  });

  test('of a phone that was restarted within the day says nothing of the day', () => {
    const text = `UID stats:\n  History since boot:\n${rows('type=1', 1_566_460_800, 1)}${rows('type=1', 1_566_468_000, 20)}`;
    const { values } = parsed(netstats, text, soFar({ uids }));
    const { sentBytes24h, sentInNewestSlot } = plain(values.apps?.[PHOTOS]);
    expect(sentBytes24h).toBe('missing');
    expect(sentInNewestSlot).toEqual([
      {
        network: 'wifi',
        start: '2019-08-22T10:00:00.000Z',
        spanMs: 7_200_000,
        sentBytes: 20,
        receivedBytes: 1,
        background: true,
      },
    ]);
    expect(sent(text.replace('History since boot:', 'Complete history:'))).toEqual([21, 0]);
  });

  test.each(['error: closed', '...', '[...]', 'user@pc:~$', 'C:\\Users\\anna>', 'Current Battery Service state:'])(
    'of a file that was cut says nothing, even when %s follows',
    (tail) => {
      const cut = android14.slice(0, android14.indexOf('  ident=[{type=1}] uid=10204 set=DEFAULT tag=0x3e8'));
      expect(fromFile(android14)).toBe(4320);
      expect(fromFile(`${cut}${tail}\n`)).toBe('truncated');
    },
  );

  test('of which one row is broken says nothing', () => {
    expect(sent(android14.replace(' rp=1 tb=300', ' rp=1 tb=3\n00'))).toEqual(['unparsed', 'unparsed']);
    expect(sent(android14.replace('metered=true}]', 'metered=\ntrue}]'))).toEqual(['unparsed', 'unparsed']);
  });

  test('says nothing of an app whose uid is not known', () => {
    expect(sent(android14, soFar())).toEqual(['missing', 'missing']);
  });

  test('without rows of single apps, as in a bug report, says nothing', () => {
    expect(sent(android14.slice(0, android14.indexOf('UID stats:')))).toEqual(['missing', 'missing']);
  });

  test('of a phone that has not counted anything yet says nothing', () => {
    expect(sent('UID stats:\n  Pending bytes: 0\n')).toEqual(['missing', 'missing']);
  });
});

const slot = (network: string, start: string, sentBytes: number, background = true) => ({
  network,
  start: `2019-08-${start}:00:00.000Z`,
  spanMs: 7_200_000,
  sentBytes,
  receivedBytes: 1,
  background,
});

const readWeek = (text: string, so = soFar({ uids })) => {
  const { values } = parsed(netstatsWeek, text, so);
  return plain(values.apps?.[PHOTOS]);
};

describe('dumpsys netstats --checkin --uid --duration', () => {
  /** Android 14, asked on 2019-08-22 at 11:20; the slot from 10:00 on has not ended. */
  const week = `v1,1565868000,1566472800
xt
c,wifi,-1,all,0
d,3600
b,1566464400,1,1,77,1,0
uid
c,wifi,10204,def,0
d,7200
b,1565877600,1,1,500,1,0
b,1566388800,1,1,6000,1,0
b,1566460800,1,*,20,1,*
c,cell,10204,fg,0
d,7200
b,1566460800,90000,1,4000,1,0
c,wifi,10204,def,1000
d,7200
b,1566460800,1,1,19,1,0
c,bt,1001,def,0
d,7200
b,1565870400,1,1,*,1,0
`;
  const inWeek = [
    slot('wifi', '15T14', 500),
    slot('wifi', '21T12', 6000),
    { ...slot('mobile', '22T08', 4000, false), receivedBytes: 90_000 },
    slot('wifi', '22T08', 20),
  ];

  test('tells a week by slot, network and background, across restarts and without tags', () => {
    expect(readWeek(week)).toEqual({
      sentBuckets: inWeek,
      sentSince: '2019-08-15T12:00:00.000Z',
      sentUntil: '2019-08-22T10:00:00.000Z',
      sentBytes24h: 10_020,
    });
    expect(parsed(netstatsWeek, week, soFar({ uids })).values.apps?.[DRIVE]?.sentBuckets).toEqual([]);
  });

  /** The slot from 10:00 on, as the counters since the restart tell it. */
  const withNewest = (bootedAgoMs: number) => {
    const so = soFar({ uids });
    const newest = [slot('vpn', '22T10', 900), slot('wifi', '22T10', 1000)] as const;
    so.apps[PHOTOS] = {
      ...so.apps[PHOTOS],
      sentInNewestSlot: {
        value: newest.map((one) => ({ ...one, network: one.network as 'vpn' | 'wifi' })),
        source: 'x',
      },
    };
    return { ...so, system: { bootedAgoMs: { value: bootedAgoMs, source: 'uptime' } } };
  };

  test('takes the slot that has not ended from the counters since the restart; what a VPN carried counts once', () => {
    expect(readWeek(week, withNewest(5 * 3_600_000))).toEqual({
      sentBuckets: [...inWeek, slot('wifi', '22T10', 1000)],
      sentSince: '2019-08-15T12:00:00.000Z',
      sentUntil: '2019-08-22T11:20:00.000Z',
      sentBytes24h: 11_020,
    });
  });

  test('leaves out how much came in where the phone does not tell it, of a part of a slot too', () => {
    const untold = week
      .replace('b,1566460800,1,*,20', 'b,1566460800,*,1,20')
      .replace('c,wifi,10204,def,1000', 'c,wifi,10204,def,0\nd,7200\nb,1566460800,5,1,7,1,0\nc,wifi,10204,def,1000');
    const { receivedBytes: _, ...last } = slot('wifi', '22T08', 27);
    expect(readWeek(untold)['sentBuckets']).toEqual([...inWeek.slice(0, 3), last]);
  });

  test('of a slot in which the phone was restarted does not claim to know it whole', () => {
    expect(readWeek(week, withNewest(3_600_000))).toMatchObject({ sentUntil: '2019-08-22T10:00:00.000Z' });
  });

  test('that does not reach back a day says nothing of a day, and tells since when it reaches', () => {
    const young = week
      .replace('b,1565877600,1,1,500,1,0\nb,1566388800,1,1,6000,1,0\n', '')
      .replace('1565870400', '1566453600');
    expect(readWeek(young)).toMatchObject({ sentSince: '2019-08-22T06:00:00.000Z', sentBytes24h: 'missing' });
  });

  test.each([
    ['cut within a row', week.slice(0, week.lastIndexOf(',1,*')), 'unparsed'],
    ['wrapped', week.replace('b,1566388800,1,1,6000', 'b,1566388800,1,1,60\n00'), 'unparsed'],
    ['of another kind', 'UID stats:\n', 'unparsed'],
    ['without rows of single apps', week.slice(0, week.indexOf('uid\n')), 'missing'],
    ['without a count', 'v1,1565868000,1566472800\nxt\nuid\n', 'missing'],
  ])('%s says nothing', (_what, text, reason) => {
    const { sentBuckets, sentSince, sentBytes24h } = readWeek(text);
    expect([sentBuckets, sentSince, sentBytes24h]).toEqual([reason, reason, reason]);
  });
});

const sentInBackground = (text: string, so = soFar({ uids })) => {
  const { values, unknownLines } = parsed(batterystats, text, so);
  return [...[PHOTOS, DRIVE].map((app) => plain(values.apps?.[app])['sentInBackground']), unknownLines];
};

describe('dumpsys batterystats --checkin', () => {
  /** Android 15. */
  const android15 = `9,0,i,vers,36,215,AP3A.241105.007,AP4A.250105.002
9,0,l,nt,0,0,544,63896,0,0,4,747,0,0,0,0,0,0,0,0,544,63896,0,0,4,747
9,10204,l,nt,0,90,1867066,667194,0,0,1978,1526,0,0,0,0,0,9,0,40,0,2000,0,0,0,0
9,10204,l,ut,1,2,3
`;

  test('gives what was sent in the background over both networks; an app without a line sent nothing', () => {
    expect(sentInBackground(android15)).toEqual([2040, 0, 0]);
  });

  test('counts lines that end before the background', () => {
    expect(sentInBackground('9,0,i,vers,1\n9,10204,l,nt,0,0,1,2\n')).toEqual([0, 0, 1]);
  });

  test('that is something else is unparsed', () => {
    expect(sentInBackground('Battery History:\n')).toEqual(['unparsed', 'unparsed', 0]);
  });
});
