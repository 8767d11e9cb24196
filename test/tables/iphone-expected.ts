/** What is to be said of an iPhone: how the verdict begins, the first step, and the exit code of a scan. */
export interface Expected {
  verdict: string;
  /** `cause:correction`; null: nothing is to be done. */
  step: string | null;
  exit: number;
}

const running = 'Uploads run: the iPhone was in touch with iCloud';
const nothingNew = 'Nothing new is waiting';
const engineIsStuck = 'The photo engine of the iPhone is stuck';
const googleUnknown = 'Nothing that was read is known to hold Google Photos back';
const runs: Expected = { verdict: running, step: null, exit: 0 };
const testPhoto = 'upload-stalled:test-photo';

const held = (verdict: string, step: string): Expected => ({ verdict, step, exit: 1 });

/** By scenario of the simulated iPhone. The lines named are those of ../shared/facts/field.md C. */
export const expectedOfScenarios: Readonly<Record<string, Expected>> = {
  healthy: runs,
  // "keys by version": iOS 14 and older do not write the reasons; the library says of every photo whether iCloud has it.
  'healthy-ios12': { verdict: nothingNew, step: testPhoto, exit: 0 },
  'healthy-ios14': { verdict: nothingNew, step: testPhoto, exit: 0 },
  'healthy-ios16': runs,
  'healthy-ios17': runs,
  'healthy-ios26': runs,
  'healthy-french': runs,
  // What decides is behind the lock: the next step is to unlock it, and nothing is asked before.
  locked: { verdict: 'The iPhone was locked while it was read', step: null, exit: 5 },
  // With iCloud Photos off the app in use is Google Photos, which keeps its switch to itself.
  'icloud-photos-off': { verdict: googleUnknown, step: 'backup-off:answer', exit: 5 },
  'icloud-photos-never-on': { verdict: googleUnknown, step: 'backup-off:answer', exit: 5 },
  managed: { verdict: googleUnknown, step: 'backup-off:answer', exit: 5 },
  'low-power': held('Low Power Mode is on', 'low-power-mode:low-power-mode-off'),
  'quota-exceeded': held('The cloud storage of iCloud Photos is full', 'cloud-storage-full:free-icloud-storage'),
  'cellular-restricted': held(
    'iCloud Photos sends nothing over mobile data',
    'cellular-not-allowed:allow-cellular-photos',
  ),
  thermal: held('The iPhone is too warm for photo uploads', 'overheating:cool-down'),
  'low-battery': held('The battery is too low for photo uploads', 'low-battery:charge'),
  // "lowDiskSpace, veryLowDiskSpace": the engine's own flags; very low = paused, phone full.
  'low-disk': held("The iPhone's storage is full", 'phone-storage-full:free-room-iphone'),
  // "syncstatus budgets": valid and absent = spent; valid=false = both unknown, and no pause.
  'battery-budget': held('iCloud Photos has paused to save battery', 'battery-budget-spent:charge-and-restart'),
  'cellular-budget': held('iCloud Photos sends nothing over mobile data', 'cellular-not-allowed:allow-cellular-photos'),
  'no-valid-budgets': runs,
  // "keys by version": exitDeleteTime, with its day; it outranks uploads that run.
  'being-removed': held(
    'iCloud Photos is being removed, with its photos, on December 1, 2026',
    'icloud-photos-being-removed:keep-icloud-photos',
  ),
  // "ZCLOUDLOCALSTATE": what was given up never leaves by itself, also beside uploads that run; a backlog that all failed does not move by itself.
  'given-up': held('Uploads run, but iCloud has given up sending 3 photos', 'photos-given-up:import-again'),
  'all-failing': { verdict: 'Everything that waits for iCloud has failed before', step: testPhoto, exit: 5 },
  // "keys by version": remainingCountInSharedLibraryExit.
  'leaving-shared-library': held(
    'The iPhone is still leaving a shared library',
    'leaving-shared-library:let-leaving-finish',
  ),
  // "both quota flags": the storage of the shared library's creator is full.
  'shared-library-full': held(
    'The iCloud storage of whoever made the shared library is full',
    'shared-library-full:ask-the-creator',
  ),
  'low-data-mode': held('Low Data Mode is on', 'low-data-mode:low-data-mode-off'),
  'airplane-mode': held('Airplane mode is on', 'airplane-mode:airplane-mode-off-iphone'),
  'signed-out': held('iCloud Photos is not signed in', 'signed-out:sign-in-icloud'),
  'version-too-old': held('iCloud Photos asks for a newer iOS', 'icloud-version-too-old:update-ios-for-icloud'),
  // A session proves nothing while resets are pending, although every flag looks healthy.
  'pending-resets': held(engineIsStuck, 'icloud-engine-stuck:icloud-photos-off-and-on'),
  'attach-limbo': held(engineIsStuck, 'icloud-engine-stuck:icloud-photos-off-and-on'),
  'backlog-falling': runs,
  'backlog-frozen': held(engineIsStuck, 'icloud-engine-stuck:restart-the-engine-over-usb'),
  rebaseline: runs,
  'wrong-clock': held("The phone's clock is wrong", 'clock-wrong:automatic-time-iphone'),
  'upload-crashes': held('iCloud Photos keeps crashing', 'app-crashing:end-crashes-iphone'),
};

/** By folder of ../shared/captures/field-ios; what an expert reads in each is in its meta.json. */
export const expectedOfField: Readonly<Record<string, Expected>> = {
  '01-syncstatus-ios27-healthy': runs,
  // "syncstatus budgets": valid=true and the key absent = paused to save battery.
  '02-syncstatus-battery-budget-spent': held(
    'iCloud Photos has paused to save battery',
    'battery-budget-spent:charge-and-restart',
  ),
  // "keys by version", new: accountEPPCapability, accountEPPCapabilityMaximum, disabledFeatures; no pause.
  '06-syncstatus-ios26-new-keys': runs,
  // "lowDiskSpace, veryLowDiskSpace": very low = paused, phone full.
  '07-syncstatus-very-low-disk': held("The iPhone's storage is full", 'phone-storage-full:free-room-iphone'),
  // "free room": hard free room is well below what Settings shows, and no alarm follows from it.
  '09-disk-ios11-lim564': runs,
  '11-disk-ios26-hardfree': runs,
  // "keys by version": no status file; the library says that iCloud has every photo.
  '13-battery-iphoneSE1-ios15.8.5': { verdict: nothingNew, step: testPhoto, exit: 0 },
  '14-battery-tidevice-35': runs,
  '15-battery-iphone14pro-ios26': runs,
  '16-mobile-backup-ios16': runs,
  '17-cloudconfiguration-supervised': runs,
  '18-datasync-pmd3-1052': runs,
};

/** Of ../shared/captures/ios: one local backup; the others are answers by themselves, and no capture. */
export const expectedOfOthers: Readonly<Record<string, Expected>> = {
  'backup-ios14.3': { verdict: 'Too little was read', step: testPhoto, exit: 5 },
};
export const expectedOfFragments: Expected = { verdict: 'The file is no bug report', step: null, exit: 3 };
