import { compare, comparedChanges, type ComparedChanges, type Comparison } from '../../../db/compare.ts';
import { sideBySide, type SideBySide } from '../../../db/side-by-side.ts';
import type { SnapshotSummary, SnapshotWithoutCapture } from '../../../db/records/snapshots.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import { saidDiagnosis } from '../scan/said-diagnosis.ts';

/** A snapshot as a list shows it. */
export interface SnapshotListItem {
  id: string;
  phoneId: string;
  phoneName: string;
  label: string | null;
  takenAt: string;
  verdict: string;
  problems: number;
}

export interface SnapshotComparison {
  before: SnapshotListItem;
  after: SnapshotListItem;
  comparison: Comparison;
  /** What became of the findings about the phone and the chosen apps. */
  changes: ComparedChanges;
  /** The apps that should keep the photos, by either snapshot. */
  chosen: readonly string[];
  /** What people call the apps that the comparison names, by id. */
  appNames: Readonly<Record<string, string>>;
}

/** Several snapshots as columns. */
export interface SnapshotColumns extends SideBySide {
  /** In the order that was asked for. */
  columns: readonly SnapshotListItem[];
  /** What people call the apps that it names, by id. */
  appNames: Readonly<Record<string, string>>;
}

/** A snapshot as a list shows it. */
export const snapshotItem = (summary: SnapshotSummary): SnapshotListItem => ({
  id: String(summary.id),
  phoneId: summary.phone.id,
  phoneName: phoneTitle(summary.phone) ?? summary.phone.id,
  label: summary.label,
  takenAt: summary.takenAt,
  verdict: summary.verdict,
  problems: summary.problems,
});

/** The verdicts of snapshots in other languages than English: saying one takes its whole diagnosis, and a list has hundreds. */
export class SaidVerdicts {
  readonly #said = new Map<string, string>();

  of(
    { id, verdict }: SnapshotSummary,
    catalog: Catalog,
    load: () => Pick<SnapshotWithoutCapture, 'reading' | 'diagnosis'>,
  ): string {
    // An answer of its owner may change it.
    const key = JSON.stringify([id, catalog.language, verdict]);
    const said = this.#said.get(key) ?? saidDiagnosis(load(), catalog).verdict;
    this.#said.set(key, said);
    return said;
  }
}

/** What people call the apps that a comparison names. */
function comparedAppNames({ findings }: Comparison, catalog: Catalog): Record<string, string> {
  const named = [findings.gone, findings.new, findings.changed, findings.unchanged].flat();
  return Object.fromEntries(named.flatMap(({ app }) => (app === null ? [] : [[app, appName(catalog, app)]])));
}

/** Two snapshots side by side, with what people call what they name. */
export function comparedSnapshots(
  before: SnapshotWithoutCapture,
  after: SnapshotWithoutCapture,
  catalog: Catalog,
): SnapshotComparison {
  const said = (snapshot: SnapshotWithoutCapture): SnapshotWithoutCapture => ({
    ...snapshot,
    diagnosis: saidDiagnosis(snapshot, catalog),
  });
  const comparison = compare(said(before), said(after));
  const chosen = [...new Set([before, after].flatMap(({ diagnosis }) => diagnosis.chosen.map(({ app }) => app)))];
  return {
    before: snapshotItem({ ...before, verdict: said(before).diagnosis.verdict }),
    after: snapshotItem({ ...after, verdict: said(after).diagnosis.verdict }),
    comparison,
    changes: comparedChanges(comparison, chosen),
    chosen,
    appNames: comparedAppNames(comparison, catalog),
  };
}

/** Two or more snapshots as columns, in the order given, with what people call the apps that are named. */
export function snapshotColumns(snapshots: readonly SnapshotWithoutCapture[], catalog: Catalog): SnapshotColumns {
  const said = snapshots.map((snapshot): SnapshotWithoutCapture => {
    const diagnosis = saidDiagnosis(snapshot, catalog);
    return { ...snapshot, diagnosis, verdict: diagnosis.verdict };
  });
  const compared = sideBySide(said);
  const named = compared.findings.flatMap(({ app }) => (app === null ? [] : [app]));
  return {
    ...compared,
    columns: said.map(snapshotItem),
    appNames: Object.fromEntries(named.map((app) => [app, appName(catalog, app)])),
  };
}
