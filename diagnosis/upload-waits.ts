import { z } from 'zod';
import { isKnown, type Leaf, type Reading } from '../native/reading.ts';
import type { jobSchema } from '../native/vocabulary.ts';

type Job = z.infer<typeof jobSchema>;

/** One thing that sending waits for. */
export const uploadWaitSchema = z.object({
  /** Android's name of the constraint, or the path of the value that pauses an iPhone's photo engine. */
  id: z.string(),
  /** Ends the sentence "It waits for …". */
  words: z.string(),
});
export type UploadWait = z.infer<typeof uploadWaitSchema>;

const constraintWords: Readonly<Record<string, string>> = {
  CHARGING: 'the charger',
  BATTERY_NOT_LOW: 'a fuller battery',
  STORAGE_NOT_LOW: 'more free room on the phone',
  IDLE: 'the phone to lie unused for a while',
  CONNECTIVITY: 'a network that it may use',
  UNMETERED: 'a Wi-Fi that is not metered',
  NOT_ROAMING: 'the end of roaming',
  METERED: 'mobile data',
  APP_NOT_IDLE: 'the app to be opened again',
  DEVICE_NOT_DOZING: 'the phone to wake from doze',
  BACKGROUND_NOT_RESTRICTED: 'permission to run in the background',
  WITHIN_QUOTA: 'its next share of background time',
  WITHIN_EXPEDITED_QUOTA: 'its next share of background time',
};

/** A job may rest on these for hours in full health: a time, a new photo, a better moment. */
const resting: ReadonlySet<string> = new Set([
  'TIMING_DELAY',
  'DEADLINE',
  'CONTENT_TRIGGER',
  'FLEXIBILITY',
  'TARE_WEALTH',
  'PREFETCH',
]);

const networkConstraints = new Set(['CONNECTIVITY', 'UNMETERED', 'NOT_ROAMING', 'METERED']);

/**
 * What Android adds to every job by itself, and only leaves out of the satisfied ones where it does not hold. A job of which
 * nothing is told to be satisfied is one of which nothing is told; Android 8 knows the second one not at all, and no quota.
 */
const impliedWaits = ({ satisfied }: Job): string[] => [
  ...(satisfied.length > 0 && !satisfied.includes('DEVICE_NOT_DOZING') ? ['DEVICE_NOT_DOZING'] : []),
  ...(satisfied.includes('WITHIN_QUOTA') && !satisfied.includes('BACKGROUND_NOT_RESTRICTED')
    ? ['BACKGROUND_NOT_RESTRICTED']
    : []),
];

/** What one job waits for; `restricted`: the phone says itself that it holds the app's jobs back. */
const constraintsOf = (job: Job, restricted: boolean): Set<string> =>
  new Set([
    ...job.unsatisfied.filter((name) => !resting.has(name)),
    ...impliedWaits(job),
    ...(restricted ? ['BACKGROUND_NOT_RESTRICTED'] : []),
  ]);

const waitFor = (id: string, jobs: readonly Job[]): UploadWait => {
  const unmetered = id === 'CONNECTIVITY' && jobs.every(({ needsUnmetered }) => needsUnmetered);
  return { id, words: constraintWords[unmetered ? 'UNMETERED' : id] ?? id };
};

/**
 * What an app's uploads wait for: nothing as long as one job that uses the network is free to run; else what all of them wait
 * for, or where they have nothing in common, everything that one of them waits for. Which job uploads, no phone tells.
 */
export function jobWaits(jobs: readonly Job[], restricted: boolean): UploadWait[] {
  const online = jobs.filter(({ required }) => required.some((name) => networkConstraints.has(name)));
  const candidates = online.length > 0 ? online : jobs;
  const waits = candidates.map((job) => constraintsOf(job, restricted));
  if (waits.some(({ size }) => size === 0)) return [];
  const all = new Set(waits.flatMap((names) => [...names]));
  const common = [...all].filter((name) => waits.every((names) => names.has(name)));
  return (common.length > 0 ? common : [...all]).map((name) =>
    waitFor(
      name,
      candidates.filter((job) => job.unsatisfied.includes(name)),
    ),
  );
}

interface Pause {
  id: string;
  leaf: (reading: Reading) => Leaf<boolean> | undefined;
  /** The value that pauses; true if left out. */
  when?: false;
  words: string;
}

