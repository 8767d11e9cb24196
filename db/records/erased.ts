import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** What has an id on every computer, and could come back from another one. */
export const erasableTables = ['customer', 'ticket', 'snapshot', 'action', 'test_photo', 'safe_copy'] as const;

export const erasedSchema = z.object({ uid: z.string(), kind: z.string(), at: z.string() });
/** Something that was erased for good, as a deletion list holds it. */
export type Erased = z.infer<typeof erasedSchema>;

/** In the order in which it was erased. */
export const listErased = (connection: Connection): Erased[] =>
  connection.rows(erasedSchema, 'SELECT uid, kind, at FROM erased ORDER BY id');

/** Remembers what is erased; within the transaction that removes it. What is remembered already stays as it is. */
export function rememberErased(connection: Connection, erased: readonly Erased[]): void {
  connection.run(
    `INSERT INTO erased (uid, kind, at)
     SELECT value ->> 'uid', value ->> 'kind', value ->> 'at' FROM json_each($erased) WHERE TRUE ON CONFLICT (uid) DO NOTHING`,
    { erased: JSON.stringify(erased) },
  );
}

/** The shop's server is told of everything that was ever erased here, where there is one: what it was told may be from before a restore. */
export const tellOfErased = (connection: Connection): number =>
  connection.run(
    `INSERT OR IGNORE INTO shop_erasure (uid, told) SELECT uid, 0 FROM erased WHERE EXISTS (SELECT 1 FROM shop_link)`,
  );

/** Which of these were erased here, or by the chain while nothing of them was here. */
export const erasedOf = (connection: Connection, uids: readonly string[]): Set<string> =>
  new Set(
    connection
      .rows(
        z.object({ uid: z.string() }),
        `SELECT uid FROM (SELECT uid FROM erased UNION SELECT uid FROM shop_erasure) WHERE uid IN (SELECT value FROM json_each($uids))`,
        { uids: JSON.stringify(uids) },
      )
      .map(({ uid }) => uid),
  );
