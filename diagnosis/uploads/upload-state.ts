import { z } from 'zod';
import type { SentBucket } from '../../native/vocabulary.ts';
import { appPath, isKnown, type AppReading, type Leaf, type Reading } from '../../native/reading.ts';
import { describePath } from '../load/conditions.ts';
import { evidenceSchema, type Evidence } from '../finding.ts';
import { beyondAnswers } from './beyond-answers.ts';
import { inCloud, libraryOf, photosSentBetween } from './library-counts.ts';
import {
  clockSlackMs,
  onItsWayMs,
  patienceMs,
  sendingBytes,
  sessionCountsMs,
  slotMs,
  talkBytes,
  testPhotoCountsMs,
} from './thresholds.ts';

/**
 * `running`: photos leave. `stalled`: photos were there for hours, and nothing left. `nothing-new`: no photo since the last one that is
 * known to have left. `unknown`: the phone does not tell enough.
 */
export const uploadStateSchema = z.enum(['running', 'stalled', 'nothing-new', 'unknown']);
export type UploadState = z.infer<typeof uploadStateSchema>;

/** What the state rests on, for the sentence that tells it. */
const proofSchema = z.discriminatedUnion('by', [
  /** So much left in the background since the photo that is so old. */
  z.object({ by: z.literal('bytes'), sentBytes: z.int(), sinceMs: z.int() }),
  z.object({ by: z.literal('test-photo'), agoMs: z.int() }),
  z.object({ by: z.literal('session'), agoMs: z.int() }),
  z.object({ by: z.literal('backlog'), fell: z.int() }),
  /** Nothing left since the photo that is so old. */
  z.object({ by: z.literal('silence'), sentBytes: z.int().nullable(), sinceMs: z.int() }),
  z.object({ by: z.literal('nothing') }),
]);
export type UploadProof = z.infer<typeof proofSchema>;

/** Whether the photos of a phone leave by one app. */
export const uploadSchema = z.object({
  app: z.string(),
  state: uploadStateSchema,
  proof: proofSchema,
  /** Something was corrected, and no photo came since that could show what it did. */
  settling: z.boolean(),
  evidence: z.array(evidenceSchema),
});
export type Upload = z.infer<typeof uploadSchema>;

/** The same with the words that say it, after the name of the app: the one place for the window and the terminal. */
export const toldUploadSchema = uploadSchema.extend({ words: z.string().default('') });
export type ToldUpload = z.infer<typeof toldUploadSchema>;

/** A test photo of an app that came to its end. */
export interface TestPhotoSeen {
  app: string;
  /** When the photo was taken; UTC, ISO 8601. */
  at: string;
  outcome: 'uploaded' | 'sending' | 'nothing-sent' | 'unknown';
  /** The newest reading of the phone before it; left out: none is kept. */
  before?: Reading | null;
}

/** What is known beside the reading. */
export interface UploadFacts {
  /** The same phone in its newest earlier snapshot. */
  previous: Reading | null;
  testPhotos: readonly TestPhotoSeen[];
  /** When something was last corrected that concerns the app; null: never. */
  correctedAt: string | null;
  /** When something that concerns the app was last put back, or known to have come back; null: never. */
  returnedAt: string | null;
}

type Judged = Omit<Upload, 'app' | 'settling'>;

const known = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);
const momentOf = (leaf: Leaf<string> | undefined): number | null => {
  const moment = Date.parse(known(leaf) ?? '');
  return Number.isNaN(moment) ? null : moment;
};

interface Item {
  at: number;
  bytes: number | null;
}

