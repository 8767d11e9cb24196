import { describe, expect, test } from 'vitest';
import { account } from '../../../../../../native/ios/read/probes/account.ts';
import { apps } from '../../../../../../native/ios/read/probes/apps.ts';
import { appSizes } from '../../../../../../native/ios/read/probes/app-sizes.ts';
import { backupState } from '../../../../../../native/ios/read/probes/backup-state.ts';
import { battery } from '../../../../../../native/ios/read/probes/battery.ts';
import { batteryHealth } from '../../../../../../native/ios/read/probes/battery-health.ts';
import { cameraFolder } from '../../../../../../native/ios/read/probes/camera-folder.ts';
import { clock } from '../../../../../../native/ios/read/probes/clock.ts';
import { crashes } from '../../../../../../native/ios/read/probes/crashes.ts';
import { diskUsage } from '../../../../../../native/ios/read/probes/disk-usage.ts';
import { identity } from '../../../../../../native/ios/read/probes/identity.ts';
import { language } from '../../../../../../native/ios/read/probes/language.ts';
import { profiles } from '../../../../../../native/ios/read/probes/profiles.ts';
import { restrictions } from '../../../../../../native/ios/read/probes/restrictions.ts';
import { supervision } from '../../../../../../native/ios/read/probes/supervision.ts';
import { googlePhotos, parsedBytes, photosApp, soFar, valuesOfJson, valuesOfPlist, why } from '../parse.ts';

/** A crash report of Google Photos of that day in May. */
const crash = (day: number): string =>
  `{"app_name":"GooglePhotos","bundleID":"com.google.photos","bug_type":"309","timestamp":"2026-05-0${day}T10:00:00Z"}\n{}`;

/** A photo taken so many days before the reading. */
const daysAgo = (days: number) => ({
  bytes: 2_000_000,
  modified: new Date(Date.parse(soFar().takenAt) - days * 86_400_000).toISOString(),
});

/** A JetsamEvent with these processes. */
const jetsam = (...processes: object[]): string =>
  `{"bug_type":"298","timestamp":"2026-05-01 10:15:00.00 +0200"}\n${JSON.stringify({ processes }, undefined, 2)}`;

/** MCInstall's answer with one profile. */
const profileList = (removalDisallowed: boolean) => ({
  Status: 'Acknowledged',
  OrderedIdentifiers: ['com.example.vpn'],
  ProfileMetadata: {
    'com.example.vpn': { PayloadDisplayName: 'Example VPN', PayloadRemovalDisallowed: removalDisallowed },
  },
});

describe('identity and language', () => {
  test('the product type becomes the name people use', () => {
    const values = valuesOfPlist(identity, {
      DeviceName: 'Ann’s iPhone',
      ProductType: 'iPhone13,2',
      ProductVersion: '16.7.8',
      BuildVersion: '20H343',
      SerialNumber: 'SAMPLE0001',
    });
    expect(values.identity).toEqual({
      serial: 'SAMPLE0001',
      manufacturer: 'Apple',
      model: 'iPhone 12',
      name: 'Ann’s iPhone',
      osVersion: '16.7.8',
      build: '20H343',
      skin: 'ios',
    });
  });

  test('a model newer than this program keeps its product type', () => {
    expect(valuesOfPlist(identity, { ProductType: 'iPhone99,1' }).identity?.model).toBe('iPhone99,1');
  });

  test('a value of another type is unparsed, not a guess', () => {
    expect(why(valuesOfPlist(identity, { ProductVersion: 16 }).identity?.osVersion)).toBe('unparsed');
  });

  test('the language of the menus', () => {
    expect(valuesOfPlist(language, { Language: 'fr', Locale: 'fr_FR' }).identity?.language).toBe('fr');
  });
});

