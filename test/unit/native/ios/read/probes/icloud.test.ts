import { describe, expect, test } from 'vitest';
import { firstStatus } from '../../../../../../native/ios/read/probes/first-status.ts';
import {
  icloudDownloads,
  icloudLiveness,
  icloudSessions,
} from '../../../../../../native/ios/read/probes/icloud-engine.ts';
import { icloudMarkers } from '../../../../../../native/ios/read/probes/icloud-markers.ts';
import { icloudResets } from '../../../../../../native/ios/read/probes/icloud-resets.ts';
import { icloudStatus } from '../../../../../../native/ios/read/probes/icloud-status.ts';
import { icloudSwitches } from '../../../../../../native/ios/read/probes/icloud-switches.ts';
import { photoLibrary } from '../../../../../../native/ios/read/probes/photo-library.ts';
import { writeBinaryPlist } from '../../../../../../native/ios/read/plist.ts';
import { parsedBytes, soFar, valuesOfJson, valuesOfPlist, why } from '../parse.ts';

const off = soFar({ photosEnabled: { value: false, source: 'icloud-markers' } });
const withIos = (version: string) => ({
  ...soFar(),
  identity: { osVersion: { value: version, source: 'identity' } },
});
const ios18 = withIos('18.6.2');
/** The key that is always written (field.md C, "syncstatus budgets"): with it an absent one has its usual value. */
const whole = { hasValidSystemBudgetKey: true };
const file = (modified = '2026-05-01T08:00:00.000Z') => ({ kind: 'file', bytes: 0, modified });
const missing = { kind: 'missing' };
const denied = { kind: 'denied' };

/** A line of the log of switches. */
const switched = (day: number, type: string, enabled: boolean) => ({
  timestamp: new Date(`2026-05-0${day}T00:00:00.000Z`),
  type,
  enabled,
});

describe('markers', () => {
  const marker = '/PhotoData/cpl_enabled_marker';
  const syncMarker = '/PhotoData/CPL/initialsync_marker';
  const database = '/PhotoData/Photos.sqlite';
  const status = '/PhotoData/CPL/syncstatus.plist';
  const resets = '/PhotoData/CPL/resetevents.plist';

  test.each([
    ['the marker', { [marker]: file(), [syncMarker]: missing, [database]: file(), [status]: missing }, true],
    ['the marker of the first session', { [marker]: missing, [syncMarker]: file(), [status]: file() }, true],
    ['no marker beside a status file', { [marker]: missing, [syncMarker]: missing, [status]: file() }, false],
    ['no marker beside the database', { [marker]: missing, [syncMarker]: missing, [database]: file() }, false],
  ])('%s', (_what, paths, enabled) => {
    expect(valuesOfJson(icloudMarkers, paths).icloud?.photosEnabled).toBe(enabled);
  });

  test('nothing to be seen at all is unknown, never off', () => {
    const paths = { [marker]: missing, [syncMarker]: missing, [database]: missing, [status]: missing };
    expect(why(valuesOfJson(icloudMarkers, paths).icloud?.photosEnabled)).toBe('missing');
  });

  test('a refusal is unknown, never off', () => {
    const paths = { [marker]: denied, [syncMarker]: denied, [database]: file(), [resets]: denied };
    const values = valuesOfJson(icloudMarkers, paths).icloud;
    expect([why(values?.photosEnabled), why(values?.pendingResets)]).toEqual(['denied', 'denied']);
  });

  test('their times tell when it was switched on and when the state last changed', () => {
    const paths = { [marker]: file('2022-11-20T23:46:30.000Z'), [status]: file('2026-05-04T19:00:00.000Z') };
    expect(valuesOfJson(icloudMarkers, paths).icloud).toMatchObject({
      enabledAt: '2022-11-20T23:46:30.000Z',
      statusChangedAt: '2026-05-04T19:00:00.000Z',
    });
  });

  test('without a file of resets none is pending, where the folder shows its files', () => {
    expect(valuesOfJson(icloudMarkers, { [resets]: missing, [status]: file() }).icloud?.pendingResets).toBe(0);
    expect(why(valuesOfJson(icloudMarkers, { [resets]: missing }).icloud?.pendingResets)).toBe('missing');
  });
});

