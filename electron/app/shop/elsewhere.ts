import { z } from 'zod';
import { foreignEntrySchema, type ForeignEntry } from '../../../db/records/elsewhere.ts';
import type { ShopLink } from '../../../db/records/shop-link.ts';
import { readElsewhereSnapshot, type ElsewhereSnapshot } from '../../../db/shop/elsewhere-snapshot.ts';
import { keyColumns, wholeColumns } from '../../../db/shop/pull.ts';
import type { Server } from '../../../db/shop/server.ts';
import type { Store } from '../../../db/store.ts';
import { ApplicationError } from '../program/problem.ts';
import { requireSearchable } from '../program/searched-text.ts';
import {
  elsewhereOfPhone,
  findElsewhere,
  itemsOf,
  rowsOfServer,
  rowsOfStore,
  scanOf,
  type ElsewhereItem,
  type ElsewhereRows,
} from './elsewhere-items.ts';

/** What the other shops of the chain have, which is not kept here, and whether they could be asked. */
export interface AtOtherShops {
  items: readonly ElsewhereItem[];
  others: 'asked' | 'offline' | 'trouble' | 'not-allowed';
  /** Why they could not be asked, where the server answers. */
  trouble: string | null;
}

/** A scan that another station has kept, and what it has written beside it. */
export interface OpenedElsewhere extends ElsewhereSnapshot {
  shop: string;
  station: string;
  label: string | null;
  note: string;
}

export interface ElsewhereOptions {
  link: () => ShopLink | null;
  store: () => Store;
  /** Does something in a conversation with the server. */
  converse: <T>(signal: AbortSignal, work: (server: Server) => Promise<T>) => Promise<T>;
  /** Anything that goes wrong, in words for people. */
  asTrouble: (error: unknown) => ApplicationError;
}

const notAllowed: AtOtherShops = { items: [], others: 'not-allowed', trouble: null };
const mostListed = 100;
/** What a scan takes at most, packed. */
const largestScan = 16 * 1024 * 1024;
const keyRow = z.object({ shop: z.int(), bytes: z.coerce.number() });

/** What other stations of the chain have: those of the own shop in this store, the other shops' at the server. It is only read here. */
export class Elsewhere {
  readonly #options: ElsewhereOptions;

  constructor(options: ElsewhereOptions) {
    this.#options = options;
  }

  /** What other stations of the own shop have that words are found in. */
  async find(text: string): Promise<readonly ElsewhereItem[]> {
    requireSearchable(text);
    return this.#here((rows) => findElsewhere(text, rows));
  }

  /** The same of the other shops of the chain, where it allows that and its server answers. */
  async findAtOthers(text: string, signal: AbortSignal): Promise<AtOtherShops> {
    requireSearchable(text);
    return this.#there((rows) => findElsewhere(text, rows), signal);
  }

  /** What other stations of the own shop have of a phone. */
  ofPhone(phone: string): Promise<readonly ElsewhereItem[]> {
    return this.#here((rows) => elsewhereOfPhone(phone, rows));
  }

  ofPhoneAtOthers(phone: string, signal: AbortSignal): Promise<AtOtherShops> {
    return this.#there((rows) => elsewhereOfPhone(phone, rows), signal);
  }

  /** The latest tickets or scans of the own shop's other stations. */
  latest(kind: 'ticket' | 'snapshot'): Promise<readonly ElsewhereItem[]> {
    return this.#here((rows) => itemsOf(this.#options.store().shop.list(kind, mostListed), rows));
  }

  /**
   * A scan of another station as it was judged there on its day. `of`: the shop by its name, for a row has its id within its shop; null: the own
   * one, else whichever has it. Throws `unknown-snapshot`, `ambiguous-snapshot`, `snapshot-unreadable`, or as the server does, which alone has those
   * of other shops.
   */
  async snapshot(uid: string, of: string | null, signal: AbortSignal): Promise<OpenedElsewhere> {
    const { link, store, converse, asTrouble } = this.#options;
    const { shop } = store();
    const own = link();
    const kept = own === null || (of ?? own.shopName) !== own.shopName ? null : shop.load(uid);
    if (kept !== null) return this.#opened(kept, rowsOfStore(shop));
    if (own === null || !own.looks) throw unknownSnapshot();
    try {
      return await converse(signal, async (server) => {
        const [key, ...others] = await server.rows(
          keyRow,
          `SELECT place.id AS shop, ${keyColumns} FROM shop.entry JOIN shop.place ON place.id = entry.shop
           WHERE entry.shop <> $1 AND uid = $2::uuid AND kind = 'snapshot' AND place.name = coalesce($3::text, place.name)`,
          [own.shop, uid, of],
        );
        if (key === undefined) throw unknownSnapshot();
        if (others.length > 0) throw ambiguous();
        if (key.bytes > largestScan) throw unreadable();
        const rows = await server.rows(
          z.unknown(),
          `SELECT ${wholeColumns} FROM shop.entry WHERE shop = $1 AND uid = $2::uuid`,
          [key.shop, uid],
          key.bytes,
        );
        const [entry] = rows.map((row) => foreignEntrySchema.safeParse(row));
        if (entry === undefined) throw unknownSnapshot();
        if (!entry.success) throw unreadable();
        return this.#opened(entry.data, rowsOfServer(server, own.shop));
      });
    } catch (error) {
      if (signal.aborted) throw error;
      throw asTrouble(error);
    }
  }

  async #opened(entry: ForeignEntry, rows: ElsewhereRows): Promise<OpenedElsewhere> {
    const read = entry.kind === 'snapshot' ? readElsewhereSnapshot(entry) : null;
    const said = scanOf(entry, await rows.events([entry.uid]));
    if (read === null || said === null) throw unreadable();
    const where = this.#options.store().shop.station(entry.station);
    return { ...read, shop: where?.shopName ?? '', station: where?.name ?? '', label: said.label, note: said.note };
  }

  async #here(look: (rows: ElsewhereRows) => Promise<ElsewhereItem[]>): Promise<readonly ElsewhereItem[]> {
    const { link, store } = this.#options;
    return link() === null ? [] : look(rowsOfStore(store().shop));
  }

  async #there(look: (rows: ElsewhereRows) => Promise<ElsewhereItem[]>, signal: AbortSignal): Promise<AtOtherShops> {
    const own = this.#options.link();
    if (own === null || !own.looks) return notAllowed;
    try {
      const items = await this.#options.converse(signal, (server) => look(rowsOfServer(server, own.shop)));
      return { items, others: 'asked', trouble: null };
    } catch (error) {
      if (signal.aborted) throw error;
      const { code, message } = this.#options.asTrouble(error);
      return code === 'shop-offline'
        ? { items: [], others: 'offline', trouble: null }
        : { items: [], others: 'trouble', trouble: message };
    }
  }
}

const unknownSnapshot = (): ApplicationError =>
  new ApplicationError('unknown-snapshot', 'No other station of the chain has this scan.');

const ambiguous = (): ApplicationError =>
  new ApplicationError('ambiguous-snapshot', 'More than one shop has a scan with this id.', ['Name the shop too.']);

const unreadable = (): ApplicationError =>
  new ApplicationError('snapshot-unreadable', 'This scan cannot be read here. It can be opened at its own station.');
