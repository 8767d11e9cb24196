import { answerLines, type SampleAnswer } from './answer.ts';
import { allInstalled, findInstalled } from './apps.ts';
import { isMetered } from './network-state.ts';
import type { SampleState, TrafficBucket } from './state.ts';
import { DAY_MS, HOUR_MS, phoneNow } from './time-text.ts';

const BUCKET_SECONDS = 7200;

/** Bytes to packets, near enough for a counter that nobody judges. */
const PACKET_BYTES = 1200;

interface Counted {
  uid: number;
  traffic: readonly TrafficBucket[];
}

/** The system itself sends a little in every slot, on every phone: that is how far back the record reaches. */
const systemTraffic: readonly TrafficBucket[] = Array.from({ length: (7 * DAY_MS) / (2 * HOUR_MS) }, (_, slots) => ({
  agoMs: slots * 2 * HOUR_MS,
  foreground: false,
  network: 'wifi',
  rxBytes: 41_022,
  txBytes: 20_480,
}));

const countedUids = (state: SampleState): Counted[] => [
  { uid: 1000, traffic: systemTraffic },
  ...allInstalled(state).map(({ own, uid }) => ({ uid, traffic: own.traffic })),
];

/**
 * `dumpsys netstats [detail|--full --uid|--checkin --uid|--poll]` (AOSP NetworkStatsService, NetworkStatsHistory).
 * Without `detail` or `--uid` there are no rows for single uids.
 */
export function dumpNetStats(state: SampleState, args: readonly string[]): SampleAnswer {
  if (args.includes('--poll')) {
    countTraffic(state);
    return answerLines(['Forced poll']);
  }
  if (args.includes('--checkin')) return answerLines(checkinLines(state, args));
  const complete = args.includes('--full') || args.includes('full');
  const detailed = args.includes('detail') || args.includes('--full') || args.includes('--uid');
  return answerLines([
    'Active interfaces:',
    `  iface=${state.network.wifi ? 'wlan0' : 'rmnet_data0'} ident=[${identity(state, state.network.wifi ? 'wifi' : 'mobile')}] `,
    'Dev stats:',
    '  Pending bytes: 1404',
    'Xt stats:',
    '  Pending bytes: 0',
    ...(detailed
      ? [
          'UID stats:',
          '  Pending bytes: 34688',
          complete ? '  Complete history:' : '  History since boot:',
          ...countedUids(state).flatMap((counted) => uidLines(state, counted, complete)),
        ]
      : []),
  ]);
}

/** Without `--full`, only what was counted since the phone was switched on (NetworkStatsRecorder, "History since boot"). */
function uidLines(state: SampleState, { uid, traffic }: Counted, complete: boolean): string[] {
  const groups = new Map<string, TrafficBucket[]>();
  for (const bucket of traffic) {
    if (!complete && bucket.agoMs > state.clock.uptimeMs) continue;
    const set = bucket.foreground ? 'FOREGROUND' : 'DEFAULT';
    const key = `  ident=[${identity(state, bucket.network)}] uid=${uid} set=${set} tag=0x0`;
    groups.set(key, [...(groups.get(key) ?? []), bucket]);
  }
  return [...groups].flatMap(([head, buckets]) => [
    head,
    `    NetworkStatsHistory: bucketDuration=${BUCKET_SECONDS}`,
    ...buckets.map(
      (bucket) =>
        `      st=${trafficSlot(state, bucket.agoMs)} rb=${bucket.rxBytes} rp=${packets(bucket.rxBytes)} ` +
        `tb=${bucket.txBytes} tp=${packets(bucket.txBytes)} op=0`,
    ),
  ]);
}

function identity(state: SampleState, network: 'wifi' | 'mobile'): string {
  const { sdk } = state.build;
  const ssid = state.network.wifi?.ssid ?? '';
  const metered = network === 'mobile' || isMetered(state);
  if (network === 'mobile') {
    return sdk >= 33
      ? '{type=0, ratType=COMBINED, subscriberId=310260..., metered=true, defaultNetwork=true, oemManaged=OEM_NONE, subId=1, transports={0}}'
      : '{type=MOBILE, subType=COMBINED, subscriberId=310260..., metered=true, defaultNetwork=true}';
  }
  if (sdk >= 33) {
    return `{type=1, ratType=COMBINED, wifiNetworkKey="${ssid}"wpa2-psk, metered=${metered}, defaultNetwork=true, oemManaged=OEM_NONE, subId=-1, transports={1}}`;
  }
  return sdk >= 28
    ? `{type=WIFI, subType=COMBINED, networkId="${ssid}", metered=${metered}, defaultNetwork=true}`
    : `{type=WIFI, subType=COMBINED, networkId="${ssid}", metered=${metered}}`;
}

