import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { tellOfErased } from '../records/erased.ts';
import { takeTurn, type Turn } from '../phone-lease.ts';
import {
  elsewhereEvents,
  elsewhereOfCustomers,
  elsewhereOfPhone,
  elsewhereOfTickets,
  findElsewhere,
  keepElsewhere,
  keepKnownStations,
  knownStation,
  knownUids,
  listElsewhere,
  loadElsewhere,
  type ElsewhereRow,
  type ForeignEntry,
  type Kept,
  type KnownStation,
} from '../records/elsewhere.ts';
import {
  countUnreadable,
  keepErasedCursor,
  keepLink,
  keepRounds,
  keepRowsCursor,
  keepStationNames,
  keepSynced,
  shopLink,
  type Cursor,
  type Met,
  type ShopLink,
  type StationInChain,
} from '../records/shop-link.ts';
import {
  nextForShop,
  offerEverything,
  offerRefused,
  refusedByShop,
  refuseForShop,
  settleForShop,
  shopCounts,
  triedInVain,
  type ShopCounts,
  type ShopOutboxItem,
} from '../records/shop-outbox.ts';
import type { Entry } from './entry.ts';
import { entryOf } from './entry-of.ts';
import { isTakenIn } from '../records/taken-in.ts';
import { removeRows } from '../remove-rows.ts';
import { clearBackups } from '../clear-backups.ts';
import { erasingHere } from '../erasing.ts';
import { removeErased, type ErasedRow } from './remove-erased.ts';
import { ShopServerError } from './shop-error.ts';

/** This station's side of the chain: what waits for the server, and what was read from it. Each call is whole or has changed nothing. */
export interface ShopStore {
  /** Keeps every other program with this data folder from sending and reading; null where one does already. */
  take(): Turn | null;
  /** null: this station belongs to no chain. */
  link(): ShopLink | null;
  /** Belongs to a chain from now on, and offers it everything that is here; or the chain has another database now, which is offered everything again. */
  join(station: StationInChain & Met): void;
  rename(names: Pick<StationInChain & Met, 'shopName' | 'stationName' | 'looks' | 'chain'>): void;
  /** How often this station was at the server, by the server's count. */
  wasThere(rounds: number): void;
  /** Belongs to no chain any more: what was read of others goes. */
  leave(): void;
  counts(): ShopCounts;
  next(limit: number): ShopOutboxItem[];
  refused(limit: number): ShopOutboxItem[];
  offerRefused(): void;
  /** A row as the chain keeps it; null where it is gone. `prefix`: that of this station. Throws `DamagedRecordError`. */
  entry(item: Pick<ShopOutboxItem, 'kind' | 'uid'>, prefix: string): Entry | null;
  /** The server has these, or they are gone. */
  settle(ids: readonly number[]): void;
  refuse(id: number, trouble: string): void;
  /** The time was over before the server had them. */
  triedInVain(ids: readonly number[]): void;
  /** Rows that were removed for good, and that the server does not know of. */
  erasures(limit: number): string[];
  toldErasures(uids: readonly string[]): void;
  /** Removes what other stations have erased. */
  takeErased(rows: readonly ErasedRow[], cursor: Cursor): void;
  /** Whether a row belongs to what came here in a case. */
  belongsToTakenIn(entry: Pick<Entry, 'of' | 'ticket' | 'customer'>): boolean;
  /** Has the backups follow. */
  clearBackups(): Promise<void>;
  /** Which of these rows are here already. */
  known(uids: readonly string[]): Set<string>;
  /** How many were new, and how many nobody can read. Throws `ShopServerError` where this station has left the chain meanwhile. */
  takeRows(rows: readonly unknown[]): { taken: number; unreadable: number };
  /** `unreadable`: so many rows were passed over on the way there. */
  readTo(cursor: Cursor, unreadable: number): void;
  keepStations(stations: readonly KnownStation[]): void;
  synced(): void;
  /** What other stations of the shop have, as {@link listElsewhere} and the others beside it. */
  list(kind: string, limit: number): ElsewhereRow[];
  ofPhone(phone: string, limit: number): ElsewhereRow[];
  ofTickets(tickets: readonly string[]): ElsewhereRow[];
  ofCustomers(customers: readonly string[]): ElsewhereRow[];
  events(of: readonly string[]): ElsewhereRow[];
  find(words: readonly string[], limit: number): ElsewhereRow[];
  load(uid: string): ForeignEntry | null;
  /** Who a station of the chain is; null where that is not known here. */
  station(id: number): KnownStation | null;
}

