import type { Reading } from '../../../native/reading.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import type { CorrectedOnce } from '../../../diagnosis/judge/settling.ts';
import { leftPhotoOf, type TestPhotoSeen } from '../../../diagnosis/uploads/upload-state.ts';
import type { Action, ActionResult, RecordedEvent } from '../../../db/records/actions.ts';
import type { Store } from '../../../db/store.ts';
import { driftOf } from '../actions/drift.ts';
import { refusedIn } from '../actions/refused.ts';

/** What is kept of a phone that says whether photos leave, and what can still be done about that. */
export type KeptOfUploads = Required<
  Pick<JudgeOptions, 'testPhotos' | 'corrected' | 'cameBack' | 'putBack' | 'refused'>
>;

export const nothingKept: KeptOfUploads = { testPhotos: [], corrected: [], cameBack: [], putBack: [], refused: [] };

/**
 * Up to when what is kept counts beside a reading. `now`: it is the phone as it lies there. `day`: it is from a file, and what came after it
 * says nothing of it. `visit`: it is a snapshot, with the test photos that were judged together with it: those until the phone was corrected or
 * scanned anew.
 */
export type KeptUntil = 'now' | 'day' | 'visit';

const isPutBack = (event: RecordedEvent, results: readonly ActionResult[]): boolean =>
  event.kind === 'undo-verified' && results.includes(event.result);

/** When a correction took. */
const takenOf = ({ app, cause, events }: Action): CorrectedOnce[] =>
  events.filter((event) => event.kind === 'verified' && event.result === 'taken').map(({ at }) => ({ app, cause, at }));

/** The test photos that ended before a moment; the newest of each app that left with the reading before it, to which today's is held. */
function testPhotosSeen(store: Store, phoneId: string, until: string | null): TestPhotoSeen[] {
  const seen = store
    .listTestPhotos(phoneId)
    .filter(({ endedAt }) => until === null || endedAt < until)
    .map(({ app, photoSeenAt, verdict }): TestPhotoSeen => ({ app, at: photoSeenAt, outcome: verdict.outcome }));
  const newest = new Set(seen.map(({ app }) => leftPhotoOf(app, seen)));
  const snapshots = store.listSnapshots({ phone: phoneId });
  return seen.map((one) => {
    const before = newest.has(one) ? snapshots.find(({ takenAt }) => takenAt <= one.at) : undefined;
    return before === undefined ? one : { ...one, before: store.loadJudged(before.id).reading };
  });
}

/** When the visit of a snapshot ended, as far as test photos are concerned; null: it has not. */
function endOfVisit(store: Store, phoneId: string, actions: readonly Action[], keptAt: string): string | null {
  const changes = actions.flatMap(({ events }) =>
    events.filter(({ kind }) => kind === 'verified' || kind === 'undo-verified').map(({ at }) => at),
  );
  const scans = store.listSnapshots({ phone: phoneId }).map((one) => one.takenAt);
  return [...scans, ...changes].filter((at) => at > keptAt).toSorted()[0] ?? null;
}

/** The actions as they were known at a moment. */
const knownAt = (actions: readonly Action[], moment: string): Action[] =>
  actions
    .filter(({ plannedAt }) => plannedAt <= moment)
    .map((action) => ({ ...action, events: action.events.filter(({ at }) => at <= moment) }));

/**
 * What is kept of a phone that counts beside a reading of it. `keptAt`: when the reading was kept: one that proves a correction is taken
 * before it is known what came of that.
 */
export function keptOfUploads(
  store: Store,
  catalog: Catalog,
  phoneId: string,
  reading: Reading,
  until: KeptUntil,
  keptAt = reading.takenAt,
): KeptOfUploads {
  const { takenAt } = reading;
  const all = store.listActions(phoneId);
  const actions = until === 'now' ? all : knownAt(all, keptAt);
  const photosUntil = { now: null, day: takenAt, visit: endOfVisit(store, phoneId, all, keptAt) }[until];
  const drift = driftOf(actions, reading, null, catalog).filter(({ state }) => state === 'reverted');
  const reverted = new Set(drift.map(({ action }) => action));
  const hasReverted = ({ id }: Action): boolean => reverted.has(String(id));
  const standing = actions.filter(({ events }) => !events.some((event) => isPutBack(event, ['taken'])));
  return {
    testPhotos: testPhotosSeen(store, phoneId, photosUntil),
    // What was put back, or came back by itself, stands as it stood before.
    corrected: standing.filter((one) => !hasReverted(one)).flatMap(takenOf),
    cameBack: standing.filter(hasReverted).flatMap(takenOf),
    // Where nobody could read what came of it, it may have been.
    putBack: actions.flatMap(({ app, cause, events }) =>
      events.filter((event) => isPutBack(event, ['taken', 'unverified'])).map(({ at }) => ({ app, cause, at })),
    ),
    refused: refusedIn(actions, reading),
  };
}
