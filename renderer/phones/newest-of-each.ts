import type { SnapshotListItem } from '../program/received.ts';

/** The newest snapshot of every phone, the newest phone first. */
export function newestOfEach(snapshots: readonly SnapshotListItem[]): SnapshotListItem[] {
  const seen = new Set<string>();
  return snapshots
    .toSorted((a, b) => b.takenAt.localeCompare(a.takenAt))
    .filter(({ phoneId }) => {
      const isNew = !seen.has(phoneId);
      seen.add(phoneId);
      return isNew;
    });
}
