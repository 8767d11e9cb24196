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

/** The measures of the snapshots of one phone or of all. */
export const listMeasures = (connection: Connection, phone?: string): SnapshotMeasures[] =>
  connection.rows(
    snapshotMeasuresSchema,
    `SELECT id, battery_percent AS batteryPercent, battery_cycles AS batteryCycles, free_bytes AS freeBytes,
            waiting_photos AS waitingPhotos
     FROM snapshot ${phone === undefined ? '' : 'WHERE phone = $phone'}`,
    phone === undefined ? {} : { phone },
  );
