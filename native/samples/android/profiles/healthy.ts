import type {
  AppOfUser,
  RuntimePermission,
  SampleApp,
  SampleBackup,
  SampleBuild,
  SampleJob,
  SampleMediaItem,
  SampleState,
  TrafficBucket,
} from '../state.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time-text.ts';

export const GOOGLE_PHOTOS = 'com.google.android.apps.photos';
export const ONEDRIVE = 'com.microsoft.skydrive';
export const SAMSUNG_GALLERY = 'com.sec.android.gallery3d';
export const SAMSUNG_CLOUD = 'com.samsung.android.scloud';
const PLAY_SERVICES = 'com.google.android.gms';
const PLAY_STORE = 'com.android.vending';

const INSTALL_PERMISSIONS: readonly string[] = [
  'android.permission.INTERNET',
  'android.permission.ACCESS_NETWORK_STATE',
  'android.permission.RECEIVE_BOOT_COMPLETED',
  'android.permission.WAKE_LOCK',
  'android.permission.FOREGROUND_SERVICE',
];

/** What of an app differs from an ordinary, healthy one. */
export interface AppTraits {
  package: string;
  appId: number;
  system?: boolean;
  versionName?: string;
  versionCode?: number;
  installer?: string | null;
  /** Whether it asks for photos and videos. */
  readsMedia?: boolean;
  /** Whether it sends the photos of this phone: the one app that the owner backs up with. */
  uploads?: boolean;
  /** Since when it was not opened; left out: since this morning. */
  usedAgoMs?: number;
  userIds?: readonly number[];
}

/**
 * An app as it is on a phone as sold: it has what it was asked for at its first start, and nothing that is asked later; nobody has
 * exempted it from anything, and nothing restricts it.
 */
export function healthyApp(sdk: number, traits: AppTraits): SampleApp {
  return {
    package: traits.package,
    appId: traits.appId,
    system: traits.system ?? false,
    versionName: traits.versionName ?? '5.2.1',
    versionCode: traits.versionCode ?? 5_020_100,
    minSdk: Math.min(sdk, 26),
    targetSdk: Math.min(sdk, 35),
    installer: traits.installer === undefined ? PLAY_STORE : traits.installer,
    installedAgoMs: 400 * DAY_MS,
    updatedAgoMs: 40 * DAY_MS,
    installPermissions: [...INSTALL_PERMISSIONS],
    users: (traits.userIds ?? [0]).map((userId) => healthyAppOfUser(sdk, userId, traits)),
  };
}

/** One user's copy of a healthy app. */
export function healthyAppOfUser(
  sdk: number,
  userId: number,
  { readsMedia = false, uploads = false, usedAgoMs = 3 * HOUR_MS }: Partial<AppTraits>,
): AppOfUser {
  return {
    userId,
    installed: true,
    suspendedBy: null,
    stopped: false,
    notLaunched: false,
    enabled: 0,
    lastDisabledCaller: null,
    hibernated: false,
    permissions: readsMedia ? mediaPermissions(sdk) : {},
    // Adaptive battery predicts the use: whoever opens an app every day has it in the working set, every few days in "frequent".
    standby: { bucket: usedAgoMs < DAY_MS ? 20 : 30, reason: 'p', usedAgoMs, lastJobAgoMs: 25 * MINUTE_MS },
    networkPolicy: 0,
    appOps: { WAKE_LOCK: { mode: 'allow', usedAgoMs: 25 * MINUTE_MS } },
    uidAppOps: {},
    traffic: uploads ? uploadTraffic() : readsMedia ? newsTraffic() : [],
    exits: [],
    size: { appBytes: 148_897_792, dataBytes: 212_860_928, cacheBytes: 61_341_696 },
  };
}

