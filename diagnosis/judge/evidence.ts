import { appPath, isKnown, type Leaf, type Reading } from '../../native/reading.ts';
import type { Catalog, Cause } from '../load/catalog.ts';
import { describePath, splitEarlier, type ConditionValues } from '../load/conditions.ts';
import type { Answer, Evidence } from '../finding.ts';
import { fill } from '../load/sentences.ts';

/** What is judged: one cause for one phone, or for one of its apps under the name people call it. */
export interface Subject {
  cause: Cause;
  reading: Reading;
  /** The same phone in its newest earlier snapshot. */
  previous: Reading | null;
  app: string | null;
  name: string;
}

function leafAt(reading: Reading, app: string | null, path: string): Leaf<unknown> | undefined {
  const [section, name] = path.split('.') as [string, string];
  const leaves = section === 'app' ? (app === null ? undefined : reading.apps[app]) : reading[section as 'battery'];
  return (leaves as Record<string, Leaf<unknown> | undefined> | undefined)?.[name];
}

function evidenceOf(
  catalog: Catalog,
  { reading, previous }: Subject,
  app: string | null,
  whole: string,
  decides: boolean,
): Evidence | null {
  const { path, isEarlier } = splitEarlier(whole);
  const from = isEarlier ? previous : reading;
  if (from === null) return null;
  const leaf = leafAt(from, app, path);
  if (leaf === undefined) return null;
  const answer = from.answers[leaf.source];
  const shown = path.startsWith('app.') && app !== null ? appPath(app, path.split('.')[1] ?? path) : path;
  const { label, doesNotProve } = describePath(path);
  return {
    path: isEarlier ? `previous.${shown}` : shown,
    label: isEarlier ? fill(catalog.sentences['earlier-value'], { label }) : label,
    doesNotProve,
    value: isKnown(leaf) ? leaf.value : null,
    unavailable: isKnown(leaf) ? null : { reason: leaf.unavailable, detail: leaf.detail },
    probe: answer?.probe ?? leaf.source,
    command: answer?.command ?? '',
    at: answer?.at ?? from.takenAt,
    underPower: isKnown(leaf) && leaf.underPower === true,
    decides: decides && isKnown(leaf),
  };
}

/**
 * The values that decide the verdict first, then what else the conditions read, then what the catalog shows beside it; a leaf of apps, in
 * a cause per phone, once for each app.
 */
export function evidenceFor(
  catalog: Catalog,
  subject: Subject,
  values: ConditionValues,
  also: readonly string[],
): Evidence[] {
  const { cause, reading } = subject;
  const conditions = [cause.problem, cause.possible, cause.ok].filter((condition) => condition !== null);
  const decided = conditions.map((condition) => condition.decides(values)).find((paths) => paths.length > 0) ?? [];
  const reads = conditions.flatMap((condition) => condition.reads);
  return [...new Set([...decided, ...reads, ...cause.evidence, ...also])].flatMap((path) => {
    const ofApps = splitEarlier(path).path.startsWith('app.');
    const apps = subject.app === null && ofApps ? Object.keys(reading.apps) : [subject.app];
    const decides = decided.includes(path);
    return apps.map((app) => evidenceOf(catalog, subject, app, path, decides)).filter((evidence) => evidence !== null);
  });
}

/** The owner's word, shown like a value of the phone. */
export function evidenceOfAnswer(catalog: Catalog, question: string, { cause, answer, at }: Answer): Evidence {
  return {
    path: `answers.${cause}`,
    label: question,
    value: answer,
    unavailable: null,
    probe: 'answer',
    command: '',
    at,
    doesNotProve: catalog.sentences['person-said'],
    underPower: false,
    decides: true,
  };
}
