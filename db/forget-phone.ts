import type { Connection } from './connection.ts';
import { removeRows } from './remove-rows.ts';

/**
 * Removes everything about phones, all of it or nothing: their snapshots, actions, test photos, and whatever else refers to them.
 * Tickets stay, without their phone. What other stations of the shop have of them goes from this computer; there it stays. `isForGood` as
 * `removeRows` has it.
 */
export function forgetPhones(
  connection: Connection,
  phones: readonly string[],
  { isForGood = true }: { isForGood?: true | 'again' } = {},
): void {
  const these = 'IN (SELECT value FROM json_each($phones))';
  removeRows(
    connection,
    [
      { table: 'phone', where: `id ${these}` },
      // It may be there without a phone, and says who it is where it has one: its IMEI.
      { table: 'ticket_phone', where: `phone ${these}` },
      { table: 'elsewhere', where: `phone ${these}` },
    ],
    { phones: JSON.stringify(phones) },
    { isForGood },
  );
}
