import { dirname } from 'node:path';
import type { FoundDump } from './dump-answers.ts';

/** Of the dumps of the larger of two collections, so many are in the other as well: the same was asked twice. */
const sameShare = 0.5;

interface Held {
  file: string;
  bytes: Buffer;
}
/** The dumps of a file or of a folder, by what was asked; one may be held more than once, as in bug reports. */
type Collection = Map<string, Held[]>;

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

/** Two files that say different things about the same question, where so much was asked twice; null: none. */
function changedBetween(left: Collection, right: Collection): [string, string] | null {
  const shared = [...left].filter(([key]) => right.has(key));
  if (shared.length < Math.max(left.size, right.size) * sameShare) return null;
  for (const [key, own] of shared) {
    const others = right.get(key) ?? [];
    const [one, other] = [own[0], others[0]];
    const isSame = own.some(({ bytes }) => others.some((next) => saysTheSame(bytes, next.bytes)));
    if (!isSame && one !== undefined && other !== undefined) return [one.file, other.file];
  }
  return null;
}

function collectedBy(dumps: readonly FoundDump[], place: (file: string) => string): Collection[] {
  const collections = new Map<string, Collection>();
  for (const { file, command, app, bytes } of dumps) {
    if (file === null) continue;
    const one: Collection = collections.get(place(file)) ?? new Map();
    const key = `${command} ${app ?? ''}`;
    collections.set(place(file), one.set(key, [...(one.get(key) ?? []), { file, bytes }]));
  }
  return [...collections.values()];
}

function changedAmong(all: readonly Collection[]): [string, string] | null {
  for (const [index, one] of all.entries()) {
    for (const next of all.slice(index + 1)) {
      const changed = changedBetween(one, next);
      if (changed !== null) return changed;
    }
  }
  return null;
}

/**
 * Two files with the same dumps that say different things, as from before and after a repair: judged together they would be neither.
 * Collections that hold a dump alone and within all others are of one moment, and so is one beside a file of all in which that dump was taken
 * again. A folder is held against other folders as a whole, however many files it was saved in. null: none.
 */
export function severalMoments(dumps: readonly FoundDump[]): [string, string] | null {
  return changedAmong(collectedBy(dumps, (file) => file)) ?? changedAmong(collectedBy(dumps, dirname));
}
