import { z } from 'zod';

/**
 * Every value a reading may hold: one leaf, one meaning, for Android and iPhone alike. The catalog's conditions are checked
 * against these types, so a leaf's name and type are a contract with every catalog entry and every stored snapshot.
 */

/**
 * A leaf. `doesNotProve` is shown beside the evidence; `changedByPower` marks values that a USB cable changes by itself, `passing` those
 * that are others at almost every look, whatever was done.
 */
function leaf<T extends z.ZodType>(
  schema: T,
  description: string,
  notes: { doesNotProve?: string; changedByPower?: true; passing?: true } = {},
): T {
  return schema.meta({ description, ...notes });
}

const bool = z.boolean();
const text = z.string();
const int = z.int();
const number = z.number();
/** UTC, ISO 8601. */
const moment = z.string();

/** App-op modes as Android prints them; `default` means that the phone's own default counts, which is not the same as `allow`. */
export const appOpModeSchema = z.enum(['allow', 'ignore', 'deny', 'default', 'foreground']);
export type AppOpMode = z.infer<typeof appOpModeSchema>;

/** `full`: all photos and videos; `partial`: a selection, or photos without videos. */
export const mediaAccessSchema = z.enum(['full', 'partial', 'none']);

export const permissionSchema = z.object({ granted: bool, flags: z.array(text) });

/** What a user is for: people (`owner`, `second`, `guest`), modes, profiles of a person; `other` where the phone does not say. */
export const userKindSchema = z.enum([
  'owner',
  'second',
  'guest',
  /** A maker's mode for repairs, which runs as a user of its own. */
  'maintenance',
  /** A phone in a shop's window. */
  'demo',
  /** A headless system user: the phone itself, and nobody. */
  'system',
  'work',
  'secure-folder',
  'clone',
  'private',
  'other',
]);
export type UserKind = z.infer<typeof userKindSchema>;

export const userSchema = z.object({ id: int, kind: userKindSchema, running: bool });

/** One scheduled job of a backup app, with the names Android gives the constraints. */
export const jobSchema = z.object({
  id: text,
  service: text,
  userId: int,
  required: z.array(text),
  satisfied: z.array(text),
  unsatisfied: z.array(text),
  /** The job asked for a network that is not metered. */
  needsUnmetered: bool,
  failures: int,
});

/** What an app sent over one kind of network in one slot of the phone's counters. A slot's number only grows. */
export const sentInSlotSchema = z.object({
  /** `vpn`: counted on the tunnel; the same bytes may be counted once more on the network below it. */
  network: z.enum(['wifi', 'mobile', 'vpn', 'other']),
  /** When the slot began. */
  from: moment,
  bytes: int,
  /** Bytes that came in: each is acknowledged, and an acknowledgement counts as sent. Left out: not known. */
  received: int.exactOptional(),
});
export type SentInSlot = z.infer<typeof sentInSlotSchema>;

/** What an app sent over one kind of network in one slot of the phone's counters, in front of its owner or in the background. */
export const sentBucketSchema = z.object({
  /** `vpn` only where the phone counted on the tunnel alone. */
  network: z.enum(['wifi', 'mobile', 'vpn', 'other']),
  /** When the slot began, by the phone's clock. */
  start: moment,
  spanMs: int,
  sentBytes: int,
  /** Bytes that came in: each is acknowledged, and an acknowledgement counts as sent. Left out: not known. */
  receivedBytes: int.exactOptional(),
  background: bool,
});
export type SentBucket = z.infer<typeof sentBucketSchema>;

/** A photo or video of the camera folder. */
export const mediaItemSchema = z.object({
  /** When the phone's media index took it in; a file that was copied to the phone is added later than it was taken. */
  added: moment,
  /** When it was taken; the same as `added` where the index does not tell. */
  taken: moment,
  bytes: int,
});
export type MediaItem = z.infer<typeof mediaItemSchema>;

export const vpnSchema = z.object({
  name: text,
  /** Inclusive ranges of uids whose traffic goes through it. */
  uidRanges: z.array(z.object({ from: int, to: int })),
});

