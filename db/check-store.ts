import Database from 'better-sqlite3';
import { z } from 'zod';
import { brokenRowsOf, defineSeals, hasSeals, sealedTables, type BrokenRow } from './row-seals.ts';

/** What a whole store looks like from inside. */
export const storeCheckSchema = z.object({
  /** What SQLite says of its structure, in its own words; empty where that is sound. */
  structure: z.array(z.string()),
  /** Rows that do not hold any more what was written. */
  rows: z.array(z.object({ table: z.string(), row: z.int(), kind: z.enum(['changed', 'missing']) })),
});
export type StoreCheck = z.infer<typeof storeCheckSchema>;

export const isSound = ({ structure, rows }: StoreCheck): boolean => structure.length === 0 && rows.length === 0;

const mostTold = 20;
const saysRows = z.array(z.object({ integrity_check: z.string() }));

function structureOf(db: Database.Database): string[] {
  const said = saysRows.parse(db.pragma(`integrity_check(${mostTold})`)).map((row) => row.integrity_check);
  return said.filter((line) => line !== 'ok');
}

/**
 * Reads all of a store, while it stays in use: SQLite's own check with its indexes, and the seal of every row. Takes as long as reading
 * the file does. Throws what SQLite throws where the file cannot be opened at all.
 */
export function checkStore(file: string, onTable: (name: string) => void = () => undefined): StoreCheck {
  const db = new Database(file, { readonly: true });
  try {
    // All of one moment, whoever writes meanwhile.
    db.exec('BEGIN');
    const structure = structureOf(db);
    if (!hasSeals(db)) return { structure, rows: [] };
    defineSeals(db);
    const rows: BrokenRow[] = [];
    for (const table of sealedTables(db)) {
      onTable(table.name);
      if (rows.length < mostTold) rows.push(...brokenRowsOf((sql) => db.prepare(sql), table));
    }
    return { structure, rows: rows.slice(0, mostTold) };
  } catch (error) {
    // A page that makes no sense ends the statement that reads it.
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CORRUPT')) throw error;
    return { structure: [error.message], rows: [] };
  } finally {
    db.close();
  }
}