const checkinKey = ({ network, foreground }: TrafficBucket): string =>
  `${network === 'wifi' ? 'wifi' : 'cell'},${foreground ? 'fg' : 'def'}`;

/** `--checkin [--duration=<ms>]`: the last day unless told otherwise; without the slot that has not ended yet. */
function checkinLines(state: SampleState, args: readonly string[]): string[] {
  const asked = args.find((word) => word.startsWith('--duration='))?.slice('--duration='.length);
  const duration = asked === undefined || !/^\d{1,15}$/.test(asked) ? DAY_MS : Number(asked);
  const end = Math.floor(phoneNow(state) / 1000);
  const start = end - Math.floor(duration / 1000);
  const isWithin = ({ agoMs }: TrafficBucket): boolean =>
    trafficSlot(state, agoMs) >= start && trafficSlot(state, agoMs) + BUCKET_SECONDS <= end;
  const rows = countedUids(state).flatMap(({ uid, traffic }) =>
    [...Map.groupBy(traffic.filter(isWithin), checkinKey)].flatMap(([name, buckets]) => {
      const [network, set] = name.split(',');
      return [
        `c,${network},${uid},${set},0`,
        `d,${BUCKET_SECONDS}`,
        ...buckets.map(
          (bucket) =>
            `b,${trafficSlot(state, bucket.agoMs)},${bucket.rxBytes},${packets(bucket.rxBytes)},${bucket.txBytes},${packets(bucket.txBytes)},0`,
        ),
      ];
    }),
  );
  return [`v1,${start},${end}`, 'xt', ...(args.includes('--uid') ? ['uid', ...rows] : [])];
}

/** `dumpsys batterystats --checkin`: the network lines, which tell background bytes directly (Android 6 to 15). */
export function dumpBatteryStats(state: SampleState, args: readonly string[]): SampleAnswer {
  if (!args.includes('--checkin') && !args.includes('-c')) {
    return answerLines([
      `Battery History (0% used, 26KB used of 4096KB, 83 strings using 3516):`,
      'Statistics since last charge:',
      '  System starts: 0, currently on battery: false',
    ]);
  }
  return answerLines([
    `9,0,i,vers,36,215,${state.build.id},${state.build.id}`,
    ...allInstalled(state)
      .filter(({ own }) => own.traffic.length > 0)
      .map(({ own, uid }) => {
        const sum = (network: TrafficBucket['network'], key: 'rxBytes' | 'txBytes', background: boolean): number =>
          own.traffic
            .filter((bucket) => bucket.network === network && (!background || !bucket.foreground))
            .reduce((total, bucket) => total + bucket[key], 0);
        const four = (background: boolean): number[] => [
          sum('mobile', 'rxBytes', background),
          sum('mobile', 'txBytes', background),
          sum('wifi', 'rxBytes', background),
          sum('wifi', 'txBytes', background),
        ];
        const all = four(false);
        const background = four(true);
        const fields = [...all, ...all.map(packets), 0, 0, 0, 0, 9, 0, 0, 0, ...background, ...background.map(packets)];
        return `9,${uid},l,nt,${fields.join(',')}`;
      }),
  ]);
}

/** Takes what was sent since the last time into the history, as a poll does. */
function countTraffic(state: SampleState): void {
  const now = trafficSlot(state, 0);
  for (const { package: name, userId, network, bytes } of state.uncounted.splice(0)) {
    const traffic = findInstalled(state, name, userId)?.own.traffic;
    const slot = traffic?.find(
      (one) => one.network === network && !one.foreground && trafficSlot(state, one.agoMs) === now,
    );
    if (slot === undefined) traffic?.push({ agoMs: 0, foreground: false, network, rxBytes: 0, txBytes: bytes });
    else slot.txBytes += bytes;
  }
}

/** When the slot of two hours that holds a moment began, in seconds since 1970. */
function trafficSlot(state: SampleState, agoMs: number): number {
  const start = Math.floor((phoneNow(state) - agoMs) / 1000);
  return start - (start % ((2 * HOUR_MS) / 1000));
}

function packets(bytes: number): number {
  return Math.ceil(bytes / PACKET_BYTES);
}
