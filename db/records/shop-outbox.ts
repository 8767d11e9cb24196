import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { entryKinds } from '../shop/entry-kinds.ts';

/** A row that the shop's server does not have for certain. Triggers of the store put it here, in the transaction that wrote it. */
export const shopOutboxItemSchema = z.object({
  id: z.int(),
  kind: z.enum(entryKinds),
  uid: z.string(),
  /** Why the server does not take it. */
  trouble: z.string().nullable(),
  /** How often it was sent alone in vain, because the time was over. */
  tries: z.int(),
});
export type ShopOutboxItem = z.infer<typeof shopOutboxItemSchema>;

/** The next that wait, in the order in which they came into being. What is refused waits for nothing. */
export const nextForShop = (connection: Connection, limit: number): ShopOutboxItem[] =>
  connection.rows(
    shopOutboxItemSchema,
    'SELECT id, kind, uid, trouble, tries FROM shop_outbox WHERE trouble IS NULL ORDER BY id LIMIT $limit',
    { limit },
  );

/** Why the server does not take them, the oldest first. */
export const refusedByShop = (connection: Connection, limit: number): ShopOutboxItem[] =>
  connection.rows(
    shopOutboxItemSchema,
    'SELECT id, kind, uid, trouble, tries FROM shop_outbox WHERE trouble IS NOT NULL ORDER BY id LIMIT $limit',
    { limit },
  );

/** The server has them, or they are gone; what was refused meanwhile stays. */
export const settleForShop = (connection: Connection, ids: readonly number[]): number =>
  connection.run('DELETE FROM shop_outbox WHERE trouble IS NULL AND id IN (SELECT value FROM json_each($ids))', {
    ids: JSON.stringify(ids),
  });

export const refuseForShop = (connection: Connection, id: number, trouble: string): number =>
  connection.run('UPDATE shop_outbox SET trouble = $trouble WHERE id = $id', { id, trouble });

/** What was refused is offered once more. */
export const offerRefused = (connection: Connection): number =>
  connection.run('UPDATE shop_outbox SET trouble = NULL, tries = 0 WHERE trouble IS NOT NULL');

/** The time was over before the server had them. */
export const triedInVain = (connection: Connection, ids: readonly number[]): number =>
  connection.run('UPDATE shop_outbox SET tries = tries + 1 WHERE id IN (SELECT value FROM json_each($ids))', {
    ids: JSON.stringify(ids),
  });

/** Offers every row of this store that leaves, the oldest first; within a transaction of the caller. */
export const offerEverything = (connection: Connection): number =>
  connection.run(
    `INSERT OR IGNORE INTO shop_outbox (kind, uid)
     SELECT kind, uid FROM (${entryKinds.map((kind) => `SELECT '${kind}' AS kind, uid FROM "${kind}"`).join(' UNION ALL ')}) ORDER BY uid`,
  );

const countsRow = z.object({ waiting: z.int(), refused: z.int(), erasures: z.int() });
export type ShopCounts = z.infer<typeof countsRow>;

export const shopCounts = (connection: Connection): ShopCounts =>
  connection.row(
    countsRow,
    `SELECT (SELECT count(*) FROM shop_outbox) - (SELECT count(*) FROM shop_outbox WHERE trouble IS NOT NULL) AS waiting,
            (SELECT count(*) FROM shop_outbox WHERE trouble IS NOT NULL) AS refused,
            (SELECT count(*) FROM shop_erasure WHERE told = 0) AS erasures`,
  ) ?? { waiting: 0, refused: 0, erasures: 0 };
