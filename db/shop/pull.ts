import { z } from 'zod';
import type { KnownStation } from '../records/elsewhere.ts';
import type { Cursor } from '../records/shop-link.ts';
import type { Server } from './server.ts';
import { erasedRowSchema } from './remove-erased.ts';
import type { ShopStore } from './shop-store.ts';

const mostKeys = 500;
const mostBytes = 8 * 1024 * 1024;
/** The server takes no more in one row; one of before it asked is passed over. */
const largestRow = 96 * 1024 * 1024;

/**
 * Rows after a cursor, but none of a transaction that began before one that is still open: a row that is written first may be seen last, and
 * whoever has read beyond it would never read it. Those of an epoch that is over are all there.
 */
export const inOrder = (columns: string, table: 'entry' | 'erased'): string =>
  // With the name of the table: without, ORDER BY would mean the columns of the answer, which are text.
  `SELECT ${columns}, epoch, x::text AS x, seq::text AS seq FROM shop.${table} AS own
   WHERE shop = $1 AND (own.epoch, own.x, own.seq) > ($2::integer, $3::xid8, $4::bigint)
     AND (own.epoch < $5 OR own.x < pg_snapshot_xmin(pg_current_snapshot()))
   ORDER BY own.epoch, own.x, own.seq LIMIT $6`;

/** What {@link inOrder} takes, for the next rows of a shop after a place. */
const nextOf = (shop: number, { epoch, x, seq }: Cursor, newest: number): (string | number)[] => [
  shop,
  epoch,
  x,
  seq,
  newest,
  mostKeys,
];

const placed = { epoch: z.int(), x: z.string(), seq: z.string() };
const keyRow = z.object({ uid: z.string(), bytes: z.coerce.number(), ...placed });
type Key = Pick<z.infer<typeof keyRow>, 'uid' | 'bytes'>;
const erasedRow = erasedRowSchema.extend(placed);

export interface PullOptions {
  store: ShopStore;
  server: Server;
  shop: number;
  /** That the server is in now. */
  epoch: number;
  /** Before anything counts as done here. */
  count: () => Promise<void>;
}

const cursorOf = ({ epoch, x, seq }: Cursor): Cursor => ({ epoch, x, seq });

async function readErased({ store, server, shop, epoch, count }: PullOptions, from: Cursor): Promise<void> {
  let cursor = from;
  for (;;) {
    const rows = await server.rows(erasedRow, inOrder('uid, station', 'erased'), nextOf(shop, cursor, epoch));
    const last = rows.at(-1);
    if (last === undefined) return;
    cursor = cursorOf(last);
    await count();
    store.takeErased(
      rows.map(({ uid, station }) => ({ uid, station })),
      cursor,
    );
  }
}

/** Removes here, and from the backups, what was erased elsewhere. Throws `ShopServerError`. */
export async function pullErased(options: PullOptions, from: Cursor): Promise<void> {
  try {
    await readErased(options, from);
  } finally {
    // Also where the line breaks before the rest is read.
    await options.store.clearBackups();
  }
}

/** As many as are read at once. */
function* batches(rows: readonly Key[]): Generator<{ uids: string[]; bytes: number }> {
  let uids: string[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (uids.length > 0 && bytes + row.bytes > mostBytes) {
      yield { uids, bytes };
      [uids, bytes] = [[], 0];
    }
    uids.push(row.uid);
    bytes += row.bytes;
  }
  if (uids.length > 0) yield { uids, bytes };
}

export const keyColumns = `uid, octet_length(body)::bigint + coalesce(octet_length(diagnosis), 0) + coalesce(octet_length(reading), 0)
  + coalesce(octet_length(capture), 0) AS bytes`;
/** All that a row is taken from. */
export const wholeColumns = `uid, kind, of, ticket, customer, phone, version, at, body, words, dictionary, diagnosis, reading, capture, shop, station`;

/** What was read of others. */
export interface Pulled {
  /** Rows that are new here. */
  read: number;
  /** Rows that nobody can read; they are passed over. */
  unreadable: number;
  /** Rows are there that {@link inOrder} does not give out yet. */
  isHeld: boolean;
}

async function isHeld(server: Server, shop: number, { epoch, x, seq }: Cursor): Promise<boolean> {
  const [row] = await server.rows(
    z.object({ held: z.boolean() }),
    `SELECT EXISTS (SELECT FROM shop.entry WHERE shop = $1 AND (epoch, x, seq) > ($2::integer, $3::xid8, $4::bigint)) AS held`,
    [shop, epoch, x, seq],
  );
  return row?.held ?? false;
}

/** Reads what the shop's stations have written since, but for what is here already. Throws `ShopServerError`. */
export async function pullRows({ store, server, shop, epoch, count }: PullOptions, from: Cursor): Promise<Pulled> {
  let cursor = from;
  const pulled: Pulled = { read: 0, unreadable: 0, isHeld: false };
  for (;;) {
    const keys = await server.rows(keyRow, inOrder(keyColumns, 'entry'), nextOf(shop, cursor, epoch));
    const last = keys.at(-1);
    if (last === undefined) return { ...pulled, isHeld: await isHeld(server, shop, cursor) };
    const known = store.known(keys.map(({ uid }) => uid));
    const wanted = keys.filter(({ uid }) => !known.has(uid));
    let unreadable = wanted.filter(({ bytes }) => bytes > largestRow).length;
    for (const { uids, bytes } of batches(wanted.filter((key) => key.bytes <= largestRow))) {
      const entries = await server.rows(
        z.unknown(),
        `SELECT ${wholeColumns} FROM shop.entry WHERE shop = $1 AND uid = ANY ($2::uuid[]) ORDER BY epoch, x, seq`,
        [shop, uids],
        bytes,
      );
      const went = store.takeRows(entries);
      pulled.read += went.taken;
      unreadable += went.unreadable;
    }
    cursor = cursorOf(last);
    await count();
    store.readTo(cursor, unreadable);
    pulled.unreadable += unreadable;
  }
}

const stationRow = z.object({ id: z.int(), name: z.string(), shop: z.int(), shopName: z.string() });

/** Every station of the chain that this one may know of. */
export const pullStations = (server: Server): Promise<KnownStation[]> =>
  server.rows(
    stationRow,
    `SELECT station.id, station.name, shop, place.name AS "shopName" FROM shop.station JOIN shop.place ON place.id = station.shop
     ORDER BY station.id`,
  );
