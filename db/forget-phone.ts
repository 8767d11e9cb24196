import { z } from 'zod';
import type { Connection } from './connection.ts';

const tableRow = z.object({ name: z.string() });
const referenceRow = z.object({ table: z.string(), from: z.string(), to: z.string().nullable() });
const columnRow = z.object({ name: z.string(), notnull: z.int() });
const triggerRow = z.object({ name: z.string(), table: z.string(), sql: z.string() });

/** Rows that go: a table, and which of its rows. */
interface Doomed {
  table: string;
  where: string;
}

/** Rows that may be there without a phone, and that say who it is where they have one: its IMEI. */
const goesWithPhone: readonly Doomed[] = [{ table: 'ticket_phone', where: 'phone = $phone' }];

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Every table that holds something of a phone, directly or through another table, found by the references themselves: a table that is
 * added later cannot be left out. A reference that may be empty is only cleared.
 */
function doomedTables(connection: Connection): { doomed: Doomed[]; cleared: { table: string; column: string }[] } {
  const tables = connection.rows(
    tableRow,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  const references = tables.flatMap(({ name }) => {
    const columns = connection.rows(columnRow, `PRAGMA table_info(${quoted(name)})`);
    return connection.rows(referenceRow, `PRAGMA foreign_key_list(${quoted(name)})`).map(({ table, from, to }) => {
      const isRequired = columns.some((column) => column.name === from && column.notnull === 1);
      return { child: name, column: from, parent: table, parentColumn: to ?? 'id', isRequired };
    });
  });
  const doomed: Doomed[] = [];
  const follow = (parent: string, where: string): void => {
    for (const reference of references) {
      if (reference.parent !== parent || !reference.isRequired) continue;
      const rows = `${quoted(reference.column)} IN (SELECT ${quoted(reference.parentColumn)} FROM ${quoted(parent)} WHERE ${where})`;
      if (doomed.some((one) => one.table === reference.child && one.where === rows)) continue;
      // What hangs below goes first: its rows are found through these.
      follow(reference.child, rows);
      doomed.push({ table: reference.child, where: rows });
    }
  };
  follow('phone', 'id = $phone');
  doomed.push(...goesWithPhone);
  const cleared = references
    .filter(
      ({ child, parent, isRequired }) =>
        parent === 'phone' && !isRequired && goesWithPhone.every(({ table }) => table !== child),
    )
    .map(({ child, column }) => ({ table: child, column }));
  return { doomed: [...doomed, { table: 'phone', where: 'id = $phone' }], cleared };
}

/**
 * Removes everything about one phone, all of it or nothing: its snapshots, actions, test photos, and whatever else refers to it.
 * Tickets stay, without their phone. The triggers that keep those tables append-only are taken out and put back word for word within
 * the same transaction, so that no other statement ever meets the tables without them. What is removed is overwritten in the file.
 */
export function forgetPhone(connection: Connection, phone: string): void {
  connection.rows(z.unknown(), 'PRAGMA secure_delete = ON');
  connection.transaction(() => {
    // Rows of one phone refer to each other; the order in which they go does not matter.
    connection.run('PRAGMA defer_foreign_keys = ON');
    const { doomed, cleared } = doomedTables(connection);
    const tables = new Set(doomed.map(({ table }) => table));
    const triggers = connection
      .rows(triggerRow, "SELECT name, tbl_name AS 'table', sql FROM sqlite_schema WHERE type = 'trigger'")
      .filter(({ table: of }) => tables.has(of) || cleared.some(({ table }) => table === of));
    for (const { name } of triggers) connection.run(`DROP TRIGGER ${quoted(name)}`);
    for (const { table, column } of cleared) {
      connection.run(`UPDATE ${quoted(table)} SET ${quoted(column)} = NULL WHERE ${quoted(column)} = $phone`, {
        phone,
      });
    }
    // The search index refers to nothing.
    connection.run('DELETE FROM snapshot_search WHERE rowid IN (SELECT moment FROM snapshot WHERE phone = $phone)', {
      phone,
    });
    for (const { table, where } of doomed) connection.run(`DELETE FROM ${quoted(table)} WHERE ${where}`, { phone });
    for (const { sql } of triggers) connection.run(sql);
  });
  // Until then the removed rows stand in the write-ahead file.
  connection.rows(z.unknown(), 'PRAGMA wal_checkpoint(TRUNCATE)');
}
