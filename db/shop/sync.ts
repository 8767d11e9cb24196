import { z } from 'zod';
import type { ShopLink } from '../records/shop-link.ts';
import { sayHello, type Hello, type KnownSchema } from './hello.ts';
import { pullErased, pullRows, pullStations } from './pull.ts';
import { isSendable, pushRows } from './push.ts';
import type { Server } from './server.ts';
import { ShopServerError } from './shop-error.ts';
import { noChain, type ShopStore } from './shop-store.ts';

/** What a round has done. */
export interface SyncRound {
  /** Rows that the server has now. */
  sent: number;
  /** Rows of other stations that are new here. */
  read: number;
  /** Rows that the server was told to erase. */
  erased: number;
  /** Rows of other stations that nobody can read; they are passed over. */
  unreadable: number;
  /** The database is another one than the last time, or an older state of it: it was offered everything again. */
  again: boolean;
  /** Rows are there that cannot be read yet, because something is still being written that began before. */
  isHeld: boolean;
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
async function tellErasures(store: ShopStore, server: Server, count: () => Promise<void>): Promise<number> {
  let told = 0;
  for (;;) {
    const uids = store.erasures(mostErasures);
    if (uids.length === 0) return told;
    // Another was never sent.
    const sendable = uids.filter(isSendable);
    if (sendable.length > 0) await server.run('SELECT shop.erase($1::uuid[])', [sendable]);
    await count();
    store.toldErasures(uids);
    told += sendable.length;
  }
}

/** Whether a link is of another chain than the one that answers; links of before servers told may be of any. */
export const isOfAnother = (link: ShopLink, hello: Hello): boolean =>
  (link.chain !== null && link.chain !== hello.chain) || link.shop !== hello.shop || link.station !== hello.station;

/** Another database than the last time, or one that knows less of this station than that one did: restored from a dump or a copy. */
export const isSetBack = (link: ShopLink, hello: Hello): boolean =>
  link.marker !== hello.marker || link.rounds > hello.rounds;

/** What was restored may lack what it had, and counts anew: it is offered everything, and read from the start. Returns whether it was. */
function meet(store: ShopStore, hello: Hello): boolean {
  const link = store.link();
  if (link === null) throw noChain();
  if (link.chain !== null && link.chain !== hello.chain) {
    throw new ShopServerError(
      'shop-refused',
      'The server is of another chain than this station. Leave the chain first. Nothing was sent.',
    );
  }
  // Shops and stations have the same small numbers in every chain.
  if (link.chain === null && link.marker !== hello.marker) {
    throw new ShopServerError(
      'shop-refused',
      'The database is another one than the last time, and nobody knows whether it is of the same chain. Leave the chain, and connect anew. Nothing was sent.',
    );
  }
  if (link.shop !== hello.shop || link.station !== hello.station) {
    throw new ShopServerError(
      'shop-refused',
      `The connection string is of another station (${hello.stationName} of ${hello.shopName}). Leave the chain first.`,
    );
  }
  const again = isSetBack(link, hello);
  if (again) store.join(hello);
  else store.rename(hello);
  return again;
}

const roundRow = z.object({ rounds: z.coerce.number() });

/**
 * Has the server remember that this station was here, and remembers it then. Done after each thing that the server was told or asked, and before
 * that counts as done here: whatever older state the server is set back to, it knows less of this station or has what it was told.
 */
async function countRound(store: ShopStore, server: Server): Promise<void> {
  const [row] = await server.rows(roundRow, 'SELECT shop.count_round() AS rounds');
  if (row === undefined) throw new ShopServerError('shop-failed', "The shop's server counts nothing.");
  store.wasThere(row.rounds);
}

/**
 * One round: erasures first, then what waits here, then what others wrote. Cut off anywhere, the next round does the rest. Throws
 * `ShopServerError`.
 */
export async function syncShop({ store, server, prefix, known, onSent }: SyncOptions): Promise<SyncRound> {
  const hello = await sayHello(server, known);
  const again = meet(store, hello);
  const count = (): Promise<void> => countRound(store, server);
  store.keepStations(await pullStations(server));
  const erased = await tellErasures(store, server, count);
  const { shop, epoch } = hello;
  const from = store.link();
  if (from === null) throw noChain();
  // Before anything is sent: who was offline for weeks brings nobody back.
  await pullErased({ store, server, shop, epoch, count }, from.erased);
  const sent = await pushRows({ store, server, shop, prefix, count, onSent });
  const { read, unreadable, isHeld } = await pullRows({ store, server, shop, epoch, count }, from.rows);
  store.synced();
  return { sent, read, erased, unreadable, again, isHeld };
}