/** What an app sends that uploads every photo of {@link cameraRoll}, in the background and over Wi-Fi, within some hours. */
const uploadTraffic = (): TrafficBucket[] => [
  ...[6, 5, 4, 3, 2].map((days) => ({
    agoMs: days * DAY_MS,
    foreground: false,
    network: 'wifi' as const,
    rxBytes: 1_204_800,
    txBytes: 62_004_110 + days * 1009,
  })),
  { agoMs: 20 * HOUR_MS, foreground: false, network: 'wifi', rxBytes: 1_810_400, txBytes: 48_211_930 },
  { agoMs: 6 * HOUR_MS, foreground: false, network: 'wifi', rxBytes: 920_118, txBytes: 31_500_772 },
  { agoMs: 3 * HOUR_MS, foreground: true, network: 'wifi', rxBytes: 14_020_553, txBytes: 8_800_120 },
];

/** More than an app sends within two hours that only asks its server for news. */
export const NEWS_BYTES = 100_000;

/** What an app sends that only asks its server for news. */
const newsTraffic = (): TrafficBucket[] => [
  { agoMs: 20 * HOUR_MS, foreground: false, network: 'wifi', rxBytes: 88_120, txBytes: 21_440 },
  { agoMs: 6 * HOUR_MS, foreground: false, network: 'wifi', rxBytes: 60_204, txBytes: 14_008 },
];

function mediaPermissions(sdk: number): Record<string, RuntimePermission> {
  const granted = (): RuntimePermission => ({ granted: true, flags: permissionFlags(sdk) });
  const names =
    sdk >= 33
      ? ['android.permission.READ_MEDIA_IMAGES', 'android.permission.READ_MEDIA_VIDEO']
      : ['android.permission.READ_EXTERNAL_STORAGE', 'android.permission.WRITE_EXTERNAL_STORAGE'];
  const permissions = Object.fromEntries(names.map((name) => [name, granted()]));
  const askedLater = [
    ...(sdk >= 33 ? ['android.permission.POST_NOTIFICATIONS'] : []),
    ...(sdk >= 29 ? ['android.permission.ACCESS_MEDIA_LOCATION'] : []),
  ];
  for (const name of askedLater) permissions[name] = { granted: false, flags: [] };
  if (sdk >= 34) {
    permissions['android.permission.READ_MEDIA_VISUAL_USER_SELECTED'] = {
      granted: false,
      flags: permissionFlags(sdk).filter((flag) => flag !== 'USER_SET'),
    };
  }
  return permissions;
}

function permissionFlags(sdk: number): string[] {
  return sdk >= 29 ? ['USER_SET', 'USER_SENSITIVE_WHEN_GRANTED', 'USER_SENSITIVE_WHEN_DENIED'] : ['USER_SET'];
}

/** A WorkManager upload job that waits for nothing but the network. */
export function uploadJob(packageName: string, id: number, changes: Partial<SampleJob> = {}): SampleJob {
  return {
    package: packageName,
    userId: 0,
    id,
    service: `${packageName}/androidx.work.impl.background.systemjob.SystemJobService`,
    namespace: 'androidx.work.systemjobscheduler',
    charging: false,
    batteryNotLow: true,
    deviceIdle: false,
    storageNotLow: false,
    network: 'any',
    contentTrigger: null,
    minLatencyMs: null,
    failures: 0,
    lastFailedAgoMs: null,
    enqueuedAgoMs: 38 * MINUTE_MS,
    ...changes,
  };
}

/** An app that has sent everything and asks its server for news now and then. */
const backup = (packageName: string, jobId: number): SampleBackup => ({
  package: packageName,
  userId: 0,
  jobId,
  waitingBytes: 0,
  bytesPerSecond: 180_000,
  otherBytesPerMinute: 2_400,
});

/** Camera photos and videos of the last days, newest first; `count` of them, the newest `newestAgoMs` old. */
export function cameraRoll(count: number, newestAgoMs: number): SampleMediaItem[] {
  return Array.from({ length: count }, (_, index): SampleMediaItem => {
    const video = index % 7 === 3;
    const id = 4200 - index;
    return {
      id,
      userId: 0,
      kind: video ? 'video' : 'image',
      sizeBytes: video ? 48_318_221 + index * 1009 : 3_456_789 + index * 1013,
      addedAgoMs: newestAgoMs + index * 5 * HOUR_MS,
      relativePath: 'DCIM/Camera/',
      displayName: video ? `VID_${id}.mp4` : `IMG_${id}.jpg`,
    };
  });
}

