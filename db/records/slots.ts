import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** A place at the counter. `port`: the USB port as the system names it; null: it does not tell. */
export const keptSlotSchema = z.object({
  number: z.int().positive(),
  name: z.string().nullable(),
  port: z.string().nullable(),
});
export type KeptSlot = z.infer<typeof keptSlotSchema>;

/** In the order of their numbers. */
export const listSlots = (connection: Connection): KeptSlot[] =>
  connection.rows(keptSlotSchema, 'SELECT number, name, port FROM slot ORDER BY number');

/** The places at the counter from now on: those that are not among them are gone. */
export function keepSlots(connection: Connection, slots: readonly KeptSlot[]): void {
  connection.transaction(() => {
    connection.run('DELETE FROM slot');
    for (const slot of slots) {
      connection.run(
        'INSERT INTO slot (number, name, port) VALUES ($number, $name, $port)',
        keptSlotSchema.parse(slot),
      );
    }
  });
}
