import { before } from './create-iphone.ts';
import type { HardwareName } from './hardware.ts';
import type { SampleIphone, SyncFlag } from './iphone.ts';
import { restartIphone, setFlag, setWaiting, switchCloudPhotosOn } from './owner-actions.ts';

/** A model of iPhone, what befell it, and what its owner does about it. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly model: HardwareName;
  readonly trouble?: (iphone: SampleIphone, now: Date) => void;
  /** Paths of the reading that the correction changes; `state` for the state of the phone itself. */
  readonly shows?: readonly string[];
  readonly correct?: (iphone: SampleIphone, now: Date) => readonly string[];
}

/** Photos that wait in every scenario where uploads are held up. */
const heldUp = 1234;

/** Uploads held up by one flag of syncstatus.plist; clearing it lets them run. */
function blocked(
  id: string,
  title: string,
  model: HardwareName,
  flag: SyncFlag,
  notification: string,
  shows: readonly string[],
  more: { trouble?(iphone: SampleIphone): void; correct?(iphone: SampleIphone): void } = {},
): Scenario {
  return {
    id,
    title,
    model,
    trouble(iphone, now) {
      setFlag(iphone, flag, true, before(now, { minutes: 50 }));
      setWaiting(iphone, heldUp, 0);
      more.trouble?.(iphone);
    },
    shows,
    correct(iphone, now) {
      setFlag(iphone, flag, false, now);
      setWaiting(iphone, heldUp, 12);
      more.correct?.(iphone);
      return [notification];
    },
  };
}

const photosStateChanged = 'com.apple.mobileslideshow.ICPLStateChanged';