/** The apps that every sample with Google services has. */
function googleApps(sdk: number): SampleApp[] {
  return [
    healthyApp(sdk, { package: PLAY_SERVICES, appId: 10_143, system: true, versionName: '26.40.15', installer: null }),
    healthyApp(sdk, { package: PLAY_STORE, appId: 10_146, system: true, versionName: '48.2.20', installer: null }),
    healthyApp(sdk, {
      package: GOOGLE_PHOTOS,
      appId: 10_204,
      system: true,
      versionName: '7.51.0.820114303',
      versionCode: 50_020_871,
      readsMedia: true,
      uploads: true,
    }),
    healthyApp(sdk, { package: 'com.android.chrome', appId: 10_205, system: true, versionName: '146.0.7680.99' }),
  ];
}

/** Apps of an ordinary owner, who opens OneDrive for documents; without Google's apps the photos go there too. */
function ordinaryApps(sdk: number, google: boolean): SampleApp[] {
  return [
    healthyApp(sdk, {
      package: ONEDRIVE,
      appId: 10_287,
      versionName: '7.42.1',
      versionCode: 2_098_420_100,
      readsMedia: true,
      uploads: !google,
      usedAgoMs: google ? 3 * DAY_MS : 3 * HOUR_MS,
    }),
    healthyApp(sdk, { package: 'com.whatsapp', appId: 10_291, versionName: '2.26.40.77', readsMedia: true }),
    healthyApp(sdk, { package: 'org.example.recipes', appId: 10_295, versionName: '1.9.0' }),
  ];
}

/**
 * A phone on a USB cable as phones are sold, in use, whose photos leave. Profiles change what their maker or their trouble makes different.
 */