export const sectionLeaves = {
  identity: {
    serial: leaf(text, 'Serial number printed by the phone'),
    manufacturer: leaf(text, 'Manufacturer'),
    model: leaf(text, 'Model number'),
    name: leaf(text, 'Name of the phone, or its marketing name'),
    osVersion: leaf(text, 'Version of Android or iOS'),
    sdk: leaf(int, 'Android API level'),
    build: leaf(text, 'Build'),
    fingerprint: leaf(text, 'What Android calls the system that runs: another one after every update'),
    bootId: leaf(text, 'Made up by the phone at each start', {
      doesNotProve: 'The same phone has another one after a restart.',
    }),
    securityPatch: leaf(text, 'Android security patch level, yyyy-mm-dd'),
    skin: leaf(
      z.enum([
        'aosp',
        'pixel',
        'samsung',
        'xiaomi',
        'coloros',
        'vivo',
        'huawei',
        'motorola',
        'sony',
        'nothing',
        'other',
        'ios',
      ]),
      'Whose menus the phone shows; other: a maker whose menus are not known here, so that its words may differ',
    ),
    skinVersion: leaf(text, "Version of the maker's skin, e.g. One UI 6.1"),
    language: leaf(text, 'Language of the menus (BCP 47)'),
    userId: leaf(int, 'Android user in the foreground'),
    users: leaf(z.array(userSchema), 'Users and profiles on the phone'),
    userKind: leaf(userKindSchema, 'What the user in the foreground is for'),
    headless: leaf(bool, 'User 0 is the phone itself and belongs to nobody: people are users from 10 on'),
    unlocked: leaf(bool, 'The user in the foreground was unlocked since the last restart'),
    repairMode: leaf(bool, "The phone is in Android's repair mode, in which the owner's apps and photos are not there"),
  },
  battery: {
    level: leaf(int, 'Battery level, %', { passing: true }),
    status: leaf(z.enum(['unknown', 'charging', 'discharging', 'not-charging', 'full']), 'Charging status', {
      changedByPower: true,
    }),
    powered: leaf(bool, 'Power arrives from a charger or from this cable', { changedByPower: true }),
    health: leaf(
      z.enum(['unknown', 'good', 'overheat', 'dead', 'over-voltage', 'failure', 'cold']),
      "The phone's own word for the battery's health",
      { doesNotProve: 'Most phones say "good" until the battery fails.' },
    ),
    temperature: leaf(number, 'Battery temperature, °C', { passing: true }),
    voltage: leaf(int, 'Battery voltage, mV', { passing: true }),
    updatesStopped: leaf(bool, 'Battery readings are frozen by a test command'),
    capacityPercent: leaf(int, 'Full charge as % of the design capacity, at most 100 as the phone itself shows it', {
      doesNotProve:
        'Where the phone does not tell its own figure this is counted from the two capacities, and may differ by some percent.',
    }),
    fullMah: leaf(int, 'What the full battery holds, mAh'),
    designMah: leaf(int, 'What it was made to hold, mAh'),
    cycles: leaf(int, 'Charge cycles'),
    firstUse: leaf(text, 'First use of the battery, yyyy-mm-dd'),
    chargeLimit: leaf(int, 'Charging stops at this level, %'),
    thermalStatus: leaf(int, 'Android thermal status, 0 none to 6 shutdown', { passing: true }),
  },
  power: {
    saverOn: leaf(bool, 'Battery saver is on now', {
      changedByPower: true,
      doesNotProve: 'A USB cable switches battery saver off while it is plugged in.',
    }),
    saverOffAgoMs: leaf(int, 'Time since battery saver last went off, ms', { passing: true }),
    saverBeforePower: leaf(bool, 'Battery saver was on until power was plugged in, in the last twelve hours'),
    saverReason: leaf(text, 'Why battery saver last changed, in the words of the state machine'),
    saverSticky: leaf(bool, 'Battery saver was switched on by hand and stays on after a restart'),
    saverPending: leaf(bool, 'Battery saver waits for power to go, and then comes back (Android 10 and later)'),
    triggerLevel: leaf(int, 'Battery saver switches on at this level, %; 0: never by level'),
    saverAdaptive: leaf(bool, 'The adaptive battery saver, which the phone switches by itself, is on now'),
    schedule: leaf(z.enum(['percentage', 'dynamic']), 'How battery saver is scheduled'),
    extremeMode: leaf(bool, "The maker's extreme saving mode is on (only chosen apps run)"),
    lowPowerMode: leaf(bool, 'Low Power Mode of an iPhone stops photo uploads'),
  },
  doze: {
    deepEnabled: leaf(bool, 'Deep doze is enabled'),
    lightEnabled: leaf(bool, 'Light doze is enabled'),
    deepState: leaf(text, 'State of deep doze', { changedByPower: true, passing: true }),
    lightState: leaf(text, 'State of light doze', { changedByPower: true, passing: true }),
    forced: leaf(bool, 'Doze was forced by a test command'),
    history: leaf(z.array(z.object({ event: text, agoMs: int, reason: text })), 'Last changes of doze, newest first', {
      passing: true,
    }),
  },
  network: {
    airplaneMode: leaf(bool, 'Airplane mode is on'),
    connected: leaf(bool, 'The phone has a default network'),
    transports: leaf(z.array(text), 'What the default network runs over, e.g. WIFI'),
    validated: leaf(bool, 'The phone has checked that the default network reaches the internet', {
      doesNotProve: 'Where captive-portal detection is off, nothing is checked.',
    }),
    captivePortal: leaf(bool, 'The network waits for a sign-in page'),
    captivePortalDetection: leaf(bool, 'Captive-portal detection is on'),
    metered: leaf(bool, 'The default network counts as metered'),
    meteredOverride: leaf(bool, 'The owner marked this Wi-Fi network as metered (true) or not metered (false)'),
    meteredMark: leaf(
      z.enum(['true', 'false', 'none']),
      "The owner's mark of this Wi-Fi network as metered, in the phone's own words; none: marked neither way",
    ),
    roaming: leaf(bool, 'The default network is a foreign one: the phone is roaming'),
    rssi: leaf(int, 'Wi-Fi signal, dBm', { passing: true }),
    linkSpeed: leaf(int, 'Wi-Fi link speed, Mbps', { passing: true }),
    vpns: leaf(z.array(vpnSchema), 'Active VPNs and whose traffic they carry'),
    alwaysOnVpn: leaf(text, 'Package of the VPN that is always on; empty: none'),
    alwaysOnVpnLockdown: leaf(bool, 'Nothing goes past the VPN that is always on'),
    appFirewall: leaf(bool, "The phone's firewall for single apps is switched on (Android 13 and later)"),
    mobileDataLimit: leaf(int, 'Limit that the owner set for mobile data, bytes; -1: none'),
    mobileDataLimitReached: leaf(bool, 'The phone has switched mobile data off because its limit is reached'),
    wifiSleepPolicy: leaf(
      int,
      'Whether Wi-Fi stays on while the phone sleeps (up to Android 9): 0 no, 1 on the charger only, 2 always',
    ),
    privateDnsMode: leaf(z.enum(['off', 'opportunistic', 'hostname']), 'Private DNS mode'),
    privateDnsHost: leaf(text, 'Private DNS host name'),
    privateDnsBroken: leaf(bool, 'The phone says that private DNS is broken'),
    lowDataMode: leaf(bool, 'Low Data Mode of the network is on'),
    cellularRestricted: leaf(bool, 'Mobile data is forbidden for photo uploads'),
    poorQuality: leaf(bool, 'The phone itself calls the network poor'),
  },
  dataPolicy: {
    dataSaver: leaf(bool, 'Data Saver is on'),
    allowedUids: leaf(z.array(int), 'Uids that may use data although Data Saver is on'),
    policies: leaf(z.record(text, int), 'Network policy integer by uid'),
    policyNames: leaf(z.record(text, text), "Network policy in the phone's own words, by uid"),
  },
  storage: {
    totalBytes: leaf(int, 'Size of the data partition, bytes', {
      doesNotProve: 'Settings counts the system as well, so it shows more.',
    }),
    diskBytes: leaf(int, 'Size of the whole storage, as Settings of an iPhone shows it, bytes'),
    freeBytes: leaf(int, 'Free room, bytes (on iPhones: at this moment, and Settings shows more)'),
    availableBytes: leaf(
      int,
      'Free room with what iOS can throw away by itself, bytes: Settings shows no more than this',
      {
        doesNotProve: 'Not all of it is free at this moment.',
      },
    ),
    volumeFreeBytes: leaf(int, 'Free room as the file service of an iPhone tells it, bytes', {
      doesNotProve: 'Settings counts more, because iOS can throw some things away by itself.',
    }),
    low: leaf(bool, 'The phone itself says that storage is low'),
    photosBytes: leaf(int, 'Room taken by photos, bytes'),
    videosBytes: leaf(int, 'Room taken by videos, bytes'),
    cacheBytes: leaf(int, 'Room taken by caches, bytes', { passing: true }),
  },
  photos: {
    count: leaf(int, 'Photos in the camera folder (on iPhones: photos and videos)'),
    bytes: leaf(int, 'Size of the photos in the camera folder, bytes'),
    newest: leaf(moment, 'When the newest photo was added'),
    newestBytes: leaf(int, 'Size of the newest photo, bytes'),
    newestPhotos: leaf(
      z.array(mediaItemSchema),
      'Newest photos of the camera folder (by the time they were added, newest first, as far as their time and size are told)',
    ),
    newestChange: leaf(moment, 'Last change of a photo of the camera folder that the media index knows of'),
    outsideCamera: leaf(int, 'Photos in other folders'),
    videoCount: leaf(int, 'Videos in the camera folder'),
    videoBytes: leaf(int, 'Size of the videos in the camera folder, bytes'),
    newestVideo: leaf(moment, 'When the newest video was added'),
    newestVideos: leaf(z.array(mediaItemSchema), 'Newest videos of the camera folder (as the photos are told)'),
    newestVideoChange: leaf(moment, 'Last change of a video of the camera folder that the media index knows of'),
    videosOutsideCamera: leaf(int, 'Videos in other folders'),
    perDay: leaf(number, 'New photos and videos a day, lately'),
    filesLately: leaf(int, 'Photos and videos that lie in the camera folder and were changed in the last seven days'),
    newestFile: leaf(
      moment,
      'Last change of a photo or video that lies in the camera folder, whatever the media index knows',
      {
        doesNotProve: 'Apps find photos by the media index, not by their files.',
      },
    ),
    hiddenFolders: leaf(z.array(text), 'Camera folders hidden by a .nomedia file'),
  },
  accounts: {
    types: leaf(z.array(text), 'Types of the accounts on the phone (never their names)'),
    autoSync: leaf(bool, 'Automatic sync is on for the user in the foreground'),
    syncs: leaf(
      z.array(z.object({ authority: text, accountType: text, enabled: bool, syncable: bool, lastResult: text })),
      'Sync settings by authority',
    ),
  },
  icloud: {
    photosEnabled: leaf(bool, 'iCloud Photos is on: its marker files are there', {
      doesNotProve: 'On says nothing about whether photos are being sent.',
    }),
    enabledAt: leaf(moment, 'When iCloud Photos was switched on'),
    enableHistory: leaf(z.array(z.object({ at: moment, enabled: bool })), 'iCloud Photos switched on and off'),
    attached: leaf(bool, 'The photo engine is attached to the library in iCloud'),
    lastSync: leaf(moment, 'Last successful session with iCloud'),
    statusChangedAt: leaf(moment, 'Last change of the state of the photo engine', { passing: true }),
    pausedAtPlugIn: leaf(
      z.array(text),
      'Reasons to pause that the photo engine gave at the first look, before all else',
      {
        doesNotProve: 'A reason may be gone by now: the cable charges and wakes the phone.',
      },
    ),
    lowBattery: leaf(bool, 'The photo engine waits for a fuller battery', { changedByPower: true }),
    hasBatteryBudget: leaf(bool, 'The photo engine may still use battery today', {
      changedByPower: true,
      doesNotProve: 'The cable ends a pause to save battery: the first look, when the iPhone was plugged in, decides.',
    }),
    hasCellularBudget: leaf(bool, 'The photo engine may still use mobile data'),
    hasSystemBudget: leaf(
      bool,
      'The shares of battery and mobile data that the system gives the photo engine are valid',
      {
        changedByPower: true,
        doesNotProve: 'Without valid shares it is unknown whether they are used up.',
      },
    ),
    poorSystemConditions: leaf(bool, 'The system defers photo uploads', { changedByPower: true }),
    heavyResourceUsage: leaf(bool, 'The phone is too busy for photo uploads'),
    warm: leaf(bool, 'The phone is warm: photo uploads are slowed down'),
    tooWarm: leaf(bool, 'The phone is too warm for photo uploads'),
    storageLow: leaf(bool, 'The photo engine finds little free room on the phone', {
      doesNotProve: 'It may go on with little room; next to none stops it.',
    }),
    storageVeryLow: leaf(bool, 'The photo engine finds next to no free room on the phone'),
    quotaExceeded: leaf(bool, 'iCloud storage is full'),
    sharedQuotaExceeded: leaf(bool, 'iCloud storage of the shared library is full', {
      doesNotProve: 'Together with full storage of this account it is that of whoever made the shared library.',
    }),
    signedOut: leaf(bool, 'iCloud refuses the sign-in of this phone'),
    versionTooOld: leaf(bool, 'iCloud Photos asks for a newer iOS'),
    libraryWiped: leaf(bool, 'The library in iCloud was deleted or reset'),
    containerWiped: leaf(bool, 'The working folder of iCloud Photos was reset'),
    stuckLeavingShared: leaf(bool, 'Leaving the shared library goes on without end'),
    leavingSharedCount: leaf(int, 'Photos and videos that still have to leave the shared library'),
    beingRemoved: leaf(bool, 'iCloud Photos is being removed, and will delete the photos in iCloud'),
    removalAt: leaf(moment, 'When iCloud deletes the photos, being removed'),
    upgradeSuggested: leaf(bool, 'A newer iOS is needed to see all photos of the library'),
    pendingResets: leaf(int, 'Resets that the photo engine has not finished: until then nothing is sent'),
    engineSyncedAt: leaf(moment, 'First session after the photo engine last started'),
    serverMessages: leaf(int, 'Messages of the server that slow the photo engine down'),
    sessions: leaf(int, 'Sessions the photo engine wanted', { passing: true }),
    blockedSessions: leaf(int, 'Sessions of the photo engine that were blocked', {
      doesNotProve: 'Counted since the engine was set up, not lately.',
      passing: true,
    }),
    sessionsInPoorConditions: leaf(
      int,
      'Sessions of the photo engine blocked because the system was not in good condition',
      {
        doesNotProve: 'Counted since the engine was set up, not lately.',
        passing: true,
      },
    ),
    sessionsHeldByServer: leaf(int, 'Sessions of the photo engine held back so that not all phones come at once', {
      doesNotProve: 'Counted since the engine was set up, not lately.',
      passing: true,
    }),
    cloudCount: leaf(int, 'Photos and videos in iCloud'),
    libraryCount: leaf(int, 'Photos and videos of the library on the phone'),
    backlog: leaf(int, 'Photos and videos that wait to be sent to iCloud'),
    backlogBytes: leaf(int, 'Size of what waits to be sent to iCloud, bytes'),
    backlogFailing: leaf(int, 'Of what waits for iCloud, the ones whose upload failed before'),
    unsyncable: leaf(int, 'Photos and videos that could not be synced'),
    refused: leaf(
      int,
      'Photos and videos that iCloud gave up, or failed to take: themselves, or the original behind them',
      {
        doesNotProve: 'Why iCloud did not take them.',
      },
    ),
    refusedPhotos: leaf(int, 'Photos that iCloud gave up, or failed to take'),
    refusedVideos: leaf(int, 'Videos that iCloud gave up, or failed to take'),
    refusedAt: leaf(moment, 'Last attempt to send one that iCloud failed to take'),
    remainingDownloads: leaf(int, 'Photos and videos still to come from iCloud'),
    accountPresent: leaf(bool, 'The phone is signed in to iCloud'),
    passwordRefused: leaf(bool, 'iCloud refused the password of this phone', {
      doesNotProve: 'Also set where the owner waved a question for the password away.',
    }),
    passwordRefusedAt: leaf(moment, 'When the password was last refused, or the question for it waved away', {
      doesNotProve: 'The sign-in may have been good again since.',
    }),
    termsToAccept: leaf(bool, 'New terms of iCloud wait to be accepted'),
    planBytes: leaf(int, 'Size of the iCloud plan, bytes', { doesNotProve: 'Not how much of it is used.' }),
    backupEnabled: leaf(bool, 'iCloud Backup is on', { doesNotProve: 'Backup and Photos are two switches.' }),
    lastCloudBackup: leaf(moment, 'Last iCloud Backup'),
    lastComputerBackup: leaf(moment, 'Last backup to a computer'),
    computerBackupEncrypted: leaf(bool, 'Backups to a computer are encrypted'),
  },
  system: {
    bootedAgoMs: leaf(int, 'Time since the last restart, ms', { passing: true }),
    clockSkewMs: leaf(int, "The phone's clock minus this computer's, ms", { passing: true }),
    autoTime: leaf(bool, 'Automatic time is on'),
    locationOn: leaf(bool, 'Location services are on'),
    processLimit: leaf(int, 'Limit of background processes, of the developer options; -1: the standard limit'),
    appStandby: leaf(bool, 'App standby is enabled'),
    adaptiveBattery: leaf(bool, 'Adaptive battery is on'),
    settingsChangedBy: leaf(
      // `at`: the phone's local time, yyyy-mm-dd hh:mm:ss; empty where the phone's log does not reach back so far.
      z.array(z.object({ key: text, value: text, by: text, at: text })),
      'Which app wrote the settings that matter here, and when',
    ),
    playServices: leaf(
      z.enum(['on', 'off', 'absent']),
      'Google Play services: on, switched off, or not there for the user in the foreground',
    ),
    managed: leaf(bool, 'The phone is managed by an organisation'),
    supervised: leaf(bool, 'An organisation supervises the phone'),
    profilePayloads: leaf(z.array(text), "What the installed profiles set, in Apple's names for it", {
      doesNotProve: 'Not with which values, nor that it is in the way.',
    }),
    findMy: leaf(bool, 'Find My is on: the account must agree before the iPhone is reset', {
      doesNotProve: 'Nothing about photos.',
    }),
    profiles: leaf(z.array(text), 'Names of the installed configuration profiles', {
      doesNotProve: 'A name does not tell what the profile forbids.',
    }),
    restrictions: leaf(z.array(text), 'What is forbidden on the phone, in the words of its configuration'),
    cloudPhotosForbidden: leaf(bool, 'The configuration of the phone forbids iCloud Photos'),
    backgroundRefresh: leaf(bool, 'Background App Refresh is on for the whole phone'),
    jobsBatteryNotLow: leaf(bool, 'For the work of apps, the battery has charge enough', { changedByPower: true }),
    jobsCharging: leaf(bool, 'For the work of apps, the phone charges', { changedByPower: true }),
    jobsStorageNotLow: leaf(bool, 'For the work of apps, there is room enough'),
  },
} as const satisfies Record<string, Record<string, z.ZodType>>;

