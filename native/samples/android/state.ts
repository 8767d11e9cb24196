import type { ShellPermission } from './shell-permissions.ts';

/**
 * Everything a sample phone remembers. Plain data: it can be cloned, stored as JSON, and varied by spreading.
 * Moments are ages in milliseconds before the phone's own clock (`…AgoMs`), so that a sample never grows old.
 */
export interface SampleState {
  serial: string;
  build: SampleBuild;
  clock: SampleClock;
  users: SampleUser[];
  /** The user in the foreground. */
  currentUser: number;
  apps: SampleApp[];
  /** Those of the whole phone, and user 0's own. */
  settings: Record<SettingsNamespace, Record<string, string>>;
  /** Own settings of the other users, by user id; a user who is not named has none yet. */
  settingsOfUsers: Record<string, Partial<Record<SettingsNamespace, Record<string, string>>>>;
  /** Who wrote a setting, keyed `namespace/key`; anything not named here was written by `android`. */
  settingWriters: Record<string, string>;
  battery: SampleBattery;
  batterySaver: SampleBatterySaver;
  doze: SampleDoze;
  network: SampleNetwork;
  dataSaver: boolean;
  storage: SampleStorage;
  media: SampleMediaItem[];
  /** Files in the camera folder that the media index has not found yet. */
  unindexed?: SampleMediaItem[];
  /** Folders that hold a `.nomedia` file. */
  noMediaFolders: string[];
  accounts: SampleAccount[];
  sync: SampleSync;
  jobs: SampleJob[];
  /** What the backup apps have to send, and what they send besides. */
  backups: SampleBackup[];
  /** Sent, but not in the history of `netstats` before its next poll. */
  uncounted: UncountedBytes[];
  events: SampleEvent[];
  thermalStatus: number;
  screenOn: boolean;
  /** Owner of the device or profile set by an administrator; null on a private phone. */
  deviceOwner: string | null;
  /** Who administers a user or a work profile, and whether the phone is the company's. */
  profileOwners: SampleProfileOwner[];
  /** What this maker's build withholds from the `shell` user until a developer option is switched. */
  shellLacks: ShellPermission[];
  /** How often it was restarted since it was made. */
  restarts: number;
  /** It is on, and has not started to the end. */
  starting: boolean;
}

export type SettingsNamespace = 'global' | 'secure' | 'system';
export type Skin = 'pixel' | 'samsung' | 'hyperos' | 'coloros' | 'emui' | 'motorola' | 'aosp';

export interface SampleBuild {
  /** API level, 26 (Android 8.0) to 36 (Android 16). */
  sdk: number;
  release: string;
  skin: Skin;
  manufacturer: string;
  brand: string;
  model: string;
  device: string;
  product: string;
  id: string;
  incremental: string;
  securityPatch: string;
  /** The maker's own properties, on top of those every Android has. */
  properties: Record<string, string>;
}

export interface SampleClock {
  /** Epoch milliseconds at which the phone's clock stands still; null = it follows the computer's clock. */
  fixedAt: number | null;
  /** How far the phone's clock is ahead of the right time. */
  skewMs: number;
  timeZone: string;
  utcOffsetMinutes: number;
  uptimeMs: number;
  /** Age of the last network time; null = never synchronised. */
  lastNetworkTimeAgoMs: number | null;
}

export interface SampleUser {
  id: number;
  name: string;
  flags: string;
  /** `android.os.usertype.…` without that beginning, as Android 11 and later have it. */
  type: string;
  running: boolean;
  /** Unlocked since the last restart. */
  unlocked: boolean;
}

export interface SampleProfileOwner {
  userId: number;
  package: string;
  organizationOwned: boolean;
}

/** A package; `users` says what it is for each user. */
export interface SampleApp {
  package: string;
  /** 10000 and up for ordinary apps; the uid is userId × 100000 + appId. */
  appId: number;
  system: boolean;
  versionName: string;
  versionCode: number;
  minSdk: number;
  targetSdk: number;
  installer: string | null;
  installedAgoMs: number;
  updatedAgoMs: number;
  installPermissions: string[];
  /** The firewall for single apps (chain OEM_DENY_3) has a rule against it, for every user. */
  networkDenied?: boolean;
  users: AppOfUser[];
}

/** 0 default, 1 enabled, 2 disabled, 3 disabled by the user, 4 disabled until used. */
export type EnabledState = 0 | 1 | 2 | 3 | 4;

