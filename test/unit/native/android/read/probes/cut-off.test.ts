import { describe, expect, test } from 'vitest';
import { firewallChain, firewallRule } from '../../../../../../native/android/read/probes/app-firewall.ts';
import { packages } from '../../../../../../native/android/read/probes/package-list.ts';
import { playServicesOff, playServicesOn } from '../../../../../../native/android/read/probes/play-services.ts';
import { settingsGlobal } from '../../../../../../native/android/read/probes/settings-global.ts';
import { parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const chain = (text: string) => plain(parsed(firewallChain, text).values.network)['appFirewall'];
const rule = (text: string) =>
  plain(firewallRule.parse(text, PHOTOS, soFar(), wholeAnswer('firewall-rule', text, PHOTOS)).values.apps?.[PHOTOS])[
    'networkDenied'
  ];
const on = (text: string) => plain(parsed(playServicesOn, text).values.system)['playServices'];
const off = (text: string) => plain(parsed(playServicesOff, text).values.system)['playServices'];
const inAll = (text: string) => plain(parsed(packages, text).values.system)['playServices'];
const policy = (text: string) => plain(parsed(settingsGlobal, text).values.network)['wifiSleepPolicy'];

describe("the phone's firewall for single apps", () => {
  test('is on or off', () => {
    expect(chain('chain:enabled\n')).toBe(true);
    expect(chain('chain:disabled\r\n')).toBe(false);
  });

  test('denies an app or lets it through', () => {
    expect(rule(`${PHOTOS}:deny\n`)).toBe(true);
    expect(rule(`${PHOTOS}:allow\n`)).toBe(false);
  });

  test('is not known where the answer is of another kind, cut short, or about another app', () => {
    expect([chain('Unknown command: get-chain3-enabled\n'), chain('chain:en'), chain('')]).toEqual([
      'unparsed',
      'unparsed',
      'unparsed',
    ]);
    expect([rule(`${PHOTOS}:de`), rule('com.example.other:deny\n'), rule('')]).toEqual([
      'unparsed',
      'unparsed',
      'unparsed',
    ]);
  });
});

describe('Google Play services', () => {
  test('are on or off by the list that names them', () => {
    expect(on('package:com.google.android.gms\n')).toBe('on');
    expect(off('package:com.google.android.gms.supervision\npackage:com.google.android.gms\n')).toBe('off');
  });

  test('are neither by a list that only names others, or nothing', () => {
    expect(on('package:com.google.android.gms.supervision\n')).toBe('missing');
    expect(off('')).toBe('missing');
    expect(off('package:com.google.android.g')).toBe('missing');
  });

  test('are absent by a whole list of all packages only', () => {
    expect(inAll('package:android uid:1000\npackage:com.google.android.apps.photos uid:10204\n')).toBe('absent');
    expect(inAll('package:android uid:1000\npackage:com.google.android.gms uid:10143\n')).toBe('missing');
    expect(inAll('')).toBe('missing');
  });
});

test('whether Wi-Fi stays on while the phone sleeps is a number of three, and unknown where it is not set', () => {
  expect([policy('wifi_sleep_policy=0\n'), policy('wifi_sleep_policy=2\n')]).toEqual([0, 2]);
  expect([policy('wifi_sleep_policy=9\n'), policy('wifi_on=1\n')]).toEqual(['unparsed', 'missing']);
});