describe('status', () => {
  test.each([
    ['isBlockedByLowPowerModeKey', true, 'power', 'lowPowerMode', true, 'low-power-mode'],
    ['lowBatteryLevel', true, 'icloud', 'lowBattery', true, 'low-battery'],
    ['cellularIsRestricted', true, 'network', 'cellularRestricted', true, 'cellular-restricted'],
    ['connectedToNetwork', false, 'network', 'connected', false, 'no-network'],
    ['inAirplaneMode', true, 'network', 'airplaneMode', true, 'airplane-mode'],
    ['poorNetworkQuality', true, 'network', 'poorQuality', true, 'poor-network'],
    ['constrainedNetwork', true, 'network', 'lowDataMode', true, 'low-data-mode'],
    ['poorSystemConditions', true, 'icloud', 'poorSystemConditions', true, 'system-conditions'],
    ['heavyResourceUsage', true, 'icloud', 'heavyResourceUsage', true, 'busy'],
    ['moderateThermalPressure', true, 'icloud', 'warm', true, 'warm'],
    ['thermalPressure', true, 'icloud', 'tooWarm', true, 'too-warm'],
    ['lowDiskSpace', true, 'icloud', 'storageLow', true, 'storage-low'],
    ['veryLowDiskSpace', true, 'icloud', 'storageVeryLow', true, 'storage-very-low'],
    ['isExceedingQuota', true, 'icloud', 'quotaExceeded', true, 'icloud-full'],
    ['isExceedingSharedLibraryQuota', true, 'icloud', 'sharedQuotaExceeded', true, 'shared-library-full'],
    ['iCloudLibraryClientIsNotAuthenticated', true, 'icloud', 'signedOut', true, 'signed-out'],
    ['iCloudLibraryClientVersionTooOld', true, 'icloud', 'versionTooOld', true, 'version-too-old'],
    ['containerHasBeenWiped', true, 'icloud', 'containerWiped', true, 'container-wiped'],
    ['iCloudLibraryHasBeenWiped', true, 'icloud', 'libraryWiped', true, 'library-wiped'],
    ['isStuckInExitForSharedLibrary', true, 'icloud', 'stuckLeavingShared', true, 'leaving-shared-library'],
  ] as const)('%s %o pauses, in the reading and in words', (key, flag, section, leaf, value, word) => {
    const values: Record<string, Record<string, unknown> | undefined> = {
      ...valuesOfPlist(icloudStatus, { [key]: flag }, ios18),
    };
    expect(values[section]?.[leaf]).toBe(value);
    expect(valuesOfPlist(firstStatus, { [key]: flag }, ios18).icloud?.pausedAtPlugIn).toEqual([word]);
  });

  // field.md C, "syncstatus budgets": written true or removed; absent and valid = spent.
  test.each([
    ['hasBatteryBudgetKey', 'hasCellularBudgetKey', 'hasBatteryBudget', 'battery-budget'],
    ['hasCellularBudgetKey', 'hasBatteryBudgetKey', 'hasCellularBudget', 'cellular-budget'],
  ] as const)('%s that is gone while the shares are valid is one that is spent', (_gone, there, leaf, word) => {
    const file = { hasValidSystemBudgetKey: true, [there]: true };
    expect(valuesOfPlist(icloudStatus, file, ios18).icloud?.[leaf]).toBe(false);
    expect(valuesOfPlist(firstStatus, file, ios18).icloud?.pausedAtPlugIn).toEqual([word]);
  });

  // field.md C, "syncstatus budgets": valid=false = both unknown, no pause, low data mode unknown.
  test('shares that are not valid are unknown and no pause, and so is Low Data Mode', () => {
    const file = { hasValidSystemBudgetKey: false, constrainedNetwork: true };
    const values = valuesOfPlist(icloudStatus, file, ios18);
    expect(values.icloud?.hasSystemBudget).toBe(false);
    const unknown = [values.icloud?.hasBatteryBudget, values.icloud?.hasCellularBudget, values.network?.lowDataMode];
    expect(unknown.map(why)).toEqual(['missing', 'missing', 'missing']);
    expect(valuesOfPlist(firstStatus, file, ios18).icloud?.pausedAtPlugIn).toEqual([]);
  });

  // field.md C, "keys by version": iOS 14 and older lack most of them: unknown there, not "no".
  test('on iOS 14 an absent key is unknown, and no pause is not proven', () => {
    const file = { iCloudLibraryExists: true, inAirplaneMode: true };
    const values = valuesOfPlist(icloudStatus, file, withIos('14.8.1'));
    expect(values.network?.airplaneMode).toBe(true);
    const absent = [values.power?.lowPowerMode, values.icloud?.quotaExceeded, values.icloud?.beingRemoved];
    expect([...absent, values.icloud?.leavingSharedCount].map(why)).toEqual([
      'missing',
      'missing',
      'missing',
      'missing',
    ]);
    expect(valuesOfPlist(firstStatus, file, withIos('14.8.1')).icloud?.pausedAtPlugIn).toEqual(['airplane-mode']);
    const quiet = valuesOfPlist(firstStatus, { iCloudLibraryExists: true }, withIos('14.8.1'));
    expect(why(quiet.icloud?.pausedAtPlugIn)).toBe('missing');
  });

  test('a version that is not known is told by the key that every engine with reasons writes', () => {
    const file = { hasValidSystemBudgetKey: true, hasBatteryBudgetKey: true, hasCellularBudgetKey: true };
    expect(valuesOfPlist(icloudStatus, file).power?.lowPowerMode).toBe(false);
    expect(why(valuesOfPlist(icloudStatus, {}).power?.lowPowerMode)).toBe('missing');
  });

  // field.md C, "syncstatus budgets": hasValidSystemBudgetKey is always written, so without it the file is not whole.
  test.each([
    ['an empty file', {}],
    ['one with nothing but the last session', { lastSyncDate: new Date('2026-05-04T19:00:00.000Z') }],
  ])('%s of iOS 18 does not say that the engine hangs, or that nothing holds it back', (_what, file) => {
    const { power, network, icloud } = valuesOfPlist(icloudStatus, file, ios18);
    const absent = [icloud?.attached, icloud?.quotaExceeded, icloud?.beingRemoved, icloud?.leavingSharedCount];
    expect([...absent, power?.lowPowerMode, network?.connected].map(why)).toEqual(Array(6).fill('missing'));
    expect(why(valuesOfPlist(firstStatus, file, ios18).icloud?.pausedAtPlugIn)).toBe('missing');
  });

  // field.md C, "keys by version": exitDeleteTime, remainingCountInSharedLibraryExit, upgradeSuggestedToAccessAllPhotos.
  test('the removal of iCloud Photos is told with its day, also where it is off on this phone', () => {
    const exitDeleteTime = new Date('2026-12-01T12:00:00.000Z');
    const told = { beingRemoved: true, removalAt: '2026-12-01T12:00:00.000Z' };
    expect(valuesOfPlist(icloudStatus, { exitDeleteTime }, ios18).icloud).toMatchObject(told);
    expect(valuesOfPlist(icloudStatus, { exitDeleteTime }, off).icloud).toMatchObject(told);
    expect(valuesOfPlist(icloudStatus, whole, ios18).icloud?.beingRemoved).toBe(false);
    expect(why(valuesOfPlist(icloudStatus, { hasValidSystemBudgetKey: true }, off).icloud?.beingRemoved)).toBe(
      'missing',
    );
  });

  test('fewer photos than none is no number', () => {
    const file = {
      hasValidSystemBudgetKey: true,
      remainingCountInSharedLibraryExit: -1,
      cloudAssetCountPerType: { 'public.image': -4 },
    };
    const { icloud } = valuesOfPlist(icloudStatus, file, ios18);
    expect([why(icloud?.leavingSharedCount), why(icloud?.cloudCount)]).toEqual(['unparsed', 'unparsed']);
  });

  test('photos that still have to leave a shared library, and a library that needs a newer iOS', () => {
    const file = { remainingCountInSharedLibraryExit: 812, upgradeSuggestedToAccessAllPhotos: true };
    expect(valuesOfPlist(icloudStatus, file, ios18).icloud).toMatchObject({
      leavingSharedCount: 812,
      upgradeSuggested: true,
    });
    expect(valuesOfPlist(icloudStatus, whole, ios18).icloud).toMatchObject({
      leavingSharedCount: 0,
      upgradeSuggested: false,
    });
  });

  test('an absent flag is false and an absent network is there, where the file is whole', () => {
    const values = valuesOfPlist(icloudStatus, { ...whole, iCloudLibraryExists: true }, ios18);
    expect(values.power?.lowPowerMode).toBe(false);
    expect(values.network?.connected).toBe(true);
    expect(values.icloud?.attached).toBe(true);
  });

  test('dates and the number of photos in iCloud (keys of iOS 27)', () => {
    const values = valuesOfPlist(icloudStatus, {
      lastSyncDate: new Date('2026-05-04T19:40:00.000Z'),
      cloudAssetCountPerType: { 'public.image': 3900, 'public.movie': 210 },
    });
    expect(values.icloud).toMatchObject({ lastSync: '2026-05-04T19:40:00.000Z', cloudCount: 4110 });
  });

  test('what is left over from when iCloud Photos was on says nothing', () => {
    const values = valuesOfPlist(icloudStatus, { isBlockedByLowPowerModeKey: true }, off);
    expect(why(values.power?.lowPowerMode)).toBe('missing');
    expect(why(valuesOfPlist(firstStatus, { lowBatteryLevel: true }, off).icloud?.pausedAtPlugIn)).toBe('missing');
  });

  test('keys that are not known are counted', () => {
    const output = writeBinaryPlist({ lowBatteryLevel: true, brandNewKey: 1, anotherOne: 2 });
    expect(parsedBytes(icloudStatus, output).unknownLines).toBe(2);
  });

  test('a file that broke off leaves every reason unknown', () => {
    const output = writeBinaryPlist({ lowBatteryLevel: true }).subarray(0, 30);
    expect(why(parsedBytes(icloudStatus, output).values.icloud?.lowBattery)).toBe('unparsed');
  });
});

