import { describe, expect, test } from 'vitest';
import { readPlist } from '../../../../../native/ios/read/plist.ts';
import { ioRegistryEntry } from '../../../../../native/samples/ios/diagnostics.ts';
import { FileTree, fileSize, normalPath, readFileAt } from '../../../../../native/samples/ios/file-tree.ts';
import { lockdownValues } from '../../../../../native/samples/ios/lockdown-values.ts';
import { crashFiles, mediaFiles } from '../../../../../native/samples/ios/media-files.ts';
import { letTimePass } from '../../../../../native/samples/ios/owner-actions.ts';
import { sampleIphone, sampleIphones } from '../../../../../native/samples/ios/sample-iphones.ts';
import type { SampleIphone } from '../../../../../native/samples/ios/iphone.ts';

const now = new Date('2026-11-20T10:00:00Z');

/** A property list among the phone's files. */
function storedPlist(iphone: SampleIphone, path: string): unknown {
  const file = mediaFiles(iphone).file(path);
  if (file === undefined || !(file.content instanceof Uint8Array)) return undefined;
  const result = readPlist(file.content);
  return result.ok ? result.value : result.error;
}

describe('the sample iPhones', () => {
  test('have an id and a UDID of their own each', () => {
    expect(new Set(sampleIphones.map(({ id }) => id)).size).toBe(sampleIphones.length);
    const udids = sampleIphones.map((scenario) => scenario.create(now).identity.udid);
    expect(new Set(udids).size).toBe(sampleIphones.length);
  });

  test('are made anew each time: what happens to one leaves the next as it was', () => {
    const scenario = sampleIphone('low-power');
    scenario.correct?.(scenario.create(now), now);
    expect(scenario.create(now).cloudPhotos.status?.flags.isBlockedByLowPowerModeKey).toBe(true);
  });

  test('are the same for the same moment', () => {
    for (const scenario of sampleIphones) expect(scenario.create(now)).toEqual(scenario.create(now));
  });

  test('cannot be asked for by a wrong id', () => {
    expect(() => sampleIphone('no-such-phone')).toThrow(RangeError);
  });

  test.each([
    ['low-power', 'isBlockedByLowPowerModeKey'],
    ['quota-exceeded', 'isExceedingQuota'],
    ['cellular-restricted', 'cellularIsRestricted'],
    ['thermal', 'thermalPressure'],
    ['low-battery', 'lowBatteryLevel'],
    ['low-disk', 'veryLowDiskSpace'],
    ['low-data-mode', 'constrainedNetwork'],
    ['airplane-mode', 'inAirplaneMode'],
    ['signed-out', 'iCloudLibraryClientIsNotAuthenticated'],
    ['version-too-old', 'iCloudLibraryClientVersionTooOld'],
  ])('%s tells so by %s, which is gone after the correction', (id, flag) => {
    const scenario = sampleIphone(id);
    const iphone = scenario.create(now);
    expect(storedPlist(iphone, '/PhotoData/CPL/syncstatus.plist')).toMatchObject({ [flag]: true });
    expect(iphone.photos).toMatchObject({ waiting: 1234, uploadsPerMinute: 0 });
    expect(scenario.correct?.(iphone, now)).toHaveLength(1);
    expect(storedPlist(iphone, '/PhotoData/CPL/syncstatus.plist')).not.toHaveProperty(flag);
    letTimePass(iphone, 10, now);
    expect(iphone.photos.waiting).toBe(1114);
  });

  test('pending-resets shows no flag that a healthy phone does not show', () => {
    const healthy = sampleIphone('healthy').create(now);
    const stuck = sampleIphone('pending-resets').create(now);
    expect(stuck.cloudPhotos.status?.flags).toEqual(healthy.cloudPhotos.status?.flags);
  });

  test('icloud-photos-off keeps syncstatus.plist and has no marker', () => {
    const tree = mediaFiles(sampleIphone('icloud-photos-off').create(now));
    expect(tree.file('/PhotoData/CPL/syncstatus.plist')).toBeDefined();
    expect(tree.file('/PhotoData/cpl_enabled_marker')).toBeUndefined();
    expect(tree.file('/PhotoData/CPL/initialsync_marker')).toBeUndefined();
  });

  test.each(['healthy-ios12', 'healthy-ios14'])('%s has markers but no folder of reasons', (id) => {
    const tree = mediaFiles(sampleIphone(id).create(now));
    expect(tree.file('/PhotoData/cpl_enabled_marker')).toBeDefined();
    expect(tree.folder('/PhotoData/CPL')).toBeUndefined();
  });

  test('initialsync_marker holds its moment in Apple’s spelling', () => {
    const content = mediaFiles(sampleIphone('healthy').create(now)).file('/PhotoData/CPL/initialsync_marker')?.content;
    expect(Buffer.from(content as Uint8Array).toString()).toBe('2026-05-04 10.03.00.000');
  });

  test('a frozen backlog stays what it is, however long one waits', () => {
    const iphone = sampleIphone('backlog-frozen').create(now);
    letTimePass(iphone, 600, now);
    expect(iphone.photos.waiting).toBe(1234);
  });

  test('crash reports are files of their own service', () => {
    const reports = crashFiles(sampleIphone('upload-crashes').create(now));
    expect(reports.folder('/')?.filter((name) => name !== 'Retired')).toEqual([
      'JetsamEvent-2026-11-19-100000.ips',
      'JetsamEvent-2026-11-18-100000.ips',
      'JetsamEvent-2026-11-16-100000.ips',
    ]);
  });
});