/** Photos and videos of the camera folder, newest first; null: the phone does not tell. By the phone's own clock, like its counters. */
function itemsOf({ photos }: Reading): Item[] | null {
  const listed = [photos.newestPhotos, photos.newestVideos].flatMap((leaf) => known(leaf) ?? []);
  const newest: Item[] = [
    { at: momentOf(photos.newest), bytes: known(photos.newestBytes) },
    { at: momentOf(photos.newestVideo), bytes: null },
  ].flatMap(({ at, bytes }) => (at === null ? [] : [{ at, bytes }]));
  const items = listed.length > 0 ? listed.map(({ added, bytes }) => ({ at: Date.parse(added), bytes })) : newest;
  if (items.length === 0 && known(photos.count) !== 0) return null;
  return items.filter(({ at }) => !Number.isNaN(at)).toSorted((a, b) => b.at - a.at);
}

/** Now, by the clock of the phone. */
const phoneNow = ({ takenAt, system }: Reading): number => Date.parse(takenAt) + (known(system.clockSkewMs) ?? 0);

const leafAt = (reading: Reading, app: string, path: string): Leaf<unknown> | undefined => {
  const [section, name] = path.split('.') as ['photos', 'newest'];
  const leaves = section === ('app' as string) ? reading.apps[app] : reading[section];
  return (leaves as Record<string, Leaf<unknown> | undefined> | undefined)?.[name];
};

