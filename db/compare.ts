import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { describePath } from '../diagnosis/load/conditions.ts';
import { statusSchema, type Finding, type Status } from '../diagnosis/finding.ts';
import { appPath, isKnown, sectionNames, type Leaf, type Reading } from '../native/reading.ts';
import { unavailableReasonSchema } from '../native/unavailable.ts';
import { appLeaves, sectionLeaves } from '../native/vocabulary.ts';
import { snapshotSummarySchema, type SnapshotWithoutCapture } from './records/snapshots.ts';

/** One side of a changed value: known, or the reason why it is not. */
export const comparedValueSchema = z.object({
  /** null where it is not known. */
  value: z.unknown(),
  /** null where it is known. */
  unavailable: z.object({ reason: unavailableReasonSchema, detail: z.string() }).nullable(),
});
export type ComparedValue = z.infer<typeof comparedValueSchema>;

export const changedValueSchema = z.object({
  /** `battery.level`, or `apps.com·google·android·apps·photos.exempt`. */
  path: z.string(),
  /** What the value means, in words. */
  label: z.string(),
  before: comparedValueSchema,
  after: comparedValueSchema,
  /** The USB cable changes this value by itself. */
  underPower: z.boolean(),
  /** Another one at almost every look, whatever was done: the battery's level, the time since the restart. */
  passing: z.boolean(),
});
export type ChangedValue = z.infer<typeof changedValueSchema>;

export const comparedFindingSchema = z.object({
  cause: z.string(),
  app: z.string().nullable(),
  /** As it is called in the second snapshot; in the first where only that one judged it. */
  title: z.string(),
  /** As it was called in the first snapshot: what is gone has another title once it is gone. null: it was not judged there. */
  titleBefore: z.string().nullable(),
  /** Paths of the values that it was judged by, in either snapshot. */
  paths: z.array(z.string()),
  /** null: this cause was not judged in that snapshot. */
  before: statusSchema.nullable(),
  after: statusSchema.nullable(),
});
export type ComparedFinding = z.infer<typeof comparedFindingSchema>;

