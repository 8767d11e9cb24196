import type { ReadingValues } from '../../../../native/reading.ts';

export const photosApp = 'com.google.android.apps.photos';
export const galleryApp = 'com.sec.android.gallery3d';

const granted = { granted: true, flags: ['USER_SET'] };

type AppValues = NonNullable<ReadingValues['apps']>[string];

/** A backup app as it is on a phone as sold: nobody exempted it from anything, nothing holds it back, and its photos leave. */
export const healthyApp = {
  installed: true,
  version: '7.2.0',
  versionCode: 720,
  updatedAt: '2026-11-01 09:00:00',
  uid: 10204,
  enabledState: 'default',
  stopped: false,
  suspended: false,
  launcher: 'com.google.android.apps.photos/.home.HomeActivity',
  hibernated: false,
  profiles: [],
  exempt: false,
  runAnyInBackground: 'allow',
  runInBackground: 'default',
  restrictionLevel: 'unrestricted',
  autoRevoke: 'default',
  bucket: 20,
  bucketReason: 'p',
  usedByUserAgoMs: 10_800_000,
  permissions: {
    'android.permission.READ_MEDIA_IMAGES': granted,
    'android.permission.READ_MEDIA_VIDEO': granted,
    'android.permission.POST_NOTIFICATIONS': { granted: false, flags: [] },
    'android.permission.ACCESS_MEDIA_LOCATION': { granted: false, flags: [] },
  },
  mediaAccess: 'full',
  mediaLocation: false,
  notifications: false,
  locationAlways: false,
  policyFixed: [],
  netPolicy: 0,
  netPolicyName: 'NONE',
  networkDenied: false,
  adminForbidsMetered: false,
  blockedNow: 'NONE',
  internet: true,
  inVpn: false,
  inMeteredVpn: false,
  jobs: [],
  jobsRestricted: false,
  archived: false,
  kept: false,
  quotaLeftMs: 600_000,
  cacheBytes: 50_000_000,
  sentBytes24h: 80_000_000,
  sentBuckets: [
    {
      network: 'wifi',
      start: '2026-11-22T08:00:00.000Z',
      spanMs: 7_200_000,
      sentBytes: 3_400_000,
      receivedBytes: 0,
      background: true,
    },
  ],
  sentSince: '2026-11-15T12:00:00.000Z',
  sentUntil: '2026-11-22T12:00:00.000Z',
  exits: [],
} as const satisfies Record<string, unknown> & AppValues;

/** A photo of yesterday evening, and nothing that has left since: what is changed on a healthy phone whose uploads are stalled. */
export const stalled: ReadingValues = {
  photos: { newest: '2026-11-21T20:00:00.000Z', newestVideo: '2026-11-20T08:00:00.000Z' },
  apps: { [photosApp]: { sentBuckets: [], sentBytes24h: 0 } },
};

/** A Pixel with Android 14 on a cable, on good Wi-Fi, as sold and with nothing wrong. */
export const healthyPhone: ReadingValues = {
  identity: {
    skin: 'pixel',
    sdk: 34,
    osVersion: '14',
    build: 'UQ1A.240105.004',
    securityPatch: '2026-11-05',
    userId: 0,
    userKind: 'owner',
    unlocked: true,
    repairMode: false,
  },
  battery: {
    level: 80,
    status: 'charging',
    powered: true,
    health: 'good',
    temperature: 27.5,
    updatesStopped: false,
    chargeLimit: 100,
    capacityPercent: 96,
    cycles: 140,
    thermalStatus: 0,
  },
  power: { saverOn: false, saverBeforePower: false, saverSticky: false, triggerLevel: 15, extremeMode: false },
  doze: {
    deepEnabled: true,
    lightEnabled: true,
    deepState: 'ACTIVE',
    lightState: 'ACTIVE',
    forced: false,
    history: [],
  },
  network: {
    airplaneMode: false,
    connected: true,
    transports: ['WIFI'],
    validated: true,
    captivePortal: false,
    captivePortalDetection: true,
    metered: false,
    roaming: false,
    mobileDataLimit: -1,
    mobileDataLimitReached: false,
    appFirewall: false,
    wifiSleepPolicy: 2,
    rssi: -52,
    linkSpeed: 433,
    vpns: [],
    alwaysOnVpn: '',
    alwaysOnVpnLockdown: false,
    privateDnsMode: 'opportunistic',
    privateDnsBroken: false,
  },
  dataPolicy: { dataSaver: false, allowedUids: [], policies: {}, policyNames: {} },
  storage: { totalBytes: 128_000_000_000, freeBytes: 60_000_000_000, low: false },
  photos: {
    count: 900,
    bytes: 3_000_000_000,
    newest: '2026-11-22T08:00:00.000Z',
    newestBytes: 3_000_000,
    outsideCamera: 120,
    videoCount: 20,
    videoBytes: 2_000_000_000,
    newestVideo: '2026-11-20T08:00:00.000Z',
    videosOutsideCamera: 3,
    hiddenFolders: [],
    newestPhotos: [],
    newestVideos: [],
    newestChange: '2026-11-22T08:00:01.000Z',
    newestVideoChange: '2026-11-20T08:00:01.000Z',
    filesLately: 3,
    newestFile: '2026-11-22T08:00:01.000Z',
  },
  accounts: { types: ['com.google'], autoSync: true, syncs: [] },
  system: {
    bootedAgoMs: 86_400_000,
    clockSkewMs: 900,
    autoTime: true,
    locationOn: true,
    processLimit: -1,
    playServices: 'on',
    managed: false,
    jobsBatteryNotLow: true,
    jobsCharging: true,
    jobsStorageNotLow: true,
  },
  apps: { [photosApp]: healthyApp },
};

/** The same, and nothing has left since yesterday evening: what a cause is looked for on. */
export const stalledPhone: ReadingValues = {
  ...healthyPhone,
  photos: { ...healthyPhone.photos, ...stalled.photos },
  apps: { [photosApp]: { ...healthyApp, ...stalled.apps?.[photosApp] } },
};

/** The same as a Samsung with its own gallery, which uploads through Android's sync. */
export const healthySamsung: ReadingValues = {
  ...healthyPhone,
  identity: { ...healthyPhone.identity, skin: 'samsung' },
  accounts: { types: ['com.google', 'com.osp.app.signin'], autoSync: true, syncs: [] },
  apps: { [photosApp]: healthyApp, [galleryApp]: { ...healthyApp, uid: 10087 } },
};

/** A Xiaomi that allows the app to start by itself. */
export const healthyXiaomi: ReadingValues = {
  ...healthyPhone,
  identity: { ...healthyPhone.identity, skin: 'xiaomi' },
  apps: { [photosApp]: { ...healthyApp, autostart: 'allow' } },
};
