import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { isMetered } from './network-state.ts';
import type { SampleState } from './state.ts';

const NOT_CONNECTED =
  'SSID: <unknown ssid>, BSSID: <none>, MAC: 02:00:00:00:00:00, Supplicant state: DISCONNECTED, RSSI: -127, ' +
  'Link speed: -1Mbps, Frequency: -1MHz, Net ID: -1, Metered hint: false, score: 0';

/** WifiInfo.toString: unquoted name until Android 9, quoted from 10, link details from 11. */
export function wifiInfo(state: SampleState): string {
  const { sdk } = state.build;
  const { wifi, wifiEnabled } = state.network;
  if (!wifiEnabled || !wifi) return NOT_CONNECTED;
  const name = sdk >= 29 ? `"${wifi.ssid}"` : wifi.ssid;
  const speed = `${wifi.linkSpeedMbps}Mbps`;
  const detailed = sdk >= 30;
  return [
    `SSID: ${name}, BSSID: ${wifi.bssid}, MAC: 02:00:00:00:00:00`,
    ...(detailed ? ['IP: /192.168.1.54', ...(sdk >= 31 ? ['Security type: 2'] : [])] : []),
    'Supplicant state: COMPLETED',
    ...(detailed ? ['Wi-Fi standard: 5'] : []),
    `RSSI: ${wifi.rssi}, Link speed: ${speed}`,
    ...(detailed
      ? [
          `Tx Link speed: ${speed}, Max Supported Tx Link speed: ${speed}, Rx Link speed: ${speed}, Max Supported Rx Link speed: ${speed}`,
        ]
      : []),
    `Frequency: ${wifi.frequencyMhz}MHz, Net ID: 0, Metered hint: ${wifi.meteredHint}, score: 60`,
    ...(sdk >= 31 ? ['isUsable: true, CarrierMerged: false, SubscriptionId: -1, IsPrimary: 1'] : []),
  ].join(', ');
}

/** `dumpsys wifi`: its first lines. */
export function dumpWifi(state: SampleState): SampleAnswer {
  return answerLines([
    `Wi-Fi is ${state.network.wifiEnabled ? 'enabled' : 'disabled'}`,
    'Verbose logging is off',
    'Stay-awake conditions: 0',
    `mInIdleMode ${state.doze.deepState === 'IDLE'}`,
    'mScanPending false',
    `mWifiInfo ${wifiInfo(state)}`,
    ...configuredLines(state),
  ]);
}

/** WifiConfiguration.toString: the owner's mark is 1 metered, 2 not metered, and left out where there is none. */
function configuredLines(state: SampleState): string[] {
  const { wifi } = state.network;
  if (!wifi) return [];
  const mark = { none: [], true: [' meteredOverride 1'], false: [' meteredOverride 2'] }[wifi.meteredOverride];
  return [
    'WifiConfigManager - Configured networks Begin ----',
    `* ID: 0 SSID: "${wifi.ssid}" PROVIDER-NAME: null BSSID: null FQDN: null PRIO: 0 HIDDEN: false`,
    ...mark,
    'WifiConfigManager - Configured networks End ----',
  ];
}

/** `cmd wifi status|set-wifi-enabled` (AOSP WifiShellCommand, Android 11 and later). */
export function cmdWifi(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value] = args;
  if (verb === 'set-wifi-enabled' && state.build.sdk >= 30) {
    state.network.wifiEnabled = value === 'enabled';
    return SILENT;
  }
  if (verb !== 'status' || state.build.sdk < 30) return unknownCommand(verb);
  const { wifi, wifiEnabled } = state.network;
  if (!wifiEnabled) return answerLines(['Wifi is disabled', 'Wifi scanning is only available when wifi is enabled']);
  if (!wifi) return answerLines(['Wifi is enabled', 'Wifi scanning is always available', 'Wifi is not connected']);
  return answerLines([
    'Wifi is enabled',
    'Wifi scanning is always available',
    '==== Primary ClientModeManager instance ====',
    `Wifi is connected to "${wifi.ssid}"`,
    `WifiInfo: ${wifiInfo(state)}`,
    'successfulTxPackets: 10472',
    'successfulTxPacketsPerSecond: 1.5',
    'retriedTxPackets: 12',
    'retriedTxPacketsPerSecond: 0.0',
    'lostTxPackets: 0',
    'lostTxPacketsPerSecond: 0.0',
    'successfulRxPackets: 40211',
    'successfulRxPacketsPerSecond: 2.5',
    `NetworkCapabilities: [ Transports: WIFI Capabilities: ${isMetered(state) ? '' : 'NOT_METERED&'}INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN${state.network.validated ? '&VALIDATED' : ''}&NOT_ROAMING&FOREGROUND]`,
  ]);
}
