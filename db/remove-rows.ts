import { z } from 'zod';
import type { Connection, Parameters } from './connection.ts';
import { entryKinds } from './shop/entry-kinds.ts';
import { forgetCases } from './records/copies-elsewhere.ts';
import { erasableTables, rememberErased } from './records/erased.ts';
import { forgottenPhones } from './records/forgotten-phones.ts';

const tableRow = z.object({ name: z.string() });
const referenceRow = z.object({ table: z.string(), from: z.string(), to: z.string().nullable() });
const columnRow = z.object({ name: z.string(), notnull: z.int() });
const triggerRow = z.object({ name: z.string(), table: z.string(), sql: z.string() });

/** Rows that go: a table, and which of its rows. */
export interface Doomed {
  table: string;
  where: string;
}

/** Tables whose rows may have left for the shop's server. */
export const leavingTables = [...entryKinds, 'customer'] as const;

const belongsToChain = (connection: Connection): boolean =>
  connection.row(z.unknown(), 'SELECT 1 FROM shop_link') !== null;

/** The shop's server is told that these rows are gone for good, and is sent none of them any more. */
function haveErased(connection: Connection, table: string, rows: string): void {
  const parameters = { rows };
  const uids = `SELECT uid FROM ${quoted(table)} WHERE rowid IN (SELECT value FROM json_each($rows))`;
  connection.run(`INSERT OR IGNORE INTO shop_erasure (uid, told) SELECT uid, 0 FROM (${uids})`, parameters);
  connection.run(`DELETE FROM shop_outbox WHERE uid IN (${uids})`, parameters);
}

