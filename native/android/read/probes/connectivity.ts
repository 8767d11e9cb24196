import type { PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { appUid } from '../app-uid.ts';
import { readLines, wholeNumber } from '../dump.ts';
import { sdkOf } from '../uid.ts';

interface UidRange {
  from: number;
  to: number;
}

interface Network {
  id: string;
  transports: string[];
  capabilities: ReadonlySet<string>;
  signal: number | null;
  privateDnsBroken: boolean;
  /** Android 12 and later print networks in another order, number first. */
  newFormat: boolean;
  /** null: the phone does not print whose traffic the network carries (Android 8). */
  uidRanges: UidRange[] | null;
  vpnName: string;
}

/** `{0-10306, 10308-20306}`; a part that is not a range spoils the whole list. */
function readRanges(text: string): UidRange[] | null {
  const ranges = text.split(',').map((part) => {
    const [from, to] = part.trim().split('-').map(wholeNumber);
    return typeof from === 'number' && typeof to === 'number' && from <= to ? { from, to } : null;
  });
  const known = ranges.filter((range) => range !== null);
  return known.length === ranges.length ? known : null;
}

/**
 * Whose traffic: `Uids: <{0-99999}>`, or `Uid: 10204` for a single one. The last in the line is the phone's own; what comes
 * before it may quote a VPN's name, which is free text.
 */
function uidRangesOf(capabilities: string): UidRange[] | null {
  const start = capabilities.lastIndexOf(' Uids: <{');
  if (start >= 0) {
    const end = capabilities.indexOf('}>', start);
    return end < 0 ? null : readRanges(capabilities.slice(start + ' Uids: <{'.length, end));
  }
  const last = capabilities.lastIndexOf(' Uid: ');
  const single = last < 0 ? null : wholeNumber(/^ Uid: (\d{1,9})\b/.exec(capabilities.slice(last, last + 20))?.[1]);
  return single === null ? null : [{ from: single, to: single }];
}

const numberFirst = /^\s*NetworkAgentInfo ?\{ ?network\{(\d{1,9})\}/;
/** Until Android 11 the state comes first; it may quote the name of a Wi-Fi, so the number is told by what stands around it. */
const numberAfterState = /\]\} {2}network\{(\d{1,9})\} {2}nethandle\{\d{1,20}\} {2}lp\{/;

/** One line of `Current Networks:`: state (`ni`), addresses (`lp`) and capabilities (`nc`), in this order in every version. */
function readNetwork(line: string): Network | null {
  const number = numberFirst.exec(line) ?? numberAfterState.exec(line);
  if (number === null) return null;
  const properties = line.indexOf('lp{{', number.index);
  const start = line.indexOf('  nc{[', properties);
  if (properties < 0 || start < 0) return null;
  const body = line.slice(start + '  nc{['.length);
  const words = /^\s*Transports: (\S+)(?:\s+Capabilities: ([^\s\]]+))?/.exec(body);
  // Without its closing brackets the line was cut short, and so may be the capabilities. Every network has some.
  if (number[1] === undefined || words?.[1] === undefined || words[2] === undefined || !body.includes(']}'))
    return null;
  // A name in other letters was changed on its way (`NOT\_METERED`), and so was what its absence would mean.
  const capabilities = words[2].split('&');
  if (!capabilities.every((name) => /^[A-Z0-9_]{1,60}$/.test(name))) return null;
  const owner = /\bOwnerUid: (\d{1,9})/.exec(body)?.[1];
  const session = /\bsessionId=([^,}]{1,100})/.exec(body)?.[1];
  return {
    id: number[1],
    transports: words[1].split('|'),
    capabilities: new Set(capabilities),
    signal: wholeNumber(/ SignalStrength: (-?\d{1,4})\b/.exec(body)?.[1]),
    privateDnsBroken: body.includes('Private DNS is broken') || body.includes('PrivateDnsBroken'),
    newFormat: number.index === 0,
    uidRanges: uidRangesOf(body),
    vpnName: session ?? (owner === undefined ? 'VPN' : `VPN of uid ${owner}`),
  };
}

interface Dump {
  /** `none` or the number of the default network; null: not printed. */
  active: string | null;
  networks: Network[];
  /** The section of the networks was there to its end, and each of its networks was understood. */
  networksWhole: boolean;
  unknownLines: number;
}

