import type { PlistDict } from '../../ios/read/plist.ts';
import { majorVersion, type SampleIphone } from './iphone.ts';

/** Seconds from 1970 to 2001; com.apple.mobile.backup counts its dates from there. */
const SECONDS_1970_TO_2001 = 978_307_200;

/**
 * What lockdownd tells a computer that it has no session with: enough to see a phone that does not trust it yet.
 * Any other key, and every domain, is refused with GetProhibited.
 */
export const keysWithoutSession: ReadonlySet<string> = new Set([
  'BasebandCertId',
  'BluetoothAddress',
  'BoardId',
  'BuildVersion',
  'CPUArchitecture',
  'ChipID',
  'DeviceClass',
  'DeviceColor',
  'DeviceName',
  'DevicePublicKey',
  'DieID',
  'EthernetAddress',
  'HardwareModel',
  'HasSiDP',
  'HumanReadableProductVersionString',
  'PartitionType',
  'ProductName',
  'ProductType',
  'ProductVersion',
  'ProductionSOC',
  'ProtocolVersion',
  'SupportedDeviceFamilies',
  'TelephonyCapability',
  'UniqueChipID',
  'UniqueDeviceID',
  'WiFiAddress',
]);

/**
 * The values of one lockdownd domain, the global one without `domain`; `undefined` for a domain the phone does not know.
 * `now` is the true time, from which the phone's own clock may differ.
 */
export function lockdownValues(iphone: SampleIphone, domain: string | undefined, now: Date): PlistDict | undefined {
  return domain === undefined ? globalValues(iphone, now) : domains[domain]?.(iphone);
}

function globalValues(iphone: SampleIphone, now: Date): PlistDict {
  const { identity } = iphone;
  return {
    ActivationState: 'Activated',
    ActivationStateAcknowledged: true,
    BluetoothAddress: identity.bluetoothAddress,
    BrickState: false,
    BuildVersion: identity.buildVersion,
    CPUArchitecture: identity.udid.includes('-') ? 'arm64e' : 'arm64',
    DeviceClass: 'iPhone',
    DeviceColor: '1',
    DeviceName: identity.name,
    HardwareModel: identity.hardwareModel,
    HardwarePlatform: identity.hardwarePlatform,
    HostAttached: true,
    ...(majorVersion(iphone) >= 16 ? { HumanReadableProductVersionString: identity.productVersion } : {}),
    InternationalMobileEquipmentIdentity: identity.imei,
    ModelNumber: identity.modelNumber,
    PartitionType: 'GUID_partition_scheme',
    PasswordProtected: iphone.screen !== 'unlocked',
    PhoneNumber: identity.phoneNumber,
    ProductName: 'iPhone OS',
    ProductType: identity.productType,
    ProductVersion: identity.productVersion,
    ProductionSOC: true,
    ProtocolVersion: '2',
    RegionInfo: identity.regionInfo,
    SIMStatus: 'kCTSIMSupportSIMStatusReady',
    SIMTrayStatus: 'kCTSIMSupportSIMTrayInsertedSIM',
    SerialNumber: identity.serialNumber,
    SupportedDeviceFamilies: [1],
    TelephonyCapability: true,
    TimeIntervalSince1970: (now.getTime() + iphone.clockOffsetMs) / 1000,
    TimeZone: iphone.timeZone.name,
    TimeZoneOffsetFromUTC: iphone.timeZone.offsetSeconds,
    TrustedHostAttached: true,
    UniqueDeviceID: identity.udid,
    Uses24HourClock: true,
    WiFiAddress: identity.wifiAddress,
  };
}

const domains: Record<string, (iphone: SampleIphone) => PlistDict> = {
  'com.apple.mobile.battery': ({ battery }) => ({
    BatteryCurrentCapacity: battery.percent,
    BatteryIsCharging: battery.charging,
    ExternalChargeCapable: battery.externalPower,
    ExternalConnected: battery.externalPower,
    FullyCharged: battery.percent === 100,
    GasGaugeCapability: true,
    HasBattery: true,
  }),
  'com.apple.disk_usage': ({ storage }) => ({
    AmountDataAvailable: storage.freeBytes,
    AmountDataReserved: 209_715_200,
    AmountRestoreAvailable: storage.freeBytes + storage.purgeableBytes,
    TotalDataAvailable: storage.freeBytes + storage.purgeableBytes,
    TotalDataCapacity: storage.dataBytes,
    TotalDiskCapacity: storage.totalBytes,
    TotalSystemAvailable: 0,
    TotalSystemCapacity: storage.totalBytes - storage.dataBytes,
  }),
  'com.apple.disk_usage.factory': () => ({}),
  'com.apple.mobile.backup': ({ backup, timeZone }) => ({
    CloudBackupEnabled: backup.cloudEnabled,
    ...(backup.lastCloudBackup === undefined
      ? {}
      : { LastCloudBackupDate: secondsSince2001(backup.lastCloudBackup), LastCloudBackupTZ: timeZone.name }),
    ...(backup.lastComputerBackup === undefined
      ? {}
      : { LastiTunesBackupDate: secondsSince2001(backup.lastComputerBackup), LastiTunesBackupTZ: timeZone.name }),
    RequiresEncryption: false,
    Version: '2.4',
    WillEncrypt: backup.encrypted,
  }),
  'com.apple.mobile.data_sync': ({ accounts }) => {
    const synced: PlistDict = accounts.iCloud ? { AccountNames: ['iCloud'], Sources: ['iCloud'] } : {};
    return { Bookmarks: synced, Calendars: synced, Contacts: synced, Notes: synced };
  },
  'com.apple.mobile.iTunes': () => ({ MinITunesVersion: '12.9', SupportsAirTraffic: true }),
  'com.apple.mobile.wireless_lockdown': (iphone) => ({
    BonjourFullServiceName: `${iphone.identity.wifiAddress}@fe80::1._apple-mobdev2._tcp.local.`,
    EnableWifiConnections: false,
    SupportsWifi: true,
    SupportsWifiSyncing: true,
  }),
  'com.apple.international': ({ language }) => ({
    Keyboard: language.locale,
    Language: language.language,
    Locale: language.locale,
    SupportedLanguages: ['en', 'fr', 'de', 'es', 'ja'],
  }),
  'com.apple.mobile.restriction': ({ restrictions }) => ({
    ProhibitAppDelete: restrictions.prohibitAppDelete,
    ProhibitAppInstall: restrictions.prohibitAppInstall,
  }),
  'com.apple.Accessibility': () => ({ AssistiveTouchEnabledByiTunes: false, VoiceOverTouchEnabledByiTunes: false }),
  'com.apple.fmip': ({ accounts }) => ({ IsAssociated: accounts.iCloud }),
  'com.apple.security.mac.amfi': () => ({ DeveloperModeStatus: false }),
};

function secondsSince2001(date: Date): number {
  return Math.floor(date.getTime() / 1000) - SECONDS_1970_TO_2001;
}
