import { isKnown, type Leaf, type Reading } from '../../native/reading.ts';

/** What the photo library of an iPhone counts: all of it, what waits for iCloud, and what iCloud did not take. */
export interface LibraryCounts {
  total: number;
  waiting: number;
  other: number;
}

const known = (leaf: Leaf<number> | undefined): number | null => (isKnown(leaf) ? leaf.value : null);

export function libraryOf({ icloud }: Reading): LibraryCounts | null {
  const [total, waiting, other] = [known(icloud.libraryCount), known(icloud.backlog), known(icloud.unsyncable)];
  return total === null || waiting === null || other === null ? null : { total, waiting, other };
}

export const inCloud = ({ total, waiting, other }: LibraryCounts): number => total - waiting - other;

/**
 * Photos that were waiting and are in iCloud now. One that was deleted or given up has not gone there, one that came from there was
 * never waiting.
 */
export const photosSentBetween = (before: LibraryCounts, after: LibraryCounts): number =>
  Math.max(0, Math.min(inCloud(after) - inCloud(before), before.waiting - after.waiting));
