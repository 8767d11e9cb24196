import { comparedFindings } from '../../../db/compare.ts';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import type { Store } from '../../../db/store.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Status } from '../../../diagnosis/finding.ts';
import type { JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import { incompleteOf } from '../../../diagnosis/judge/judge.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { judgeCapture, scanReport } from '../scan/scan.ts';
import type { ScanReport } from '../scan/scan-report.ts';

/** A verdict as it is said first, and the catalog that it comes from. */
export type DatedAnswer = Pick<ScanReport, 'answer' | 'verdict' | 'catalog'>;

/** A finding that today's catalog judges otherwise. null: it is not judged. */
export interface JudgedOtherwise {
  cause: string;
  appName: string | null;
  title: string;
  onItsDay: Status | null;
  today: Status | null;
}

/** A kept snapshot, judged by the catalog of today beside that of its day. */
export interface JudgedAgain {
  onItsDay: DatedAnswer;
  today: DatedAnswer;
  otherwise: readonly JudgedOtherwise[];
}

/**
 * What a kept reading is judged with: what was known beside it on its day. A test photo counts until the phone was corrected or scanned
 * anew; what came of it was judged together with this reading.
 */
function knownThen(store: Store, { phone, takenAt, savedAt, diagnosis }: Snapshot): JudgeOptions {
  const others = store.listSnapshots({ phone: phone.id });
  const earlier = others.find((one) => one.takenAt < takenAt && one.savedAt <= savedAt);
  const corrections = store
    .listActions(phone.id)
    .flatMap(({ app, cause, events }) =>
      events
        .filter((event) => event.kind === 'verified' && event.result === 'taken')
        .map(({ at }) => ({ app, cause, at })),
    );
  const ends = [...others.map((one) => one.takenAt), ...corrections.map(({ at }) => at)].filter((at) => at > takenAt);
  const end = ends.toSorted()[0] ?? null;
  return {
    previous: earlier === undefined ? null : (store.loadSnapshot(earlier.id)?.reading ?? null),
    answers: diagnosis.findings.flatMap(({ cause, app, question }) =>
      question === null || question.answer === null ? [] : [{ cause, app, ...question.answer }],
    ),
    chosen: diagnosis.chosen.filter(({ by }) => by === 'person').map(({ app }) => app),
    testPhotos: store
      .listTestPhotos(phone.id)
      .filter(({ endedAt }) => end === null || endedAt < end)
      .map(({ app, photoSeenAt, verdict }) => ({ app, at: photoSeenAt, outcome: verdict.outcome })),
    corrected: corrections.filter(({ at }) => at <= takenAt),
  };
}

/** Judges a kept reading with today's catalog; what was kept stays as it is. */
export function judgedAgain(store: Store, snapshot: Snapshot, catalog: Catalog): JudgedAgain {
  const { phone, capture, reading, diagnosis } = snapshot;
  const id = String(snapshot.id);
  const kept = scanReport({ phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) }, catalog, id);
  const today = judgeCapture(phone, capture, reading, catalog, knownThen(store, snapshot));
  const judged = scanReport(today, catalog, id);
  const { gone, new: fresh, changed } = comparedFindings(kept.findings, judged.findings);
  return {
    onItsDay: { answer: kept.answer, verdict: kept.verdict, catalog: snapshot.catalog },
    today: { answer: judged.answer, verdict: judged.verdict, catalog: judged.catalog },
    otherwise: [...fresh, ...gone, ...changed].map(({ cause, app, title, before, after }) => ({
      cause,
      appName: app === null ? null : appName(catalog, app),
      title,
      onItsDay: before,
      today: after,
    })),
  };
}
