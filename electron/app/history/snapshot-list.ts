import { compare, type Comparison } from '../../../db/compare.ts';
import type { Snapshot, SnapshotSummary } from '../../../db/records/snapshots.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { Phone } from '../../../native/phone.ts';

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
  /** The apps that should keep the photos, by either snapshot. */
  chosen: readonly string[];
  /** What people call the apps that the comparison names, by id. */
  appNames: Readonly<Record<string, string>>;
}

const phoneTitle = (phone: Phone): string =>
  phone.name ?? ([phone.manufacturer, phone.model].filter((word) => word !== null).join(' ') || phone.id);

/** A snapshot as a list shows it. */
export const snapshotItem = (summary: SnapshotSummary): SnapshotListItem => ({
  id: String(summary.id),
  phoneId: summary.phone.id,
  phoneName: phoneTitle(summary.phone),
  label: summary.label,
  takenAt: summary.takenAt,
  verdict: summary.verdict,
  problems: summary.problems,
});

/** What people call the apps that a comparison names. */
function comparedAppNames({ findings }: Comparison, catalog: Catalog): Record<string, string> {
  const named = [findings.gone, findings.new, findings.changed, findings.unchanged].flat();
  return Object.fromEntries(named.flatMap(({ app }) => (app === null ? [] : [[app, appName(catalog, app)]])));
}

/** Two snapshots side by side, with what people call what they name. */
export function comparedSnapshots(before: Snapshot, after: Snapshot, catalog: Catalog): SnapshotComparison {
  const comparison = compare(before, after);
  const chosen = [before, after].flatMap(({ diagnosis }) => diagnosis.chosen.map(({ app }) => app));
  return {
    before: snapshotItem(before),
    after: snapshotItem(after),
    comparison,
    chosen: [...new Set(chosen)],
    appNames: comparedAppNames(comparison, catalog),
  };
}
