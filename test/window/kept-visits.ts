import type { Application } from '../../electron/app/application.ts';
import type { Reading } from '../../native/reading.ts';

/** What an earlier visit showed. */
export interface EarlierVisit {
  /** ISO 8601. */
  takenAt: string;
  batteryPercent: number;
  freeBytes: number;
}

/** Keeps the newest scan of a phone once more, as if it had been made on these days, with other values. */
export function keepEarlierVisits(app: Application, phoneId: string, visits: readonly EarlierVisit[]): void {
  const newest = app.store.listSnapshots({ phone: phoneId })[0];
  const snapshot = newest === undefined ? null : app.store.loadSnapshot(newest.id);
  if (snapshot === null) throw new Error('The phone was not scanned.');
  for (const { takenAt, batteryPercent, freeBytes } of visits) {
    const { reading } = snapshot;
    const earlier: Reading = {
      ...reading,
      takenAt,
      battery: { ...reading.battery, capacityPercent: { value: batteryPercent, source: 'battery' } },
      storage: { ...reading.storage, freeBytes: { value: freeBytes, source: 'storage' } },
    };
    app.store.saveSnapshot({ ...snapshot, reading: earlier, label: null, ticket: null });
  }
}