/** Every scenario, the healthy phones of each iOS version first. */
export const scenarios: readonly Scenario[] = [
  { id: 'healthy', title: 'Nothing wrong', model: 'ios18' },
  { id: 'healthy-ios12', title: 'Nothing wrong', model: 'ios12' },
  { id: 'healthy-ios14', title: 'Nothing wrong', model: 'ios14' },
  { id: 'healthy-ios16', title: 'Nothing wrong', model: 'ios16' },
  { id: 'healthy-ios17', title: 'Nothing wrong', model: 'ios17' },
  { id: 'healthy-ios26', title: 'Nothing wrong', model: 'ios26' },
  {
    id: 'healthy-french',
    title: 'Nothing wrong, set to French',
    model: 'ios18',
    trouble(iphone) {
      iphone.language = { language: 'fr', locale: 'fr_FR' };
    },
  },
  {
    id: 'locked',
    title: 'The iPhone is locked',
    model: 'ios18',
    trouble(iphone) {
      iphone.screen = 'locked';
    },
    shows: ['state'],
    correct(iphone) {
      iphone.screen = 'unlocked';
      return ['com.apple.springboard.lockstate'];
    },
  },
  {
    id: 'icloud-photos-off',
    title: 'iCloud Photos switched off, the engine’s files still there',
    model: 'ios16',
    trouble(iphone, now) {
      // syncstatus.plist outlives the switch: an iPhone 8 with iOS 16.3 had it without either marker.
      iphone.cloudPhotos.markers = {};
      iphone.cloudPhotos.enableLog.push({ timestamp: before(now, { days: 30 }), type: 'CPL', enabled: false });
      setFlag(iphone, 'iCloudLibraryExists', false, before(now, { days: 30 }));
      setWaiting(iphone, iphone.photos.images + iphone.photos.movies, 0);
    },
    shows: ['icloud.photosEnabled'],
    correct(iphone, now) {
      switchCloudPhotosOn(iphone, now);
      return [photosStateChanged];
    },
  },
  {
    id: 'icloud-photos-never-on',
    title: 'iCloud Photos never switched on',
    model: 'ios18',
    trouble(iphone) {
      iphone.cloudPhotos.markers = {};
      iphone.cloudPhotos.enableLog = [];
      delete iphone.cloudPhotos.status;
      delete iphone.cloudPhotos.lastSyncAfterLaunch;
      setWaiting(iphone, iphone.photos.images + iphone.photos.movies, 0);
    },
    shows: ['icloud.photosEnabled'],
    correct(iphone, now) {
      switchCloudPhotosOn(iphone, now);
      return [photosStateChanged];
    },
  },
  blocked('low-power', 'Low Power Mode is on', 'ios18', 'isBlockedByLowPowerModeKey', 'com.apple.system.lowpowermode', [
    'power.lowPowerMode',
  ]),
  blocked('quota-exceeded', 'iCloud storage is full', 'ios17', 'isExceedingQuota', photosStateChanged, [
    'icloud.quotaExceeded',
  ]),
  blocked(
    'cellular-restricted',
    'Cellular data is off for Photos',
    'ios26',
    'cellularIsRestricted',
    'com.apple.MobileBackup.backgroundCellularAccessChanged',
    ['network.cellularRestricted'],
  ),
  blocked('thermal', 'The iPhone is too warm', 'ios16', 'thermalPressure', 'com.apple.system.thermalpressurelevel', [
    'icloud.tooWarm',
  ]),
  blocked(
    'low-battery',
    'The battery is low',
    'ios18',
    'lowBatteryLevel',
    photosStateChanged,
    ['battery.level', 'icloud.lowBattery'],
    {
      trouble: (iphone) => setBattery(iphone, 9, -412),
      correct: (iphone) => setBattery(iphone, 46, 1180),
    },
  ),
  blocked(
    'low-disk',
    'The iPhone’s storage is full',
    'ios17',
    'veryLowDiskSpace',
    photosStateChanged,
    ['storage.freeBytes', 'icloud.storageVeryLow'],
    {
      trouble: (iphone) => setFreeBytes(iphone, 412_000_000),
      correct: (iphone) => setFreeBytes(iphone, 9_800_000_000),
    },
  ),
  {
    id: 'battery-budget',
    title: 'iCloud Photos has used up its share of the battery',
    model: 'ios26',
    trouble(iphone, now) {
      setFlag(iphone, 'hasBatteryBudgetKey', false, before(now, { minutes: 50 }));
      setWaiting(iphone, heldUp, 0);
    },
    shows: ['icloud.hasBatteryBudget', 'icloud.pausedAtPlugIn'],
    correct(iphone, now) {
      setFlag(iphone, 'hasBatteryBudgetKey', true, now);
      setWaiting(iphone, heldUp, 12);
      return [photosStateChanged];
    },
  },
  {
    id: 'cellular-budget',
    title: 'iCloud Photos has used up its share of mobile data',
    model: 'ios18',
    trouble(iphone, now) {
      setFlag(iphone, 'hasCellularBudgetKey', false, before(now, { minutes: 50 }));
      setWaiting(iphone, heldUp, 0);
    },
    shows: ['icloud.hasCellularBudget'],
    correct(iphone, now) {
      setFlag(iphone, 'hasCellularBudgetKey', true, now);
      setWaiting(iphone, heldUp, 12);
      return [photosStateChanged];
    },
  },
  {
    id: 'no-valid-budgets',
    title: 'The photo engine has no valid shares at this moment, which holds nothing back',
    model: 'ios26',
    trouble(iphone, now) {
      for (const key of ['hasBatteryBudgetKey', 'hasCellularBudgetKey'] as const) setFlag(iphone, key, false, now);
      const { status } = iphone.cloudPhotos;
      if (status === undefined) return;
      // The error behind it sets the flag of Low Data Mode as well.
      Object.assign(status.flags, { hasValidSystemBudgetKey: false, constrainedNetwork: true });
      status.modified = before(now, { minutes: 20 });
    },
  },
  {
    id: 'being-removed',
    title: 'iCloud Photos is being removed, and deletes its photos in nine days',
    model: 'ios18',
    trouble(iphone, now) {
      const { status } = iphone.cloudPhotos;
      if (status !== undefined) status.exitDeleteTime = before(now, { days: -9 });
    },
    shows: ['icloud.beingRemoved'],
    correct(iphone) {
      delete iphone.cloudPhotos.status?.exitDeleteTime;
      return [photosStateChanged];
    },
  },
  {
    id: 'given-up',
    title: 'iCloud gave three photos up',
    model: 'ios17',
    trouble(iphone) {
      iphone.photos.unsyncable = 3;
      setWaiting(iphone, 0, 0);
    },
    shows: ['icloud.refused'],
    correct(iphone) {
      iphone.photos.unsyncable = 0;
      setWaiting(iphone, 0, 0);
      return [photosStateChanged];
    },
  },
  {
    id: 'all-failing',
    title: 'Everything that waits has failed before',
    model: 'ios18',
    trouble(iphone) {
      iphone.photos.failing = 40;
      setWaiting(iphone, 40, 0);
    },
    shows: ['icloud.backlogFailing'],
    correct(iphone) {
      iphone.photos.failing = 0;
      setWaiting(iphone, 0, 0);
      return [photosStateChanged];
    },
  },
  {
    id: 'leaving-shared-library',
    title: 'The iPhone is leaving a shared library',
    model: 'ios18',
    trouble(iphone, now) {
      const { status } = iphone.cloudPhotos;
      setFlag(iphone, 'isStuckInExitForSharedLibrary', true, before(now, { minutes: 50 }));
      if (status !== undefined) status.leavingShared = 812;
      setWaiting(iphone, heldUp, 0);
    },
    shows: ['icloud.leavingSharedCount'],
    correct(iphone, now) {
      setFlag(iphone, 'isStuckInExitForSharedLibrary', false, now);
      delete iphone.cloudPhotos.status?.leavingShared;
      setWaiting(iphone, heldUp, 12);
      return [photosStateChanged];
    },
  },
  blocked(
    'shared-library-full',
    'The storage of whoever made the shared library is full',
    'ios26',
    'isExceedingSharedLibraryQuota',
    photosStateChanged,
    ['icloud.sharedQuotaExceeded'],
    {
      trouble: (iphone) => setQuota(iphone, true),
      correct: (iphone) => setQuota(iphone, false),
    },
  ),
  blocked('low-data-mode', 'Wi-Fi is in Low Data Mode', 'ios26', 'constrainedNetwork', photosStateChanged, [
    'network.lowDataMode',
  ]),
  blocked(
    'airplane-mode',
    'Airplane mode is on',
    'ios18',
    'inAirplaneMode',
    photosStateChanged,
    ['network.airplaneMode', 'network.connected'],
    {
      trouble: (iphone) => setConnected(iphone, false),
      correct: (iphone) => setConnected(iphone, true),
    },
  ),
  blocked(
    'signed-out',
    'iCloud asks for the password',
    'ios18',
    'iCloudLibraryClientIsNotAuthenticated',
    photosStateChanged,
    ['icloud.signedOut'],
  ),
  blocked(
    'version-too-old',
    'iOS is too old for iCloud Photos',
    'ios16',
    'iCloudLibraryClientVersionTooOld',
    photosStateChanged,
    ['icloud.versionTooOld'],
  ),
  {
    id: 'pending-resets',
    title: 'Resets of the photo engine are pending while every flag looks healthy',
    model: 'ios26',
    trouble(iphone, now) {
      iphone.cloudPhotos.resets = [
        {
          pending: false,
          cause: 'account changed',
          date: before(now, { days: 200 }),
          endDate: before(now, { days: 199 }),
        },
        ...[8, 7, 5, 4, 2].map((days) => ({ pending: true, cause: 'scope reset', date: before(now, { days }) })),
      ];
      setWaiting(iphone, heldUp, 0);
      if (iphone.cloudPhotos.status !== undefined) iphone.cloudPhotos.status.unblockedReason = 1;
    },
    shows: ['icloud.pendingResets'],
    // Only switching iCloud Photos off and on clears them.
    correct(iphone, now) {
      delete iphone.cloudPhotos.resets;
      switchCloudPhotosOn(iphone, now);
      return [photosStateChanged];
    },
  },
  {
    id: 'attach-limbo',
    title: 'iCloud Photos is on but never attached to the cloud library',
    model: 'ios18',
    trouble(iphone, now) {
      iphone.cloudPhotos.markers = { enabled: before(now, { days: 3 }) };
      setFlag(iphone, 'iCloudLibraryExists', false, before(now, { days: 3 }));
      delete iphone.cloudPhotos.status?.initialSyncDate;
      delete iphone.cloudPhotos.status?.lastSyncDate;
      setWaiting(iphone, iphone.photos.images + iphone.photos.movies, 0);
    },
    shows: ['icloud.attached'],
    correct(iphone, now) {
      switchCloudPhotosOn(iphone, now);
      return [photosStateChanged];
    },
  },
  {
    id: 'backlog-falling',
    title: '1,234 photos wait and the number falls',
    model: 'ios18',
    trouble: (iphone) => setWaiting(iphone, heldUp, 12),
  },
  {
    id: 'backlog-frozen',
    title: '1,234 photos wait and nothing moves',
    model: 'ios17',
    trouble(iphone, now) {
      setWaiting(iphone, heldUp, 0);
      const { status } = iphone.cloudPhotos;
      if (status !== undefined) {
        status.lastSyncDate = before(now, { days: 8 });
        status.modified = status.lastSyncDate;
      }
    },
    shows: ['icloud.backlog', 'icloud.lastSync'],
    // The known remedy is a restart of the phone.
    correct(iphone, now) {
      restartIphone(iphone, now);
      iphone.screen = 'unlocked';
      return [photosStateChanged];
    },
  },
  {
    id: 'rebaseline',
    title: 'The whole library is being compared with iCloud again',
    model: 'ios26',
    trouble: (iphone) => setWaiting(iphone, Math.round((iphone.photos.images + iphone.photos.movies) * 0.8), 40),
  },
  {
    id: 'managed',
    title: 'A company manages the iPhone and iCloud Photos is off',
    model: 'ios18',
    trouble(iphone) {
      iphone.cloudPhotos.markers = {};
      iphone.restrictions.prohibitAppInstall = true;
      iphone.management = {
        supervised: true,
        removable: false,
        organization: 'Example Logistics',
        profiles: [
          {
            identifier: 'com.example.mdm.restrictions',
            displayName: 'Device restrictions',
            organization: 'Example Logistics',
            description: 'Restricts iCloud services.',
            removalDisallowed: true,
            payloads: ['com.apple.applicationaccess'],
            uuid: '6F1A5C0E-0000-4000-8000-00000000A001',
          },
        ],
      };
      setFlag(iphone, 'iCloudLibraryExists', false, iphone.photos.newest);
      setWaiting(iphone, iphone.photos.images + iphone.photos.movies, 0);
    },
  },
  {
    id: 'wrong-clock',
    title: 'The iPhone’s clock is a day behind',
    model: 'ios16',
    trouble(iphone, now) {
      iphone.clockOffsetMs = -26 * 3600 * 1000;
      setWaiting(iphone, heldUp, 0);
      lastSession(iphone, before(now, { minutes: 20 * 60 }));
    },
    shows: ['system.clockSkewMs'],
    correct(iphone) {
      iphone.clockOffsetMs = 0;
      setWaiting(iphone, heldUp, 12);
      return ['com.apple.system.clock_set'];
    },
  },
  {
    id: 'upload-crashes',
    title: 'Memory runs out and the photo engine is killed',
    model: 'ios17',
    trouble(iphone, now) {
      setWaiting(iphone, heldUp, 0);
      lastSession(iphone, before(now, { minutes: 20 * 60 }));
      iphone.crashReports.push(...[1, 2, 4].map((days) => jetsamReport(before(now, { days }), iphone)));
    },
  },
];

