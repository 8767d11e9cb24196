import { appPath, isKnown, type Leaf, type Reading } from '../../native/reading.ts';
import type { Catalog, Cause } from '../load/catalog.ts';
import { describePath, splitPath, type ConditionValues } from '../load/conditions.ts';
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
  /** The texts of the catalog as they are said about it. */
  say: Say;
}

/** Puts the words of this phone's menus, and the name of the app, where a text of the catalog says so. */
export type Say = (text: string) => string;

function leafAt(reading: Reading, app: string | null, section: string, leaf: string): Leaf<unknown> | undefined {
  const leaves = section === 'app' ? (app === null ? undefined : reading.apps[app]) : reading[section as 'battery'];
  return (leaves as Record<string, Leaf<unknown> | undefined> | undefined)?.[leaf];
}

function evidenceOf(
  catalog: Catalog,
  { reading, previous }: Subject,
  app: string | null,
  whole: string,
  decides: boolean,
): Evidence | null {
  const { path, isEarlier, section, leaf: name } = splitPath(whole);
  const from = isEarlier ? previous : reading;
  if (from === null) return null;
  const leaf = leafAt(from, app, section, name);
  if (leaf === undefined) return null;
  const answer = from.answers[leaf.source];
  const shown = section === 'app' && app !== null ? appPath(app, name) : path;
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

/** The paths that the conditions of a cause read, and then those that the catalog shows beside them. */
const pathsOf = ({ problem, possible, ok, evidence }: Cause): string[] => [
  ...new Set([...problem.reads, ...(possible?.reads ?? []), ...(ok?.reads ?? []), ...evidence]),
];

/** Of each cause: a diagnosis asks for those of hundreds. */
const knownPaths = new WeakMap<Cause, readonly string[]>();

/** The paths that decide the verdict: of the first condition that holds. */
function decidedBy(cause: Cause, values: ConditionValues): readonly string[] {
  for (const condition of [cause.problem, cause.possible, cause.ok]) {
    const paths = condition?.decides(values) ?? [];
    if (paths.length > 0) return paths;
  }
  return [];
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
  const decided = decidedBy(cause, values);
  const others = knownPaths.get(cause) ?? pathsOf(cause);
  knownPaths.set(cause, others);
  const found: Evidence[] = [];
  const paths = decided.length + also.length === 0 ? others : new Set([...decided, ...others, ...also]);
  for (const path of paths) {
    const decides = decided.includes(path);
    const apps = subject.app === null && splitPath(path).section === 'app' ? Object.keys(reading.apps) : [subject.app];
    for (const app of apps) {
      const evidence = evidenceOf(catalog, subject, app, path, decides);
      if (evidence !== null) found.push(evidence);
    }
  }
  return found;
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
