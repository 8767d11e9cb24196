import { dirname } from 'node:path';
import type { FoundDump } from './dump-answers.ts';

/** Of the dumps of the larger of two files, so many are in the other as well: the same was asked twice. */
const sameShare = 0.5;

type OneFile = Map<string, Buffer>;

const linesOf = (bytes: Buffer): Set<string> =>
  new Set(
    bytes
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

/** One is the other, or a part that was cut out of it. */
function saysTheSame(one: Buffer, other: Buffer): boolean {
  if (one.equals(other)) return true;
  const [a, b] = [linesOf(one), linesOf(other)];
  return a.isSubsetOf(b) || b.isSubsetOf(a);
}

function asksTheSame([a, left]: [string, OneFile], [b, right]: [string, OneFile]): boolean {
  const shared = [...left].filter(([key]) => right.has(key));
  const changed = shared.some(([key, bytes]) => !saysTheSame(bytes, right.get(key) ?? bytes));
  if (!changed) return false;
  return dirname(a) !== dirname(b) || shared.length >= Math.max(left.size, right.size) * sameShare;
}

/**
 * Two files with the same dumps that say different things, as from before and after a repair: judged together they would be neither.
 * Collections that hold a dump alone and within all others are of one moment. null: none.
 */
export function severalMoments(dumps: readonly FoundDump[]): [string, string] | null {
  const files = new Map<string, OneFile>();
  for (const { file, command, app, bytes } of dumps) {
    if (file === null) continue;
    const one = files.get(file) ?? new Map();
    files.set(file, one.set(`${command} ${app ?? ''}`, bytes));
  }
  const all = [...files];
  for (const [index, one] of all.entries()) {
    const other = all.slice(index + 1).find((next) => asksTheSame(one, next));
    if (other !== undefined) return [one[0], other[0]];
  }
  return null;
}
