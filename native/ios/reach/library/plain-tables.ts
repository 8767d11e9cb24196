import type { DatabaseSync } from 'node:sqlite';
import { LibraryFailure } from './failure.ts';

/**
 * Refuses a database in which one of these names is anything but a plain table: a view may go on for ever when it is asked, and a
 * virtual table runs code. Names that are not there are left to the statement that needs them.
 */
export function requireTables(database: DatabaseSync, names: readonly string[]): void {
  // What the file says of itself is not trusted with functions that do more than compute.
  database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
  const statement = database.prepare(
    "SELECT type, substr(sql, 1, 20) AS sql FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')",
  );
  for (const name of names) {
    for (const { type, sql } of statement.all(name)) {
      if (type !== 'table' || !/^CREATE TABLE/i.test(String(sql))) {
        throw new LibraryFailure('truncated', `${name} is no table in this database, as it is on every iPhone.`);
      }
    }
  }
}
