import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../../../native/capture.ts';
import { isKnown, type Leaf, type Reading } from '../../../../../native/reading.ts';
import { wholeAnswer } from './parse.ts';
import { answerFrom, published, readingOf, sectionsOf } from './published.ts';

/** Known values as they are, the others as the reason why not. */
const shown = (leaves: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(leaves as Record<string, Leaf<unknown>>).map(([name, leaf]) => [
      name,
      isKnown(leaf) ? leaf.value : leaf.unavailable,
    ]),
  );

describe.skipIf(!published)('a Xiaomi Pad 6 with HyperOS 2 (Android 14)', () => {
  const photos = 'com.google.android.apps.photos';
  const firewall = 'com.celzero.bravedns';
  const whatsapp = 'com.whatsapp';
  const gms = 'com.google.android.gms';
  const pad = 'xiaomi-pad6-hyperos2-android14';
  let reading: Reading;
  const limits = (app: string) => {
    const { exempt, exemptBy, netPolicy, netPolicyName, inVpn } = shown(reading.apps[app] ?? {});
    return [exempt, exemptBy, netPolicy, netPolicyName, inVpn];
  };
  beforeAll(async () => {
    const files: [string, string][] = [
      ['getprop', 'getprop.txt'],
      ['battery', 'dumpsys_battery.txt'],
      ['settings-global', 'settings/global.txt'],
      ['settings-secure', 'settings/secure.txt'],
      ['settings-system', 'settings/system.txt'],
      ['power', 'dumpsys_power.txt'],
      ['deviceidle', 'dumpsys_deviceidle.txt'],
      ['netpolicy', 'dumpsys_netpolicy.txt'],
      ['wifi', 'dumpsys_wifi.txt'],
      ['connectivity', 'dumpsys_connectivity.txt'],
    ];
    const uids = `package:${photos} uid:10204\npackage:${firewall} uid:10307\npackage:${whatsapp} uid:10291\n`;
    const answers = await Promise.all(files.map(([probe, file]) => answerFrom(probe, `${pad}/${file}`)));
    reading = readingOf([wholeAnswer('packages', uids), ...answers], [photos, firewall, whatsapp, gms]);
  });

  test('says what it is', () => {
    expect(shown(reading.identity)).toMatchObject({
      manufacturer: 'Xiaomi',
      model: '23043RP34G',
      name: 'Xiaomi Pad 6',
      osVersion: '14',
      sdk: 34,
      build: 'UKQ1.240624.001 release-keys',
      securityPatch: '2026-01-01',
      skin: 'xiaomi',
      skinVersion: 'HyperOS 2.0',
      language: 'es-US',
    });
  });

  test('charges at 22 %', () => {
    expect(shown(reading.battery)).toMatchObject({
      level: 22,
      status: 'charging',
      powered: true,
      health: 'good',
      temperature: 33.7,
      voltage: 3826,
      updatesStopped: false,
      capacityPercent: 'missing',
      chargeLimit: 'missing',
    });
    expect(reading.battery.status).toMatchObject({ underPower: true });
  });

  test('had battery saver on until it was plugged in, and switches it on at 35 %', () => {
    expect(shown(reading.power)).toEqual({
      saverOn: false,
      saverOffAgoMs: 886_853,
      saverBeforePower: true,
      saverReason: 'Plugged in',
      saverSticky: false,
      saverPending: false,
      saverAdaptive: false,
      triggerLevel: 35,
      schedule: 'percentage',
      extremeMode: 'missing',
    });
    expect(reading.power.saverOn).toMatchObject({ underPower: true });
  });

  test('dozes as it should', () => {
    expect(shown(reading.doze)).toEqual({
      deepEnabled: true,
      lightEnabled: true,
      deepState: 'ACTIVE',
      lightState: 'ACTIVE',
      forced: false,
      history: [{ event: 'normal', agoMs: 8_812_889, reason: 'unlocked' }],
    });
  });

  test('is behind a VPN for all but the VPN’s own app, on Wi-Fi whose captive portals it does not look for', () => {
    expect(shown(reading.network)).toEqual({
      airplaneMode: false,
      captivePortalDetection: false,
      connected: true,
      transports: ['WIFI'],
      validated: true,
      captivePortal: false,
      metered: false,
      meteredOverride: 'missing',
      mobileDataLimit: -1,
      mobileDataLimitReached: 'missing',
      meteredMark: 'none',
      rssi: -43,
      linkSpeed: 866,
      vpns: [
        {
          name: 'Rethink',
          uidRanges: [
            { from: 0, to: 10_306 },
            { from: 10_308, to: 20_306 },
            { from: 20_308, to: 99_999 },
          ],
        },
      ],
      alwaysOnVpn: firewall,
      alwaysOnVpnLockdown: false,
      privateDnsMode: 'off',
      appFirewall: 'missing',
      roaming: false,
      wifiSleepPolicy: 2,
      privateDnsHost: 'missing',
      privateDnsBroken: false,
    });
  });

  test('has 22 data policies', () => {
    const { dataSaver, allowedUids, policies, policyNames } = shown(reading.dataPolicy);
    expect(dataSaver).toBe(false);
    expect(allowedUids).toHaveLength(21);
    expect(Object.entries(policies ?? {})).toHaveLength(22);
    expect(Object.entries(policies ?? {})[0]).toEqual(['10140', 1]);
    expect(Object.entries(policies ?? {}).at(-1)).toEqual(['10318', 4]);
    expect(policyNames).toMatchObject({ '10140': 'REJECT_METERED_BACKGROUND', '10318': 'ALLOW_METERED_BACKGROUND' });
  });

  test('limits background processes; clock and location are in order', () => {
    expect(shown(reading.system)).toMatchObject({
      autoTime: true,
      appStandby: true,
      adaptiveBattery: true,
      processLimit: 6,
      locationOn: true,
    });
  });

  test('treats its apps each in its own way', () => {
    expect(limits(photos)).toEqual([false, 'missing', 0, 'NONE', true]);
    expect(limits(firewall)).toEqual([true, 'user', 4, 'ALLOW_METERED_BACKGROUND', false]);
    expect(limits(whatsapp)).toEqual([true, 'user', 4, 'ALLOW_METERED_BACKGROUND', true]);
    expect(limits(gms).slice(0, 2)).toEqual([true, 'system']);
  });

  test('holds no name of a Wi-Fi', () => {
    expect(JSON.stringify(reading)).not.toContain('ssid-');
  });
});