export const noChain = (): ShopServerError => new ShopServerError('shop-refused', 'This station belongs to no chain.');

const uidRow = z.object({ uid: z.string() });
const listed = '(SELECT value FROM json_each($uids))';

const ofChain = ['elsewhere', 'shop_outbox', 'shop_erasure', 'shop_station', 'shop_link'];

const leave = (connection: Connection): void =>
  removeRows(
    connection,
    ofChain.map((table) => ({ table, where: 'TRUE' })),
    {},
  );

export const openShopStore = (connection: Connection, folder: string): ShopStore => ({
  take: () => takeTurn(folder, 'shop'),
  link: () => shopLink(connection),
  join: (station) =>
    connection.transaction(() => {
      keepLink(connection, station);
      connection.run('UPDATE shop_erasure SET told = 0 WHERE station = 0 AND uid NOT IN (SELECT uid FROM taken_in)');
      tellOfErased(connection);
      offerEverything(connection);
    }),
  rename: (names) => void keepStationNames(connection, names),
  wasThere: (rounds) => void keepRounds(connection, rounds),
  leave: () => leave(connection),
  counts: () => shopCounts(connection),
  next: (limit) => nextForShop(connection, limit),
  refused: (limit) => refusedByShop(connection, limit),
  offerRefused: () => void offerRefused(connection),
  entry: ({ kind, uid }, prefix) => entryOf(connection, kind, uid, prefix),
  settle: (ids) => void settleForShop(connection, ids),
  refuse: (id, trouble) => void refuseForShop(connection, id, trouble),
  triedInVain: (ids) => void triedInVain(connection, ids),
  erasures: (limit) =>
    connection
      .rows(uidRow, 'SELECT uid FROM shop_erasure WHERE told = 0 ORDER BY id LIMIT $limit', { limit })
      .map(({ uid }) => uid),
  toldErasures: (uids) =>
    void connection.run(`UPDATE shop_erasure SET told = 1 WHERE station = 0 AND uid IN ${listed}`, {
      uids: JSON.stringify(uids),
    }),
  takeErased: (rows, cursor) =>
    void erasingHere(connection, () =>
      removeErased(connection, rows, shopLink(connection)?.station ?? null, () => {
        keepErasedCursor(connection, cursor);
      }),
    ),
  belongsToTakenIn: ({ of, ticket, customer }) => isTakenIn(connection, [of, ticket, customer]),
  clearBackups: () => clearBackups(connection),
  known: (uids) => knownUids(connection, uids),
  takeRows: (rows) =>
    connection.transaction(() => {
      // Whoever leaves while something is on its way keeps nothing of others.
      if (shopLink(connection) === null) throw noChain();
      const went = rows.map((row) => keepElsewhere(connection, row));
      const count = (what: Kept): number => went.filter((one) => one === what).length;
      return { taken: count('kept'), unreadable: count('unreadable') };
    }),
  readTo: (cursor, unreadable) =>
    connection.transaction(() => {
      keepRowsCursor(connection, cursor);
      if (unreadable > 0) countUnreadable(connection, unreadable);
    }),
  keepStations: (stations) => connection.transaction(() => keepKnownStations(connection, stations)),
  synced: () => void keepSynced(connection),
  list: (kind, limit) => listElsewhere(connection, kind, limit),
  ofPhone: (phone, limit) => elsewhereOfPhone(connection, phone, limit),
  ofTickets: (tickets) => elsewhereOfTickets(connection, tickets),
  ofCustomers: (customers) => elsewhereOfCustomers(connection, customers),
  events: (of) => elsewhereEvents(connection, of),
  find: (words, limit) => findElsewhere(connection, words, limit),
  load: (uid) => loadElsewhere(connection, uid),
  station: (id) => knownStation(connection, id),
});