export const appLeaves = {
  installed: leaf(bool, 'The app is installed for the user in the foreground'),
  archived: leaf(bool, 'The app was archived: removed from the phone, with its icon and its data kept'),
  kept: leaf(bool, 'The phone still knows the app, although it is not installed for the user in the foreground', {
    doesNotProve: 'It may be archived, removed with its data kept, or installed for another user.',
  }),
  version: leaf(text, 'Version'),
  versionCode: leaf(int, 'Version code'),
  updatedAt: leaf(text, "Last update, in the phone's local time"),
  uid: leaf(int, 'Uid of the app for the user in the foreground'),
  enabledState: leaf(
    z.enum(['default', 'enabled', 'disabled', 'disabled-user', 'disabled-until-used']),
    'Whether the app is switched on',
  ),
  stopped: leaf(bool, 'The app was force-stopped and not opened since'),
  suspended: leaf(bool, 'The app is suspended'),
  suspendedBy: leaf(text, 'Package that suspended it; com.android.shell: a computer'),
  hibernated: leaf(bool, 'The app is hibernated because it was not used'),
  launcher: leaf(text, 'The screen that the app opens with'),
  profiles: leaf(z.array(int), 'Other users and profiles that have the app'),
  exempt: leaf(bool, 'The app is exempt from battery optimisation'),
  exemptBy: leaf(z.enum(['user', 'system', 'system-except-idle']), 'Who exempted it'),
  runAnyInBackground: leaf(appOpModeSchema, 'Running in the background (app-op RUN_ANY_IN_BACKGROUND)'),
  runInBackground: leaf(
    appOpModeSchema,
    'Running in the background, of apps made for Android 7 or older (app-op RUN_IN_BACKGROUND)',
  ),
  /** Set only where a mode for the whole uid exists: it wins over the mode of the package. */
  runAnyInBackgroundUid: leaf(
    appOpModeSchema,
    'Running in the background, for all that shares the uid of the app (app-op RUN_ANY_IN_BACKGROUND)',
  ),
  restrictionLevel: leaf(text, 'Restriction level (Android 14 and later)'),
  autostart: leaf(appOpModeSchema, 'Autostart of MIUI and HyperOS (app-op 10008)'),
  allFiles: leaf(appOpModeSchema, '"All files access" (Android 11 and later)'),
  autoRevoke: leaf(appOpModeSchema, '"Pause app activity if unused": ignore means exempt from it'),
  bucket: leaf(
    int,
    'Standby bucket: 5 exempted, 10 active, 20 working set, 30 frequent, 40 rare, 45 restricted, 50 never',
  ),
  bucketReason: leaf(
    text,
    "Why, in Android's letters; empty where the phone gives no reason, as Samsung does when it puts an app to sleep",
  ),
  asleepBy: leaf(
    z.enum(['phone', 'owner', 'nobody']),
    'Who put the app to sleep, in the list of the phone itself (Samsung)',
  ),
  notificationTitles: leaf(z.array(text), 'Titles of the notifications that the app shows now'),
  usedByUserAgoMs: leaf(int, 'Time since the owner last used the app, ms (Android 12 and later)', { passing: true }),
  permissions: leaf(z.record(text, permissionSchema), 'Runtime permissions'),
  mediaAccess: leaf(mediaAccessSchema, 'Access to photos and videos'),
  imagesGranted: leaf(bool, 'The app may read photos (READ_MEDIA_IMAGES, Android 13 and later)'),
  videosGranted: leaf(bool, 'The app may read videos (READ_MEDIA_VIDEO, Android 13 and later)'),
  mediaLocation: leaf(bool, 'The app sees where photos were taken'),
  notifications: leaf(bool, 'The app may show notifications'),
  locationAlways: leaf(bool, 'The app may use the location all the time'),
  policyFixed: leaf(z.array(text), 'Permissions fixed by an administrator'),
  netPolicy: leaf(
    int,
    'Network policy of the uid: 0 none, 1 no background data on metered networks, 4 allowed despite Data Saver',
  ),
  netPolicyName: leaf(text, "Network policy of the uid, in the phone's own words"),
  networkDenied: leaf(bool, "The phone's firewall for single apps denies the app every network", {
    doesNotProve: 'It holds the app back only while that firewall is switched on.',
  }),
  adminForbidsMetered: leaf(bool, 'An administrator forbids the app data on metered networks'),
  blockedNow: leaf(text, "What keeps the app from the network now, in the phone's own words; NONE: nothing", {
    doesNotProve: 'Most of it changes with the cable, the network and the screen.',
    passing: true,
  }),
  internet: leaf(bool, 'The app may use the network at all (permission INTERNET)'),
  localNetwork: leaf(bool, 'The app may reach other devices at home (ACCESS_LOCAL_NETWORK, Android 17 and later)'),
  inVpn: leaf(bool, "A VPN carries the app's traffic"),
  inMeteredVpn: leaf(bool, "A VPN that itself counts as metered carries the app's traffic", {
    doesNotProve: 'Only jobs that ask for a network that is not metered wait behind it.',
  }),
  jobs: leaf(z.array(jobSchema), "The app's scheduled jobs", { passing: true }),
  quotaLeftMs: leaf(
    int,
    'Time that jobs of the app may still run within the span that its bucket counts, ms (Android 10 and later)',
    {
      doesNotProve: 'While the phone charges, jobs run without it.',
      passing: true,
    },
  ),
  jobsRestricted: leaf(bool, 'The phone holds the work of the app back, because it may not run in the background'),
  cacheBytes: leaf(int, 'Size of the cache, bytes', {
    doesNotProve: 'Counted once a day, while idle and charging.',
    passing: true,
  }),
  sentBytes24h: leaf(int, 'Bytes sent in the last 24 hours', { passing: true }),
  sentLately: leaf(z.array(sentInSlotSchema), 'Bytes sent in the latest slots in which the phone counts, by network', {
    passing: true,
  }),
  sentInNewestSlot: leaf(
    z.array(sentBucketSchema),
    'What the app sent in the slot in which the phone counts now, since the last restart',
    { passing: true },
  ),
  sentBuckets: leaf(
    z.array(sentBucketSchema),
    'What the app sent in the last week, across restarts, oldest first; nothing is listed for a slot in which it sent nothing',
    { doesNotProve: 'Not what was sent: an app also asks its server for news.', passing: true },
  ),
  sentSince: leaf(moment, 'From when on what the app sent is told, by the clock of the phone', { passing: true }),
  sentUntil: leaf(moment, 'Until when what the app sent is told whole, by the clock of the phone', {
    doesNotProve: 'Up to half an hour, or two megabytes, may not have been counted yet.',
    passing: true,
  }),
  sentInBackground: leaf(int, 'Bytes sent in the background since the battery was last charged', { passing: true }),
  exits: leaf(
    z.array(z.object({ at: text, reason: int, subreason: int, description: text })),
    'Last exits of the app, newest first',
  ),
  appBytes: leaf(int, 'Size of the app itself, bytes'),
  dataBytes: leaf(int, 'Size of what the app keeps, bytes', { passing: true }),
  crashes: leaf(
    z.array(z.object({ at: text, kind: z.enum(['crash', 'memory']), process: text, description: text })),
    'Crashes of the app, and its processes that were ended for want of memory, newest first',
  ),
  crashesSince: leaf(text, 'Since when every crash of the app is known (iPhone)', {
    doesNotProve: 'Without reports so old, nothing is known of the time before.',
    passing: true,
  }),
  systemUploads: leaf(int, 'Uploads that iOS itself still has to do for the app (iOS 26.1 and later)', {
    doesNotProve: 'Not seen on a phone yet: read as the tables of its photo database are named.',
  }),
  backgroundModes: leaf(z.array(text), 'Background modes the app declares (iPhone)'),
  backgroundRefresh: leaf(bool, 'Background App Refresh is on for the app'),
} as const satisfies Record<string, z.ZodType>;
