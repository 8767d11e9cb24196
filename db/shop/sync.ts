import { sayHello, type Hello, type KnownSchema } from './hello.ts';
import { pullErased, pullRows, pullStations } from './pull.ts';
import { pushRows } from './push.ts';
import type { Server } from './server.ts';
import { ShopServerError } from './shop-error.ts';
import type { ShopStore } from './shop-store.ts';

/** What a round has done. */
export interface SyncRound {
  /** Rows that the server has now. */
  sent: number;
  /** Rows of other stations that are new here. */
  read: number;
  /** Rows that the server was told to erase. */
  erased: number;
}

export interface SyncOptions {
  store: ShopStore;
  server: Server;
  /** Of this station, for tickets whose prefix nobody kept. */
  prefix: string;
  /** Tests have programs of other versions. */
  known?: KnownSchema;
  onSent?: (rows: number) => void;
}

const mostErasures = 1000;

/** Tells the server what was removed here for good. */
async function tellErasures(store: ShopStore, server: Server): Promise<number> {
  let told = 0;
  for (;;) {
    const uids = store.erasures(mostErasures);
    if (uids.length === 0) return told;
    await server.run('SELECT shop.erase($1::uuid[])', [uids]);
    store.toldErasures(uids);
    told += uids.length;
  }
}

/** Another database than the last time, restored from a dump: it may lack what it had, and counts anew. */
function requireSameStation(store: ShopStore, hello: Hello): void {
  const link = store.link();
  if (link === null) throw new ShopServerError('shop-refused', 'This station belongs to no chain.');
  if (link.shop !== hello.shop || link.station !== hello.station) {
    throw new ShopServerError(
      'shop-refused',
      `The connection string is of another station (${hello.stationName} of ${hello.shopName}). Leave the chain first.`,
    );
  }
  if (link.marker === hello.marker) store.rename(hello);
  else store.join(hello, hello.marker);
}

/**
 * One round: erasures first, then what waits here, then what others wrote. Cut off anywhere, the next round does the rest. Throws
 * `ShopServerError`.
 */
export async function syncShop({ store, server, prefix, known, onSent }: SyncOptions): Promise<SyncRound> {
  const hello = await sayHello(server, known);
  requireSameStation(store, hello);
  store.keepStations(await pullStations(server));
  const erased = await tellErasures(store, server);
  const { shop, epoch } = hello;
  const from = store.link();
  if (from === null) throw new ShopServerError('shop-refused', 'This station belongs to no chain.');
  // Before anything is sent: who was offline for weeks brings nobody back.
  await pullErased({ store, server, shop, epoch }, from.erased);
  const sent = await pushRows({ store, server, shop, prefix, onSent });
  const read = await pullRows({ store, server, shop, epoch }, from.rows);
  store.synced();
  return { sent, read, erased };
}
