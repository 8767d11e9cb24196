import { describe, expect, test } from 'vitest';
import { readSettingsList } from '../../../../../../native/android/read/settings-list.ts';
import { settingsGlobal } from '../../../../../../native/android/read/probes/settings-global.ts';
import { settingsSecure } from '../../../../../../native/android/read/probes/settings-secure.ts';
import { settingsSystem } from '../../../../../../native/android/read/probes/settings-system.ts';
import { parsed, plain, why } from '../parse.ts';

const lines = (values: Record<string, string>): string =>
  `${Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
const global = (values: Record<string, string>) => parsed(settingsGlobal, lines(values)).values;
const secure = (values: Record<string, string>) => parsed(settingsSecure, lines(values)).values;
const system = (values: Record<string, string>) => parsed(settingsSystem, lines(values)).values;

describe('global settings', () => {
  test('of a phone that has them all (Android 14)', () => {
    const values = global({
      adaptive_battery_management_enabled: '0',
      airplane_mode_on: '1',
      app_standby_enabled: '1',
      auto_time: '0',
      automatic_power_save_mode: '1',
      background_process_limit: '6',
      captive_portal_mode: '0',
      device_name: 'Pad of Anna',
      low_power: '0',
      low_power_sticky: '1',
      low_power_trigger_level: '35',
      private_dns_mode: 'hostname',
      wifi_sleep_policy: '2',
      private_dns_specifier: 'dns.example.net',
    });
    expect(values).toEqual({
      identity: { name: 'Pad of Anna', repairMode: false },
      power: {
        saverOn: false,
        saverSticky: true,
        triggerLevel: 35,
        schedule: 'dynamic',
        extremeMode: expect.objectContaining({ reason: 'missing' }),
      },
      network: {
        airplaneMode: true,
        captivePortalDetection: false,
        privateDnsMode: 'hostname',
        wifiSleepPolicy: 2,
        privateDnsHost: 'dns.example.net',
      },
      system: { autoTime: false, appStandby: true, adaptiveBattery: false, processLimit: 6 },
    });
  });

  test("tell Android's repair mode, which is off where the setting is not there (14 and later)", () => {
    expect(global({ repair_mode_active: '1' }).identity?.repairMode).toBe(true);
    expect(global({ repair_mode_active: '0' }).identity?.repairMode).toBe(false);
    expect(global({ mobile_data: '1' }).identity?.repairMode).toBe(false);
  });

  test("that are absent count by Android's documented default, else they are missing", () => {
    const values = global({ mobile_data: '1' });
    expect(plain(values.network)).toEqual({
      airplaneMode: 'missing',
      captivePortalDetection: true,
      privateDnsMode: 'missing',
      wifiSleepPolicy: 'missing',
      privateDnsHost: 'missing',
    });
    expect(plain(values.system)).toEqual({
      autoTime: 'missing',
      appStandby: true,
      adaptiveBattery: true,
      processLimit: 'missing',
    });
    expect(plain(values.power)).toEqual({
      saverOn: 'missing',
      saverSticky: 'missing',
      triggerLevel: 'missing',
      schedule: 'missing',
      extremeMode: 'missing',
    });
  });

  test('that are null are absent', () => {
    expect(plain(global({ airplane_mode_on: 'null', captive_portal_mode: 'null' }).network)).toMatchObject({
      airplaneMode: 'missing',
      captivePortalDetection: true,
    });
  });

  test('with values that Android does not know are not guessed', () => {
    const values = global({
      airplane_mode_on: '2',
      captive_portal_mode: '7',
      private_dns_mode: 'x',
      low_power_trigger_level: 'a',
    });
    expect(plain(values.network)).toMatchObject({
      airplaneMode: 'unparsed',
      captivePortalDetection: 'unparsed',
      privateDnsMode: 'unparsed',
    });
    expect(why(values.power?.triggerLevel)).toBe('unparsed');
  });

  test("follow the maker's default for private DNS", () => {
    expect(global({ private_dns_default_mode: 'opportunistic' }).network?.privateDnsMode).toBe('opportunistic');
  });

  test('show the mode in which a Samsung runs chosen apps only', () => {
    expect(global({ sem_power_mode_limited_apps_and_home_screen: '1' }).power?.extremeMode).toBe(true);
    expect(why(global({ sem_power_mode_limited_apps_and_home_screen: '0' }).power?.extremeMode)).toBe('missing');
  });

  test('are not read from an answer without any', () => {
    const { values, unknownLines } = parsed(settingsGlobal, 'nothing here\n');
    expect(new Set(Object.values(plain({ ...values.network, ...values.power, ...values.system })))).toEqual(
      new Set(['unparsed']),
    );
    expect(unknownLines).toBe(1);
  });
});

describe("a user's settings", () => {
  test('tell location and the VPN that is always on', () => {
    expect(
      secure({ location_mode: '3', always_on_vpn_app: 'com.example.vpn', always_on_vpn_lockdown: '1' }),
    ).toMatchObject({
      network: { alwaysOnVpn: 'com.example.vpn', alwaysOnVpnLockdown: true },
      system: { locationOn: true },
    });
    expect(secure({ location_mode: '0' })).toMatchObject({
      network: { alwaysOnVpn: '', alwaysOnVpnLockdown: false },
      system: { locationOn: false },
    });
  });

  test('tell location by its providers until Android 8', () => {
    expect(secure({ location_providers_allowed: 'gps,network' }).system?.locationOn).toBe(true);
    expect(secure({ location_providers_allowed: '' }).system?.locationOn).toBe(false);
    expect(why(secure({ android_id: 'a' }).system?.locationOn)).toBe('missing');
  });

  test("show a maker's extreme saving mode", () => {
    expect(system({ ultra_powersaving_mode: '0', emergency_mode: '1' }).power?.extremeMode).toBe(true);
    expect(system({ ultra_powersaving_mode: '0', emergency_mode: '0' }).power?.extremeMode).toBe(false);
    expect(why(system({ POWER_SAVE_MODE_OPEN: '1' }).power?.extremeMode)).toBe('missing');
    expect(secure({ power_supersave_mode_open: '1' }).power?.extremeMode).toBe(true);
  });

  test('are asked for the user in the foreground; global ones have no user', () => {
    const scope = { apps: [], userId: 10 };
    expect(settingsSecure.command(scope)).toEqual(['settings', 'list', '--user', '10', 'secure']);
    expect(settingsSystem.command(scope)).toEqual(['settings', 'list', '--user', '10', 'system']);
    expect(settingsGlobal.command(scope)).toEqual(['settings', 'list', 'global']);
  });
});

describe('a list of settings', () => {
  test('keeps a value that holds an equals sign; a line that is no pair belongs to the value before it', () => {
    const { settings, unknownLines } = readSettingsList('a=1=2\nb=first\nsecond line\nc=\n');
    expect([...settings]).toEqual([
      ['a', '1=2'],
      ['b', 'first'],
      ['c', ''],
    ]);
    expect(unknownLines).toBe(0);
  });

  test('does not let a value with a line break pass for a setting', () => {
    const values = parsed(settingsGlobal, 'airplane_mode_on=1\ndevice_name=x\nairplane_mode_on=0\n').values;
    expect(why(values.network?.airplaneMode)).toBe('unparsed');
  });
});
