import { z } from 'zod';
import type { Connection, Parameters } from '../connection.ts';
import { eraseCustomer, underTickets } from '../erase-customer.ts';
import { leavingTables, removeRows, type Doomed } from '../remove-rows.ts';
import { entryKinds } from './entry-kinds.ts';

/** A row that was erased at the server, with the station whose it was; 0: nobody knows any more. */
export const erasedRowSchema = z.object({ uid: z.string(), station: z.int() });
export type ErasedRow = z.infer<typeof erasedRowSchema>;

const idRow = z.object({ id: z.int() });
const uidRow = z.object({ uid: z.string() });
const countRow = z.object({ count: z.int() });
const listed = 'IN (SELECT value FROM json_each($uids))';
const theirs = "IN (SELECT value ->> 'uid', value ->> 'station' FROM json_each($theirs))";
const named = ['uid', '"of"', 'ticket', 'customer'];
const ofElsewhere = (which: (column: string) => string): string =>
  `${named.map((column) => `SELECT id FROM elsewhere WHERE ${which(column)}`).join(' UNION ')}
   UNION SELECT id FROM elsewhere WHERE "of" IN (SELECT uid FROM elsewhere WHERE ${which('ticket')} OR ${which('customer')})`;
/** Rows of other stations that are named, or belong to one of the same station that is. */
const elsewhereRows = `id IN (${ofElsewhere((column) => `${column} ${listed}`)} UNION ${ofElsewhere((column) => `(${column}, station) ${theirs}`)})`;
const theirTickets = `SELECT id FROM ticket WHERE uid ${listed}`;

/** Customers of whom nothing is left but what goes too: a ticket of this station's own stays, without who it was. */
const wholeCustomers = `SELECT id FROM customer WHERE uid ${listed}
  AND (uid NOT IN (SELECT uid FROM taken_in)
    OR NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.customer = customer.id AND ticket.uid NOT ${listed}))`;

const uidsIn = (connection: Connection, tables: readonly string[], uids: readonly string[]): string[] =>
  connection
    .rows(uidRow, tables.map((table) => `SELECT uid FROM "${table}" WHERE uid ${listed}`).join(' UNION '), {
      uids: JSON.stringify(uids),
    })
    .map(({ uid }) => uid);

/**
 * Removes for good what was erased by a station of the shop. Of another station's that is its copy here: what was read of it, and what came in
 * a case. Of this station's own (`own`: its number), where this store came back from an old backup, it is the row itself with what belongs to
 * it. Rows of this station that another has had erased, because it had them too, stay, and are offered to the server. `also` is done in
 * the same transaction. Returns whether anything was here.
 */
export function removeErased(
  connection: Connection,
  erased: readonly ErasedRow[],
  own: number | null,
  also: () => void,
): boolean {
  const ours = erased.filter(({ station }) => station === 0 || station === own).map(({ uid }) => uid);
  const others = erased.filter(({ station }) => station !== 0 && station !== own);
  const theirUids = others.map(({ uid }) => uid);
  const copies = uidsIn(connection, ['taken_in'], theirUids);
  const copied = new Set(copies);
  const stay = uidsIn(connection, leavingTables, theirUids).filter((uid) => !copied.has(uid));
  const stays = new Set(stay);
  const parameters: Parameters = { uids: JSON.stringify([...ours, ...copies]), theirs: JSON.stringify(others) };
  const roots: Doomed[] = [
    { table: 'elsewhere', where: elsewhereRows },
    ...underTickets.map((table) => ({ table, where: `ticket IN (${theirTickets})` })),
    { table: 'ticket', where: `id IN (${theirTickets})` },
    ...leavingTables.map((table) => ({ table, where: `uid ${listed}` })),
  ];
  const remember = (): void => {
    const gone = [...ours.map((uid) => ({ uid, station: 0 })), ...others.filter(({ uid }) => !stays.has(uid))];
    connection.run(
      `INSERT OR IGNORE INTO shop_erasure (uid, station, told)
       SELECT value ->> 'uid', value ->> 'station', 1 FROM json_each($gone)`,
      { gone: JSON.stringify(gone) },
    );
    connection.run(`DELETE FROM shop_outbox WHERE uid ${listed}`, { uids: JSON.stringify([...ours, ...copies]) });
    for (const kind of entryKinds) {
      connection.run(
        `INSERT OR IGNORE INTO shop_outbox (kind, uid) SELECT '${kind}', uid FROM "${kind}" WHERE uid ${listed}`,
        { uids: JSON.stringify(stay) },
      );
    }
    also();
  };
  const isHere = roots.some(({ table, where }) => {
    const found = connection.row(countRow, `SELECT count(*) AS count FROM "${table}" WHERE ${where}`, parameters);
    return found !== null && found.count > 0;
  });
  if (!isHere) {
    connection.transaction(remember);
    return false;
  }
  // As where it was erased: a phone that nobody else has handed in goes too.
  const customers = connection.rows(idRow, wholeCustomers, parameters);
  for (const { id } of customers) eraseCustomer(connection, id);
  removeRows(connection, roots, parameters, { isForGood: true, before: remember });
  return true;
}
