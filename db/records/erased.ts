import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** What has an id on every computer, and could come back from another one. */
export const erasableTables = [
  'customer',
  'ticket',
  'ticket_phone',
  'snapshot',
  'action',
  'test_photo',
  'safe_copy',
  // Of another station: what was read of it comes with a backup, and from the server once more.
  'elsewhere',
] as const;

/** A phone has an id that says which it is; how it is held all the same: `forgotten-phones.ts`. */
export const phoneKind = 'phone';

export const erasedSchema = z.object({ uid: z.string(), kind: z.string(), at: z.string() });
/** Something that was erased for good, as a deletion list holds it: `kind` is its table. */
export type Erased = z.infer<typeof erasedSchema>;

/** In the order in which it was erased. */
export const listErased = (connection: Connection): Erased[] =>
  connection.rows(erasedSchema, 'SELECT uid, kind, at FROM erased ORDER BY id');

/** How much was ever erased: none of these rows ever goes, so the last one's number says it. */
export const countErased = (connection: Connection): number =>
  connection.row(z.object({ last: z.int() }), 'SELECT coalesce(max(id), 0) AS last FROM erased')?.last ?? 0;

/** Remembers what is erased; within the transaction that removes it. What is remembered already stays as it is. */
export function rememberErased(connection: Connection, erased: readonly Erased[]): void {
  connection.run(
    `INSERT INTO erased (uid, kind, at)
     SELECT value ->> 'uid', value ->> 'kind', value ->> 'at' FROM json_each($erased) WHERE TRUE ON CONFLICT (uid) DO NOTHING`,
    { erased: JSON.stringify(erased) },
  );
}

/**
 * The shop's server is told of everything that was ever erased here, where there is one: what it was told may be from before a restore. It
 * knows no phones, and is told of none; nor of rows of other stations, which have them erased themselves.
 */
export const tellOfErased = (connection: Connection): number =>
  connection.run(
    `INSERT OR IGNORE INTO shop_erasure (uid, told)
     SELECT uid, 0 FROM erased WHERE kind NOT IN ($phone, 'elsewhere') AND EXISTS (SELECT 1 FROM shop_link)`,
    { phone: phoneKind },
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
