import { describe, expect, test } from 'vitest';
import { connectivity } from '../../../../../../native/android/read/probes/connectivity.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, why } from '../parse.ts';

const so = (sdk: number) => soFar({ sdk, uids: { [PHOTOS]: 10_204, [DRIVE]: 10_307 } });
const caps = 'NOT_METERED&INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED&NOT_ROAMING&FOREGROUND';

/** The line of one network as Android 12 to 16 print it. */
const newAgent = (id: number, nc: string) =>
  `  NetworkAgentInfo{network{${id}}  handle{432902426637}  ni{WIFI CONNECTED extra: } Score(Policies : IS_UNMETERED ; KeepConnected : 0)  created 34031 firstValidated 34551 lastValidated 34551  lp{{InterfaceName: wlan0 LinkAddresses: [ 192.168.1.54/24 ]}}  nc{[ ${nc}]}  factorySerialNumber=7}`;
/** The same as Android 8 to 11 print it. */
const oldAgent = (id: number, extra: string, nc: string) =>
  `  NetworkAgentInfo{ ni{[type: WIFI[], state: CONNECTED/CONNECTED, reason: (unspecified), extra: ${extra}, failover: false]}  network{${id}}  nethandle{437197393933}  lp{{InterfaceName: wlan0 LinkAddresses: [192.168.232.2/21,]}}  nc{[ ${nc}]}  Score{20}  everValidated{false}  lastValidated{true}  clat{null} }`;
const dump = (active: string, ...agents: string[]) => `NetworkProviders for:
  9: RestrictedWifiNetworkFactory

Active default network: ${active}

Current network preferences: 
  Default requests:

Current Networks:
${agents.map((agent) => `${agent}\n    Requests: REQUEST:1 LISTEN:48\n      NetworkRequest [ LISTEN id=5, [ Capabilities: FOREGROUND ] ]\n`).join('')}
Network Requests:
  uid/pid:1000/1932 activeRequest: 20 [NetworkRequest [ TRACK_DEFAULT id=20, [ Uids: <{10188-10188}> ] ]]
`;
const network = (text: string, sdk = 34) => plain(parsed(connectivity, text, so(sdk)).values.network);
const inVpn = (text: string, sdk = 34) => {
  const { apps } = parsed(connectivity, text, so(sdk)).values;
  return [why(apps?.[PHOTOS]?.inVpn), why(apps?.[DRIVE]?.inVpn)];
};
const wifi = newAgent(
  100,
  `Transports: WIFI Capabilities: ${caps} SignalStrength: -46 SSID: "home" UnderlyingNetworks: Null`,
);
const vpn = (uids: string, name = 'Rethink') =>
  newAgent(
    101,
    `Transports: WIFI|VPN Capabilities: NOT_METERED&INTERNET&VALIDATED TransportInfo: <VpnTransportInfo{type=1, sessionId=${name}, bypassable=false longLivedTcpConnectionsExpensive=false}>${uids} OwnerUid: 10307 AdminUids: [10307] UnderlyingNetworks: [100]`,
  );

const textOf = (networks: readonly string[]) =>
  ['Active default network: 100', 'Current Networks:', ...networks, '', 'Network Requests:', ''].join('\n');

