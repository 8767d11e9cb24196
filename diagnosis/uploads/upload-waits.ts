import { z } from 'zod';
import { isKnown, type Leaf, type Reading } from '../../native/reading.ts';
import type { jobSchema } from '../../native/vocabulary.ts';

type Job = z.infer<typeof jobSchema>;

/** One thing that sending waits for. */
export const uploadWaitSchema = z.object({
  /** Android's name of the constraint, or the path of the value that pauses an iPhone's photo engine. */
  id: z.string(),
  /** Ends the sentence "It waits for …". */
  words: z.string(),
});
export type UploadWait = z.infer<typeof uploadWaitSchema>;

/** Everything that sending may wait for: Android's names of the constraints, and the values that pause an iPhone's photo engine. */
export const waitIds = [
  'CHARGING',
  'BATTERY_NOT_LOW',
  'STORAGE_NOT_LOW',
  'IDLE',
  'CONNECTIVITY',
  'UNMETERED',
  'NOT_ROAMING',
  'METERED',
  'APP_NOT_IDLE',
  'DEVICE_NOT_DOZING',
  'BACKGROUND_NOT_RESTRICTED',
  'WITHIN_QUOTA',
  'WITHIN_EXPEDITED_QUOTA',
  'icloud.photosEnabled',
  'power.lowPowerMode',
  'network.airplaneMode',
  'network.connected',
  'network.lowDataMode',
  'network.cellularRestricted',
  'network.poorQuality',
  'icloud.quotaExceeded',
  'icloud.sharedQuotaExceeded',
  'icloud.signedOut',
  'icloud.versionTooOld',
  'icloud.lowBattery',
  'icloud.hasBatteryBudget',
  'icloud.hasCellularBudget',
  'icloud.poorSystemConditions',
  'icloud.heavyResourceUsage',
  'icloud.tooWarm',
  'icloud.storageVeryLow',
  'icloud.containerWiped',
  'icloud.libraryWiped',
  'icloud.stuckLeavingShared',
  'icloud.attached',
  'icloud.pendingResets',
] as const;
/** The words for each of them, in the language of the texts. */
export type WaitWords = Readonly<Record<WaitId, string>>;
type WaitId = (typeof waitIds)[number];

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

/** What one job waits for; `restricted`: the phone says itself that it holds the app's jobs back. */
const constraintsOf = (job: Job, restricted: boolean): Set<string> =>
  new Set([
    ...job.unsatisfied.filter((name) => !resting.has(name)),
    ...(restricted ? ['BACKGROUND_NOT_RESTRICTED'] : []),
  ]);

const isWaitId = (id: string): id is WaitId => (waitIds as readonly string[]).includes(id);

const inWords = (id: string, words: WaitWords): string => (isWaitId(id) ? words[id] : id);

const waitFor = (id: string, jobs: readonly Job[], words: WaitWords): UploadWait => {
  const unmetered = id === 'CONNECTIVITY' && jobs.every(({ needsUnmetered }) => needsUnmetered);
  return { id, words: inWords(unmetered ? 'UNMETERED' : id, words) };
};

/** Those that use the network, as uploads do; all of them where none does. */
function perhapsUploading(jobs: readonly Job[]): readonly Job[] {
  const online = jobs.filter(({ required }) => required.some((name) => networkConstraints.has(name)));
  return online.length > 0 ? online : jobs;
}

const waitsFor = (names: readonly string[], jobs: readonly Job[], words: WaitWords): UploadWait[] =>
  names.map((name) =>
    waitFor(
      name,
      jobs.filter((job) => job.unsatisfied.includes(name)),
      words,
    ),
  );

/** The rest of a job by day, on a phone in use that runs on its battery. */
const byDay = new Set(['IDLE', 'CHARGING']);

/** Everything that one of an app's uploads waits for, beside the charger and a phone that lies still. */
export function blockingWaits(jobs: readonly Job[], words: WaitWords): UploadWait[] {
  const candidates = perhapsUploading(jobs);
  const names = new Set(candidates.flatMap((job) => [...constraintsOf(job, false)]));
  return waitsFor(
    [...names].filter((name) => !byDay.has(name)),
    candidates,
    words,
  );
}

/**
 * What an app's uploads wait for: nothing as long as one job that uses the network is free to run; else what all of them wait
 * for, or where they have nothing in common, everything that one of them waits for. Which job uploads, no phone tells.
 */
export function jobWaits(jobs: readonly Job[], restricted: boolean, words: WaitWords): UploadWait[] {
  const candidates = perhapsUploading(jobs);
  const waits = candidates.map((job) => constraintsOf(job, restricted));
  if (waits.some(({ size }) => size === 0)) return [];
  const all = new Set(waits.flatMap((names) => [...names]));
  const common = [...all].filter((name) => waits.every((names) => names.has(name)));
  return waitsFor(common.length > 0 ? common : [...all], candidates, words);
}

/** The values of a reading that pause an iPhone's photo engine, and with which value. */
const pauses = [
  { id: 'icloud.photosEnabled', when: false },
  { id: 'power.lowPowerMode', when: true },
  { id: 'network.airplaneMode', when: true },
  { id: 'network.connected', when: false },
  { id: 'network.lowDataMode', when: true },
  { id: 'network.cellularRestricted', when: true },
  { id: 'network.poorQuality', when: true },
  { id: 'icloud.quotaExceeded', when: true },
  { id: 'icloud.sharedQuotaExceeded', when: true },
  { id: 'icloud.signedOut', when: true },
  { id: 'icloud.versionTooOld', when: true },
  { id: 'icloud.lowBattery', when: true },
  { id: 'icloud.hasBatteryBudget', when: false },
  { id: 'icloud.hasCellularBudget', when: false },
  { id: 'icloud.poorSystemConditions', when: true },
  { id: 'icloud.heavyResourceUsage', when: true },
  { id: 'icloud.tooWarm', when: true },
  { id: 'icloud.storageVeryLow', when: true },
  { id: 'icloud.containerWiped', when: true },
  { id: 'icloud.libraryWiped', when: true },
  { id: 'icloud.stuckLeavingShared', when: true },
  { id: 'icloud.attached', when: false },
] as const satisfies readonly { id: WaitId; when: boolean }[];

function leafOf(reading: Reading, path: (typeof pauses)[number]['id']): Leaf<boolean> | undefined {
  const [section, name] = path.split('.') as ['icloud', 'tooWarm'];
  return reading[section][name];
}

/** The reasons to pause that an iPhone's photo engine gives now; null where it gives none because nothing could be read. */
function pausesOf(reading: Reading, words: WaitWords): UploadWait[] | null {
  const known = pauses.filter(({ id }) => isKnown(leafOf(reading, id)));
  const { pendingResets } = reading.icloud;
  if (known.length === 0 && !isKnown(pendingResets)) return null;
  const set: WaitId[] = known.flatMap(({ id, when }) => {
    const value = leafOf(reading, id);
    return isKnown(value) && value.value === when ? [id] : [];
  });
  if (isKnown(pendingResets) && pendingResets.value > 0) set.push('icloud.pendingResets');
  return set.map((id) => ({ id, words: words[id] }));
}

/** What uploads of an app wait for at the moment of a reading; empty: nothing holds them back; null: the phone did not tell. */
export function uploadWaits(reading: Reading, app: string, words: WaitWords): UploadWait[] | null {
  if (reading.platform === 'ios') return pausesOf(reading, words);
  const { jobs, jobsRestricted } = reading.apps[app] ?? {};
  if (!isKnown(jobs)) return null;
  return jobWaits(jobs.value, isKnown(jobsRestricted) && jobsRestricted.value, words);
}
