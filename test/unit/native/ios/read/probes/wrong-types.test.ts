import { describe, expect, test } from 'vitest';
import { account } from '../../../../../../native/ios/read/probes/account.ts';
import { apps } from '../../../../../../native/ios/read/probes/apps.ts';
import { backupAppRefresh, backupSettings } from '../../../../../../native/ios/read/probes/backup-preferences.ts';
import { battery } from '../../../../../../native/ios/read/probes/battery.ts';
import { firstStatus } from '../../../../../../native/ios/read/probes/first-status.ts';
import { icloudStatus } from '../../../../../../native/ios/read/probes/icloud-status.ts';
import { icloudSwitches } from '../../../../../../native/ios/read/probes/icloud-switches.ts';
import type { PlistDict, PlistValue } from '../../../../../../native/ios/read/plist.ts';
import { profiles } from '../../../../../../native/ios/read/probes/profiles.ts';
import { restrictions } from '../../../../../../native/ios/read/probes/restrictions.ts';
import { googlePhotos, valuesOfPlist, why } from '../parse.ts';

const app = (info: PlistValue) => valuesOfPlist(apps, { [googlePhotos]: info }).apps?.[googlePhotos];
const count = (perType: PlistDict) =>
  valuesOfPlist(icloudStatus, { hasValidSystemBudgetKey: true, cloudAssetCountPerType: perType }).icloud?.cloudCount;

describe('profiles', () => {
  const told = {
    Status: 'Acknowledged',
    ProfileMetadata: { 'com.x.mdm': { PayloadDisplayName: 'School', PayloadRemovalDisallowed: true } },
  };

  test.for<[string, PlistDict]>([
    ['missing', told],
    ['unparsed', { ...told, OrderedIdentifiers: 'com.x.mdm' }],
    ['unparsed', { ...told, OrderedIdentifiers: ['com.x.mdm', 1] }],
  ])('%s identifiers are not "no profiles, nobody manages it"', ([reason, list]) => {
    const { system } = valuesOfPlist(profiles, list);
    expect([why(system?.profiles), why(system?.profilePayloads), why(system?.managed)]).toEqual([
      reason,
      reason,
      reason,
    ]);
  });

  test('a name that is no text is not replaced by the identifier', () => {
    const list = {
      ...told,
      OrderedIdentifiers: ['com.x.mdm'],
      ProfileMetadata: { 'com.x.mdm': { PayloadDisplayName: 1 } },
    };
    expect(why(valuesOfPlist(profiles, list).system?.profiles)).toBe('unparsed');
  });

  test('a kind of payload that is no text is not left out', () => {
    const payloads = [{ PayloadType: 'com.apple.vpn.managed' }, { PayloadType: 1 }];
    const list = { ...told, OrderedIdentifiers: ['x'], ProfileManifest: { x: { PayloadContent: payloads } } };
    expect(why(valuesOfPlist(profiles, list).system?.profilePayloads)).toBe('unparsed');
  });

  const vpn = { x: { PayloadContent: [{ PayloadType: 'com.apple.vpn.managed' }] } };

  // field.md C, "configuration profiles": GetProfileList names payload types; what hides some of them names none.
  test.each([
    ['a manifest', { ProfileMetadata: vpn, ProfileManifest: [] }],
    ['metadata', { ProfileMetadata: 'x', ProfileManifest: vpn }],
    ['a profile', { ProfileMetadata: vpn, ProfileManifest: { x: 1 } }],
  ])('%s of another type is not "no other payload"', (_what, lists) => {
    const list = { Status: 'Acknowledged', OrderedIdentifiers: ['x'], ...lists };
    expect(why(valuesOfPlist(profiles, list).system?.profilePayloads)).toBe('unparsed');
  });
});

