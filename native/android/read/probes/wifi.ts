import { decodeText, type Capture } from '../../../capture.ts';
import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';

interface WifiInfo {
  connected: boolean;
  /** As it is printed, with its quotation marks. */
  name: string;
  rssi: number | null;
  linkSpeed: number | null;
  netId: number | null;
}

/**
 * `mWifiInfo SSID: "…", BSSID: …, Supplicant state: COMPLETED, RSSI: -46, Link speed: 866Mbps, …`. The name of the network comes
 * first, unquoted until Android 9, and may hold anything: what matters is read after the last `, BSSID: `, and the name never
 * enters a reading.
 */
function readInfo(line: string): WifiInfo | null {
  const head = /^\s*(?:mWifiInfo|WifiInfo:) +(?:\[?)SSID: /.exec(line);
  if (head === null) return null;
  const start = line.lastIndexOf(', BSSID: ');
  if (start < 0) return null;
  const rest = line.slice(start);
  return {
    name: line.slice(head[0].length, start),
    connected: /, Supplicant state: COMPLETED\b/.test(rest),
    rssi: wholeNumber(/, RSSI: (-?\d{1,4})\b/.exec(rest)?.[1]),
    linkSpeed: wholeNumber(/, Link speed: (-?\d{1,6})Mbps/.exec(rest)?.[1]),
    netId: wholeNumber(/, Net ID: (-?\d{1,9})\b/.exec(rest)?.[1]),
  };
}

interface Dump {
  enabled: boolean | null;
  info: WifiInfo | null;
  /** The owner's choice by network number; a network without one is in `configured` only. */
  overrides: Map<number, boolean>;
  configured: Set<number>;
  unknownLines: number;
}

function readDump(text: string): Dump {
  const dump: Dump = { enabled: null, info: null, overrides: new Map(), configured: new Set(), unknownLines: 0 };
  let network: number | null = null;
  // A network whose description is cut may have had a mark.
  let described: number | null = null;
  dump.unknownLines = readLines(text, (line) => {
    if (described !== null && /^\S/.test(line)) {
      dump.configured.add(described);
      described = null;
    }
    const enabled = /^Wi-?[Ff]i is (enabled|disabled)/.exec(line);
    if (enabled !== null) {
      dump.enabled ??= enabled[1] === 'enabled';
      return true;
    }
    const info = readInfo(line);
    if (info !== null) {
      dump.info ??= info;
      return true;
    }
    const configured = /^(?:\* |- DSBLE )?ID: (\d{1,9}) SSID: /.exec(line);
    if (configured !== null) {
      network = wholeNumber(configured[1]);
      described = network;
      return true;
    }
    const override = /^\s*meteredOverride ([12])$/.exec(line.trimEnd());
    if (override === null || network === null) return false;
    dump.overrides.set(network, override[1] === '1');
    return true;
  });
  return dump;
}

function meteredOverride({ info, overrides, configured }: Dump): boolean | Unavailable {
  if (info?.connected !== true) return unavailable('missing', 'No Wi-Fi is connected.');
  if (info.netId === null)
    return unavailable('missing', 'The answer does not tell which of the known networks is connected.');
  const marked = overrides.get(info.netId);
  if (marked !== undefined) return marked;
  return configured.has(info.netId)
    ? unavailable('missing', 'The owner marked this Wi-Fi network neither way.')
    : unavailable('missing', 'The phone does not print how this Wi-Fi network is marked.');
}

/**
 * Wi-Fi. `dumpsys wifi` is asked because every version answers it; `cmd wifi status` (Android 11 and later) is understood too.
 * Read from AOSP wifi/WifiServiceImpl.dump, WifiInfo.toString and WifiConfiguration.toString (`meteredOverride` 1 metered,
 * 2 not metered, left out where there is none), 8..14; real answers of Android 8.1, 9, 13 and 14. −127 dBm and −1 Mbps mean
 * that nothing is connected.
 */
export const wifi: PhoneProbe = {
  id: 'wifi',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { network: ['rssi', 'linkSpeed', 'meteredOverride', 'meteredMark'] },
  command: () => ['dumpsys', 'wifi'],
  parse(text) {
    const dump = readDump(text);
    const { info, enabled } = dump;
    const none =
      info === null && enabled === null
        ? unavailable('unparsed', 'The answer does not describe the Wi-Fi connection.')
        : unavailable(
            'missing',
            info?.connected === true
              ? 'The answer does not hold it.'
              : enabled === false
                ? 'Wi-Fi is off.'
                : 'No Wi-Fi is connected.',
          );
    const connected = info?.connected === true;
    const rssi = connected && info.rssi !== null && info.rssi > -127 ? info.rssi : none;
    const linkSpeed = connected && info.linkSpeed !== null && info.linkSpeed >= 0 ? info.linkSpeed : none;
    const override = info === null ? none : meteredOverride(dump);
    const netId = info?.netId ?? null;
    const unmarked = netId !== null && dump.configured.has(netId);
    const meteredMark = typeof override === 'boolean' ? (`${override}` as const) : unmarked ? 'none' : override;
    return {
      values: { network: { rssi, linkSpeed, meteredOverride: override, meteredMark } },
      unknownLines: dump.unknownLines,
    };
  },
};

/**
 * The name of the Wi-Fi in use, for a command that must name it; null where none is connected, or the name is no text (then it is
 * printed in hexadecimal digits without quotation marks, as all names are before Android 10).
 */
export function wifiInUse({ answers }: Capture): string | null {
  const answer = answers.find(({ probe, ended }) => probe === wifi.id && ended === 'whole');
  if (answer === undefined) return null;
  const { info } = readDump(decodeText(answer.output));
  return info?.connected === true ? (/^"(.+)"$/.exec(info.name)?.[1] ?? null) : null;
}