test('a copy of everything that a sample iPhone has in its camera folder takes a few megabytes', () => {
  const tree = mediaFiles(sampleIphone('healthy').create(now));
  const paths = (tree.folder('/DCIM') ?? []).flatMap((folder) =>
    [...(tree.folder(`/DCIM/${folder}`) ?? [])].map((name) => `/DCIM/${folder}/${name}`),
  );
  const sizes = paths.map((path) => tree.file(path)).map((file) => (file === undefined ? 0 : fileSize(file)));
  expect(sizes).toHaveLength(4110);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40_000_000);
});

describe('the answers of a sample iPhone', () => {
  test('tell the phone’s own time', () => {
    const values = lockdownValues(sampleIphone('wrong-clock').create(now), undefined, now);
    expect(values?.['TimeIntervalSince1970']).toBe(now.getTime() / 1000 - 26 * 3600);
  });

  test('date the iCloud backup in seconds since 2001', () => {
    const values = lockdownValues(sampleIphone('healthy').create(now), 'com.apple.mobile.backup', now);
    expect(values).toMatchObject({ CloudBackupEnabled: true, LastCloudBackupDate: 816_829_200 });
  });

  test('know no other domain', () => {
    expect(lockdownValues(sampleIphone('healthy').create(now), 'com.example.unknown', now)).toBeUndefined();
  });

  test('give a discharging current as an unsigned number, as the IORegistry does', () => {
    const iphone = sampleIphone('low-battery').create(now);
    expect(ioRegistryEntry(iphone, { class: 'IOPMPowerSource' })?.['InstantAmperage']).toBe(18446744073709551204n);
    expect(ioRegistryEntry(iphone, { name: 'AppleARMPMUCharger' })).toBeUndefined();
  });
});

describe('a file tree', () => {
  test('lists files and folders, and forgets what is removed', () => {
    const tree = new FileTree();
    tree.addFile('/a/b/c.txt', 'text', now);
    expect(tree.folder('/a')).toEqual(['b']);
    expect(tree.remove('/a/b')).toBe(false);
    expect(tree.remove('/a/b/c.txt')).toBe(true);
    expect(tree.folder('/a/b')).toEqual([]);
    expect(tree.remove('/a/b')).toBe(true);
    expect(tree.folder('/a')).toEqual([]);
  });

  test('reads pieces of filler up to its size', () => {
    const file = { content: { fillerBytes: 10 }, modified: now };
    expect(fileSize(file)).toBe(10);
    expect(readFileAt(file, 8, 100)).toHaveLength(2);
    expect(readFileAt(file, 20, 100)).toHaveLength(0);
  });

  test.each([
    ['/', '/'],
    ['', '/'],
    ['DCIM//100APPLE/', '/DCIM/100APPLE'],
    ['/a/./b/../../../c', '/c'],
  ])('takes %j for %s', (spelling, path) => {
    expect(normalPath(spelling)).toBe(path);
  });
});
