/**
 * The state of a sample iPhone: what its owner and its daemons have made of it, as plain values. The other files of this
 * folder turn it into the answers a real iPhone gives over USB; nothing here touches a socket or a process.
 *
 * Dates are instants of the phone; sizes are bytes.
 */
export interface SampleIphone {
  /** Another one after an update. */
  identity: Identity;
  /** How far the phone's clock is from the true time. */
  clockOffsetMs: number;
  readonly timeZone: TimeZone;
  language: { readonly language: string; readonly locale: string };
  screen: 'unlocked' | 'locked' | 'never-unlocked-since-boot';
  readonly battery: Battery;
  readonly storage: PhoneStorage;
  readonly backup: BackupState;
  readonly accounts: { iCloud: boolean };
  readonly restrictions: { prohibitAppInstall: boolean; prohibitAppDelete: boolean };
  management: Management;
  readonly cloudPhotos: CloudPhotos;
  readonly photos: PhotoLibrary;
  readonly apps: SampleApp[];
  crashReports: CrashReport[];
}

export interface Identity {
  /** 40 hexadecimal digits up to the iPhone X, 8-16 digits with a hyphen since. */
  readonly udid: string;
  readonly name: string;
  readonly productType: string;
  readonly productVersion: string;
  readonly buildVersion: string;
  readonly hardwareModel: string;
  readonly hardwarePlatform: string;
  readonly serialNumber: string;
  readonly modelNumber: string;
  readonly regionInfo: string;
  readonly wifiAddress: string;
  readonly bluetoothAddress: string;
  readonly imei: string;
  readonly phoneNumber: string;
}

export interface TimeZone {
  readonly name: string;
  readonly offsetSeconds: number;
}

export interface Battery {
  percent: number;
  charging: boolean;
  externalPower: boolean;
  readonly designCapacity: number; // mAh
  readonly nominalCapacity: number; // mAh
  readonly cycleCount: number;
  readonly voltage: number; // mV
  /** Negative while discharging, mA. */
  current: number;
  /** 1/100 °C; phones since iOS 26 no longer tell. */
  readonly temperature?: number;
  /** The IORegistry entry: AppleARMPMUCharger up to the iPhone 7, AppleSmartBattery since. */
  readonly registryEntry: 'AppleARMPMUCharger' | 'AppleSmartBattery';
  /** `nested`: capacities inside `BatteryData`, as newer systems have them. */
  readonly registryLayout: 'flat' | 'nested';
  /** The figure that Settings shows, %, where the system tells it. */
  readonly maximumCapacityPercent?: number;
}

export interface PhoneStorage {
  readonly totalBytes: number;
  readonly dataBytes: number;
  /** Hard free room: less than what Settings calls available. */
  freeBytes: number;
  /** Could be freed by the system when needed; lockdownd counts it in TotalDataAvailable. */
  readonly purgeableBytes: number;
}

export interface BackupState {
  readonly cloudEnabled: boolean;
  readonly lastCloudBackup?: Date;
  readonly lastComputerBackup?: Date;
  readonly encrypted: boolean;
}

export interface Management {
  readonly supervised: boolean;
  readonly removable: boolean;
  readonly organization?: string;
  readonly profiles: readonly ConfigurationProfile[];
}

export interface ConfigurationProfile {
  readonly identifier: string;
  readonly displayName: string;
  readonly organization: string;
  readonly description: string;
  readonly removalDisallowed: boolean;
  readonly uuid: string;
  /** What it sets, in Apple's names of payloads. */
  readonly payloads?: readonly string[];
}