const one = async (probe: string, file: string): Promise<Reading> => readingOf([await answerFrom(probe, file)]);

describe.skipIf(!published)('single answers of other phones', () => {
  test('a Samsung with Android 16: wear, cycles, charge limit', async () => {
    const reading = await one('battery', 'samsung-android16/dumpsys_battery.txt');
    expect(shown(reading.battery)).toMatchObject({
      level: 100,
      status: 'full',
      powered: true,
      temperature: 33.7,
      voltage: 4378,
      capacityPercent: 98,
      cycles: 249,
      firstUse: '2025-10-06',
      chargeLimit: 100,
    });
  });

  test('a Samsung S9 with Android 10: wear and cycles without brackets', async () => {
    const reading = await one('battery', 'singles/samsung-s9_dumpsys_battery.txt');
    expect(shown(reading.battery)).toMatchObject({
      level: 100,
      temperature: 30.2,
      voltage: 4312,
      capacityPercent: 86,
      cycles: 350,
      firstUse: 'missing',
      chargeLimit: 'missing',
    });
  });

  test('a Samsung S25+ with One UI 8.5, in UTF-16', async () => {
    const reading = await one('getprop', 'samsung-android16/getprop_s25plus-oneui8.5.txt');
    expect(shown(reading.identity)).toMatchObject({
      manufacturer: 'samsung',
      model: 'SM-S936B',
      osVersion: '16',
      sdk: 36,
      build: 'BP4A.251205.006.S936BXXUACZF1',
      securityPatch: '2026-06-05',
      skin: 'samsung',
      skinVersion: 'One UI 8.5',
      language: 'es-ES',
    });
  });

  test('a Motorola edge 20 with Android 13', async () => {
    const reading = await one('getprop', 'singles/motorola-edge20-android13_getprop.txt');
    expect(shown(reading.identity)).toMatchObject({
      model: 'motorola edge 20',
      sdk: 33,
      securityPatch: '2023-09-01',
      skin: 'motorola',
      skinVersion: 'missing',
      language: 'pt-BR',
    });
  });

  test('a vivo with Android 14, in UTF-16: battery saver not used since the restart', async () => {
    const reading = await one('power', 'singles/vivo-android14_dumpsys_power.txt');
    expect(shown(reading.power)).toMatchObject({
      saverOn: false,
      saverBeforePower: false,
      saverReason: 'missing',
      saverSticky: false,
      triggerLevel: 10,
      schedule: 'percentage',
    });
  });

  test('a custom ROM with Android 12, whose policy list is the end of the file', async () => {
    const reading = await one('netpolicy', 'singles/customrom-android12_dumpsys_netpolicy.txt');
    expect(shown(reading.dataPolicy)).toEqual({
      dataSaver: false,
      allowedUids: 'truncated',
      policies: 'truncated',
      policyNames: 'truncated',
    });
  });
});

/** The services of a bug report, by the probe that asks the same. */
const asked: [string, string][] = [
  ['getprop', 'getprop'],
  ['user-service', 'user'],
  ['battery', 'battery'],
  ['thermalservice', 'thermalservice'],
  ['power', 'power'],
  ['deviceidle', 'deviceidle'],
  ['netpolicy', 'netpolicy'],
  ['wifi', 'wifi'],
  ['connectivity', 'connectivity'],
  ['activity-settings', 'activity'],
  ['settings-log', 'settings'],
  ['device-policy', 'device_policy'],
];

