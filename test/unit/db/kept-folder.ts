import { openStore } from '../../../db/store.ts';
import { exampleSnapshot } from './examples.ts';

/** A day of November 2026, in its morning. */
export const day = (number: number): Date => new Date(Date.UTC(2026, 10, number, 9, 30));
/** When a restore is made. */
export const at = '2026-11-28T10:00:00.000Z';

/** A folder with a store of one snapshot, labelled so. */
export function keep(folder: string, label: string): void {
  const store = openStore(folder);
  store.saveSnapshot(exampleSnapshot({ label }));
  store.close();
}

/** The labels of its snapshots, the newest first. */
export function labelsIn(folder: string): (string | null)[] {
  const store = openStore(folder);
  const labels = store.listSnapshots().map(({ label }) => label);
  store.close();
  return labels;
}

/** Makes the daily backup of a folder, as on that day; where it was made on that day already, null. */
export async function backUpOn(folder: string, when: Date): Promise<string | null> {
  const store = openStore(folder, { now: () => when });
  const tended = await store.tend({ check: false });
  store.close();
  return tended?.backup ?? null;
}