describe('the engine', () => {
  test('resets that have not ended are pending', () => {
    const date = new Date('2026-05-01T00:00:00.000Z');
    const events = [
      { cause: 'a', date, pending: true },
      { cause: 'b', date, endDate: date },
      { cause: 'c', date, pending: true },
    ];
    expect(valuesOfPlist(icloudResets, events).icloud?.pendingResets).toBe(2);
    expect(why(valuesOfPlist(icloudResets, { cause: 'a' }).icloud?.pendingResets)).toBe('unparsed');
  });

  test('the log of switches is in order, without those of shared albums', () => {
    const log = [switched(3, 'CPL', false), switched(1, 'CPL', true), switched(2, 'SharedAlbums', true)];
    expect(valuesOfPlist(icloudSwitches, log).icloud?.enableHistory).toEqual([
      { at: '2026-05-01T00:00:00.000Z', enabled: true },
      { at: '2026-05-03T00:00:00.000Z', enabled: false },
    ]);
  });

  test('liveness, sessions and downloads', () => {
    const date = new Date('2026-05-02T00:00:00.000Z');
    expect(valuesOfPlist(icloudLiveness, { date }).icloud?.engineSyncedAt).toBe('2026-05-02T00:00:00.000Z');
    const metrics = {
      TotalSessionsCount: 1840,
      BlockedSessionsCount: 31,
      PoorSystemConditionsBlockedCount: 9,
      ThunderingHerdBlockedCount: 2,
    };
    expect(valuesOfPlist(icloudSessions, metrics).icloud).toEqual({
      sessions: 1840,
      blockedSessions: 31,
      sessionsInPoorConditions: 9,
      sessionsHeldByServer: 2,
    });
    const counts = { CountKeyImages: 12, CountKeyVideos: 3 };
    expect(valuesOfPlist(icloudDownloads, counts).icloud?.remainingDownloads).toBe(15);
  });
});