describe('the default network', () => {
  test('whose capabilities were changed on their way is not called metered', () => {
    expect(network(dump('100', wifi.replaceAll('_', '\\_')))['metered']).toBe('unparsed');
  });

  test('without a list of capabilities is not called metered, nor captive, nor without internet', () => {
    const { metered, validated, captivePortal } = network(
      dump('100', newAgent(100, 'Transports: WIFI SignalStrength: -46')),
    );
    expect([metered, validated, captivePortal]).toEqual(['unparsed', 'unparsed', 'unparsed']);
  });

  test('over Wi-Fi (Android 14)', () => {
    expect(network(dump('100', wifi))).toEqual({
      connected: true,
      transports: ['WIFI'],
      validated: true,
      captivePortal: false,
      metered: false,
      roaming: false,
      rssi: -46,
      privateDnsBroken: false,
      vpns: [],
    });
  });

  test('over Wi-Fi with a sign-in page, unvalidated and metered (Android 9): lastValidated is not what counts', () => {
    const agent = oldAgent(
      101,
      '"network{7} lp{{ nc{["',
      'Transports: WIFI Capabilities: INTERNET&CAPTIVE_PORTAL Unwanted:  SignalStrength: -80 SSID: "x"',
    );
    expect(network(dump('101', agent), 28)).toEqual({
      connected: true,
      transports: ['WIFI'],
      validated: false,
      captivePortal: true,
      metered: true,
      roaming: false,
      rssi: -80,
      privateDnsBroken: 'missing',
      vpns: [],
    });
  });

  test('over mobile data tells no Wi-Fi signal', () => {
    const cell = newAgent(102, `Transports: CELLULAR Capabilities: INTERNET&VALIDATED SignalStrength: -99`);
    expect(network(dump('102', wifi, cell))).toMatchObject({
      transports: ['CELLULAR'],
      metered: true,
      rssi: 'missing',
    });
  });

  test('with private DNS that does not work (Android 11 and later)', () => {
    for (const words of ['Private DNS is broken', 'PrivateDnsBroken']) {
      expect(network(dump('100', newAgent(100, `Transports: WIFI Capabilities: INTERNET ${words}`)), 30)).toMatchObject(
        {
          privateDnsBroken: true,
        },
      );
    }
  });

  test('is absent', () => {
    expect(network(dump('none'))).toEqual({
      connected: false,
      transports: [],
      validated: false,
      captivePortal: false,
      metered: 'missing',
      roaming: 'missing',
      rssi: 'missing',
      privateDnsBroken: 'missing',
      vpns: [],
    });
  });

  test('is a foreign one where a mobile network lacks NOT_ROAMING (Android 9 and later)', () => {
    const abroad = newAgent(102, 'Transports: CELLULAR Capabilities: INTERNET&VALIDATED');
    const home = newAgent(102, 'Transports: CELLULAR Capabilities: INTERNET&NOT_ROAMING&VALIDATED');
    expect(network(dump('102', abroad), 34)).toMatchObject({ roaming: true });
    expect(network(dump('102', home), 34)).toMatchObject({ roaming: false });
    expect(network(dump('102', abroad), 27)).toMatchObject({ roaming: 'missing' });
  });

  test('is named but not described', () => {
    expect(network(dump('104', wifi))).toMatchObject({ connected: true, validated: 'unparsed', metered: 'unparsed' });
  });

  test('and its VPNs are unknown where the dump ends within the networks', () => {
    const cut = dump('100', wifi).split('\nNetwork Requests:')[0] ?? '';
    expect(network(cut)).toMatchObject({ connected: true, validated: true, vpns: 'unparsed' });
    expect(inVpn(cut)).toEqual(['unparsed', 'unparsed']);
  });

  test('and its VPNs are unknown where the requests of a network are not as many as it says: there is a hole', () => {
    const requests = ['LISTEN id=5', 'LISTEN id=9', 'LISTEN id=12'].map(
      (one) => `      NetworkRequest [ ${one}, [ ] ]`,
    );
    const whole = [
      wifi,
      '    Requests: REQUEST:0 LISTEN:3 BACKGROUND_REQUEST:0 total:3',
      ...requests,
      vpn(' Uid: 10204'),
    ];
    expect(inVpn(textOf(whole))).toEqual([true, false]);
    expect(network(textOf(whole))['vpns']).toHaveLength(1);
    // From the middle of the first network until after the last one, and within the first one only.
    for (const holed of [whole.slice(0, 3), whole.toSpliced(3, 1), whole.toSpliced(2, 0, String(requests[0]))]) {
      expect(network(textOf(holed))).toMatchObject({ connected: true, vpns: 'unparsed' });
      expect(inVpn(textOf(holed))).toEqual(['unparsed', 'unparsed']);
    }
  });

  test('is unknown in anything else', () => {
    expect(new Set(Object.values(network('hello\n')))).toEqual(new Set(['unparsed']));
    expect(inVpn('hello\n')).toEqual(['unparsed', 'unparsed']);
  });
});

describe('a VPN', () => {
  test('carries the uids in its ranges, and its own app not', () => {
    const text = dump('100', wifi, vpn(' Uids: <{0-10306, 10308-20306, 20308-99999}>'));
    expect(network(text)['vpns']).toEqual([
      {
        name: 'Rethink',
        uidRanges: [
          { from: 0, to: 10_306 },
          { from: 10_308, to: 20_306 },
          { from: 20_308, to: 99_999 },
        ],
      },
    ]);
    expect(inVpn(text)).toEqual([true, false]);
  });

  test('may carry a single app', () => {
    const text = dump('100', wifi, vpn(' Uid: 10204'));
    expect(network(text)['vpns']).toEqual([{ name: 'Rethink', uidRanges: [{ from: 10_204, to: 10_204 }] }]);
    expect(inVpn(text)).toEqual([true, false]);
  });

  test('does not choose its ranges by its name', () => {
    expect(inVpn(dump('100', wifi, vpn(' Uids: <{10204-10204}>', 'x Uids: <{1-2}>')))).toEqual([true, false]);
  });

  test('whose ranges are not printed (Android 8) leaves the question open', () => {
    const text = dump(
      '100',
      oldAgent(100, 'x', `Transports: WIFI Capabilities: ${caps}`),
      oldAgent(101, 'x', 'Transports: WIFI|VPN Capabilities: INTERNET'),
    );
    expect(network(text, 27)['vpns']).toEqual([{ name: 'VPN', uidRanges: [] }]);
    expect(inVpn(text, 27)).toEqual(['missing', 'missing']);
  });

  test('that is not there carries nobody, whatever the uid', () => {
    expect(plain(parsed(connectivity, dump('100', wifi)).values.apps?.[PHOTOS])).toEqual({
      inVpn: false,
      inMeteredVpn: false,
    });
  });

  test('leaves the question open where the uid is not known or a network was not understood', () => {
    const text = dump('100', wifi, vpn(' Uids: <{0-99999}>'));
    expect(plain(parsed(connectivity, text).values.apps?.[PHOTOS])).toEqual({
      inVpn: 'missing',
      inMeteredVpn: false,
    });
    expect(inVpn(dump('100', wifi, '  NetworkAgentInfo{network{102} new words}'))).toEqual(['unparsed', 'unparsed']);
  });
});

test('a text that lost its indentation tells of no network, also not that there is no VPN', () => {
  const margin = dump('100', wifi, vpn(' Uids: <{0-99999}>')).replaceAll(/^ +/gm, '');
  expect(network(margin)['vpns']).toBe('unparsed');
});
