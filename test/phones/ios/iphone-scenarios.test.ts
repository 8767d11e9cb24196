import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIphoneSource, type IphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { isKnown, type Leaf, type Reading } from '../../../native/reading.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';
import { builtLibraryProcess } from './built-library-process.ts';

const photos = 'com.apple.mobileslideshow';
const google = 'com.google.photos';
const dropbox = 'com.getdropbox.Dropbox';

let usbmuxd: SimulatedUsbmuxd;
let source: IphoneSource;

beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
  source = createIphoneSource({
    entry: builtLibraryProcess,
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
  });
});

afterEach(async () => {
  await source.close();
  await usbmuxd.stop();
});

function plug(id: string): SimulatedIphone {
  const phone = new SimulatedIphone(sampleIphone(id).create());
  usbmuxd.plug(phone);
  return phone;
}

async function scan(phone: SimulatedIphone): Promise<Reading> {
  const capture = await source.capture(phone.udid, { apps: [photos, google, dropbox] });
  expect(capture.brokenOff).toBe(null);
  return source.read(capture);
}

const backlog = async (phone: SimulatedIphone): Promise<unknown> => at(await scan(phone), 'icloud.backlog');

/** A report of want of memory that names no process. */
function memoryReport(at: Date) {
  const stamp = at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const head = JSON.stringify({ bug_type: '298', timestamp: at.toISOString() });
  return { path: `/JetsamEvent-${stamp}.ips`, modified: at, text: `${head}\n{"processes":[]}\n` };
}

/** A leaf as its value, or as the reason why there is none. */
const shown = (leaf: Leaf<unknown> | undefined): unknown => {
  if (leaf === undefined) return 'absent';
  return isKnown(leaf) ? leaf.value : `unavailable: ${leaf.unavailable}`;
};

/** `section.leaf` of a reading. */
function at(reading: Reading, path: string): unknown {
  const [section = '', name = ''] = path.split('.');
  const sections = reading as unknown as Record<string, Record<string, Leaf<unknown>>>;
  return shown(sections[section]?.[name]);
}

const expectLeaves = (reading: Reading, expected: Readonly<Record<string, unknown>>): void =>
  expect(Object.fromEntries(Object.keys(expected).map((path) => [path, at(reading, path)]))).toEqual(expected);

