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

const lastId = (db: Database.Database, table: string): number =>
  number.parse(db.prepare(`SELECT coalesce(max(id), 0) AS n FROM ${table}`).get()).n;

/** What `present` holds that was kept after `former` was made, by their numbers, which only go up; null where one cannot be read. */
export function keptSince(present: string, former: string): KeptSince | null {
  const counts = Object.entries(countedTables).map(([name, table]) => {
    const before = inside(former, (db) => lastId(db, table));
    if (before === null) return null;
    const since = inside(present, (db) =>
      number.parse(db.prepare(`SELECT count(*) AS n FROM ${table} WHERE id > ?`).get(before)),
    );
    return since === null ? null : ([name, since.n] as const);
  });
  const known = counts.filter((one) => one !== null);
  const { snapshots, actions, tickets } = Object.fromEntries(known);
  if (snapshots === undefined || actions === undefined || tickets === undefined) return null;
  return { snapshots, actions, tickets };
}
