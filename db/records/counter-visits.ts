import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** A phone that lay at the counter. Moments in UTC, ISO 8601. */
export const counterVisitSchema = z.object({
  phone: z.string(),
  /** The number of its place. */
  slot: z.int().positive(),
  arrivedAt: z.string(),
  leftAt: z.string(),
});
export type CounterVisit = z.infer<typeof counterVisitSchema>;

/** Those that ended at this moment or later, the latest first. */
export const listCounterVisits = (connection: Connection, since: string): CounterVisit[] =>
  connection.rows(
    counterVisitSchema,
    `SELECT phone, slot, arrived_at AS arrivedAt, left_at AS leftAt FROM counter_visit
     WHERE left_at >= $since ORDER BY left_at DESC, id DESC`,
    { since },
  );

/** Nothing is kept of a phone that nothing else is kept of. A visit that went on meanwhile ends later than it did. */
export function keepCounterVisit(connection: Connection, visit: CounterVisit): void {
  connection.run(
    `INSERT INTO counter_visit (phone, slot, arrived_at, left_at)
     SELECT $phone, $slot, $arrivedAt, $leftAt WHERE EXISTS (SELECT 1 FROM phone WHERE id = $phone)
     ON CONFLICT (phone, arrived_at) DO UPDATE SET slot = excluded.slot, left_at = excluded.left_at`,
    counterVisitSchema.parse(visit),
  );
}