describe('battery', () => {
  test.each([
    [{ BatteryIsCharging: true, ExternalConnected: true, FullyCharged: false }, 'charging'],
    [{ BatteryIsCharging: false, ExternalConnected: true, FullyCharged: false }, 'not-charging'],
    [{ BatteryIsCharging: false, ExternalConnected: false, FullyCharged: false }, 'discharging'],
    [{ BatteryIsCharging: false, ExternalConnected: true, FullyCharged: true }, 'full'],
  ])('%o is %s', (flags, status) => {
    expect(valuesOfPlist(battery, { BatteryCurrentCapacity: 12, ...flags }).battery).toMatchObject({
      level: 12,
      status,
    });
  });

  test('the flat registry entry of an iPhone 7 (iOS 12)', () => {
    const entry = {
      DesignCapacity: 1960,
      NominalChargeCapacity: 1568,
      CycleCount: 731,
      Temperature: 2890,
      Voltage: 4012,
    };
    expect(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery).toEqual({
      capacityPercent: 80,
      cycles: 731,
      temperature: 28.9,
      voltage: 4012,
    });
  });

  test('the nested entry of a newer iPhone (iOS 26), which no longer tells its temperature', () => {
    const entry = {
      BatteryData: { DesignCapacity: 3544, NominalChargeCapacity: 3075, CycleCount: 950 },
      Voltage: 3830,
    };
    const values = valuesOfPlist(batteryHealth, { IORegistry: entry }).battery;
    expect(values).toMatchObject({ capacityPercent: 87, cycles: 950, voltage: 3830 });
    expect(why(values?.temperature)).toBe('missing');
  });

  test('the figure of Settings wins over the calculated one', () => {
    const entry = { BatteryData: { DesignCapacity: 3544, NominalChargeCapacity: 3075, MaximumCapacityPercent: 86 } };
    expect(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery?.capacityPercent).toBe(86);
  });

  test('a capacity that cannot be is unparsed', () => {
    const entry = { DesignCapacity: 10, NominalChargeCapacity: 3075 };
    expect(why(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery?.capacityPercent)).toBe('unparsed');
  });
});

describe('storage, backup, account, restrictions', () => {
  test('free room is what Settings shows, not what could be thrown away', () => {
    const values = valuesOfPlist(diskUsage, {
      AmountDataAvailable: 6_045_429_760,
      TotalDataAvailable: 127_277_871_104,
      TotalDataCapacity: 235_267_575_808,
    });
    expect(values.storage).toEqual({ totalBytes: 235_267_575_808, freeBytes: 6_045_429_760 });
  });

  test('backup times count from 2001', () => {
    const values = valuesOfPlist(backupState, {
      CloudBackupEnabled: true,
      LastCloudBackupDate: 690_000_000,
      WillEncrypt: false,
    });
    expect(values.icloud).toMatchObject({
      backupEnabled: true,
      lastCloudBackup: '2022-11-13T02:40:00.000Z',
      computerBackupEncrypted: false,
    });
    expect(why(values.icloud?.lastComputerBackup)).toBe('missing');
  });

  test('something synced with iCloud proves an account; nothing synced proves nothing', () => {
    expect(valuesOfPlist(account, { Notes: { Sources: ['iCloud'] } }).icloud?.accountPresent).toBe(true);
    expect(why(valuesOfPlist(account, { Notes: {} }).icloud?.accountPresent)).toBe('missing');
  });

  test('restrictions are named', () => {
    const values = valuesOfPlist(restrictions, { ProhibitAppInstall: true, ProhibitAppDelete: false });
    expect(values.system?.restrictions).toEqual(['ProhibitAppInstall']);
  });
});

describe('clock', () => {
  test('the skew is counted from the middle of the answer', () => {
    const fiveMinutesAhead = Date.parse('2026-05-04T20:05:00.020Z') / 1000;
    expect(valuesOfPlist(clock, fiveMinutesAhead).system?.clockSkewMs).toBe(300_000);
  });

  test('an answer without a time gives none', () => {
    expect(why(parsedBytes(clock, Buffer.from('nonsense')).values.system?.clockSkewMs)).toBe('unparsed');
  });
});

