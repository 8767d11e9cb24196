import { describe, expect, test } from 'vitest';
import { battery } from '../../../../../../native/android/read/probes/battery.ts';
import { parsed, plain, soFar } from '../parse.ts';

const read = (text: string) => plain(parsed(battery, text).values.battery);

const android14 = `Current Battery Service state:
  AC powered: true
  USB powered: false
  Wireless powered: false
  Dock powered: false
  Max charging current: 1900000
  Max charging voltage: 12000000
  Charge counter: 2010829
  status: 2
  health: 2
  present: true
  level: 22
  scale: 100
  voltage: 3826
  temperature: 337
  technology: Li-poly
`;

/** Samsung, Android 16: sentences that are not indented like values, a second "charge counter", values in brackets. */
const samsung16 = `Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Dock powered: false
  Max charging current: 0
 Time when the latest updated value of the Max charging current was sent via battery changed broadcast: 0
  Charge counter: 5000000
  status: 5
  health: 2
  present: true
  level: 100
  scale: 100
  voltage: 4378
 Time when the latest updated value of the voltage was sent via battery changed broadcast: 0
 The last voltage value sent via the battery changed broadcast: 4377
  temperature: 337
  charge counter: 5000000
 mProtectBatteryMode: 4
 mProtectionThreshold: 80
  battery FirstUseDate: [20251006]
  mSavedBatteryAsoc: [98]
  mSavedBatteryUsage: [24903]
07-09 12:40:37.435  Sending ACTION_BATTERY_CHANGED: level:7, status:3, health:2
  level: 7
`;

describe('the battery', () => {
  test('of which a line about power is lost is not called unplugged', () => {
    const unplugged = android14.replace('AC powered: true', 'AC powered: false');
    expect(read(unplugged)['powered']).toBe(false);
    expect(read(unplugged.replace('  AC powered: false\n', ''))['powered']).toBe('missing');
    expect(read(unplugged.replace('  USB powered: false\n', ''))['powered']).toBe('missing');
    expect(read(android14.replace('  USB powered: false\n', ''))['powered']).toBe(true);
  });

  test('of Android 14', () => {
    expect(read(android14)).toEqual({
      level: 22,
      status: 'charging',
      powered: true,
      health: 'good',
      temperature: 33.7,
      voltage: 3826,
      updatesStopped: false,
      capacityPercent: 'missing',
      cycles: 'missing',
      firstUse: 'missing',
      chargeLimit: 'missing',
    });
    expect(parsed(battery, android14).unknownLines).toBe(0);
  });

  test('of a Samsung with Android 16: wear, cycles, first use, charge limit', () => {
    expect(read(samsung16)).toEqual({
      level: 100,
      status: 'full',
      powered: true,
      health: 'good',
      temperature: 33.7,
      voltage: 4378,
      updatesStopped: false,
      capacityPercent: 98,
      cycles: 249,
      firstUse: '2025-10-06',
      chargeLimit: 100,
    });
    expect(parsed(battery, samsung16).unknownLines).toBe(5);
  });

  test('of a Samsung with Android 10, whose values stand without brackets', () => {
    expect(
      read(
        'Current Battery Service state:\n  level: 90\n  scale: 100\nBatteryInfoBackUp\n  mSavedBatteryAsoc: 84\n  mSavedBatteryUsage: 122344\n',
      ),
    ).toMatchObject({ capacityPercent: 84, cycles: 1223, firstUse: 'missing' });
  });

  test('charges to the top where the protection is off', () => {
    const limit = (mode: number) =>
      read(` mProtectBatteryMode: ${mode}\n mProtectionThreshold: 85\n mMaximumProtectionThreshold: 80\n`)[
        'chargeLimit'
      ];
    expect([0, 1, 2, 3, 4, 9].map(limit)).toEqual([100, 80, 85, 100, 100, 'unparsed']);
    expect(read(' mProtectBatteryMode: 1\n mProtectionThreshold: 85\n')).toMatchObject({ chargeLimit: 'missing' });
    expect(
      read('[SS][BattInfo]AsocData efsValue:96\n[SS][BattInfo]FirstUseDateData efsValue:20240522\n'),
    ).toMatchObject({ capacityPercent: 96, firstUse: '2024-05-22' });
    expect(read(' mProtectBatteryMode: 0\n mProtectionThreshold: 80\n')).toMatchObject({ chargeLimit: 100 });
  });

  test('is not measured where Samsung says -1', () => {
    expect(read('  mSavedBatteryAsoc: [-1]\n  mSavedBatteryUsage: [-1]\n  battery FirstUseDate: []\n')).toMatchObject({
      capacityPercent: 'missing',
      cycles: 'missing',
      firstUse: 'unparsed',
    });
  });

  test('shows that its values are frozen by a test command', () => {
    expect(
      read(
        "Current Battery Service state:\n  (UPDATES STOPPED -- use 'reset' to restart)\n  AC powered: false\n  USB powered: false\n  Wireless powered: false\n",
      ),
    ).toMatchObject({ updatesStopped: true, powered: false });
  });

  test('counts a level on another scale', () => {
    expect(read('  level: 64\n  scale: 255\n')).toMatchObject({ level: 25 });
    expect(read('  level: 64\n  scale: 0\n')).toMatchObject({ level: 'unparsed' });
  });

  test.each([
    ['1', 'unknown'],
    ['3', 'discharging'],
    ['4', 'not-charging'],
    ['9', 'unparsed'],
    ['x', 'unparsed'],
  ])('status %s is %s', (number, word) => {
    expect(read(`  status: ${number}\n`)).toMatchObject({ status: word });
  });

  test('says nothing it was not told', () => {
    expect(new Set(Object.values(read('')))).toEqual(new Set(['missing', 'unparsed']));
  });
});

const powered = (text: string, sdk?: number) =>
  plain(parsed(battery, text, soFar(sdk === undefined ? {} : { sdk })).values.battery)['powered'];

describe('a dump that lacks a line of where power comes from', () => {
  const onDock = android14.replace('AC powered: true', 'AC powered: false').replace(/ {2}Dock powered.*\n/, '');
  test('does not say that there is none, from Android 13 on', () => {
    expect(powered(onDock, 33)).toBe('missing');
    expect(powered(onDock, 32)).toBe(false);
    expect(powered(`${onDock}  Charging policy: 1\n`)).toBe('missing');
    expect(powered(onDock)).toBe(false);
    expect(powered(onDock.replace('USB powered: false', 'USB powered: true'), 33)).toBe(true);
  });
});
