import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';

/** How far what others wrote was read: everything before it is here. `x`: the id of a transaction, which may be larger than a number holds. */
export const cursorSchema = z.object({ epoch: z.int(), x: z.string(), seq: z.string() });
export type Cursor = z.infer<typeof cursorSchema>;

/** Before the first row. */
export const fromTheStart: Cursor = { epoch: 0, x: '0', seq: '0' };

/** Who this station is in its chain. */
export const stationSchema = z.object({
  shop: z.int(),
  shopName: z.string(),
  station: z.int(),
  stationName: z.string(),
  /** Whether the chain lets its shops look into each other's. */
  looks: z.boolean(),
});
export type StationInChain = z.infer<typeof stationSchema>;

export const shopLinkSchema = stationSchema.extend({
  /** Which database it was that the cursors are of. */
  marker: z.string(),
  /** Which chain; null: connected before servers told. */
  chain: z.string().nullable(),
  /** How often this station was at the server, by the server's count. */
  rounds: z.int(),
  /** Rows of other stations that nobody can read. */
  unreadable: z.int(),
  rows: cursorSchema,
  erased: cursorSchema,
  linkedAt: z.string(),
  syncedAt: z.string().nullable(),
});
export type ShopLink = z.infer<typeof shopLinkSchema>;

const row = z
  .object({
    ...shopLinkSchema.shape,
    looks: z.int().transform((value) => value === 1),
    rows: jsonColumn(cursorSchema),
    erased: jsonColumn(cursorSchema),
  })
  .pipe(shopLinkSchema);

/** null: this station belongs to no chain. */
export const shopLink = (connection: Connection): ShopLink | null =>
  connection.row(
    row,
    `SELECT shop, shop_name AS shopName, station, station_name AS stationName, looks, marker, chain,
            rounds, unreadable, rows_json AS rows, erased_json AS erased, linked_at AS linkedAt, synced_at AS syncedAt FROM shop_link`,
  );

/** Which state of which database a station has met. */
export type Met = Pick<ShopLink, 'marker' | 'rounds'> & { chain: string };

/** Keeps who this station is, and that everything is to be read from the start. */
export const keepLink = (
  connection: Connection,
  { shop, shopName, station, stationName, looks, marker, chain, rounds }: StationInChain & Met,
): number =>
  connection.run(
    `INSERT INTO shop_link (id, shop, shop_name, station, station_name, looks, marker, chain, rounds, rows_json, erased_json, linked_at)
     VALUES (1, $shop, $shopName, $station, $stationName, $looks, $marker, $chain, $rounds, $start, $start, $at)
     ON CONFLICT (id) DO UPDATE SET shop = $shop, shop_name = $shopName, station = $station, station_name = $stationName,
       looks = $looks, marker = $marker, chain = $chain, rounds = $rounds, unreadable = 0, rows_json = $start, erased_json = $start`,
    {
      shop,
      shopName,
      station,
      stationName,
      looks: looks ? 1 : 0,
      marker,
      chain,
      rounds,
      start: JSON.stringify(fromTheStart),
      at: connection.now(),
    },
  );

export const keepStationNames = (
  connection: Connection,
  { shopName, stationName, looks, chain }: Pick<StationInChain & Met, 'shopName' | 'stationName' | 'looks' | 'chain'>,
): number =>
  connection.run(
    'UPDATE shop_link SET shop_name = $shopName, station_name = $stationName, looks = $looks, chain = $chain',
    { shopName, stationName, looks: looks ? 1 : 0, chain },
  );

export const keepRounds = (connection: Connection, rounds: number): number =>
  connection.run('UPDATE shop_link SET rounds = $rounds', { rounds });

export const countUnreadable = (connection: Connection, rows: number): number =>
  connection.run('UPDATE shop_link SET unreadable = unreadable + $rows', { rows });

export const keepRowsCursor = (connection: Connection, cursor: Cursor): number =>
  connection.run('UPDATE shop_link SET rows_json = $cursor', { cursor: JSON.stringify(cursor) });

export const keepErasedCursor = (connection: Connection, cursor: Cursor): number =>
  connection.run('UPDATE shop_link SET erased_json = $cursor', { cursor: JSON.stringify(cursor) });

export const keepSynced = (connection: Connection): number =>
  connection.run('UPDATE shop_link SET synced_at = $at', { at: connection.now() });
