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
import { backupAccounts } from '../../../../../../native/ios/read/probes/backup-accounts.ts';
import { backupAppRefresh } from '../../../../../../native/ios/read/probes/backup-preferences.ts';
import { findMy } from '../../../../../../native/ios/read/probes/find-my.ts';
import { volume } from '../../../../../../native/ios/read/probes/volume.ts';
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

/** How far back the reports of an answer reach. */
const since = (answer: unknown) => valuesOfJson(crashes, answer).apps?.[googlePhotos]?.crashesSince;

/** A photo taken so many days before the reading. */
const daysAgo = (days: number) => ({
  bytes: 2_000_000,
  modified: new Date(Date.parse(soFar().takenAt) - days * 86_400_000).toISOString(),
});

/** A JetsamEvent with these processes. */
const jetsam = (...processes: object[]): string =>
  `{"bug_type":"298","timestamp":"2026-05-01 10:15:00.00 +0200"}\n${JSON.stringify({ processes }, undefined, 2)}`;

/** MCInstall's answer with one profile. */
const profileList = (removalDisallowed: boolean, ...payloads: readonly string[]) => ({
  Status: 'Acknowledged',
  OrderedIdentifiers: ['com.example.vpn'],
  ProfileMetadata: {
    'com.example.vpn': {
      PayloadDisplayName: 'Example VPN',
      PayloadRemovalDisallowed: removalDisallowed,
      PayloadType: 'Configuration',
      PayloadContent: payloads.map((type) => ({ PayloadType: type })),
    },
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

  // field.md C, "model names": 18,1 to 18,5 and 19,1; 19,x beyond that is unknown, and shown as it is.
  test.each([
    ['iPhone18,1', 'iPhone 17 Pro'],
    ['iPhone18,2', 'iPhone 17 Pro Max'],
    ['iPhone18,3', 'iPhone 17'],
    ['iPhone18,4', 'iPhone Air'],
    ['iPhone18,5', 'iPhone 17e'],
    ['iPhone19,1', 'iPhone 18 Pro'],
    ['iPhone19,2', 'iPhone19,2'],
    ['iPhone99,1', 'iPhone99,1'],
  ])('%s is called %s', (ProductType, model) => {
    expect(valuesOfPlist(identity, { ProductType }).identity?.model).toBe(model);
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

  test.each([-1, 101])('a level of %i is no level', (level) => {
    expect(why(valuesOfPlist(battery, { BatteryCurrentCapacity: level }).battery?.level)).toBe('unparsed');
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
      fullMah: 1568,
      designMah: 1960,
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

  // Issue 13: no number that contradicts the phone's own (1 % health, 106 %). Settings shows 100 % at most.
  test('more than it was made to hold is 100 %, with what it holds as evidence (iPhone SE, iOS 15.8.5)', () => {
    const entry = { AppleRawMaxCapacity: 1703, BatteryData: { DesignCapacity: 1600, CycleCount: 371 } };
    expect(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery).toMatchObject({
      capacityPercent: 100,
      fullMah: 1703,
      designMah: 1600,
      cycles: 371,
    });
  });

  test.each([
    [{ DesignCapacity: 10, NominalChargeCapacity: 3075 }],
    [{ DesignCapacity: 1821, AppleRawMaxCapacity: 20 }],
    [{ DesignCapacity: 1821, AppleRawMaxCapacity: 100 }],
    [{ DesignCapacity: 3544, NominalChargeCapacity: 354 }],
  ])('a capacity that cannot be is unparsed: %o', (entry) => {
    expect(why(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery?.capacityPercent)).toBe('unparsed');
  });

  test('a figure that no battery of a phone has gives way to the two capacities', () => {
    const entry = { DesignCapacity: 3544, NominalChargeCapacity: 3075, MaximumCapacityPercent: 1 };
    expect(valuesOfPlist(batteryHealth, { IORegistry: entry }).battery?.capacityPercent).toBe(87);
  });
});

describe('storage, backup, account, restrictions', () => {
  // field.md C, "free room": AmountDataAvailable is hard free room, TotalDataAvailable includes what iOS can purge.
  test('hard free room and what iOS can throw away are two values', () => {
    const values = valuesOfPlist(diskUsage, {
      AmountDataAvailable: 6_045_429_760,
      TotalDataAvailable: 127_277_871_104,
      TotalDataCapacity: 235_267_575_808,
      TotalDiskCapacity: 256_000_000_000,
    });
    expect(values.storage).toEqual({
      totalBytes: 235_267_575_808,
      diskBytes: 256_000_000_000,
      freeBytes: 6_045_429_760,
      availableBytes: 127_277_871_104,
    });
    expect(valuesOfJson(volume, { FSFreeBytes: '6045429760' }).storage?.volumeFreeBytes).toBe(6_045_429_760);
    expect(why(valuesOfJson(volume, { FSFreeBytes: '-1' }).storage?.volumeFreeBytes)).toBe('missing');
  });

  test.each([
    ['AmountDataAvailable', -1, 'freeBytes'],
    ['AmountDataAvailable', 900_000_000_000, 'freeBytes'],
    ['TotalDataAvailable', -1, 'availableBytes'],
    ['TotalDataAvailable', 900_000_000_000, 'availableBytes'],
    ['TotalDataCapacity', 900_000_000_000, 'totalBytes'],
    ['TotalDiskCapacity', -256, 'diskBytes'],
  ] as const)('%s of %i is no number that can be', (key, bytes, leaf) => {
    const told = {
      AmountDataAvailable: 6_045_429_760,
      TotalDataAvailable: 127_277_871_104,
      TotalDataCapacity: 235_267_575_808,
      TotalDiskCapacity: 256_000_000_000,
    };
    const { storage } = valuesOfPlist(diskUsage, { ...told, [key]: bytes });
    expect(Object.entries(storage ?? {}).flatMap(([name, value]) => (why(value) === 'unparsed' ? [name] : []))).toEqual(
      [leaf],
    );
  });

  test('whether Find My holds the phone', () => {
    expect(valuesOfPlist(findMy, { IsAssociated: true }).system?.findMy).toBe(true);
    expect(why(valuesOfPlist(findMy, {}).system?.findMy)).toBe('missing');
  });

  // field.md C, "Background App Refresh in backups": an app absent from com.apple.mt has it on.
  test('an app that was never switched has Background App Refresh on', () => {
    const values = valuesOfPlist(backupAppRefresh, { KeepAppsUpToDateAppList: { [photosApp]: false } });
    expect(values.apps?.[photosApp]?.backgroundRefresh).toBe(false);
    expect(values.apps?.[googlePhotos]?.backgroundRefresh).toBe(true);
  });

  // field.md C, "ZLASTCREDENTIALRENEWALREJECTIONDATE": a hint with its day.
  test('the account of a backup tells when the password was refused, and whether terms wait', () => {
    const row = { enabled: [], planBytes: null, passwordRefused: true };
    const at = '2026-05-01T08:00:00.000Z';
    const values = valuesOfJson(backupAccounts, [{ ...row, passwordRefusedAt: at, termsToAccept: true }]).icloud;
    expect(values).toMatchObject({ passwordRefused: true, passwordRefusedAt: at, termsToAccept: true });
    const older = valuesOfJson(backupAccounts, [row]).icloud;
    expect([why(older?.passwordRefusedAt), why(older?.termsToAccept)]).toEqual(['missing', 'missing']);
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
    const values = valuesOfPlist(profiles, profileList(true, 'com.apple.vpn.managed', 'com.apple.dnsSettings.managed'));
    // field.md C, "configuration profiles": GetProfileList names payload types.
    expect(values.system).toEqual({
      profiles: ['Example VPN'],
      profilePayloads: ['com.apple.dnsSettings.managed', 'com.apple.vpn.managed'],
      managed: true,
    });
    expect(why(valuesOfPlist(profiles, profileList(true)).system?.profilePayloads)).toBe('missing');
    expect(why(valuesOfPlist(profiles, profileList(false)).system?.managed)).toBe('missing');
  });

  test('without profiles nobody manages the phone; a refusal says nothing', () => {
    expect(valuesOfPlist(profiles, { Status: 'Acknowledged', OrderedIdentifiers: [] }).system?.managed).toBe(false);
    expect(why(valuesOfPlist(profiles, { Status: 'Error' }).system?.managed)).toBe('denied');
  });
});

const google = (name: string, text: string) =>
  valuesOfJson(crashes, { oldest: '2026-04-01-101500', reports: [{ name, text }] }).apps?.[googlePhotos];

describe('crash reports', () => {
  test('only processes that were ended count, and only those of the app', () => {
    const reports = [
      {
        name: 'JetsamEvent-1.ips',
        text: jetsam({ name: 'cloudphotod', reason: 'vm-pageshortage', states: ['active'] }, { name: 'OneDrive' }),
      },
      { name: 'JetsamEvent-2.ips', text: jetsam({ name: 'photolibraryd', rpages: 9 }) },
    ];
    const values = valuesOfJson(crashes, reports).apps;
    expect(values?.[photosApp]?.crashes).toEqual([
      { at: '2026-05-01T08:15:00.000Z', kind: 'memory', process: 'cloudphotod', description: 'vm-pageshortage' },
    ]);
    expect(values?.[googlePhotos]?.crashes).toEqual([]);
  });

  // field.md C, "crash reports": 109, 309, 327 and 385 are crashes; Jetsam counts for frontmost, active or per-process-limit.
  test.each([
    ['109', 1],
    ['309', 1],
    ['327', 1],
    ['385', 1],
    ['142', 0],
    ['145', 0],
    ['202', 0],
  ])('bug type %s counts %i time', (type, count) => {
    const text = crash(2).replace('"309"', `"${type}"`);
    expect(valuesOfJson(crashes, [{ name: 'a', text }]).apps?.[googlePhotos]?.crashes).toHaveLength(count);
  });

  test.each([
    [{ reason: 'vm-pageshortage', states: ['idle'] }, 0],
    [{ reason: 'vm-pageshortage', states: ['suspended', 'frontmost'] }, 1],
    [{ reason: 'per-process-limit', states: ['idle'] }, 1],
    [{ states: ['active'] }, 0],
  ])('a process in a memory report with %o counts %i time', (process, count) => {
    const text = jetsam({ name: 'cloudphotod', ...process });
    expect(valuesOfJson(crashes, [{ name: 'a', text }]).apps?.[photosApp]?.crashes).toHaveLength(count);
  });

  test('a crash of another app with the same name of its process is not of this one', () => {
    const text = crash(2).replace('com.google.photos', 'com.example.other');
    expect(valuesOfJson(crashes, [{ name: 'a', text }]).apps?.[googlePhotos]?.crashes).toEqual([]);
  });

  test('how far back the reports reach is told, and unknown where there is none', () => {
    expect(since({ oldest: '2026-04-01-101500', reports: [] })).toBe('2026-04-01T10:15:00Z');
    expect(why(since({ oldest: null, reports: [] }))).toBe('missing');
    expect(why(since([]))).toBe('missing');
  });

  test('a crash is found by the bundle id in its first line; the newest is first', () => {
    const values = valuesOfJson(crashes, [
      { name: 'a', text: crash(2) },
      { name: 'b', text: crash(4) },
    ]);
    expect(values.apps?.[googlePhotos]?.crashes).toMatchObject([
      { at: '2026-05-04T10:00:00.000Z', kind: 'crash', process: 'GooglePhotos' },
      { at: '2026-05-02T10:00:00.000Z' },
    ]);
  });

  const named = 'GooglePhotos-2026-05-02-100000.ips';

  // field.md C, "crash reports": `.ips`, `.ips.synced` and the folder `Retired/` hold the same reports.
  test('a report counts once, whatever copies of it are kept, and one that can be read speaks for those that cannot', () => {
    const again = 'GooglePhotos-2026-05-04-100000.ips';
    const { apps: read } = valuesOfJson(crashes, [
      { name: named, text: crash(2) },
      { name: `${named}.synced`, text: 'cut' },
      { name: `Retired/${named}.synced`, text: crash(2) },
      { name: again, text: crash(4) },
    ]);
    expect(read?.[googlePhotos]?.crashes).toMatchObject([
      { at: '2026-05-04T10:00:00.000Z' },
      { at: '2026-05-02T10:00:00.000Z' },
    ]);
  });

  test('a crash of a day that has not come yet does not count, and when it was is not known', () => {
    const future = google('GooglePhotos-2026-05-09-100000.ips', crash(9));
    expect(future?.crashes).toEqual([]);
    expect(why(future?.crashesSince)).toBe('unparsed');
  });

  test('what is the future here is the past on a phone whose clock is ahead', () => {
    const ahead = { ...soFar(), system: { clockSkewMs: { value: 5 * 86_400_000, source: 'clock' } } };
    const answer = { oldest: '2026-04-01-101500', reports: [{ name: named, text: crash(9) }] };
    expect(valuesOfJson(crashes, answer, ahead).apps?.[googlePhotos]?.crashes).toHaveLength(1);
  });
  const head = '{"bug_type":"298","timestamp":"2026-05-01 10:15:00.00 +0200"}';

  test.each([
    ['a head that is cut', crash(2).slice(0, 40)],
    ['a bug type that is a number', crash(2).replace('"309"', '309')],
    ['no bug type', '{"app_name":"GooglePhotos"}\n{}'],
    ['a time that is no moment', crash(2).replace(/"timestamp":\s*"[^"]*"/, '"timestamp":"yesterday"')],
    ['a memory report that is cut', `${head}\n{"processes":[{"name":"Goo`],
    ['states that are no list', `${head}\n{"processes":[{"name":"GooglePhotos","reason":"x","states":"active"}]}`],
  ])('%s is not "no crash"', (_what, text) => {
    const values = google(named, text);
    expect([why(values?.crashes), why(values?.crashesSince)]).toEqual(['unparsed', 'unparsed']);
  });

  // field.md C, "crash reports": "has not crashed lately" needs reports that reach back 14 days, and no further.
  test.each([
    ['GooglePhotos-2026-04-19-060000.ips', '2026-04-19T06:00:00Z'],
    ['Retired/JetsamEvent-2026-04-03-101500.ips.synced', '2026-04-03T10:15:00Z'],
  ])('%s, unreadable and more than two weeks old, only shortens how far back crashes are known', (name, since) => {
    const values = google(name, 'cut');
    expect(values?.crashes).toEqual([]);
    expect(values?.crashesSince).toBe(since);
  });

  test('the phone may be 14 hours ahead: an unreadable report that may be of the two weeks is not old', () => {
    expect(why(google('GooglePhotos-2026-04-20-070000.ips', 'cut')?.crashes)).toBe('unparsed');
  });

  test('an unreadable report of another process says nothing about this app', () => {
    expect(google('OneDrive-2026-05-02-100000.ips', 'cut')?.crashes).toEqual([]);
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
