import type { Finding, Status } from '../diagnosis/finding.ts';
import { isKnown } from '../native/reading.ts';
import {
  compare,
  comparedChanges,
  comparedValue,
  differ,
  isAboutChosen,
  isConcern,
  isProvenAbsent,
  isUnderPower,
  keyOf,
  leavesByPath,
  type ComparedFinding,
  type ComparedValue,
} from './compare.ts';
import type { SnapshotWithoutCapture } from './records/snapshots.ts';

/**
 * What a row of findings says. Of two columns: `gone` is proven absent in the second, `new` was no problem in the first, `still` is one in
 * both, `unproven` was one and cannot be said to be gone; of two sides, `untold` is one in the second, and cannot be said of the first. Of
 * several: `differs` is a problem in some and proven absent in another, `unproven` one in some and not known of the others, `still` in all.
 * `other`: no problem in any, and not alike. `same`: alike, and no problem.
 */
export type RowOutcome = 'gone' | 'new' | 'still' | 'unproven' | 'untold' | 'differs' | 'other' | 'same';

/** One finding across the columns. */
export interface FindingRow {
  cause: string;
  app: string | null;
  /** As the last column that judged it calls it; what is gone as it was called before. */
  title: string;
  outcome: RowOutcome;
  /** It differs, and is about an app that is not to keep the photos. */
  aside: boolean;
  /** One a column; null: not judged there. */
  statuses: readonly (Status | null)[];
}

/** One value across the columns. */
export interface ValueRow {
  path: string;
  label: string;
  /** One a column. */
  values: readonly ComparedValue[];
  differs: boolean;
  /** The USB cable changes this value by itself. */
  underPower: boolean;
  /** Another one at almost every look, whatever was done. */
  passing: boolean;
}

export interface SideBySide {
  /** `time`: one phone, earlier and later. `sides`: two that are not. `columns`: more than two. */
  story: 'time' | 'sides' | 'columns';
  findings: readonly FindingRow[];
  values: readonly ValueRow[];
}

/** Of two, as changes are counted everywhere. */
function rowsOfPair(
  first: SnapshotWithoutCapture,
  second: SnapshotWithoutCapture,
  inTime: boolean,
  chosen: readonly string[],
): FindingRow[] {
  const comparison = compare(first, second);
  const { gone, fresh, still, lost, other, aside } = comparedChanges(comparison, chosen);
  const outcomes = new Map<ComparedFinding, RowOutcome>([
    ...gone.map((one) => [one, 'gone'] as const),
    ...fresh.map((one) => [one, 'new'] as const),
    ...still.map((one) => [one, 'still'] as const),
    ...lost.map((one) => [one, 'unproven'] as const),
    ...[...other, ...aside].map((one) => [one, 'other'] as const),
  ]);
  const apart = new Set(aside);
  const { findings } = comparison;
  return [findings.gone, findings.new, findings.changed, findings.unchanged].flat().map((finding): FindingRow => {
    const { cause, app, title, titleBefore, before, after } = finding;
    const counted = outcomes.get(finding) ?? 'same';
    // Between two sides there is no before in which it was not there: what was not read of one may be the same in both.
    const outcome = counted === 'new' && !inTime && !isProvenAbsent(before) ? 'untold' : counted;
    return {
      cause,
      app,
      title: (isConcern(before) && !isConcern(after) ? titleBefore : null) ?? title,
      outcome,
      aside: apart.has(finding),
      statuses: [before, after],
    };
  });
}

function outcomeOfMany(statuses: readonly (Status | null)[]): RowOutcome {
  if (statuses.every(isConcern)) return 'still';
  if (statuses.some(isConcern)) return statuses.some(isProvenAbsent) ? 'differs' : 'unproven';
  return statuses.every((status) => status === statuses[0]) ? 'same' : 'other';
}

function rowsOfMany(columns: readonly (readonly Finding[])[], chosen: readonly string[]): FindingRow[] {
  const byKey = columns.map((findings) => new Map(findings.map((finding) => [keyOf(finding), finding])));
  const keys = new Set(byKey.flatMap((column) => [...column.keys()]));
  return [...keys].flatMap((key): FindingRow[] => {
    const found = byKey.map((column) => column.get(key) ?? null);
    // A problem has the title that says so.
    const named =
      found.findLast((one) => one !== null && isConcern(one.status)) ?? found.findLast((one) => one !== null);
    if (named === null || named === undefined) return [];
    const statuses = found.map((one) => one?.status ?? null);
    const { cause, app, title } = named;
    const outcome = outcomeOfMany(statuses);
    if (isAboutChosen(app, chosen)) {
      return [{ cause, app, title, outcome, aside: false, statuses }];
    }
    const alike = statuses.every((status) => status === statuses[0]);
    return [{ cause, app, title, outcome: alike ? 'same' : 'other', aside: !alike, statuses }];
  });
}

function valueRows(snapshots: readonly SnapshotWithoutCapture[]): ValueRow[] {
  const columns = snapshots.map(({ reading }) => leavesByPath(reading));
  const onePlatform = new Set(snapshots.map(({ reading }) => reading.platform)).size === 1;
  const paths = new Set(columns.flatMap((column) => [...column.keys()]));
  return [...paths].flatMap((path): ValueRow[] => {
    const leaves = columns.map((column) => column.get(path));
    // What an iPhone has no word for is no difference between it and an Android phone.
    if (!onePlatform && leaves.some((one) => one === undefined)) return [];
    const named = leaves.find((one) => one !== undefined);
    if (named === undefined || !leaves.some((one) => isKnown(one?.leaf))) return [];
    const values = leaves.map((one) => comparedValue(one?.leaf));
    const [first, ...others] = values;
    return [
      {
        path,
        label: named.label,
        values,
        differs: first !== undefined && others.some((other) => differ(first, other)),
        underPower: leaves.some((one) => isUnderPower(one?.leaf)),
        passing: named.passing,
      },
    ];
  });
}

/** Two or more snapshots as columns, in the order given; pure. */
export function sideBySide(snapshots: readonly SnapshotWithoutCapture[]): SideBySide {
  const chosen = [...new Set(snapshots.flatMap(({ diagnosis }) => diagnosis.chosen.map(({ app }) => app)))];
  const [first, second, ...more] = snapshots;
  const isPair = first !== undefined && second !== undefined && more.length === 0;
  const inTime = isPair && first.phone.id === second.phone.id && first.takenAt <= second.takenAt;
  return {
    story: inTime ? 'time' : isPair ? 'sides' : 'columns',
    findings: isPair
      ? rowsOfPair(first, second, inTime, chosen)
      : rowsOfMany(
          snapshots.map(({ diagnosis }) => diagnosis.findings),
          chosen,
        ),
    values: valueRows(snapshots),
  };
}