export interface AppOfUser {
  userId: number;
  installed: boolean;
  /** The phone has archived it, by itself or for its owner: not installed, but known (Android 15 and later). */
  archivedAgoMs?: number;
  /** How long its jobs ran in the span that its bucket counts. */
  jobsRanMs?: number;
  /** Samsung: who put it to sleep. */
  asleepBy?: 'phone' | 'owner';
  /** Titles of the notifications that it shows. */
  notifications?: string[];
  suspendedBy: string | null;
  stopped: boolean;
  notLaunched: boolean;
  enabled: EnabledState;
  lastDisabledCaller: string | null;
  hibernated: boolean;
  permissions: Record<string, RuntimePermission>;
  standby: AppStandby;
  /** NetworkPolicyManager's bit set: 0 none, 1 REJECT_METERED_BACKGROUND, 4 ALLOW_METERED_BACKGROUND. */
  networkPolicy: number;
  /** An administrator forbids it data on metered networks. */
  adminForbidsMetered?: boolean;
  /** App-ops of this package; an op that is absent stands at its default. */
  appOps: Record<string, AppOp>;
  /** App-ops of the uid; they win over those of the package. */
  uidAppOps: Record<string, AppOpMode>;
  traffic: TrafficBucket[];
  exits: ProcessExit[];
  size: { appBytes: number; dataBytes: number; cacheBytes: number };
}

export interface RuntimePermission {
  granted: boolean;
  flags: string[];
}

export type AppOpMode = 'allow' | 'ignore' | 'deny' | 'default' | 'foreground' | 'ask';

export interface AppOp {
  mode: AppOpMode;
  /** Age of the last access; null = never used. */
  usedAgoMs: number | null;
}

export interface AppStandby {
  /** 5 EXEMPTED, 10 ACTIVE, 20 WORKING_SET, 30 FREQUENT, 40 RARE, 45 RESTRICTED, 50 NEVER. */
  bucket: number;
  /** UsageStatsManager.reasonToString, e.g. `u-mf`, `t`, `f`, `s-4`. */
  reason: string;
  usedAgoMs: number;
  /** Age of the last job; null = none ever ran. */
  lastJobAgoMs: number | null;
}

/** Bytes of one uid on one kind of network within one bucket of two hours. */
export interface TrafficBucket {
  agoMs: number;
  foreground: boolean;
  network: 'wifi' | 'mobile';
  rxBytes: number;
  txBytes: number;
}

export interface ProcessExit {
  agoMs: number;
  reason: number;
  subReason: number;
  importance: number;
  description: string;
}

export interface SampleBattery {
  level: number;
  /** 1 unknown, 2 charging, 3 discharging, 4 not charging, 5 full. */
  status: number;
  health: number;
  plugged: 'none' | 'ac' | 'usb' | 'wireless';
  voltageMv: number;
  temperatureTenthsC: number;
  technology: string;
  chargeCounterUah: number;
  /** True after `dumpsys battery unplug` or `set`, until `reset`. */
  updatesStopped: boolean;
  /** What the battery is in truth while the updates are stopped; null: what is believed of it. */
  measured: Pick<SampleBattery, 'plugged' | 'status' | 'level' | 'temperatureTenthsC'> | null;
  /** The latched "battery low" of BatteryService, which jobs' BATTERY_NOT_LOW follows. */
  low: boolean;
  /** The charging circuit holds the level (charge limit), so jobs do not count as charging. */
  chargeHeld: boolean;
  samsung: SamsungBattery | null;
}

export interface SamsungBattery {
  /** Per cent of the design capacity. */
  asoc: number;
  /** Cycles × 100. */
  usage: number;
  firstUseDate: string;
  protectMode: number;
  protectThreshold: number;
}

export interface SampleBatterySaver {
  /** BatterySaverStateMachine: 1 off, 2 on by hand, 3 on by level, 4 off with automatic threshold, 5 pending sticky on. */
  machineState: number;
  /** BatterySaverController reason, 0 to 13; meaningless while `lastChangedText` is null. */
  lastChangedReason: number;
  lastChangedText: string | null;
  active: boolean;
  /** The milder saver that follows how the phone is used (Android 10 and later). */
  adaptive: boolean;
  timesEnabled: number;
  lastOnAgoMs: number | null;
  lastOffAgoMs: number | null;
}

