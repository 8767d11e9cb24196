import Database from 'better-sqlite3';
import { z } from 'zod';

/** What a file of the store holds, as it is told before somebody puts it in place of another. */
export interface StoreContents {
  snapshots: number;
  /** When the newest phone of it was read; null where it holds none. */
  newest: string | null;
  actions: number;
  tickets: number;
}

/** How many of each were kept after another file was made. */
export type KeptSince = Omit<StoreContents, 'newest'>;

const number = z.object({ n: z.int() });
const moment = z.object({ at: z.string().nullable() });

function inside<T>(file: string, look: (db: Database.Database) => T): T | null {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return look(db);
    } finally {
      db.close();
    }
  } catch (error) {
    // A damaged one, or none of this program.
    if (error instanceof Database.SqliteError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Counts what a file of the store holds, of whatever version it is; null where it cannot be read. */
export function storeContents(file: string): StoreContents | null {
  return inside(file, (db) => {
    const count = (table: string): number => number.parse(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).n;
    return {
      snapshots: count('snapshot'),
      newest: moment.parse(db.prepare('SELECT max(taken_at) AS at FROM snapshot').get()).at,
      actions: count('action'),
      tickets: count('ticket'),
    };
  });
}

const countedTables = { snapshots: 'snapshot', actions: 'action', tickets: 'ticket' } as const;

const columnNames = z.array(z.object({ name: z.string() }));
const keys = z.array(z.union([z.string(), z.int()]));

/**
 * What tells a row from every other: its uid, which no other row ever gets. A store from before there were any has numbers alone, which
 * are given again after another file was put in its place.
 */
const keysOf = (db: Database.Database, table: string, column: 'uid' | 'id'): (string | number)[] =>
  keys.parse(db.prepare(`SELECT ${column} FROM ${table}`).pluck().all());

const hasUids = (db: Database.Database, table: string): boolean =>
  columnNames.parse(db.pragma(`table_info(${table})`)).some(({ name }) => name === 'uid');

/** What `present` holds that is not in `former`; null where one cannot be read. */
export function keptSince(present: string, former: string): KeptSince | null {
  const counts = Object.entries(countedTables).map(([name, table]) => {
    const before = inside(former, (db) => {
      const column = hasUids(db, table) ? 'uid' : 'id';
      return { column, keys: new Set(keysOf(db, table, column)) } as const;
    });
    if (before === null) return null;
    const since = inside(present, (db) => keysOf(db, table, before.column).filter((key) => !before.keys.has(key)));
    return since === null ? null : ([name, since.length] as const);
  });
  const known = counts.filter((one) => one !== null);
  const { snapshots, actions, tickets } = Object.fromEntries(known);
  if (snapshots === undefined || actions === undefined || tickets === undefined) return null;
  return { snapshots, actions, tickets };
}
