import { modelName } from '../../ios/read/model-names.ts';
import { hardware, type Hardware, type HardwareName } from './hardware.ts';
import type { CloudPhotos, PhotoLibrary, SampleApp, SampleIphone } from './iphone.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The instant `amount` before `now`, counted in whole minutes or days. */
export function before(now: Date, amount: { readonly days?: number; readonly minutes?: number }): Date {
  return new Date(now.getTime() - (amount.days ?? 0) * dayMs - (amount.minutes ?? 0) * minuteMs);
}

/**
 * A healthy iPhone: iCloud Photos on and finished, battery and storage ample, Google Photos and OneDrive installed.
 * `number` tells phones apart (UDID, serial number); the same arguments give the same phone.
 */
export function createIphone(model: HardwareName, number: number, now: Date): SampleIphone {
  const made: Hardware = hardware[model];
  const { tellsTemperature, ...battery } = made.battery;
  const dataBytes = Math.round(made.totalBytes * 0.92);
  const nominalCapacity = Math.round(battery.designCapacity * 0.91);
  return {
    identity: { ...made.identity, ...identityOf(made, number) },
    clockOffsetMs: 0,
    timeZone: { name: 'Europe/Paris', offsetSeconds: 3600 },
    language: { language: 'en', locale: 'en_GB' },
    screen: 'unlocked',
    battery: {
      ...battery,
      percent: 84,
      charging: true,
      externalPower: true,
      nominalCapacity,
      cycleCount: 312,
      voltage: 4210,
      current: 780,
      ...(tellsTemperature ? { temperature: 2890 } : {}),
      ...(battery.registryLayout === 'nested' ? { maximumCapacityPercent: 91 } : {}),
    },
    storage: {
      totalBytes: made.totalBytes,
      dataBytes,
      freeBytes: Math.round(dataBytes * 0.38),
      purgeableBytes: Math.round(dataBytes * 0.05),
    },
    backup: { cloudEnabled: true, lastCloudBackup: before(now, { minutes: 9 * 60 }), encrypted: false },
    accounts: { iCloud: true },
    restrictions: { prohibitAppInstall: false, prohibitAppDelete: false },
    management: { supervised: false, removable: true, profiles: [] },
    cloudPhotos:
      Number.parseInt(made.identity.productVersion, 10) >= 15 ? healthyCloudPhotos(now) : oldCloudPhotos(now),
    photos: healthyLibrary(now),
    apps: usualApps(made.identity.productVersion),
    crashReports: [oldNote(now)],
  };
}

/** Every phone keeps notes about its processes for weeks; this one is about no backup app. */
function oldNote(now: Date): SampleIphone['crashReports'][number] {
  const date = before(now, { days: 26 });
  const stamp = date.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const head = { bug_type: '202', timestamp: date.toISOString(), app_name: 'mediaanalysisd' };
  return {
    path: `/Retired/mediaanalysisd.cpu_resource-${stamp}.ips.synced`,
    modified: date,
    text: `${JSON.stringify(head)}\n{}\n`,
  };
}

function identityOf(made: Hardware, number: number) {
  const digits = String(number).padStart(4, '0');
  return {
    udid: made.chipId === undefined ? `f00dfeed${digits.padStart(32, '0')}` : `${made.chipId}-0012ABCD0000${digits}`,
    name: modelName(made.identity.productType),
    serialNumber: `SAMPLE00${digits}`,
    wifiAddress: `02:00:00:00:${digits.slice(0, 2)}:${digits.slice(2)}`,
    bluetoothAddress: `02:00:00:01:${digits.slice(0, 2)}:${digits.slice(2)}`,
    imei: `00000000000${digits}`,
    phoneNumber: `+1 555 010 ${digits}`,
  };
}

/** iCloud Photos switched on 200 days ago, everything sent, last session 20 minutes ago. */
function healthyCloudPhotos(now: Date): CloudPhotos {
  const enabled = before(now, { days: 200 });
  const initialSync = before(now, { days: 200, minutes: -3 });
  return {
    markers: { enabled, initialSync, downloadFinished: before(now, { days: 200, minutes: -4 }) },
    status: {
      modified: before(now, { minutes: 20 }),
      flags: {
        iCloudLibraryExists: true,
        connectedToNetwork: true,
        hasBatteryBudgetKey: true,
        hasCellularBudgetKey: true,
        hasValidSystemBudgetKey: true,
        keychainCDPEnabled: true,
      },
      initialSyncDate: initialSync,
      initialDownloadDate: initialSync,
      lastSyncDate: before(now, { minutes: 20 }),
      cloudImages: 3900,
      cloudMovies: 210,
      cloudCountsChecked: before(now, { minutes: 20 }),
    },
    lastSyncAfterLaunch: before(now, { days: 2 }),
    enableLog: [{ timestamp: before(now, { days: 200, minutes: 1 }), type: 'CPL', enabled: true }],
    remainingDownloads: { images: 0, videos: 0 },
    sessions: { total: 1840, blocked: 31, poorSystemConditions: 9 },
  };
}

/** Before iOS 15 only the markers beside Photos.sqlite tell of iCloud Photos. */
function oldCloudPhotos(now: Date): CloudPhotos {
  const { markers, enableLog, sessions } = healthyCloudPhotos(now);
  const { initialSync: _, ...markersBesideDatabase } = markers;
  return { markers: markersBesideDatabase, enableLog, sessions };
}

function healthyLibrary(now: Date): PhotoLibrary {
  return {
    images: 3900,
    movies: 210,
    waiting: 0,
    failing: 0,
    unsyncable: 0,
    recentlyDeleted: 12,
    sharedWithYou: 40,
    uploadsPerMinute: 0,
    newest: before(now, { minutes: 90 }),
  };
}

function usualApps(osVersion: string): SampleApp[] {
  return [
    {
      bundleId: 'com.google.photos',
      name: 'Google Photos',
      version: '7.38.0',
      build: '7.38.0.7300100',
      type: 'User',
      backgroundModes: ['fetch', 'processing', 'remote-notification'],
      minimumOsVersion: '16.0',
      photoLibraryUsage: 'Back up and show the photos on this iPhone.',
    },
    {
      bundleId: 'com.microsoft.skydrive',
      name: 'OneDrive',
      version: '16.12.4',
      build: '16.12.4.2025',
      type: 'User',
      backgroundModes: ['fetch', 'location', 'processing', 'remote-notification'],
      minimumOsVersion: '16.0',
      photoLibraryUsage: 'Upload camera photos.',
    },
    systemApp('com.apple.mobileslideshow', 'Photos', osVersion, ['fetch', 'remote-notification']),
    systemApp('com.apple.camera', 'Camera', osVersion, []),
    systemApp('com.apple.mobilesafari', 'Safari', osVersion, ['fetch']),
  ];
}

function systemApp(bundleId: string, name: string, osVersion: string, backgroundModes: readonly string[]): SampleApp {
  return { bundleId, name, version: '1.0', build: '1', type: 'System', backgroundModes, minimumOsVersion: osVersion };
}
