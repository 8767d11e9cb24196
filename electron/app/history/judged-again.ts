import { comparedFindings } from '../../../db/compare.ts';
import type { Snapshot } from '../../../db/records/snapshots.ts';
import type { Store } from '../../../db/store.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Status } from '../../../diagnosis/finding.ts';
import type { JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import { incompleteOf } from '../../../diagnosis/judge/judge.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { keptOfUploads } from '../scan/kept-of-uploads.ts';
import { isOfFile } from '../scan/scan-file.ts';
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

/** What a kept reading is judged with: what was known beside it on its day. */
function knownThen(
  store: Store,
  catalog: Catalog,
  { phone, takenAt, savedAt, reading, diagnosis }: Snapshot,
): JudgeOptions {
  const others = store.listSnapshots({ phone: phone.id });
  const earlier = others.find((one) => one.takenAt < takenAt && one.savedAt <= savedAt);
  return {
    previous: earlier === undefined ? null : store.loadJudged(earlier.id).reading,
    answers: diagnosis.findings.flatMap(({ cause, app, question }) =>
      question === null || question.answer === null ? [] : [{ cause, app, ...question.answer }],
    ),
    chosen: diagnosis.chosen.filter(({ by }) => by === 'person').map(({ app }) => app),
    ...keptOfUploads(
      store,
      catalog,
      phone.id,
      reading,
      isOfFile(phone) ? 'day' : 'visit',
      isOfFile(phone) ? takenAt : savedAt,
    ),
  };
}

/** Judges a kept reading with today's catalog; what was kept stays as it is. */
export function judgedAgain(store: Store, snapshot: Snapshot, catalog: Catalog): JudgedAgain {
  const { phone, capture, reading, diagnosis } = snapshot;
  const id = String(snapshot.id);
  const kept = scanReport({ phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) }, catalog, id);
  const today = judgeCapture(phone, capture, reading, catalog, knownThen(store, catalog, snapshot));
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