async function bugReport(file: string): Promise<Reading> {
  const sections = await sectionsOf(`bugreports/${file}`);
  const answers = asked.flatMap(([probe, service]): Answer[] => {
    const text = sections.get(service);
    return text === undefined ? [] : [wholeAnswer(probe, text)];
  });
  return readingOf(answers, ['com.google.android.apps.photos', 'com.google.android.gms']);
}

describe.skipIf(!published)('bug reports', () => {
  test('a Sunmi T2s (Android 9): captive-portal detection off, and who switched the old key', async () => {
    const reading = await bugReport('sunmi-T2s-android9.zip');
    expect(shown(reading.network)).toEqual({
      airplaneMode: false,
      captivePortalDetection: false,
      connected: true,
      transports: ['WIFI'],
      validated: true,
      captivePortal: false,
      metered: false,
      meteredOverride: 'missing',
      mobileDataLimit: -1,
      mobileDataLimitReached: 'missing',
      meteredMark: 'none',
      rssi: -38,
      linkSpeed: 866,
      vpns: [],
      alwaysOnVpn: '',
      alwaysOnVpnLockdown: false,
      privateDnsMode: 'missing',
      appFirewall: 'missing',
      roaming: false,
      wifiSleepPolicy: 2,
      privateDnsHost: 'missing',
      privateDnsBroken: 'missing',
    });
    const { settingsChangedBy, managed, ...system } = shown(reading.system);
    expect(settingsChangedBy).toContainEqual({
      key: 'captive_portal_detection_enabled',
      value: '0',
      by: 'com.sunmi.toolbox',
      at: '',
    });
    expect(settingsChangedBy).toHaveLength(8);
    expect(managed).toBe(false);
    expect(system).toMatchObject({ autoTime: true, appStandby: true, locationOn: true });
    expect(shown(reading.battery)).toMatchObject({ level: 58, temperature: 25, thermalStatus: 'missing' });
    expect(shown(reading.power)).toMatchObject({ saverOn: false, saverBeforePower: false, triggerLevel: 0 });
    expect(shown(reading.doze)).toMatchObject({ deepEnabled: false, lightEnabled: false, history: 'missing' });
    expect(shown(reading.dataPolicy)).toMatchObject({ allowedUids: [10_012, 10_013, 10_019, 10_024] });
    expect(shown(reading.apps['com.google.android.gms'] ?? {})).toMatchObject({ exempt: true, exemptBy: 'system' });
  });

  test('a Smartron t.phone E (Android 8.1): on mobile data, no history of battery saver', async () => {
    const reading = await bugReport('smartron-tphoneE-android8.1.zip');
    expect(shown(reading.identity)).toMatchObject({ osVersion: '8.1.0', sdk: 27, model: 'T5911', skin: 'other' });
    expect(shown(reading.network)).toMatchObject({
      transports: ['CELLULAR'],
      validated: true,
      metered: true,
      rssi: 'missing',
      captivePortalDetection: true,
      vpns: [],
    });
    expect(shown(reading.power)).toMatchObject({
      saverOn: false,
      saverBeforePower: 'missing',
      triggerLevel: 'missing',
    });
    expect(shown(reading.battery)).toMatchObject({ level: 74, temperature: 24.5 });
    expect(shown(reading.dataPolicy)).toMatchObject({ policies: { '10005': 4, '10014': 4, '10016': 4 } });
  });

  test('a Google emulator (Android 9): Wi-Fi that was never validated, beside a second network', async () => {
    const reading = await bugReport('emulator-gphone-android9.zip');
    expect(shown(reading.network)).toMatchObject({ transports: ['WIFI'], validated: false, metered: false, rssi: -50 });
    expect(shown(reading.battery)).toMatchObject({ level: 100, status: 'not-charging', powered: false });
    expect(reading.power.saverOn).not.toHaveProperty('underPower');
  });

  test('a MediaTek tablet (Android 13): offline, automatic time switched off in the settings, no background processes', async () => {
    const reading = await bugReport('axxs-tb8168-android13.zip');
    expect(shown(reading.network)).toMatchObject({
      connected: false,
      validated: false,
      metered: 'missing',
      privateDnsMode: 'opportunistic',
    });
    expect(shown(reading.identity)).toMatchObject({ userId: 0, users: [{ id: 0, kind: 'owner', running: true }] });
    const { settingsChangedBy, ...system } = shown(reading.system);
    expect(settingsChangedBy).toContainEqual({
      key: 'auto_time',
      value: '0',
      by: 'com.android.settings',
      at: '2025-12-09 06:05:34',
    });
    expect(system).toMatchObject({ autoTime: false, managed: false, processLimit: 0 });
    expect(shown(reading.battery)).toMatchObject({ thermalStatus: 0, temperature: 37 });
    expect(shown(reading.power)).toMatchObject({ saverBeforePower: false, schedule: 'percentage', triggerLevel: 0 });
  });
});