interface Reference {
  child: string;
  column: string;
  parent: string;
  parentColumn: string;
  isRequired: boolean;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function referencesIn(connection: Connection): Reference[] {
  const tables = connection.rows(
    tableRow,
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  return tables.flatMap(({ name }) => {
    const columns = connection.rows(columnRow, `PRAGMA table_info(${quoted(name)})`);
    return connection.rows(referenceRow, `PRAGMA foreign_key_list(${quoted(name)})`).map(({ table, from, to }) => {
      const isRequired = columns.some((column) => column.name === from && column.notnull === 1);
      return { child: name, column: from, parent: table, parentColumn: to ?? 'id', isRequired };
    });
  });
}

const leadingTo = ({ column, parentColumn, parent }: Reference, where: string): string =>
  `${quoted(column)} IN (SELECT ${quoted(parentColumn)} FROM ${quoted(parent)} WHERE ${where})`;

/**
 * Every table that holds something of the rows that are to go, directly or through another table, found by the references themselves: a
 * table that is added later cannot be left out. A reference that may be empty is only cleared.
 */
function reachedFrom(
  references: readonly Reference[],
  roots: readonly Doomed[],
): { doomed: Doomed[]; cleared: { table: string; column: string; where: string }[] } {
  const doomed: Doomed[] = [];
  const follow = (root: Doomed): void => {
    if (doomed.some((one) => one.table === root.table && one.where === root.where)) return;
    // What hangs below goes first: its rows are found through these.
    for (const reference of references) {
      if (reference.parent !== root.table || !reference.isRequired) continue;
      follow({ table: reference.child, where: leadingTo(reference, root.where) });
    }
    doomed.push(root);
  };
  for (const root of roots) follow(root);
  const cleared = references.flatMap((reference) => {
    if (reference.isRequired) return [];
    const { child, column, parent } = reference;
    return doomed.flatMap(({ table, where }) =>
      table === parent ? [{ table: child, column, where: leadingTo(reference, where) }] : [],
    );
  });
  return { doomed, cleared };
}

/**
 * Removes rows with everything that belongs to them, all of it or nothing. The triggers that keep tables append-only are taken out and
 * put back word for word within the same transaction, so that no other statement ever meets the tables without them. What is removed is
 * overwritten in the file. `isForGood`: what has an id on every computer is remembered by that alone, so that no other brings it back, and
 * a phone by a hash; `again`: the phones are remembered already. `before` runs first, within the same transaction.
 */
export function removeRows(
  connection: Connection,
  roots: readonly Doomed[],
  parameters: Parameters,
  { isForGood = false, before = () => undefined }: { isForGood?: boolean | 'again'; before?: () => void } = {},
): void {
  connection.rows(z.unknown(), 'PRAGMA secure_delete = ON');
  connection.transaction(() => {
    before();
    // Rows that go together refer to each other; the order in which they go does not matter.
    connection.run('PRAGMA defer_foreign_keys = ON');
    const { doomed, cleared } = reachedFrom(referencesIn(connection), roots);
    const tables = new Set([...doomed, ...cleared].map(({ table }) => table));
    const triggers = connection
      .rows(triggerRow, "SELECT name, tbl_name AS 'table', sql FROM sqlite_schema WHERE type = 'trigger'")
      .filter(({ table }) => tables.has(table));
    for (const { name } of triggers) connection.run(`DROP TRIGGER ${quoted(name)}`);
    // What rows are found by refers to nothing.
    for (const { table, where } of doomed) {
      if (table === 'snapshot') {
        const rows = `SELECT moment FROM snapshot WHERE ${where}`;
        connection.run(`DELETE FROM snapshot_search WHERE rowid IN (${rows})`, parameters);
      }
      if (table === 'elsewhere') {
        const rows = `SELECT id FROM elsewhere WHERE ${where}`;
        connection.run(`DELETE FROM elsewhere_word WHERE row IN (${rows})`, parameters);
      }
    }
    // Which rows go is found before any of them is cleared: clearing takes away what leads to them.
    const chosen = doomed.map(({ table, where }) => ({
      table,
      rows: JSON.stringify(
        connection
          .rows(z.object({ row: z.int() }), `SELECT rowid AS row FROM ${quoted(table)} WHERE ${where}`, parameters)
          .map(({ row }) => row),
      ),
    }));
    if (belongsToChain(connection)) {
      for (const { table, rows } of chosen) {
        if (leavingTables.some((leaving) => leaving === table)) haveErased(connection, table, rows);
      }
    }
    if (isForGood !== false) remember(connection, chosen, isForGood);
    for (const { table, column, where } of cleared) {
      connection.run(`UPDATE ${quoted(table)} SET ${quoted(column)} = NULL WHERE ${where}`, parameters);
    }
    for (const { table, rows } of chosen) {
      connection.run(`DELETE FROM ${quoted(table)} WHERE rowid IN (SELECT value FROM json_each($rows))`, { rows });
    }
    for (const { sql } of triggers) connection.run(sql);
  });
  // Until then the removed rows stand in the write-ahead file.
  connection.rows(z.unknown(), 'PRAGMA wal_checkpoint(TRUNCATE)');
}

const uidRow = z.object({ uid: z.string() });
const phoneRow = z.object({ id: z.string() });

function remember(
  connection: Connection,
  chosen: readonly { table: string; rows: string }[],
  isForGood: true | 'again',
): void {
  const at = connection.now();
  const these = 'rowid IN (SELECT value FROM json_each($rows))';
  const erased = chosen.flatMap(({ table, rows }) =>
    erasableTables.some((one) => one === table)
      ? connection
          .rows(uidRow, `SELECT uid FROM ${quoted(table)} WHERE ${these}`, { rows })
          .map(({ uid }) => ({ uid, kind: table, at }))
      : [],
  );
  const phones = chosen.flatMap(({ table, rows }) =>
    table === 'phone' && isForGood !== 'again'
      ? connection.rows(phoneRow, `SELECT id FROM phone WHERE ${these}`, { rows }).map(({ id }) => id)
      : [],
  );
  rememberErased(connection, [...erased, ...forgottenPhones(connection, phones)]);
  forgetCases(
    connection,
    erased.map(({ uid }) => uid),
  );
}
