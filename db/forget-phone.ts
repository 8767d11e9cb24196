import type { Connection } from './connection.ts';
import { removeRows } from './remove-rows.ts';

/**
 * Removes everything about one phone, all of it or nothing: its snapshots, actions, test photos, and whatever else refers to it.
 * Tickets stay, without their phone. What other stations of the shop have of it goes from this computer; there it stays.
 */
export function forgetPhone(connection: Connection, phone: string): void {
  removeRows(
    connection,
    [
      { table: 'phone', where: 'id = $phone' },
      // It may be there without a phone, and says who it is where it has one: its IMEI.
      { table: 'ticket_phone', where: 'phone = $phone' },
      { table: 'elsewhere', where: 'phone = $phone' },
    ],
    { phone },
    { isForGood: true },
  );
}