function readDump(text: string): Dump {
  const dump: Dump = { active: null, networks: [], networksWhole: false, unknownLines: 0 };
  let inNetworks = false;
  let seen = false;
  let understood = true;
  /** How many requests of the network are still to come, as its block says; null: it does not say. */
  let toCome: number | null = null;
  dump.unknownLines = readLines(text, (line) => {
    if (/^\S/.test(line)) {
      if (line.startsWith('Current Networks:')) {
        inNetworks = !seen;
        seen = true;
        return true;
      }
      // A text that lost its indentation: where a section ends is not told any more.
      if (line.startsWith('NetworkAgentInfo')) understood = false;
      // A hole in the block of the last network may go on until after the section.
      if (toCome !== null && toCome !== 0) understood = false;
      // What follows the section proves that it was not cut short.
      if (inNetworks) dump.networksWhole = understood;
      inNetworks = false;
      const active = /^Active default network: (none|\d{1,9})$/.exec(line.trimEnd());
      if (active?.[1] !== undefined) dump.active ??= active[1];
      return active !== null;
    }
    if (!inNetworks) return false;
    if (toCome !== null && /^\s+NetworkRequest \[/.test(line)) toCome -= 1;
    const requests = /^\s+Requests: .{1,200} total:(\d{1,5})\s*$/.exec(line)?.[1];
    const isAgent = /^\s+NetworkAgentInfo ?\{/.test(line);
    if (isAgent || requests !== undefined) {
      if (toCome !== null && toCome !== 0) understood = false;
      toCome = requests === undefined ? null : Number(requests);
    }
    if (!isAgent) return true;
    const network = readNetwork(line);
    if (network === null) understood = false;
    else dump.networks.push(network);
    return network !== null;
  });
  return dump;
}

type NetworkValues = NonNullable<ReadingValues['network']>;

function offline(): NetworkValues {
  const none = unavailable('missing', 'The phone has no network at the moment.');
  return {
    connected: false,
    transports: [],
    validated: false,
    captivePortal: false,
    metered: none,
    roaming: none,
    rssi: none,
    privateDnsBroken: none,
  };
}

/** Android 11 and later say so when private DNS fails; before that, silence says nothing. */
function privateDnsBrokenOf(network: Network, so: Reading): boolean | Unavailable {
  if (network.privateDnsBroken) return true;
  const sdk = sdkOf(so);
  const tells = sdk === null ? network.newFormat : sdk >= 30;
  return tells ? false : unavailable('missing', 'Android 10 and earlier do not say whether private DNS works.');
}

/** The capability NOT_ROAMING came with Android 9; only mobile networks roam. */
function roamingOf({ transports, capabilities }: Network, so: Reading): boolean | Unavailable {
  if (capabilities.has('NOT_ROAMING') || !transports.includes('CELLULAR')) return false;
  const sdk = sdkOf(so);
  return sdk !== null && sdk >= 28 ? true : unavailable('missing', 'Android 8 does not say here whether it roams.');
}

function defaultNetwork(dump: Dump, so: Reading): NetworkValues {
  if (dump.active === 'none') return offline();
  const network = dump.networks.find(({ id }) => id === dump.active);
  const why = unavailable('unparsed', 'The default network is not described.');
  if (network === undefined) {
    const connected = dump.active === null ? unavailable('unparsed', 'The default network is not named.') : true;
    return {
      connected,
      transports: why,
      validated: why,
      captivePortal: why,
      metered: why,
      roaming: why,
      rssi: why,
      privateDnsBroken: why,
    };
  }
  const { transports, capabilities, signal } = network;
  const wifiSignal = transports.includes('WIFI') ? signal : null;
  return {
    connected: true,
    transports,
    validated: capabilities.has('VALIDATED'),
    captivePortal: capabilities.has('CAPTIVE_PORTAL'),
    metered: !capabilities.has('NOT_METERED'),
    roaming: roamingOf(network, so),
    rssi: wifiSignal ?? unavailable('missing', 'The default network tells no Wi-Fi signal.'),
    privateDnsBroken: privateDnsBrokenOf(network, so),
  };
}

const within = (uid: number, ranges: readonly UidRange[]): boolean =>
  ranges.some(({ from, to }) => uid >= from && uid <= to);

function inVpn(vpns: readonly Network[], uid: number | Unavailable): boolean | Unavailable {
  if (vpns.length === 0) return false;
  if (typeof uid !== 'number') return uid;
  if (vpns.some(({ uidRanges }) => uidRanges !== null && within(uid, uidRanges))) return true;
  return vpns.every(({ uidRanges }) => uidRanges !== null)
    ? false
    : unavailable('missing', 'The phone does not print whose traffic the VPN carries.');
}

function apps(dump: Dump, vpns: readonly Network[], so: Reading): NonNullable<ReadingValues['apps']> {
  const why = unavailable('unparsed', 'The list of networks is absent or not understood.');
  const metered = vpns.filter(({ capabilities }) => !capabilities.has('NOT_METERED'));
  return Object.fromEntries(
    Object.entries(so.apps).map(([app, leaves]) => {
      if (!dump.networksWhole) return [app, { inVpn: why, inMeteredVpn: why }];
      const uid = appUid(leaves);
      return [app, { inVpn: inVpn(vpns, uid), inMeteredVpn: inVpn(metered, uid) }];
    }),
  );
}

/**
 * The default network and VPNs. Read from AOSP ConnectivityService.dump, NetworkAgentInfo.toString and
 * NetworkCapabilities.toString, 8..14; real answers of Android 8.1, 9, 13 and 14. The capability list `nc{[ Transports: …
 * Capabilities: …` is the same in all of them; `lastValidated` is not (a flag until 11, a time since). `Active default network`
 * never names a VPN: a VPN is a second network with uid ranges, printed since Android 9, and with a NOT_METERED of its own.
 */
export const connectivity: PhoneProbe = {
  id: 'connectivity',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    network: [
      'connected',
      'transports',
      'validated',
      'captivePortal',
      'metered',
      'roaming',
      'rssi',
      'vpns',
      'privateDnsBroken',
    ],
    app: ['inVpn', 'inMeteredVpn'],
  },
  command: () => ['dumpsys', 'connectivity'],
  parse(text, so) {
    const dump = readDump(text);
    const vpns = dump.networks.filter(({ transports }) => transports.includes('VPN'));
    return {
      values: {
        network: {
          ...defaultNetwork(dump, so),
          vpns: dump.networksWhole
            ? vpns.map(({ vpnName, uidRanges }) => ({ name: vpnName, uidRanges: uidRanges ?? [] }))
            : unavailable('unparsed', 'The list of networks is absent or not understood.'),
        },
        apps: apps(dump, vpns, so),
      },
      unknownLines: dump.unknownLines,
    };
  },
};