const pauses: readonly Pause[] = [
  {
    id: 'icloud.photosEnabled',
    leaf: ({ icloud }) => icloud.photosEnabled,
    when: false,
    words: 'iCloud Photos to be switched on',
  },
  { id: 'power.lowPowerMode', leaf: ({ power }) => power.lowPowerMode, words: 'the end of Low Power Mode' },
  { id: 'network.airplaneMode', leaf: ({ network }) => network.airplaneMode, words: 'the end of airplane mode' },
  { id: 'network.connected', leaf: ({ network }) => network.connected, when: false, words: 'an internet connection' },
  { id: 'network.lowDataMode', leaf: ({ network }) => network.lowDataMode, words: 'the end of Low Data Mode' },
  {
    id: 'network.cellularRestricted',
    leaf: ({ network }) => network.cellularRestricted,
    words: 'Wi-Fi, or mobile data to be allowed for Photos',
  },
  { id: 'network.poorQuality', leaf: ({ network }) => network.poorQuality, words: 'a better network' },
  { id: 'icloud.quotaExceeded', leaf: ({ icloud }) => icloud.quotaExceeded, words: 'room in iCloud' },
  {
    id: 'icloud.sharedQuotaExceeded',
    leaf: ({ icloud }) => icloud.sharedQuotaExceeded,
    words: 'room in the iCloud of the shared library',
  },
  { id: 'icloud.signedOut', leaf: ({ icloud }) => icloud.signedOut, words: 'the password of the Apple account' },
  { id: 'icloud.versionTooOld', leaf: ({ icloud }) => icloud.versionTooOld, words: 'a newer iOS' },
  { id: 'icloud.lowBattery', leaf: ({ icloud }) => icloud.lowBattery, words: 'a fuller battery' },
  {
    id: 'icloud.hasBatteryBudget',
    leaf: ({ icloud }) => icloud.hasBatteryBudget,
    when: false,
    words: 'its next share of battery',
  },
  {
    id: 'icloud.hasCellularBudget',
    leaf: ({ icloud }) => icloud.hasCellularBudget,
    when: false,
    words: 'its next share of mobile data',
  },
  {
    id: 'icloud.hasSystemBudget',
    leaf: ({ icloud }) => icloud.hasSystemBudget,
    when: false,
    words: 'its next share of background time',
  },
  {
    id: 'icloud.poorSystemConditions',
    leaf: ({ icloud }) => icloud.poorSystemConditions,
    words: 'the phone to have time for it',
  },
  {
    id: 'icloud.heavyResourceUsage',
    leaf: ({ icloud }) => icloud.heavyResourceUsage,
    words: 'the phone to be less busy',
  },
  { id: 'icloud.tooWarm', leaf: ({ icloud }) => icloud.tooWarm, words: 'the phone to cool down' },
  { id: 'icloud.storageVeryLow', leaf: ({ icloud }) => icloud.storageVeryLow, words: 'free room on the iPhone' },
  {
    id: 'icloud.containerWiped',
    leaf: ({ icloud }) => icloud.containerWiped,
    words: 'its working folder to be rebuilt',
  },
  {
    id: 'icloud.libraryWiped',
    leaf: ({ icloud }) => icloud.libraryWiped,
    words: 'the library in iCloud to be rebuilt',
  },
  {
    id: 'icloud.stuckLeavingShared',
    leaf: ({ icloud }) => icloud.stuckLeavingShared,
    words: 'the shared library to be left',
  },
  {
    id: 'icloud.attached',
    leaf: ({ icloud }) => icloud.attached,
    when: false,
    words: 'the photo engine to be attached to iCloud',
  },
];

const resetsPending: UploadWait = {
  id: 'icloud.pendingResets',
  words: 'a reset of the photo engine that does not end (switching iCloud Photos off and on ends it)',
};

/** The reasons to pause that an iPhone's photo engine gives now; null where it gives none because nothing could be read. */
function pausesOf(reading: Reading): UploadWait[] | null {
  const known = pauses.filter(({ leaf }) => isKnown(leaf(reading)));
  const { pendingResets } = reading.icloud;
  if (known.length === 0 && !isKnown(pendingResets)) return null;
  const set = known.filter(({ leaf, when = true }) => {
    const value = leaf(reading);
    return isKnown(value) && value.value === when;
  });
  const resets = isKnown(pendingResets) && pendingResets.value > 0 ? [resetsPending] : [];
  return [...set.map(({ id, words }) => ({ id, words })), ...resets];
}

/** What uploads of an app wait for at the moment of a reading; empty: nothing holds them back; null: the phone did not tell. */
export function uploadWaits(reading: Reading, app: string): UploadWait[] | null {
  if (reading.platform === 'ios') return pausesOf(reading);
  const { jobs, jobsRestricted } = reading.apps[app] ?? {};
  if (!isKnown(jobs)) return null;
  return jobWaits(jobs.value, isKnown(jobsRestricted) && jobsRestricted.value);
}
