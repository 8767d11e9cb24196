import { answerLines, failLine, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { defaultTransport, isMetered } from './network-state.ts';
import { reboot } from './restart.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';
import { wifiInfo } from './wifi.ts';

const DEFAULT_NETWORK = 100;
const VPN_NETWORK = 103;

/** `dumpsys connectivity` (AOSP ConnectivityService.dump): the default network and every network with its capabilities. */
export function dumpConnectivity(state: SampleState): SampleAnswer {
  const transport = defaultTransport(state);
  return answerLines([
    state.build.sdk >= 30 ? 'NetworkProviders for:' : 'NetworkFactories for: Ethernet TelephonyNetworkFactory[0] WIFI',
    '',
    `Active default network: ${transport === null ? 'none' : DEFAULT_NETWORK}`,
    '',
    'Current Networks:',
    ...(transport === null ? [] : [agentLine(state, transport)]),
    ...(transport === null ? [] : vpnLines(state, transport)),
    '',
    'Status for known UIDs:',
    '',
  ]);
}

function agentLine(state: SampleState, transport: 'WIFI' | 'CELLULAR'): string {
  const { sdk } = state.build;
  const { validated, captivePortal } = state.network;
  const iface = transport === 'WIFI' ? 'wlan0' : 'rmnet_data0';
  const link = `lp{{InterfaceName: ${iface} LinkAddresses: [ 192.168.1.54/24 ] DnsAddresses: [ /192.168.1.1 ] Domains: null MTU: 0 }}`;
  const caps = `nc{[ Transports: ${transport} Capabilities: ${capabilities(state, transport).join('&')} ${details(state, transport)}]}`;
  const oldInfo = `ni{[type: ${transport === 'WIFI' ? 'WIFI[]' : 'MOBILE[LTE]'}, state: CONNECTED/CONNECTED, reason: (unspecified), extra: (none), failover: false, available: true, roaming: false]}`;
  if (sdk <= 30) {
    return (
      `  NetworkAgentInfo{ ${oldInfo}  network{${DEFAULT_NETWORK}}  nethandle{432902426637}  ${link}  ${caps}  Score{60}  ` +
      `everValidated{${validated}}  lastValidated{${validated}}  created{true} lingering{false} explicitlySelected{false} ` +
      `acceptUnvalidated{false} everCaptivePortalDetected{${captivePortal}} lastCaptivePortalDetected{${captivePortal}} clat{null} }`
    );
  }
  const newInfo = `ni{${transport === 'WIFI' ? 'WIFI' : 'MOBILE[LTE]'} CONNECTED extra: }`;
  const validation = validated ? ' firstValidated 34551 lastValidated 34551 ' : '';
  const portal = sdk >= 36 && captivePortal ? ' firstCaptivePortalDetected 65312448 ' : '';
  return (
    `  NetworkAgentInfo{network{${DEFAULT_NETWORK}}  handle{432902426637}  ${newInfo} ` +
    `Score(Policies : TRANSPORT_PRIMARY&EVER_EVALUATED${validated ? '&EVER_VALIDATED&IS_VALIDATED' : ''} ; KeepConnected : 0)  ` +
    `created 34031 ${validation}${portal} ${link}  ${caps}  factorySerialNumber=7}`
  );
}

function capabilities(state: SampleState, transport: 'WIFI' | 'CELLULAR'): string[] {
  const { sdk } = state.build;
  const { validated, captivePortal } = state.network;
  return [
    ...(isMetered(state) ? [] : ['NOT_METERED']),
    'INTERNET',
    'NOT_RESTRICTED',
    'TRUSTED',
    'NOT_VPN',
    ...(validated ? ['VALIDATED'] : []),
    ...(captivePortal ? ['CAPTIVE_PORTAL'] : []),
    ...(sdk >= 28 && !(state.network.roaming === true && transport === 'CELLULAR') ? ['NOT_ROAMING'] : []),
    'FOREGROUND',
    ...(sdk >= 28 ? ['NOT_CONGESTED', 'NOT_SUSPENDED'] : []),
    ...(sdk >= 31 ? ['NOT_VCN_MANAGED'] : []),
    ...(sdk >= 36 && transport === 'WIFI' ? ['NOT_BANDWIDTH_CONSTRAINED'] : []),
  ];
}

function details(state: SampleState, transport: 'WIFI' | 'CELLULAR'): string {
  const { sdk } = state.build;
  const bandwidth = 'LinkUpBandwidth>=20519Kbps LinkDnBandwidth>=64584Kbps';
  const { wifi } = state.network;
  const dns = state.network.privateDnsBroken && sdk >= 30 ? ' PrivateDnsBroken' : '';
  if (transport === 'CELLULAR' || !wifi)
    return `${bandwidth} Specifier: <TelephonyNetworkSpecifier [mSubId = 1]>${dns}`;
  if (sdk <= 30) {
    return `${sdk >= 28 ? 'Unwanted:  ' : ''}${bandwidth} SignalStrength: ${wifi.rssi} SSID: "${wifi.ssid}"${dns}`;
  }
  return `${bandwidth} TransportInfo: <${wifiInfo(state)}> SignalStrength: ${wifi.rssi}${dns} OwnerUid: -1 AdminUids: []`;
}

function vpnLines(state: SampleState, transport: string): string[] {
  const { vpn } = state.network;
  if (vpn === null) return [];
  const newer = state.build.sdk >= 31;
  const info = newer ? 'ni{VPN CONNECTED extra: VPN:com.example.vpn}' : 'ni{[type: VPN[], state: CONNECTED/CONNECTED]}';
  return [
    `  NetworkAgentInfo{${newer ? '' : ' '}network{${VPN_NETWORK}}  handle{442381887501}  ${info}  created 71020  ` +
      `lp{{InterfaceName: tun0 LinkAddresses: [ 10.8.0.2/32 ] }}  nc{[ Transports: ${transport}|VPN Capabilities: ` +
      `${vpn.metered === true ? '' : 'NOT_METERED&'}INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED&NOT_ROAMING&FOREGROUND&NOT_CONGESTED&NOT_SUSPENDED ` +
      `TransportInfo: <VpnTransportInfo{type=1, sessionId=${vpn.sessionId}, bypassable=false longLivedTcpConnectionsExpensive=false}> ` +
      `Uids: <{${vpn.uidRanges}}> OwnerUid: ${vpn.ownerUid} AdminUids: [${vpn.ownerUid}]]}}`,
  ];
}

/** The commands of the firewall for single apps (AOSP ConnectivityService.ShellCmd, 14 and later). */
function appFirewall(state: SampleState, [verb, first, second]: readonly string[]): SampleAnswer | null {
  if (state.build.sdk < 34) return null;
  if (verb === 'get-chain3-enabled') {
    return answerLines([`chain:${state.network.appFirewall === true ? 'enabled' : 'disabled'}`]);
  }
  const isSet = verb === 'set-package-networking-enabled';
  if (!isSet && verb !== 'get-package-networking-enabled') return null;
  const name = isSet ? second : first;
  const app = state.apps.find((one) => one.package === name);
  if (app === undefined || (isSet && first !== 'true' && first !== 'false')) {
    return failLine(`android.content.pm.PackageManager$NameNotFoundException: ${name ?? 'null'}`, 255);
  }
  if (!isSet) {
    return answerLines([`${app.package}:${app.networkDenied === true ? 'deny' : 'allow'}`]);
  }
  const refusal = refusalFor(state, 'airplaneMode', verb);
  if (refusal) return refusal;
  app.networkDenied = first === 'false';
  return answerLines([
    `${first === 'true' ? 'Enabled' : 'Disabled'} networking for ${app.package}, appId ${app.appId}`,
  ]);
}

/** `cmd connectivity airplane-mode [enable|disable]` (Android 9 and later), and the firewall for single apps. */
export function cmdConnectivity(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value] = args;
  const firewall = appFirewall(state, args);
  if (firewall) return firewall;
  if (verb !== 'airplane-mode' || state.build.sdk < 28) return unknownCommand(verb);
  if (value === 'enable' || value === 'disable') {
    const refusal = refusalFor(state, 'airplaneMode', verb);
    if (refusal) return refusal;
    state.settings.global['airplane_mode_on'] = value === 'enable' ? '1' : '0';
    return SILENT;
  }
  return answerLines([state.settings.global['airplane_mode_on'] === '1' ? 'enabled' : 'disabled']);
}

/** `svc wifi|data enable|disable`, `svc power reboot`. */
export function svc(state: SampleState, args: readonly string[]): SampleAnswer {
  const [what, value] = args;
  if (what === 'power' && value === 'reboot') return reboot(state);
  const on = value === 'enable';
  if (value !== 'enable' && value !== 'disable') return SILENT;
  if (what === 'wifi') {
    state.network.wifiEnabled = on;
    state.settings.global['wifi_on'] = on ? '1' : '0';
  }
  if (what === 'data') {
    state.network.mobileEnabled = on;
    state.settings.global['mobile_data'] = on ? '1' : '0';
  }
  return SILENT;
}