describe('apps', () => {
  test('no background modes are none; a text is unknown', () => {
    expect(app({})?.backgroundModes).toEqual([]);
    expect(why(app({ UIBackgroundModes: 'fetch' })?.backgroundModes)).toBe('unparsed');
  });

  test('an app that is told as something else says nothing', () => {
    const values = app('yes');
    expect([why(values?.installed), why(values?.backgroundModes)]).toEqual(['unparsed', 'unparsed']);
  });

  test('sources that are no list prove no account', () => {
    const { icloud } = valuesOfPlist(account, { Contacts: { Sources: 'iCloud' }, Notes: { Sources: ['iCloud'] } });
    expect(icloud?.accountPresent).toBe(true);
    expect(why(valuesOfPlist(account, { Contacts: { Sources: 'iCloud' } }).icloud?.accountPresent)).toBe('missing');
  });

  test('Background App Refresh that cannot be read is not on', () => {
    const values = valuesOfPlist(backupAppRefresh, { KeepAppsUpToDateAppList: 'all' });
    expect(why(values.apps?.[googlePhotos]?.backgroundRefresh)).toBe('unparsed');
  });
});

describe('iCloud', () => {
  const status = { hasValidSystemBudgetKey: true, hasBatteryBudgetKey: true, hasCellularBudgetKey: true };

  test.for(['cellularIsRestricted', 'hasBatteryBudgetKey', 'hasValidSystemBudgetKey', 'connectedToNetwork'])(
    'a reason %s that is a text leaves the pauses unknown',
    (key) => {
      const file = { ...status, isExceedingQuota: true, [key]: 'true' };
      expect(why(valuesOfPlist(firstStatus, file).icloud?.pausedAtPlugIn)).toBe('unparsed');
    },
  );

  test('budgets whose validity cannot be read leave low data mode unknown', () => {
    const file = { ...status, hasValidSystemBudgetKey: 'no', constrainedNetwork: true };
    expect(why(valuesOfPlist(icloudStatus, file).network?.lowDataMode)).toBe('unparsed');
  });

  test('a count that is no number is not left out of the sum', () => {
    expect(count({ 'public.jpeg': 40, 'public.heic': 2 })).toBe(42);
    expect(why(count({ 'public.jpeg': 40, 'public.heic': '2' }))).toBe('unparsed');
  });

  test('a line of the log of switches that cannot be read is not left out', () => {
    const timestamp = new Date('2026-05-01T10:00:00.000Z');
    const history = (line: Record<string, Date | string | boolean | number>) =>
      valuesOfPlist(icloudSwitches, [{ timestamp, type: 'CPL', enabled: true }, line]).icloud?.enableHistory;
    expect(history({ timestamp, type: 'SharedStreams', enabled: false })).toHaveLength(1);
    expect(why(history({ timestamp, type: 'CPL', enabled: 'false' }))).toBe('unparsed');
    expect(why(history({ timestamp, type: 1, enabled: false }))).toBe('unparsed');
  });
});

describe('battery', () => {
  const idle = { BatteryCurrentCapacity: 80, BatteryIsCharging: false, FullyCharged: false };

  test.for([
    ['missing', idle],
    ['unparsed', { ...idle, ExternalConnected: 'true' }],
    ['unparsed', { ...idle, ExternalConnected: true, FullyCharged: 'true' }],
    ['unparsed', { ...idle, BatteryIsCharging: true, FullyCharged: 'true' }],
  ] as const)('%s: neither charging nor discharging is guessed', ([reason, told]) => {
    expect(why(valuesOfPlist(battery, told).battery?.status)).toBe(reason);
  });

  test('what it tells whole', () => {
    expect(valuesOfPlist(battery, { ...idle, ExternalConnected: true }).battery?.status).toBe('not-charging');
    expect(valuesOfPlist(battery, { ...idle, ExternalConnected: false }).battery?.status).toBe('discharging');
  });
});

test('a restriction that cannot be read is not "no restriction"', () => {
  const own = valuesOfPlist(restrictions, { ProhibitAppInstall: 'true', ProhibitAppDelete: false });
  expect(why(own.system?.restrictions)).toBe('unparsed');
  const kept = { restrictedBool: { allowCloudPhotoLibrary: { value: 'false' }, allowCloudBackup: { value: true } } };
  const { system } = valuesOfPlist(backupSettings, kept);
  expect([why(system?.restrictions), why(system?.cloudPhotosForbidden)]).toEqual(['unparsed', 'unparsed']);
});