/** What the iCloud Photos engine (cloudphotod) leaves behind under /PhotoData. */
export interface CloudPhotos {
  /** When each marker file appeared; absent = no such file. */
  markers: { enabled?: Date; downloadFinished?: Date; initialSync?: Date };
  /** Absent = iCloud Photos was never used: no syncstatus.plist. */
  status?: SyncStatus;
  /** Absent = no resetevents.plist, which is the usual case. */
  resets?: ResetEvent[];
  lastSyncAfterLaunch?: Date;
  enableLog: EnableLogEntry[];
  /** Absent = no DownloadCounts.plist. */
  remainingDownloads?: { images: number; videos: number };
  /** Sessions since the counters began, as metrics.plist counts them. */
  readonly sessions: { total: number; blocked: number; poorSystemConditions: number };
}

/** The flags of syncstatus.plist that this project knows. */
export type SyncFlag =
  | 'cellularIsRestricted'
  | 'connectedToNetwork'
  | 'constrainedNetwork'
  | 'containerHasBeenWiped'
  | 'hasBatteryBudgetKey'
  | 'hasCellularBudgetKey'
  | 'hasChangesToProcess'
  | 'hasValidSystemBudgetKey'
  | 'heavyResourceUsage'
  | 'iCloudLibraryClientIsNotAuthenticated'
  | 'iCloudLibraryClientVersionTooOld'
  | 'iCloudLibraryExists'
  | 'iCloudLibraryHasBeenWiped'
  | 'inAirplaneMode'
  | 'isBlockedByLowPowerModeKey'
  | 'isExceedingQuota'
  | 'isExceedingSharedLibraryQuota'
  | 'isStuckInExitForSharedLibrary'
  | 'keychainCDPEnabled'
  | 'lowBatteryLevel'
  | 'lowDiskSpace'
  | 'moderateThermalPressure'
  | 'poorNetworkQuality'
  | 'poorSystemConditions'
  | 'thermalPressure'
  | 'veryLowDiskSpace'
  | 'walrusEnabled';

export interface SyncStatus {
  /** When the file was last written: the last change of state. */
  modified: Date;
  flags: Partial<Record<SyncFlag, boolean>>;
  initialSyncDate?: Date;
  initialDownloadDate?: Date;
  lastSyncDate?: Date;
  cloudImages: number;
  cloudMovies: number;
  cloudCountsChecked: Date;
  unblockedReason?: number;
  /** iCloud Photos is being removed, and deletes its photos then. */
  exitDeleteTime?: Date;
  /** Photos that still have to leave a shared library. */
  leavingShared?: number;
}

/** A reset of the photo engine; while it is pending nothing is sent. */
export interface ResetEvent {
  readonly pending: boolean;
  readonly cause: string;
  readonly date: Date;
  readonly endDate?: Date;
}

export interface EnableLogEntry {
  readonly timestamp: Date;
  readonly type: 'CPL' | 'SharedAlbums';
  readonly enabled: boolean;
}

/** Counts of the photo library; the rows of Photos.sqlite and the files of /DCIM follow from them. */
export interface PhotoLibrary {
  images: number;
  readonly movies: number;
  /** Not yet sent to iCloud. */
  waiting: number;
  /** Of the waiting ones, those whose upload was tried and failed. */
  failing: number;
  /** Marked as unable to sync (ZCLOUDLOCALSTATE 4). */
  unsyncable: number;
  readonly recentlyDeleted: number;
  readonly sharedWithYou: number;
  /** How fast the backlog falls while the engine runs; 0 = frozen. */
  uploadsPerMinute: number;
  /** Taken when; the newest file of /DCIM has this date. */
  newest: Date;
}

export interface SampleApp {
  readonly bundleId: string;
  readonly name: string;
  readonly version: string;
  readonly build: string;
  readonly type: 'User' | 'System';
  readonly backgroundModes: readonly string[];
  readonly minimumOsVersion: string;
  readonly photoLibraryUsage?: string;
}

export interface CrashReport {
  readonly path: string;
  readonly modified: Date;
  readonly text: string;
}

/** The first number of the iOS version: 16 for `16.7.8`. */
export function majorVersion(iphone: SampleIphone): number {
  return Number.parseInt(iphone.identity.productVersion, 10);
}
