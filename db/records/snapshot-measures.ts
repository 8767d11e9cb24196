import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** What is followed from visit to visit, as one snapshot has it; null where the phone did not tell. */
export const snapshotMeasuresSchema = z.object({
  /** Id of the snapshot. */
  id: z.int(),
  /** What a full battery holds of what it was made to hold, %. */
  batteryPercent: z.number().nullable(),
  batteryCycles: z.number().nullable(),
  freeBytes: z.number().nullable(),
  /** Photos that wait to be sent to iCloud. */
  waitingPhotos: z.number().nullable(),
});
export type SnapshotMeasures = z.infer<typeof snapshotMeasuresSchema>;

/** The measures of the snapshots of one phone or of all. A reading is large, and only these few values of it are taken out. */
export const listMeasures = (connection: Connection, phone?: string): SnapshotMeasures[] =>
  connection.rows(
    snapshotMeasuresSchema,
    `SELECT id,
            json_extract(reading_json, '$.battery.capacityPercent.value') AS batteryPercent,
            json_extract(reading_json, '$.battery.cycles.value') AS batteryCycles,
            json_extract(reading_json, '$.storage.freeBytes.value') AS freeBytes,
            json_extract(reading_json, '$.icloud.backlog.value') AS waitingPhotos
     FROM snapshot WHERE $phone IS NULL OR phone = $phone`,
    { phone: phone ?? null },
  );
