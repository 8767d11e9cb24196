import { crc32 } from 'node:zlib';
import type Database from 'better-sqlite3';
import { z } from 'zod';

/*
 * SQLite keeps no checksums of its pages: a byte that a disk changes within a value is a value like any other. So every row has a seal,
 * a checksum of all its columns, in a table of its own. Triggers of the connection keep them (temporary ones: made anew at each opening
 * for whatever tables there are), so that no statement has to know of them.
 */

const sealFunction = 'seal_of';

/** A row that does not hold what was written into it; `missing`: it was written, and is not there. */
export interface BrokenRow {
  table: string;
  row: number;
  kind: 'changed' | 'missing';
}

/** A table with what its rows are sealed by. */
export interface SealedTable {
  name: string;
  /** SQL over a row of the table that is called `this`. */
  seal: string;
}

type SqlValue = string | number | bigint | Uint8Array | null;

/** CRC-32 finds every change within four bytes in a row, wherever it is. */
function sealOf(values: readonly SqlValue[]): number {
  let seal = 0;
  for (const value of values) {
    const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
    const kind = value === null ? 'null' : value instanceof Uint8Array ? 'bytes' : typeof value;
    seal = crc32(bytes, crc32(`${kind} ${bytes.length} `, seal));
  }
  return seal;
}

/** Teaches a connection to compute seals. */
export function defineSeals(db: Database.Database): void {
  db.function(sealFunction, { deterministic: true, varargs: true }, (...values) => sealOf(values as SqlValue[]));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const columnRows = z.array(z.object({ table: z.string(), column: z.string() }));

/** Every table of a store whose rows have numbers; SQLite's own, and those of its search index, it checks itself. */
export function sealedTables(db: Database.Database): SealedTable[] {
  const columns = db.prepare(
    `SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list AS t JOIN pragma_table_info(t.name, t.schema) AS c
     WHERE t.schema = 'main' AND t.type = 'table' AND t.wr = 0 AND substr(t.name, 1, 7) <> 'sqlite_'`,
  );
  const byTable = Map.groupBy(columnRows.parse(columns.all()), ({ table }) => table);
  return [...byTable].map(([name, of]) => ({
    name,
    seal: `${sealFunction}(${of.map(({ column }) => `this.${quoted(column)}`).join(', ')})`,
  }));
}

const schemaRow = z.object({ text: z.string().nullable() });

/** Of the definitions themselves: a changed letter in one makes another column of it. */
function sealOfSchema(db: Database.Database): number {
  const { text: all } = schemaRow.parse(
    db
      .prepare(
        `SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, ''), char(10) ORDER BY type, name) AS text
         FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'`,
      )
      .get(),
  );
  return sealOf([all]);
}

/** Whether the tables are defined as they were when they were sealed. */
export function isSchemaWhole(db: Database.Database): boolean {
  return (
    db.prepare("SELECT 1 FROM row_seal WHERE sealed = '' AND row = 0 AND seal = ?").get(sealOfSchema(db)) !== undefined
  );
}

export function hasSeals(db: Database.Database): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'row_seal'").get() !== undefined;
}

const brokenRows = z.array(z.object({ row: z.int() }));

type Prepare = (sql: string) => Database.Statement;

/** Of a table only the rows in which a column has this value. */
export interface OnlyRows {
  column: string;
  is: number;
}

/** The rows of a table that are not what was written. Needs {@link defineSeals}. */
export function brokenRowsOf(prepare: Prepare, { name, seal }: SealedTable, only?: OnlyRows): BrokenRow[] {
  const parameters = only === undefined ? {} : { is: only.is };
  const find = (sql: string, kind: BrokenRow['kind']): BrokenRow[] =>
    brokenRows.parse(prepare(sql).all(parameters)).map(({ row }) => ({ table: name, row, kind }));
  const changed = find(
    `SELECT s.row FROM main.${quoted(name)} AS this CROSS JOIN row_seal AS s ON s.sealed = ${text(name)} AND s.row = this.rowid
     WHERE ${only === undefined ? '' : `this.${quoted(only.column)} = $is AND`} s.seal <> ${seal}`,
    'changed',
  );
  // Of a row that is not there only its number is known.
  if (only !== undefined && only.column !== 'id') return changed;
  const missing = find(
    `SELECT s.row FROM row_seal AS s WHERE s.sealed = ${text(name)} ${only === undefined ? '' : 'AND s.row = $is'}
     AND NOT EXISTS (SELECT 1 FROM main.${quoted(name)} AS this WHERE this.rowid = s.row)`,
    'missing',
  );
  return [...changed, ...missing];
}

/**
 * Seals all rows as they are now, after a migration has changed them. One that was broken before stays so: -1 is no checksum. Needs
 * {@link defineSeals}, and is called within the transaction of the migration.
 */
export function sealAll(db: Database.Database, brokenBefore: readonly BrokenRow[]): void {
  db.exec(`
    DROP TABLE IF EXISTS row_seal;
    CREATE TABLE row_seal (
      sealed TEXT NOT NULL, row INTEGER NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY (sealed, row)
    ) STRICT, WITHOUT ROWID`);
  for (const { name, seal } of sealedTables(db)) {
    db.exec(`INSERT INTO row_seal SELECT ${text(name)}, this.rowid, ${seal} FROM main.${quoted(name)} AS this`);
  }
  db.prepare("INSERT INTO row_seal VALUES ('', 0, ?)").run(sealOfSchema(db));
  const breakSeal = db.prepare('INSERT OR REPLACE INTO row_seal VALUES (?, ?, -1)');
  for (const { table, row } of brokenBefore) breakSeal.run(table, row);
}

/** Has the seals of these tables follow whatever this connection writes from now on. Needs {@link defineSeals}. */
export function keepSeals(db: Database.Database, tables: readonly SealedTable[]): void {
  const triggers = tables.flatMap(({ name, seal }) => {
    const remove = (which: string): string =>
      `DELETE FROM row_seal WHERE sealed = ${text(name)} AND row = ${which}.rowid;`;
    const add = `INSERT INTO row_seal VALUES (${text(name)}, NEW.rowid, ${seal.replaceAll('this.', 'NEW.')});`;
    const events = [
      ['INSERT', `${remove('NEW')} ${add}`],
      ['UPDATE', `${remove('OLD')} ${remove('NEW')} ${add}`],
      ['DELETE', remove('OLD')],
    ] as const;
    return events.map(
      ([event, work]) =>
        `CREATE TEMP TRIGGER ${quoted(`seal ${name} ${event}`)} AFTER ${event} ON main.${quoted(name)} BEGIN ${work} END;`,
    );
  });
  // Each by itself takes ten times as long.
  db.exec(`BEGIN; ${triggers.join('\n')} COMMIT`);
}