describe('the library', () => {
  const counts = {
    asked: 'SELECT …',
    total: 4110,
    synced: 2870,
    waiting: 1234,
    other: 6,
    failing: 9,
    waitingBytes: null,
  };

  test('what waits, what failed, and what this version does not say', () => {
    const values = valuesOfJson(photoLibrary, counts).icloud;
    expect(values).toMatchObject({ libraryCount: 4110, backlog: 1234, backlogFailing: 9, unsyncable: 6 });
    expect(why(values?.backlogBytes)).toBe('missing');
  });

  // field.md C, "ZCLOUDLOCALSTATE" and "third-party uploads".
  test('what was given up by kind and time, and what iOS has still to send for an app', () => {
    const refused = { photos: 3, videos: 1, lastAttempt: '2026-05-01T08:00:00.000Z' };
    const values = valuesOfJson(photoLibrary, { ...counts, refused, systemUploads: { 'com.google.photos': 7 } });
    expect(values.icloud).toMatchObject({
      refused: 4,
      refusedPhotos: 3,
      refusedVideos: 1,
      refusedAt: refused.lastAttempt,
    });
    expect(values.apps?.['com.google.photos']?.systemUploads).toBe(7);
    expect(values.apps?.['com.apple.mobileslideshow']?.systemUploads).toBe(0);
    const older = valuesOfJson(photoLibrary, counts);
    expect([why(older.icloud?.refused), why(older.apps?.['com.google.photos']?.systemUploads)]).toEqual([
      'missing',
      'missing',
    ]);
  });

  test('nothing waits for iCloud Photos that is off', () => {
    const values = valuesOfJson(photoLibrary, counts, off).icloud;
    expect(values?.libraryCount).toBe(4110);
    expect(why(values?.backlog)).toBe('missing');
  });

  test('counts that cannot be are unparsed', () => {
    expect(why(valuesOfJson(photoLibrary, { ...counts, waiting: -1 }).icloud?.backlog)).toBe('unparsed');
  });
});