/** A value of the reading as evidence; `value` takes the place of a long list. */
function shown(reading: Reading, app: string, path: string, value?: unknown): Evidence[] {
  const leaf = leafAt(reading, app, path);
  if (leaf === undefined) return [];
  const answer = reading.answers[leaf.source];
  const { label, doesNotProve } = describePath(path);
  return [
    {
      path: path.startsWith('app.') ? appPath(app, path.slice('app.'.length)) : path,
      label,
      value: isKnown(leaf) ? (value ?? leaf.value) : null,
      unavailable: isKnown(leaf) ? null : { reason: leaf.unavailable, detail: leaf.detail },
      probe: answer?.probe ?? leaf.source,
      command: answer?.command ?? '',
      at: answer?.at ?? reading.takenAt,
      doesNotProve,
      underPower: false,
      decides: true,
    },
  ];
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** So much leaves at least where a photo does. */
const leastOf = ({ bytes }: Item): number => Math.min(bytes ?? sendingBytes, sendingBytes);

/**
 * What an app sent since an item was added, without its talk, counted from the slot that holds it. In that slot, older items may have left
 * before it: as much as they weigh is theirs.
 */
function sentSince(leaves: AppReading, item: Item, items: readonly Item[]): { background: number; all: number } {
  const slots = (known(leaves.sentBuckets) ?? []).filter(({ start, spanMs }) => Date.parse(start) + spanMs > item.at);
  const least = Math.min(talkBytes, leastOf(item));
  const olderIn = (start: number): number =>
    items
      .filter(({ at }) => at >= start && at < item.at)
      .reduce((total, { bytes }) => total + (bytes ?? sendingBytes), 0);
  const sum = (some: typeof slots, bytesOf: (slot: SentBucket) => number): number =>
    [...Map.groupBy(some, ({ start }) => start)]
      .map(([start, same]) => same.reduce((total, slot) => total + bytesOf(slot), -olderIn(Date.parse(start))))
      .filter((bytes) => bytes >= least)
      .reduce((total, bytes) => total + bytes, 0);
  // Running is proven by what no download explains, and silence only by all that was sent.
  return {
    background: sum(
      slots.filter(({ background }) => background),
      ({ sentBytes, receivedBytes }) => beyondAnswers(sentBytes, receivedBytes),
    ),
    all: sum(slots, ({ sentBytes }) => sentBytes),
  };
}

function judgeBytes(reading: Reading, app: string, items: readonly Item[], now: number, since: number): Judged {
  const leaves = reading.apps[app] ?? {};
  const record = known(leaves.sentBuckets);
  const evidence = (value?: unknown): Evidence[] => [
    ...shown(reading, app, 'app.sentBuckets', value),
    ...shown(reading, app, 'photos.newest'),
    ...shown(reading, app, 'photos.newestVideo'),
  ];
  const unknown: Judged = { state: 'unknown', proof: { by: 'nothing' }, evidence: evidence() };
  if (record === null) return unknown;
  const settled = items.find(({ at }) => now - at >= onItsWayMs);
  if (settled !== undefined) {
    const { background } = sentSince(leaves, settled, items);
    if (background >= leastOf(settled)) {
      return {
        state: 'running',
        proof: { by: 'bytes', sentBytes: background, sinceMs: now - settled.at },
        evidence: evidence({ sentInBackground: background, since: iso(settled.at) }),
      };
    }
  }
  const waiting = items.find(({ at }) => now - at >= patienceMs);
  const [from, until] = [momentOf(leaves.sentSince), momentOf(leaves.sentUntil)];
  if (waiting === undefined || waiting.at < since || from === null || from > waiting.at) return unknown;
  if (until !== null && now - until > slotMs) return unknown;
  const { all } = sentSince(leaves, waiting, items);
  if (all >= leastOf(waiting)) return unknown;
  return {
    state: 'stalled',
    proof: { by: 'silence', sentBytes: all, sinceMs: now - waiting.at },
    evidence: evidence({ sent: all, since: iso(waiting.at) }),
  };
}

/** What the photo engine of an iPhone shows: photos that waited and do not any more, and its sessions. */
function judgeEngine(
  reading: Reading,
  app: string,
  items: readonly Item[],
  now: number,
  { previous }: UploadFacts,
  since: number,
): Judged {
  const { icloud } = reading;
  const evidence = [
    'icloud.photosEnabled',
    'icloud.pausedAtPlugIn',
    'icloud.backlog',
    'icloud.lastSync',
    'photos.newest',
  ].flatMap((path) => shown(reading, app, path));
  const [backlog, lastSync, newest] = [known(icloud.backlog), momentOf(icloud.lastSync), items[0]];
  const session = lastSync !== null && lastSync <= now + clockSlackMs ? lastSync : null;
  const waiting = items.find(({ at }) => now - at >= patienceMs && at >= since);
  const silent = (): Judged =>
    waiting === undefined
      ? { state: 'unknown', proof: { by: 'nothing' }, evidence }
      : { state: 'stalled', proof: { by: 'silence', sentBytes: null, sinceMs: now - waiting.at }, evidence };
  if (known(icloud.photosEnabled) === false) return silent();
  // An engine that pauses, hangs in a reset, was never attached, or tries what failed before, has sessions that send nothing.
  const pauses =
    (known(icloud.pausedAtPlugIn) ?? []).length > 0 ||
    (known(icloud.pendingResets) ?? 0) > 0 ||
    known(icloud.attached) === false ||
    (backlog !== null && backlog > 0 && known(icloud.backlogFailing) === backlog);
  // A backlog falls as well where its owner deletes photos, or where iCloud gives them up.
  const [before, after] = [previous === null ? null : libraryOf(previous), libraryOf(reading)];
  const fell = before === null || after === null ? 0 : photosSentBetween(before, after);
  if (fell > 0) return { state: 'running', proof: { by: 'backlog', fell }, evidence };
  if (session !== null && newest !== undefined && session > newest.at) {
    // With photos waiting it counts where it came after what was corrected, and where the library does not show that it sent nothing.
    const sentNothing =
      previous !== null &&
      before !== null &&
      after !== null &&
      before.waiting > 0 &&
      inCloud(after) <= inCloud(before) &&
      Date.parse(reading.takenAt) - Date.parse(previous.takenAt) >= onItsWayMs;
    const counts = backlog === 0 || (session > since && !sentNothing && now - session <= sessionCountsMs);
    const proof: UploadProof = { by: 'session', agoMs: Math.max(0, now - session) };
    // A session is no upload: where the engine pauses it shows at most that nothing waits.
    if (counts && !pauses) return { state: 'running', proof, evidence };
    if (backlog === 0) return { state: 'nothing-new', proof, evidence };
    if (pauses) return { state: 'unknown', proof: { by: 'nothing' }, evidence };
  }
  if (session !== null && waiting !== undefined && session < waiting.at && backlog !== 0) return silent();
  if (backlog !== null && backlog > 0 && session !== null && now - session > patienceMs) return silent();
  // The library itself notes of every photo whether iCloud has it, also where the engine tells nothing (iOS 14 and older).
  if (backlog === 0 && known(icloud.photosEnabled) === true && known(icloud.attached) !== false) {
    return { state: 'nothing-new', proof: { by: 'nothing' }, evidence };
  }
  return { state: 'unknown', proof: { by: 'nothing' }, evidence };
}

/** The test photos of an app, the newest first. */
export const testPhotosOf = (app: string, seen: readonly TestPhotoSeen[]): TestPhotoSeen[] =>
  seen.filter((one) => one.app === app).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));

