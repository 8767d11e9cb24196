import type { Reading } from '../../native/reading.ts';
import type { Finding } from '../finding.ts';
import type { Catalog, Cause } from '../load/catalog.ts';
import { splitPath } from '../load/conditions.ts';
import { uploadOf } from '../uploads/upload-state.ts';
import { judge, type JudgeOptions } from './judge.ts';
import { isObstacle } from './verdict.ts';

/** Whether no answer that is still to come changes a leaf: `section.leaf`, or `app.leaf` of every app. */
type IsSettled = (path: string) => boolean;

/** What tells whether photos leave: `uploadOf` of an Android app reads these. */
const tellUploads = [
  'app.sentBuckets',
  'photos.newest',
  'photos.newestVideo',
  'identity.unlocked',
  'system.clockSkewMs',
];

/** Where it is not the owner's phone that was read nothing is judged, and on power some values are others. */
const readBefore = ['identity.userId', 'battery.powered'];

const readsOf = ({ applies, problem, possible, delaysWhen }: Cause): string[] =>
  [applies, problem, possible, delaysWhen].flatMap((condition) => condition?.reads ?? []);

/** Of a cause, the leaves of the present reading; those of an earlier one are settled long since. */
const presentReads = (cause: Cause): string[] =>
  readsOf(cause)
    .map((path) => splitPath(path))
    .flatMap(({ isEarlier, path }) => (isEarlier ? [] : [path]));

/** The leaves that decide before all others what is certain: without the first ones nothing is, and then those by which causes of the whole phone hold uploads back. */
export function decisivePaths(catalog: Catalog): { always: string[]; causes: string[] } {
  const severe = catalog.causes.filter(mayBeCertain);
  return {
    always: [...tellUploads, ...readBefore, ...gatesOf(catalog).flatMap(presentReads)],
    causes: severe.flatMap(presentReads),
  };
}

const gatesOf = ({ causes }: Catalog): Cause[] =>
  causes.filter(({ gate, platforms }) => gate && platforms.includes('android'));

/**
 * A cause of the whole phone. What is wrong with one app counts only once it is known which app should keep the photos, and that rests on
 * nearly every answer; what only takes patience, or is settled by the next photo, is told by other findings.
 */
const mayBeCertain = (cause: Cause): boolean =>
  cause.platforms.includes('android') &&
  cause.per === 'phone' &&
  cause.pack === 'backup' &&
  (cause.severity === 'blocks' || cause.severity === 'delays') &&
  !cause.onlyPatience &&
  !cause.settles &&
  !cause.countedDaily &&
  !cause.symptom &&
  cause.because.length === 0;

/** The causes whose finding is as it will be: worth a look before an Android phone's answers are read for them. */
export function settledCauses(catalog: Catalog, isSettled: IsSettled): Set<string> {
  if (!decisivePaths(catalog).always.every(isSettled)) return new Set();
  const settled = catalog.causes.filter((cause) => mayBeCertain(cause) && presentReads(cause).every(isSettled));
  return new Set(settled.map(({ id }) => id));
}

/**
 * What is proven to hold the uploads of a phone back although it is still being read, and what no later answer can reverse: every value that
 * the finding rests on is settled, it is the owner's phone, and no app can turn out to send photos. Pure. `soFar`: the
 * reading of the answers that are there, as if the others never came.
 */
export function certainOf(soFar: Reading, catalog: Catalog, isSettled: IsSettled, options: JudgeOptions): Finding[] {
  const settled = settledCauses(catalog, isSettled);
  if (settled.size === 0) return [];
  if (options.testPhotos?.some(({ outcome }) => outcome === 'uploaded') === true) return [];
  const facts = { previous: options.previous ?? null, testPhotos: [], correctedAt: null, returnedAt: null };
  const runs = Object.keys(soFar.apps).some((app) => uploadOf(soFar, app, facts, false).state === 'running');
  if (runs) return [];
  return judge(soFar, catalog, options).findings.filter(
    (finding) => finding.app === null && settled.has(finding.cause) && isObstacle(finding),
  );
}
