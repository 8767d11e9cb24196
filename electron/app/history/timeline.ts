import { isSampleId } from '../../../native/samples/sample-id.ts';
import type { SnapshotMeasures } from '../../../db/records/snapshot-measures.ts';
import type { ActionSummary } from '../actions/action-summary.ts';
import { sittingGapMs } from '../actions/sitting.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import type { SnapshotListItem } from './snapshot-list.ts';

/** What is followed from visit to visit; null where the phone did not tell. */
export type Measures = Omit<SnapshotMeasures, 'id'>;

/** One sitting with a phone: the scans that followed each other, and what was done and proven meanwhile. */
export interface TimelineVisit {
  phoneId: string;
  phoneName: string;
  /** Of a sample phone: it tells nothing of a real one. */
  sample: boolean;
  /** When its first and its last scan were made. */
  from: string;
  to: string;
  /** The first scan first. */
  snapshots: readonly SnapshotListItem[];
  /** As the last scan has them. */
  verdict: string;
  problems: number;
  /** As the first scan had them. */
  problemsAtFirst: number;
  /** Corrections that were proven, and not put back since. */
  corrected: number;
  /** Test photos that left the phone. */
  photosLeft: number;
  /** The visit ended with one that left: what the last scan found before is not how the phone was left. */
  endedWithPhoto: boolean;
  /** Each as the last scan of the visit that could tell has it. */
  measures: Measures;
}

export interface Kept {
  /** Of any phones. */
  snapshots: readonly SnapshotListItem[];
  measures: readonly SnapshotMeasures[];
  actions: readonly ActionSummary[];
  testPhotos: readonly TestPhotoReport[];
}

const nothingTold: Measures = { batteryPercent: null, batteryCycles: null, freeBytes: null, waitingPhotos: null };

/** The snapshots of one phone, the first first, by sitting. */
function sittings(snapshots: readonly SnapshotListItem[]): SnapshotListItem[][] {
  const found: SnapshotListItem[][] = [];
  for (const snapshot of snapshots) {
    const last = found.at(-1)?.at(-1);
    if (last !== undefined && Date.parse(snapshot.takenAt) - Date.parse(last.takenAt) <= sittingGapMs) {
      found.at(-1)?.push(snapshot);
    } else found.push([snapshot]);
  }
  return found;
}

function measuresOf(snapshots: readonly SnapshotListItem[], byId: ReadonlyMap<string, SnapshotMeasures>): Measures {
  return snapshots.reduce((known, { id }): Measures => {
    const own = byId.get(id);
    if (own === undefined) return known;
    return {
      batteryPercent: own.batteryPercent ?? known.batteryPercent,
      batteryCycles: own.batteryCycles ?? known.batteryCycles,
      freeBytes: own.freeBytes ?? known.freeBytes,
      waitingPhotos: own.waitingPhotos ?? known.waitingPhotos,
    };
  }, nothingTold);
}

/** What belongs to each of several visits, in the order of time: what happened since it began, and before the next one. */
const within =
  (from: string, next: string | null) =>
  (at: string): boolean =>
    at >= from && (next === null || at < next);

/** The visits of every phone, the latest first. Pure. */
export function timeline({ snapshots, measures, actions, testPhotos }: Kept): TimelineVisit[] {
  const byId = new Map(measures.map((one) => [String(one.id), one]));
  const ofPhones = Map.groupBy(
    snapshots.toSorted((a, b) => a.takenAt.localeCompare(b.takenAt) || Number(a.id) - Number(b.id)),
    ({ phoneId }) => phoneId,
  );
  const visits = [...ofPhones].flatMap(([phoneId, own]) => {
    const groups = sittings(own);
    return groups.flatMap((group, index): TimelineVisit[] => {
      const [first, last] = [group[0], group.at(-1)];
      if (first === undefined || last === undefined) return [];
      const isIn = within(first.takenAt, groups[index + 1]?.[0]?.takenAt ?? null);
      const photos = testPhotos.filter((one) => one.phone === phoneId && isIn(one.endedAt));
      const lastPhoto = photos.toSorted((a, b) => a.endedAt.localeCompare(b.endedAt)).at(-1);
      return [
        {
          phoneId,
          phoneName: last.phoneName,
          sample: isSampleId(phoneId),
          from: first.takenAt,
          to: last.takenAt,
          snapshots: group,
          verdict: last.verdict,
          problems: last.problems,
          problemsAtFirst: first.problems,
          corrected: actions.filter((one) => one.phoneId === phoneId && one.result === 'taken' && isIn(one.at)).length,
          photosLeft: photos.filter(({ verdict }) => verdict === 'uploaded').length,
          endedWithPhoto: lastPhoto?.verdict === 'uploaded' && lastPhoto.endedAt > last.takenAt,
          measures: measuresOf(group, byId),
        },
      ];
    });
  });
  return visits.toSorted((a, b) => b.to.localeCompare(a.to));
}