describe('apps', () => {
  test('an app that is not in the answer is not installed', () => {
    const values = valuesOfPlist(apps, {
      [googlePhotos]: { CFBundleShortVersionString: '7.38.0', UIBackgroundModes: ['fetch', 'processing'] },
    });
    expect(values.apps).toEqual({
      [photosApp]: { installed: false },
      [googlePhotos]: { installed: true, version: '7.38.0', backgroundModes: ['fetch', 'processing'] },
    });
  });

  test('sizes in bytes', () => {
    const values = valuesOfPlist(appSizes, { [googlePhotos]: { StaticDiskUsage: 210_000_000, DynamicDiskUsage: 55 } });
    expect(values.apps?.[googlePhotos]).toEqual({ appBytes: 210_000_000, dataBytes: 55 });
    expect(why(values.apps?.[photosApp]?.appBytes)).toBe('missing');
  });

  test('an answer that is no property list leaves every app unknown', () => {
    const values = parsedBytes(apps, Buffer.from('<html>')).values;
    expect(why(values.apps?.[googlePhotos]?.installed)).toBe('unparsed');
  });
});

describe('management', () => {
  test('a supervised phone is managed', () => {
    const values = valuesOfPlist(supervision, { CloudConfiguration: { IsSupervised: true }, Status: 'Acknowledged' });
    expect(values.system).toEqual({ supervised: true, managed: true });
  });

  test('not supervised does not prove that nobody manages it', () => {
    const values = valuesOfPlist(supervision, { CloudConfiguration: { IsSupervised: false } });
    expect(values.system?.supervised).toBe(false);
    expect(why(values.system?.managed)).toBe('missing');
  });

  test('a profile that cannot be removed shows an organisation; one that can shows nothing', () => {
    expect(valuesOfPlist(profiles, profileList(true)).system).toEqual({ profiles: ['Example VPN'], managed: true });
    expect(why(valuesOfPlist(profiles, profileList(false)).system?.managed)).toBe('missing');
  });

  test('without profiles nobody manages the phone; a refusal says nothing', () => {
    expect(valuesOfPlist(profiles, { Status: 'Acknowledged', OrderedIdentifiers: [] }).system?.managed).toBe(false);
    expect(why(valuesOfPlist(profiles, { Status: 'Error' }).system?.managed)).toBe('denied');
  });
});

describe('crash reports', () => {
  test('only processes that were ended count, and only those of the app', () => {
    const reports = [
      {
        name: 'JetsamEvent-1.ips',
        text: jetsam({ name: 'cloudphotod', reason: 'vm-pageshortage' }, { name: 'OneDrive' }),
      },
      { name: 'JetsamEvent-2.ips', text: jetsam({ name: 'photolibraryd', rpages: 9 }) },
    ];
    const values = valuesOfJson(crashes, reports).apps;
    expect(values?.[photosApp]?.crashes).toEqual([
      { at: '2026-05-01T08:15:00.000Z', kind: 'memory', process: 'cloudphotod', description: 'vm-pageshortage' },
    ]);
    expect(values?.[googlePhotos]?.crashes).toEqual([]);
  });

  test('a crash is found by the bundle id in its first line; the newest is first', () => {
    const values = valuesOfJson(crashes, [
      { name: 'a', text: crash(2) },
      { name: 'b', text: crash(4) },
      { name: 'c', text: 'no json' },
    ]);
    expect(values.apps?.[googlePhotos]?.crashes).toMatchObject([
      { at: '2026-05-04T10:00:00.000Z', kind: 'crash', process: 'GooglePhotos' },
      { at: '2026-05-02T10:00:00.000Z' },
    ]);
  });
});

describe('camera folder', () => {
  test('three photos in the last month, one before', () => {
    const values = valuesOfJson(cameraFolder, { files: 4110, newest: [1, 5, 20, 90].map(daysAgo) });
    expect(values.photos).toEqual({
      count: 4110,
      newest: '2026-05-03T20:00:00.000Z',
      newestBytes: 2_000_000,
      perDay: 0.1,
    });
  });

  test('a sample that covers only two days is divided by two', () => {
    const values = valuesOfJson(cameraFolder, { files: 900, newest: [0, 0.5, 1, 2].map(daysAgo) });
    expect(values.photos?.perDay).toBe(2);
  });

  test('an empty folder has no newest photo', () => {
    const values = valuesOfJson(cameraFolder, { files: 0, newest: [] });
    expect(values.photos).toMatchObject({ count: 0, perDay: 0 });
    expect(why(values.photos?.newest)).toBe('missing');
  });
});