/** The newest test photo of an app that has left; undefined: none has. */
export const leftPhotoOf = (app: string, seen: readonly TestPhotoSeen[]): TestPhotoSeen | undefined =>
  testPhotosOf(app, seen).find(({ outcome }) => outcome === 'uploaded');

/** Whether a test photo that left still proves anything: what it left under was not put back since, and no later one stayed. */
function stillProves(left: TestPhotoSeen, { testPhotos, returnedAt }: UploadFacts): boolean {
  if (returnedAt !== null && Date.parse(returnedAt) > Date.parse(left.at)) return false;
  const later = testPhotosOf(left.app, testPhotos).filter(({ at }) => Date.parse(at) > Date.parse(left.at));
  return later.every(({ outcome }) => outcome !== 'nothing-sent');
}

/** Until a phone is unlocked after a restart no app uploads: what left before shows at most that nothing waits. */
const asLocked = (judged: Judged, [newest]: readonly Item[], now: number): Judged => ({
  ...judged,
  state: newest !== undefined && now - newest.at >= onItsWayMs ? 'nothing-new' : 'unknown',
});

/** Whether the photos of a phone leave by an app. Pure. */
export function uploadOf(reading: Reading, app: string, facts: UploadFacts, byEngine: boolean): Upload {
  const now = phoneNow(reading);
  const skewMs = known(reading.system.clockSkewMs) ?? 0;
  const since = facts.correctedAt === null ? -Infinity : Date.parse(facts.correctedAt) + skewMs;
  const items = itemsOf(reading);
  const told = items ?? [];
  const judged = byEngine
    ? judgeEngine(reading, app, told, now, facts, since)
    : judgeBytes(reading, app, told, now, since);
  const isLocked = known(reading.identity.unlocked) === false;
  const seen = judged.state === 'running' && isLocked ? asLocked(judged, told, now) : judged;
  const photo = leftPhotoOf(app, facts.testPhotos);
  const left = photo === undefined ? null : Date.parse(photo.at) + skewMs;
  const newer = left === null ? [] : told.filter(({ at }) => at > left + onItsWayMs && now - at >= onItsWayMs);
  const ended = (upload: Judged): Upload => ({
    app,
    ...upload,
    settling:
      upload.state !== 'running' && since !== -Infinity && !told.some(({ at }) => at > since && now - at >= onItsWayMs),
  });
  // What left since an older photo may be the test photo itself.
  const isItsOwn =
    left !== null && now - left <= testPhotoCountsMs && seen.proof.by === 'bytes' && now - seen.proof.sinceMs <= left;
  if ((seen.state === 'running' && !isItsOwn) || photo === undefined || left === null || newer.length > 0) {
    return ended(items?.length === 0 ? { ...seen, state: 'nothing-new' } : seen);
  }
  if (!stillProves(photo, facts)) {
    return ended(isItsOwn ? { ...seen, state: 'unknown', proof: { by: 'nothing' } } : seen);
  }
  const proof: UploadProof = { by: 'test-photo', agoMs: Math.max(0, now - left) };
  // What left before something was corrected counts as well: nobody corrects what runs.
  const tested: Judged = { ...seen, proof, state: now - left <= testPhotoCountsMs ? 'running' : 'nothing-new' };
  return ended(isLocked ? asLocked(tested, told, now) : tested);
}