export function healthyState(serial: string, build: SampleBuild): SampleState {
  const { sdk } = build;
  const google = build.skin !== 'emui';
  const apps = [...(google ? googleApps(sdk) : []), ...ordinaryApps(sdk, google)];
  return {
    serial,
    build,
    clock: {
      fixedAt: null,
      skewMs: 0,
      timeZone: 'Europe/Berlin',
      utcOffsetMinutes: 60,
      uptimeMs: 2 * DAY_MS + 5 * HOUR_MS,
      lastNetworkTimeAgoMs: 4 * HOUR_MS,
    },
    users: [
      {
        id: 0,
        name: sdk >= 34 ? 'null' : 'Owner',
        flags: sdk >= 30 ? '4c13' : '13',
        type: 'full.SYSTEM',
        running: true,
        unlocked: true,
      },
    ],
    currentUser: 0,
    apps,
    settings: healthySettings(sdk),
    settingsOfUsers: {},
    settingWriters: { 'global/app_standby_enabled': PLAY_SERVICES },
    battery: {
      level: 76,
      status: 2,
      health: 2,
      plugged: 'usb',
      voltageMv: 4211,
      temperatureTenthsC: 274,
      technology: 'Li-ion',
      chargeCounterUah: 3_410_000,
      updatesStopped: false,
      measured: null,
      low: false,
      chargeHeld: false,
      samsung: null,
    },
    batterySaver: {
      machineState: 1,
      lastChangedReason: 0,
      lastChangedText: null,
      active: false,
      adaptive: false,
      timesEnabled: 0,
      lastOnAgoMs: null,
      lastOffAgoMs: null,
    },
    doze: {
      lightEnabled: true,
      deepEnabled: true,
      forced: false,
      deepState: 'ACTIVE',
      lightState: 'ACTIVE',
      history: [
        { kind: 'normal', agoMs: 12 * MINUTE_MS, reason: 'charging' },
        { kind: 'light-idle', agoMs: 71 * MINUTE_MS, reason: null },
      ],
      systemExempt: google ? [PLAY_SERVICES] : [],
      systemExemptExceptIdle: google ? [PLAY_STORE] : [],
      userExempt: [],
    },
    network: {
      wifiEnabled: true,
      wifi: {
        ssid: 'Home Wi-Fi',
        bssid: '02:00:5e:10:20:30',
        rssi: -46,
        linkSpeedMbps: 866,
        frequencyMhz: 5240,
        meteredHint: false,
        meteredOverride: 'none',
      },
      mobileEnabled: true,
      mobileAvailable: true,
      validated: true,
      captivePortal: false,
      privateDnsBroken: false,
      deadPrivateDns: null,
      vpn: null,
    },
    dataSaver: false,
    storage: {
      dataTotalKib: 109_635_584,
      dataFreeKib: 47_102_248,
      measured: true,
      emptiedSinceMeasured: {},
      photosBytes: 18_351_555_584,
      videosBytes: 9_216_991_232,
      systemBytes: 15_172_115_456,
    },
    media: cameraRoll(24, 7 * HOUR_MS),
    noMediaFolders: [],
    accounts: [
      ...(google
        ? [{ userId: 0, name: 'alex@example.com', type: 'com.google', addedAgoMs: 400 * DAY_MS, addedByUid: 10_143 }]
        : []),
      { userId: 0, name: 'alex@example.com', type: ONEDRIVE, addedAgoMs: 320 * DAY_MS, addedByUid: 10_287 },
    ],
    sync: {
      master: [{ userId: 0, enabled: true }],
      authorities: google
        ? [
            {
              userId: 0,
              accountName: 'alex@example.com',
              accountType: 'com.google',
              authority: 'com.android.contacts',
              syncable: 1,
              enabled: true,
              total: 63,
              failed: 0,
              lastSyncAgoMs: 2 * HOUR_MS,
              lastResult: 'PERIODIC SUCCESS',
            },
          ]
        : [],
    },
    jobs: [
      ...(google
        ? [
            uploadJob(GOOGLE_PHOTOS, 555_001_382),
            uploadJob(GOOGLE_PHOTOS, 1034, {
              service: `${GOOGLE_PHOTOS}/com.google.android.libraries.social.mediamonitor.MediaMonitorJobSchedulerService`,
              namespace: null,
              batteryNotLow: false,
              network: null,
              contentTrigger: 'content://media',
            }),
          ]
        : []),
      uploadJob(ONEDRIVE, 205),
    ],
    uncounted: [],
    backups: [...(google ? [backup(GOOGLE_PHOTOS, 555_001_382)] : []), backup(ONEDRIVE, 205)],
    events: [{ agoMs: 40 * MINUTE_MS, uid: 1000, tag: 'battery_level', text: '[76,4211,274]' }],
    thermalStatus: 0,
    screenOn: true,
    deviceOwner: null,
    profileOwners: [],
    shellLacks: [],
    restarts: 0,
    starting: false,
  };
}

function healthySettings(sdk: number): SampleState['settings'] {
  return {
    global: {
      adaptive_battery_management_enabled: '1',
      airplane_mode_on: '0',
      app_standby_enabled: '1',
      auto_time: '1',
      auto_time_zone: '1',
      automatic_power_save_mode: '0',
      bluetooth_on: '1',
      captive_portal_mode: '1',
      data_roaming: '0',
      device_provisioned: '1',
      low_power: '0',
      low_power_sticky: '0',
      low_power_trigger_level: '0',
      mobile_data: '1',
      mode_ringer: '2',
      ...(sdk >= 28 ? { private_dns_mode: 'opportunistic' } : {}),
      stay_on_while_plugged_in: '0',
      wifi_on: '1',
      wifi_sleep_policy: '2',
    },
    secure: {
      accessibility_display_magnification_enabled: '0',
      android_id: '0123456789abcdef',
      location_mode: '3',
      user_setup_complete: '1',
    },
    system: {
      accelerometer_rotation: '1',
      dim_screen: '1',
      screen_brightness: '102',
      screen_off_timeout: '30000',
      time_12_24: '24',
      volume_music: '5',
    },
  };
}

/** The copy of an app that belongs to the owner, to be changed; throws when the profile does not have the app. */
export function ownersCopy(state: SampleState, packageName: string, userId = 0): AppOfUser {
  const own = state.apps.find((app) => app.package === packageName)?.users.find((user) => user.userId === userId);
  if (!own) throw new Error(`The sample has no ${packageName} for user ${userId}`);
  return own;
}
