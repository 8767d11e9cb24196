import type { SampleIphone, SyncFlag } from './iphone.ts';

// What happens to a sample iPhone from outside: its owner's finger, its daemons, and time.

/** Sets or clears a flag of syncstatus.plist; the file is then as old as `at`. Cleared flags are absent, as on a phone. */
export function setFlag({ cloudPhotos }: SampleIphone, flag: SyncFlag, isSet: boolean, at: Date): void {
  const { status } = cloudPhotos;
  if (status === undefined) return;
  status.modified = at;
  if (isSet) status.flags[flag] = true;
  else delete status.flags[flag];
}

/** So many photos have not been sent, and so many go each minute. The cloud then holds as many fewer. */
export function setWaiting(iphone: SampleIphone, waiting: number, uploadsPerMinute: number): void {
  iphone.photos.waiting = waiting;
  iphone.photos.uploadsPerMinute = uploadsPerMinute;
  countCloud(iphone);
}

/** Switches iCloud Photos on, after off where it was on: the engine attaches anew and sends what waits. */
export function switchCloudPhotosOn(iphone: SampleIphone, now: Date): void {
  const { cloudPhotos, photos } = iphone;
  cloudPhotos.markers = { enabled: now, initialSync: now, downloadFinished: now };
  cloudPhotos.enableLog.push({ timestamp: now, type: 'CPL', enabled: true });
  cloudPhotos.lastSyncAfterLaunch = now;
  cloudPhotos.status = {
    modified: now,
    flags: {
      iCloudLibraryExists: true,
      connectedToNetwork: true,
      hasValidSystemBudgetKey: true,
      hasBatteryBudgetKey: true,
      hasCellularBudgetKey: true,
    },
    initialSyncDate: now,
    lastSyncDate: now,
    cloudImages: 0,
    cloudMovies: 0,
    cloudCountsChecked: now,
  };
  setWaiting(iphone, photos.waiting, 12);
}

/**
 * What a restart does: nothing of the phone can be read before its passcode is typed, and an engine that only hung works again. A
 * pending reset, and an engine that was never attached, outlive it.
 */
export function restartIphone(iphone: SampleIphone, now: Date): void {
  const { cloudPhotos, photos } = iphone;
  iphone.screen = 'never-unlocked-since-boot';
  const { status, markers, resets = [] } = cloudPhotos;
  const hung = photos.waiting > 0 && photos.uploadsPerMinute === 0 && markers.initialSync !== undefined;
  if (!hung || status === undefined || resets.some(({ pending }) => pending) || isBlocked(status.flags)) return;
  cloudPhotos.lastSyncAfterLaunch = now;
  status.lastSyncDate = now;
  setWaiting(iphone, photos.waiting, 12);
}

const notBlocking: readonly SyncFlag[] = [
  'connectedToNetwork',
  'hasBatteryBudgetKey',
  'hasCellularBudgetKey',
  'hasChangesToProcess',
  'hasValidSystemBudgetKey',
  'iCloudLibraryExists',
  'keychainCDPEnabled',
  'walrusEnabled',
];

const isBlocked = (flags: Partial<Record<SyncFlag, boolean>>): boolean =>
  Object.entries(flags).some(([flag, isSet]) => isSet && !notBlocking.includes(flag as SyncFlag));

/** Takes a photo: it lies in the camera folder and waits for iCloud. */
export function takePhoto({ photos }: SampleIphone, now: Date): void {
  photos.images += 1;
  photos.waiting += 1;
  photos.newest = now;
}

/** Lets minutes pass: the backlog falls at its rate, and every session leaves its date behind. */
export function letTimePass(iphone: SampleIphone, minutes: number, now: Date): void {
  const { photos, cloudPhotos } = iphone;
  const sent = Math.min(photos.waiting, Math.round(photos.uploadsPerMinute * minutes));
  if (sent === 0) return;
  photos.waiting -= sent;
  countCloud(iphone);
  const { status } = cloudPhotos;
  if (status === undefined) return;
  status.modified = now;
  status.lastSyncDate = now;
  status.cloudCountsChecked = now;
}

function countCloud({ photos, cloudPhotos }: SampleIphone): void {
  if (cloudPhotos.status === undefined) return;
  const sent = photos.images + photos.movies - photos.waiting;
  cloudPhotos.status.cloudMovies = Math.min(photos.movies, sent);
  cloudPhotos.status.cloudImages = sent - cloudPhotos.status.cloudMovies;
}