export interface SampleDoze {
  lightEnabled: boolean;
  deepEnabled: boolean;
  /** Deep doze was forced by a test command, and stays until that is taken back (DeviceIdleController.mForceIdle). */
  forced: boolean;
  deepState: string;
  lightState: string;
  history: { kind: string; agoMs: number; reason: string | null }[];
  /** Shipped exemptions, by package. */
  systemExempt: string[];
  systemExemptExceptIdle: string[];
  /** Packages that the owner exempted: "Unrestricted" in the battery settings. */
  userExempt: string[];
}

export interface SampleNetwork {
  wifiEnabled: boolean;
  wifi: SampleWifi | null;
  mobileEnabled: boolean;
  mobileAvailable: boolean;
  validated: boolean;
  captivePortal: boolean;
  privateDnsBroken: boolean;
  /** The name of a private DNS server that does not answer; null: whatever is named answers. */
  deadPrivateDns: string | null;
  vpn: SampleVpn | null;
  /** The mobile network is a foreign one. */
  roaming?: boolean;
  /** What the owner allows on mobile data, bytes, and whether it was reached: then the phone has switched mobile data off. */
  mobileLimit?: { bytes: number; reached: boolean };
  /** The firewall for single apps is switched on (chain OEM_DENY_3). */
  appFirewall?: boolean;
}

export interface SampleWifi {
  ssid: string;
  bssid: string;
  rssi: number;
  linkSpeedMbps: number;
  frequencyMhz: number;
  meteredHint: boolean;
  /** The owner's choice in the network's settings. */
  meteredOverride: 'none' | 'true' | 'false';
}

export interface SampleVpn {
  sessionId: string;
  ownerUid: number;
  uidRanges: string;
  /** It counts as metered by itself, as by default those of apps for Android 10 and later do. */
  metered?: boolean;
}

export interface SampleStorage {
  dataTotalKib: number;
  dataFreeKib: number;
  /** Whether the daily measurement of app sizes has ever run. */
  measured: boolean;
  /** Caches that were emptied since that measurement, which still tells what they held: bytes by package. */
  emptiedSinceMeasured: Record<string, number>;
  photosBytes: number;
  videosBytes: number;
  systemBytes: number;
}

export interface SampleMediaItem {
  id: number;
  userId: number;
  kind: 'image' | 'video';
  sizeBytes: number;
  addedAgoMs: number;
  /** With a closing slash, e.g. `DCIM/Camera/`. */
  relativePath: string;
  displayName: string;
}

export interface SampleAccount {
  userId: number;
  name: string;
  type: string;
  addedAgoMs: number;
  addedByUid: number;
}

export interface SampleSync {
  /** Master auto-sync by user id. */
  master: { userId: number; enabled: boolean }[];
  authorities: SyncAuthority[];
}

export interface SyncAuthority {
  userId: number;
  accountName: string;
  accountType: string;
  authority: string;
  syncable: number;
  enabled: boolean;
  total: number;
  failed: number;
  lastSyncAgoMs: number | null;
  lastResult: string;
  /** What failed, in the words of ContentResolver.syncErrorToString, where `lastResult` ends with FAILURE. */
  lastFailure?: string;
}

export interface SampleJob {
  package: string;
  userId: number;
  id: number;
  /** Component, e.g. `com.x/.UploadJob`. */
  service: string;
  /** Android 14 and later print it; WorkManager uses `androidx.work.systemjobscheduler`. */
  namespace: string | null;
  charging: boolean;
  batteryNotLow: boolean;
  deviceIdle: boolean;
  storageNotLow: boolean;
  network: 'any' | 'unmetered' | null;
  contentTrigger: string | null;
  minLatencyMs: number | null;
  failures: number;
  lastFailedAgoMs: number | null;
  enqueuedAgoMs: number;
}

/** One backup app at work; it sends in a job, so what its job waits for, its photos wait for. */
export interface SampleBackup {
  package: string;
  userId: number;
  jobId: number;
  /** Photos that have not been sent yet. */
  waitingBytes: number;
  /** How fast it sends while its job may run; 0: backup is off inside the app, which no phone tells. */
  bytesPerSecond: number;
  /** Everything else that it sends while there is a network: it asks its server for news. */
  otherBytesPerMinute: number;
}

/** Bytes that an app has sent since traffic was last counted. */
export interface UncountedBytes {
  package: string;
  userId: number;
  network: TrafficBucket['network'];
  bytes: number;
}

export interface SampleEvent {
  agoMs: number;
  uid: number;
  tag: string;
  /** The event's payload as logcat prints it, e.g. `[0,4794,com.x,906,empty #13]`. */
  text: string;
}
