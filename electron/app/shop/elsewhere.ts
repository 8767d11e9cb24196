import { z } from 'zod';
import { foreignEntrySchema, type ForeignEntry } from '../../../db/records/elsewhere.ts';
import type { ShopLink } from '../../../db/records/shop-link.ts';
import { readElsewhereSnapshot, type ElsewhereSnapshot } from '../../../db/shop/elsewhere-snapshot.ts';
import { wholeColumns } from '../../../db/shop/pull.ts';
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
/** What a scan takes at most, packed: so long it may be on its way. */
const largestScan = 16 * 1024 * 1024;

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
   * A scan of another station as it was judged there on its day. Throws `unknown-snapshot`, `snapshot-unreadable`, or as the server does, which
   * alone has those of other shops.
   */
  async snapshot(uid: string, signal: AbortSignal): Promise<OpenedElsewhere> {
    const { link, store, converse, asTrouble } = this.#options;
    const { shop } = store();
    const own = link();
    const kept = own === null ? null : shop.load(uid);
    if (kept !== null) return this.#opened(kept, rowsOfStore(shop));
    if (own === null || !own.looks) throw unknownSnapshot();
    try {
      return await converse(signal, async (server) => {
        const rows = await server.rows(
          z.unknown(),
          `SELECT ${wholeColumns} FROM shop.entry WHERE shop <> $1 AND uid = $2::uuid AND kind = 'snapshot' LIMIT 1`,
          [own.shop, uid],
          largestScan,
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

const unreadable = (): ApplicationError =>
  new ApplicationError('snapshot-unreadable', 'This scan cannot be read here. It can be opened at its own station.');