/** Two snapshots side by side. */
export const comparisonSchema = z.object({
  before: snapshotSummarySchema,
  after: snapshotSummarySchema,
  samePhone: z.boolean(),
  values: z.array(changedValueSchema),
  findings: z.object({
    /** Problem or possible before; proven absent after. */
    gone: z.array(comparedFindingSchema),
    /** Problem or possible after, and not before. */
    new: z.array(comparedFindingSchema),
    unchanged: z.array(comparedFindingSchema),
    /** Any other change of status, such as `problem` to `unknown`: nobody can say that it is gone. */
    changed: z.array(comparedFindingSchema),
  }),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export interface LabelledLeaf {
  label: string;
  passing: boolean;
  leaf: Leaf<unknown>;
}

/** Every leaf of a reading by its path, in the order of the vocabulary. */
export function leavesByPath(reading: Reading): Map<string, LabelledLeaf> {
  const found = new Map<string, LabelledLeaf>();
  const add = (path: string, name: string, leaf: Leaf<unknown> | undefined) => {
    if (leaf === undefined) return;
    const { label, passing } = describePath(name);
    found.set(path, { label, passing, leaf });
  };
  for (const section of sectionNames) {
    const leaves: Record<string, Leaf<unknown> | undefined> = reading[section];
    for (const name of Object.keys(sectionLeaves[section]))
      add(`${section}.${name}`, `${section}.${name}`, leaves[name]);
  }
  for (const [app, reads] of Object.entries(reading.apps)) {
    const leaves: Record<string, Leaf<unknown> | undefined> = reads;
    for (const name of Object.keys(appLeaves)) add(appPath(app, name), `app.${name}`, leaves[name]);
  }
  return found;
}

export function comparedValue(leaf: Leaf<unknown> | undefined): ComparedValue {
  if (leaf === undefined) return { value: null, unavailable: { reason: 'missing', detail: 'It was not asked for.' } };
  if (isKnown(leaf)) return { value: leaf.value, unavailable: null };
  return { value: null, unavailable: { reason: leaf.unavailable, detail: leaf.detail } };
}

export const differ = (before: ComparedValue, after: ComparedValue): boolean =>
  before.unavailable?.reason !== after.unavailable?.reason || !isDeepStrictEqual(before.value, after.value);

export const isUnderPower = (leaf: Leaf<unknown> | undefined): boolean => isKnown(leaf) && leaf.underPower === true;

function changedValues(before: Reading, after: Reading): ChangedValue[] {
  const [leavesBefore, leavesAfter] = [leavesByPath(before), leavesByPath(after)];
  const paths = [...new Set([...leavesBefore.keys(), ...leavesAfter.keys()])];
  return paths.flatMap((path) => {
    const [one, other] = [leavesBefore.get(path), leavesAfter.get(path)];
    // What an iPhone has no word for is no difference between it and an Android phone.
    if (before.platform !== after.platform && (one === undefined || other === undefined)) return [];
    const change = { before: comparedValue(one?.leaf), after: comparedValue(other?.leaf) };
    if (!differ(change.before, change.after)) return [];
    const { label, passing } = one ?? other ?? { label: path, passing: false };
    return [{ path, label, ...change, underPower: isUnderPower(one?.leaf) || isUnderPower(other?.leaf), passing }];
  });
}

export const isConcern = (status: Status | null): boolean => status === 'problem' || status === 'possible';
export const isProvenAbsent = (status: Status | null): boolean => status === 'ok' || status === 'not-applicable';

function outcomeOf({ before, after }: ComparedFinding): keyof Comparison['findings'] {
  if (before === after) return 'unchanged';
  if (isConcern(before) && isProvenAbsent(after)) return 'gone';
  if (!isConcern(before) && isConcern(after)) return 'new';
  return 'changed';
}

/** What decides first. */
const pathsOf = ({ evidence }: Finding): string[] =>
  evidence.toSorted((a, b) => Number(b.decides) - Number(a.decides)).map(({ path }) => path);

/** What makes two findings the same one. */
export const keyOf = ({ cause, app }: Finding): string => JSON.stringify([cause, app]);

export function comparedFindings(before: readonly Finding[], after: readonly Finding[]): Comparison['findings'] {
  const byKey = new Map<string, ComparedFinding>();
  for (const finding of before) {
    const { cause, app, title, status } = finding;
    const paths = pathsOf(finding);
    byKey.set(keyOf(finding), { cause, app, title, titleBefore: title, paths, before: status, after: null });
  }
  for (const finding of after) {
    const { cause, app, title, status } = finding;
    const former = byKey.get(keyOf(finding));
    const paths = [...new Set([...(former?.paths ?? []), ...pathsOf(finding)])];
    const { before: was, titleBefore } = former ?? { before: null, titleBefore: null };
    byKey.set(keyOf(finding), { cause, app, title, titleBefore, paths, before: was, after: status });
  }
  const compared: Comparison['findings'] = { gone: [], new: [], unchanged: [], changed: [] };
  for (const finding of byKey.values()) compared[outcomeOf(finding)].push(finding);
  return compared;
}

/** What became of the findings, as a person reads it: each stands in one list. */
export interface ComparedChanges {
  gone: ComparedFinding[];
  fresh: ComparedFinding[];
  still: ComparedFinding[];
  /** Was wrong, and nobody knows whether it still is. */
  lost: ComparedFinding[];
  /** Was not wrong, and is judged differently. */
  other: ComparedFinding[];
  /** What changed about apps that are not to keep the photos. */
  aside: ComparedFinding[];
}

const wasWrong = ({ before }: ComparedFinding): boolean => isConcern(before);
const isWrong = ({ after }: ComparedFinding): boolean => isConcern(after);

/** Whether it is about the phone or about one of these apps; `chosen` empty: all. */
export const isAboutChosen = (app: string | null, chosen: readonly string[]): boolean =>
  app === null || chosen.length === 0 || chosen.includes(app);

/** The one place where changes are counted; `chosen`: the apps that should keep the photos, empty: all. */
export function comparedChanges(
  { findings }: Pick<Comparison, 'findings'>,
  chosen: readonly string[],
): ComparedChanges {
  const concerns = ({ app }: ComparedFinding): boolean => isAboutChosen(app, chosen);
  const changed = findings.changed.filter(concerns);
  const were = changed.filter(wasWrong);
  return {
    gone: findings.gone.filter(concerns),
    fresh: findings.new.filter(concerns),
    still: [...findings.unchanged.filter(concerns), ...were].filter(isWrong),
    lost: were.filter((one) => !isWrong(one)),
    other: changed.filter((one) => !wasWrong(one)),
    aside: [...findings.gone, ...findings.new, ...findings.changed].filter((one) => !concerns(one)),
  };
}

/**
 * Two snapshots side by side, of one phone or of two; pure. "Gone" needs proof in the second snapshot: a finding that turned
 * `unknown`, or was not judged any more, is in `changed`.
 */
export const compare = (before: SnapshotWithoutCapture, after: SnapshotWithoutCapture): Comparison => ({
  before: snapshotSummarySchema.parse(before),
  after: snapshotSummarySchema.parse(after),
  samePhone: before.phone.id === after.phone.id,
  values: changedValues(before.reading, after.reading),
  findings: comparedFindings(before.diagnosis.findings, after.diagnosis.findings),
});
