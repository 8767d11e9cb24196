import { z } from 'zod';
import type { Connection, Parameters } from '../connection.ts';
import { eraseCustomer, underTickets } from '../erase-customer.ts';
import { leavingTables, removeRows, type Doomed } from '../remove-rows.ts';

const idRow = z.object({ id: z.int() });
const countRow = z.object({ count: z.int() });
const listed = 'IN (SELECT value FROM json_each($uids))';
const named = ['uid', '"of"', 'ticket', 'customer'];
/** Rows of other stations that are named, or belong to one that is. */
const elsewhereRows = `id IN (${named.map((column) => `SELECT id FROM elsewhere WHERE ${column} ${listed}`).join(' UNION ')}
  UNION SELECT id FROM elsewhere WHERE "of" IN (SELECT uid FROM elsewhere WHERE ticket ${listed} OR customer ${listed}))`;
const theirTickets = `SELECT id FROM ticket WHERE uid ${listed} OR customer IN (SELECT id FROM customer WHERE uid ${listed})`;

/**
 * Removes for good what was erased by another station of the shop: its copy here, and, where this store came back from an old backup, the
 * row itself with what belongs to it. `also` is done in the same transaction. Returns whether anything was here.
 */
export function removeErased(connection: Connection, uids: readonly string[], also: () => void): boolean {
  const parameters: Parameters = { uids: JSON.stringify(uids) };
  const roots: Doomed[] = [
    { table: 'elsewhere', where: elsewhereRows },
    ...underTickets.map((table) => ({ table, where: `ticket IN (${theirTickets})` })),
    { table: 'ticket', where: `id IN (${theirTickets})` },
    ...leavingTables.map((table) => ({ table, where: `uid ${listed}` })),
  ];
  const remember = (): void => {
    connection.run('INSERT OR IGNORE INTO shop_erasure (uid, told) SELECT value, 1 FROM json_each($uids)', parameters);
    connection.run(`DELETE FROM shop_outbox WHERE uid ${listed}`, parameters);
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
  const customers = connection.rows(idRow, `SELECT id FROM customer WHERE uid ${listed}`, parameters);
  for (const { id } of customers) eraseCustomer(connection, id);
  removeRows(connection, roots, parameters, { isForGood: true, before: remember });
  return true;
}