/** The last session that succeeded. */
function lastSession({ cloudPhotos: { status } }: SampleIphone, at: Date): void {
  if (status !== undefined) status.lastSyncDate = at;
}

/** Beside the flag of the shared library this one too is of whoever made it. */
function setQuota({ cloudPhotos: { status } }: SampleIphone, isExceeded: boolean): void {
  if (status === undefined) return;
  if (isExceeded) status.flags.isExceedingQuota = true;
  else delete status.flags.isExceedingQuota;
}

/** `current` in mA: below 0 the battery discharges. */
function setBattery({ battery }: SampleIphone, percent: number, current: number): void {
  battery.percent = percent;
  battery.current = current;
  battery.charging = current > 0;
}

function setFreeBytes({ storage }: SampleIphone, freeBytes: number): void {
  storage.freeBytes = freeBytes;
}

/** Unlike other flags, an absent `connectedToNetwork` means true: a phone without a network writes false. */
function setConnected({ cloudPhotos }: SampleIphone, isConnected: boolean): void {
  if (cloudPhotos.status !== undefined) cloudPhotos.status.flags.connectedToNetwork = isConnected;
}

/** A JetsamEvent: the system was out of memory and ended a process. Format: .ips, one JSON line of head and one body. */
function jetsamReport(date: Date, { identity }: SampleIphone) {
  const stamp = date.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const head = {
    bug_type: '298',
    timestamp: date.toISOString(),
    os_version: `iPhone OS ${identity.productVersion} (${identity.buildVersion})`,
  };
  const processes = [
    { name: 'cloudphotod', reason: 'per-process-limit', rpages: 19_200 },
    { name: 'SpringBoard', rpages: 9_100 },
  ];
  return {
    path: `/JetsamEvent-${stamp}.ips`,
    modified: date,
    text: `${JSON.stringify(head)}\n${JSON.stringify({ largestProcess: 'cloudphotod', processes }, undefined, 2)}\n`,
  };
}