describe.skipIf(missingTools.length > 0)('a scan with the real libimobiledevice', () => {
  test.each([
    ['icloud-photos-off', { 'icloud.photosEnabled': false, 'power.lowPowerMode': 'unavailable: missing' }],
    ['icloud-photos-never-on', { 'icloud.photosEnabled': false, 'icloud.backlog': 'unavailable: missing' }],
    [
      'low-power',
      { 'icloud.photosEnabled': true, 'power.lowPowerMode': true, 'icloud.pausedAtPlugIn': ['low-power-mode'] },
    ],
    ['quota-exceeded', { 'icloud.quotaExceeded': true, 'icloud.backlog': 1234 }],
    ['cellular-restricted', { 'network.cellularRestricted': true, 'network.connected': true }],
    ['thermal', { 'icloud.tooWarm': true, 'icloud.warm': false }],
    ['low-battery', { 'icloud.lowBattery': true, 'battery.level': 9 }],
    ['low-disk', { 'icloud.storageVeryLow': true, 'storage.freeBytes': 412_000_000 }],
    ['low-data-mode', { 'network.lowDataMode': true }],
    ['airplane-mode', { 'network.airplaneMode': true, 'network.connected': false }],
    ['signed-out', { 'icloud.signedOut': true }],
    ['version-too-old', { 'icloud.versionTooOld': true }],
    ['pending-resets', { 'icloud.pendingResets': 5, 'icloud.pausedAtPlugIn': [], 'icloud.attached': true }],
    ['attach-limbo', { 'icloud.photosEnabled': true, 'icloud.attached': false }],
    ['backlog-frozen', { 'icloud.backlog': 1234, 'icloud.pausedAtPlugIn': [] }],
    ['managed', { 'system.managed': true, 'system.supervised': true, 'system.profiles': ['Device restrictions'] }],
    ['healthy-french', { 'identity.language': 'fr' }],
    [
      'healthy',
      { 'icloud.photosEnabled': true, 'icloud.pendingResets': 0, 'icloud.backlog': 0, 'system.managed': false },
    ],
  ] as const)('reads "%s"', async (id, expected) => {
    const phone = plug(id);
    expectLeaves(await scan(phone), expected);
    expect(phone.changes).toEqual([]);
    expect(phone.trust.dialogsShown).toBe(0);
  });

  test.each([
    ['healthy-ios12', { 'identity.osVersion': '12.5.7', 'icloud.libraryCount': 4110, 'battery.temperature': 28.9 }],
    ['healthy-ios14', { 'identity.osVersion': '14.8.1', 'icloud.libraryCount': 4110, 'battery.capacityPercent': 91 }],
    ['healthy-ios16', { 'identity.osVersion': '16.7.8', 'icloud.libraryCount': 4110, 'battery.cycles': 312 }],
    [
      'healthy-ios26',
      { 'identity.osVersion': '26.5', 'icloud.libraryCount': 4110, 'battery.temperature': 'unavailable: missing' },
    ],
  ] as const)('reads the database and battery of "%s"', async (id, expected) => {
    expectLeaves(await scan(plug(id)), { 'icloud.photosEnabled': true, 'icloud.backlog': 0, ...expected });
  });

  test('before iOS 15 the reasons to pause are unknown, and never "fine"', async () => {
    expectLeaves(await scan(plug('healthy-ios14')), {
      'power.lowPowerMode': 'unavailable: missing',
      'icloud.quotaExceeded': 'unavailable: missing',
      'icloud.pendingResets': 'unavailable: missing',
    });
  });

  test('the clock of the phone is compared with this computer', async () => {
    const skew = at(await scan(plug('wrong-clock')), 'system.clockSkewMs');
    expect(Math.round(Number(skew) / 3_600_000)).toBe(-26);
  });

  test('memory reports name the processes of iCloud Photos, and no other app', async () => {
    const { apps } = await scan(plug('upload-crashes'));
    expect(shown(apps[photos]?.crashes)).toMatchObject([
      { kind: 'memory', process: 'cloudphotod', description: 'per-process-limit' },
      { kind: 'memory', process: 'cloudphotod' },
      { kind: 'memory', process: 'cloudphotod' },
    ]);
    expect(shown(apps[google]?.crashes)).toEqual([]);
  });

  // field.md C, "crash reports": "has not crashed lately" needs reports that reach back, and of more than are read none is known.
  test('more memory reports than are read: crashes are known since the oldest of those', async () => {
    const iphone = sampleIphone('healthy').create();
    const memory = Array.from({ length: 14 }, (_, hours) => memoryReport(new Date(Date.now() - hours * 3_600_000)));
    iphone.crashReports = [...iphone.crashReports, ...memory];
    const phone = new SimulatedIphone(iphone);
    usbmuxd.plug(phone);
    const { apps } = await scan(phone);
    expect(shown(apps[google]?.crashes)).toEqual([]);
    const since = Date.parse(String(shown(apps[google]?.crashesSince)));
    expect(Math.round((Date.now() - since) / 3_600_000)).toBe(11);
  });

  test('tells which backup apps are installed, with their versions and background modes', async () => {
    const { apps } = await scan(plug('healthy'));
    expect(shown(apps[google]?.installed)).toBe(true);
    expect(shown(apps[google]?.version)).toBe('7.38.0');
    expect(shown(apps[google]?.backgroundModes)).toEqual(['fetch', 'processing', 'remote-notification']);
    expect(shown(apps[dropbox]?.installed)).toBe(false);
  });

  test('a phone that refuses its files leaves everything about iCloud Photos unknown', async () => {
    const phone = plug('low-power');
    phone.faults.afcErrors.set('/PhotoData', 'PERM_DENIED');
    expectLeaves(await scan(phone), {
      'icloud.photosEnabled': 'unavailable: denied',
      'power.lowPowerMode': 'unavailable: denied',
      'icloud.backlog': 'unavailable: denied',
      'icloud.pendingResets': 'unavailable: denied',
      'battery.level': 84,
    });
  });

  test('a second scan sees what its owner has corrected', async () => {
    const scenario = sampleIphone('low-power');
    const phone = plug('low-power');
    expect(at(await scan(phone), 'power.lowPowerMode')).toBe(true);
    scenario.correct?.(phone.model);
    expectLeaves(await scan(phone), { 'power.lowPowerMode': false, 'icloud.pausedAtPlugIn': [] });
  });

  test('two counts tell a falling backlog from a frozen one', async () => {
    const [falling, frozen] = [plug('backlog-falling'), plug('backlog-frozen')];
    const first = [await backlog(falling), await backlog(frozen)];
    falling.model.photos.waiting -= 34;
    expect(first).toEqual([1234, 1234]);
    expect([await backlog(falling), await backlog(frozen)]).toEqual([1200, 1234]);
  });
});
