import { describe, expect, test } from 'vitest';
import { wifiNetworks } from '../../../../../../native/android/read/probes/wifi-networks.ts';
import { wifi, wifiInUse } from '../../../../../../native/android/read/probes/wifi.ts';
import type { Capture } from '../../../../../../native/capture.ts';
import { parsed, plain, wholeAnswer } from '../parse.ts';

const emptyCapture: Capture = {
  platform: 'android',
  phoneId: 'x',
  origin: 'usb',
  startedAt: '2026-11-27T10:00:00.000Z',
  durationMs: 0,
  apps: [],
  answers: [],
  brokenOff: null,
};

const read = (text: string) => plain(parsed(wifi, text).values.network);
/** `dumpsys wifi` of Android 14, shortened. */
const android14 = (name: string, override: string) => `Wi-Fi is enabled
Verbose logging is off
mInIdleMode false
mWifiInfo SSID: ${name}, BSSID: 02:00:5e:10:20:30, MAC: 02:00:00:00:00:00, IP: /192.168.1.54, Security type: 2, Supplicant state: COMPLETED, Wi-Fi standard: 5, RSSI: -43, Link speed: 866Mbps, Tx Link speed: 866Mbps, Frequency: 5240MHz, Net ID: 3, Metered hint: false, score: 60
WifiConfigManager - Configured networks Begin ----
ID: 2 SSID: "other" PROVIDER-NAME: null BSSID: null
 meteredOverride 1
 macRandomizationSetting: 3
* ID: 3 SSID: "home" PROVIDER-NAME: null BSSID: null
 validatedInternetAccess shared trusted
${override} macRandomizationSetting: 3
WifiConfigManager - Configured networks End ----
`;

describe('Wi-Fi', () => {
  test('tells signal and speed (Android 14)', () => {
    expect(read(android14('"home"', ''))).toEqual({
      rssi: -43,
      linkSpeed: 866,
      meteredOverride: 'missing',
      meteredMark: 'none',
    });
  });

  test('tells how the owner marked the network in use', () => {
    expect(read(android14('"home"', ' meteredOverride 1\n'))).toMatchObject({
      meteredOverride: true,
      meteredMark: 'true',
    });
    expect(read(android14('"home"', ' meteredOverride 2\n'))).toMatchObject({
      meteredOverride: false,
      meteredMark: 'false',
    });
  });

  test('is not deceived by the name of a network, quoted or bare', () => {
    expect(read(android14('"x", BSSID: a, RSSI: -10, Link speed: 1Mbps"', ''))).toMatchObject({
      rssi: -43,
      linkSpeed: 866,
    });
    expect(read(android14('x, RSSI: -10', ''))).toMatchObject({ rssi: -43 });
  });

  test('that is not connected has neither (Android 13)', () => {
    expect(
      read(
        'Wi-Fi is enabled\nmWifiInfo SSID: <unknown ssid>, BSSID: <none>, MAC: 02:00:00:00:00:00, Supplicant state: DISCONNECTED, RSSI: -127, Link speed: -1Mbps, Frequency: -1MHz, Net ID: -1\n',
      ),
    ).toEqual({ rssi: 'missing', linkSpeed: 'missing', meteredOverride: 'missing', meteredMark: 'missing' });
  });

  test('is understood from `cmd wifi status` too (Android 11)', () => {
    expect(
      read(
        'Wifi is enabled\nWifi is connected to "home"\nWifiInfo: SSID: "home", BSSID: 02:00:5e:10:20:30, Supplicant state: COMPLETED, RSSI: -70, Link speed: 52Mbps, Net ID: 0\n',
      ),
    ).toEqual({ rssi: -70, linkSpeed: 52, meteredOverride: 'missing', meteredMark: 'missing' });
    expect(read('Wifi is disabled\n')).toMatchObject({ rssi: 'missing' });
  });

  test('in use has a name for the command that must name it, where that is a text', () => {
    const named = (text: string) => wifiInUse({ ...emptyCapture, answers: [wholeAnswer('wifi', text)] });
    expect(named(android14('"Home Wi-Fi; rm -rf"', ''))).toBe('Home Wi-Fi; rm -rf');
    expect(named(android14('"a", BSSID: "b"', ''))).toBe('a", BSSID: "b');
    expect(named(android14('486f6d65', ''))).toBe(null);
    expect(named(android14('<unknown ssid>', ''))).toBe(null);
    expect(wifiInUse(emptyCapture)).toBe(null);
  });

  test('never passes on the name of a network', () => {
    const { values } = parsed(wifi, android14('"very private name"', ''));
    expect(JSON.stringify(values)).not.toContain('very private name');
  });

  test('is unknown in anything else', () => {
    expect(read('hello\n')).toEqual({
      rssi: 'unparsed',
      linkSpeed: 'unparsed',
      meteredOverride: 'unparsed',
      meteredMark: 'unparsed',
    });
  });
});

const networkOf = (text: string) => plain(parsed(wifiNetworks, text).values.network);
const mark = (text: string) => networkOf(text)['meteredOverride'];
const exactMark = (text: string) => networkOf(text)['meteredMark'];

describe('the list of known Wi-Fi networks', () => {
  test('tells what it says of all of them', () => {
    expect(mark('home;true\n')).toBe(true);
    expect(mark('home;false\na;b;false\n')).toBe(false);
  });

  test('keeps the exact word, by which it is put back', () => {
    expect(exactMark('home;true\n')).toBe('true');
    expect(exactMark('home;none\noffice;none\n')).toBe('none');
  });

  test('is no answer where they differ, nobody marked any, or there are none', () => {
    expect(mark('home;true\noffice;none\n')).toBe('missing');
    expect(mark('home;none\n')).toBe('missing');
    expect(exactMark('home;true\noffice;none\n')).toBe('missing');
    expect(mark('')).toBe('missing');
  });
});
