import { initChain, makeStation, setLooks, type Initialised } from '../../../db/shop/init.ts';
import { sayHello, type Hello } from '../../../db/shop/hello.ts';
import { readServerAddress, shownAddress, type ServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer, type Server } from '../../../db/shop/server.ts';
import { ShopServerError } from '../../../db/shop/shop-error.ts';
import { syncShop, type SyncRound } from '../../../db/shop/sync.ts';
import type { ShopLink } from '../../../db/records/shop-link.ts';
import type { ShopCounts, ShopOutboxItem } from '../../../db/records/shop-outbox.ts';
import type { Store } from '../../../db/store.ts';
import { pauseMs } from '../handover/sender.ts';
import type { Clock } from '../program/clock.ts';
import { ApplicationError, faultOf } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import { requireSearchable } from '../program/searched-text.ts';
import { SecretFile, type Keychain } from '../program/secret-file.ts';
import type { Settings } from '../settings/settings.ts';
import {
  elsewhereOfPhone,
  findElsewhere,
  rowsOfServer,
  rowsOfStore,
  type ElsewhereItem,
  type ElsewhereRows,
} from './elsewhere-items.ts';

/** How often what waits is sent, and what others wrote is read. */
const roundEveryMs = 20_000;
/** So many rows that the server does not take are named. */
const mostNamed = 20;

/** How it stands with the shop's server. `offline` is no trouble: what waits goes on waiting. */
export type ShopState = 'off' | 'never' | 'whole' | 'waiting' | 'offline' | 'trouble';

export interface ShopView {
  state: ShopState;
  /** null: this station belongs to no chain. */
  link: Pick<ShopLink, 'shopName' | 'stationName' | 'looks' | 'syncedAt'> | null;
  /** Where the server is, and as whom; nobody is told more of the connection string. */
  address: string | null;
  counts: ShopCounts;
  /** What the server does not take, the oldest first. */
  refused: readonly Pick<ShopOutboxItem, 'kind' | 'trouble'>[];
  /** Why nothing goes between them; null where it does, or the server is only offline. */
  trouble: string | null;
  isAtWork: boolean;
}

/** What other stations have; `others`: whether the other shops of the chain could be asked. */
export interface FoundElsewhere {
  items: readonly ElsewhereItem[];
  others: 'asked' | 'offline' | 'not-allowed';
}

export interface ShopOptions {
  folder: string;
  settings: Settings;
  store: () => Store;
  recall: Recall;
  clock: Clock;
  /** One line for the log. */
  log: (line: string) => void;
  keychain?: Keychain | undefined;
}

const noCounts: ShopCounts = { waiting: 0, refused: 0, erasures: 0 };

/** What a person reads of a server that cannot be used. */
function asProblem(error: unknown): unknown {
  return error instanceof ShopServerError ? new ApplicationError(error.code, error.message) : error;
}

const isOffline = ({ code }: ApplicationError): boolean => code === 'shop-offline';

/** This station in its chain: sends what happens here, and reads what other stations of the shop have. Off until somebody connects it. */
export class Shop {
  readonly #options: ShopOptions;
  readonly #secret: SecretFile;
  readonly #listeners = new Set<(view: ShopView) => void>();
  #last: ApplicationError | null = null;
  #failed = 0;
  #dueAt = 0;
  #isAtWork = false;
  #running: { stop: AbortController; done: Promise<void> } | null = null;

  constructor(options: ShopOptions) {
    this.#options = options;
    this.#secret = new SecretFile(options.folder, 'shop-connection', options.keychain ?? null);
  }

  view(): ShopView {
    const { recall } = this.#options;
    const link = recall(({ shop }) => shop.link(), null);
    const counts = link === null ? noCounts : recall(({ shop }) => shop.counts(), noCounts);
    return {
      state: link === null ? 'off' : this.#state(link, counts),
      link:
        link === null
          ? null
          : { shopName: link.shopName, stationName: link.stationName, looks: link.looks, syncedAt: link.syncedAt },
      address: this.#shown(),
      counts,
      refused:
        counts.refused === 0
          ? []
          : recall(({ shop }) => shop.refused(mostNamed), []).map(({ kind, trouble }) => ({ kind, trouble })),
      trouble: this.#last === null || isOffline(this.#last) ? null : this.#last.message,
      isAtWork: this.#isAtWork,
    };
  }

  /** Calls back now and at each change, until the returned function is called. */
  follow(listener: (view: ShopView) => void): () => void {
    this.#listeners.add(listener);
    listener(this.view());
    return () => this.#listeners.delete(listener);
  }

  /** Sets a database up for a chain; with a shop and a station, gives what that station connects with. Throws as the server does. */
  async init(
    admin: string,
    { shop, station, looks }: { shop?: string | undefined; station?: string | undefined; looks?: boolean | undefined },
    signal: AbortSignal,
  ): Promise<Initialised & { connection: string | null }> {
    return this.#conversing(readAddress(admin), signal, async (server) => {
      const done = await initChain(server);
      if (looks !== undefined) await setLooks(server, looks);
      if (shop === undefined || station === undefined) return { ...done, connection: null };
      const { user, password } = await makeStation(server, { shop, station });
      const url = new URL(admin.trim());
      url.username = user;
      url.password = password;
      return { ...done, connection: url.href };
    });
  }

  /** Whether a server answers, and who this station is to it; nothing is kept. */
  async test(
    connection: string | null,
    signal: AbortSignal,
  ): Promise<Pick<Hello, 'shopName' | 'stationName' | 'looks'>> {
    const address = connection === null ? this.#address() : readAddress(connection);
    const { shopName, stationName, looks } = await this.#conversing(address, signal, (server) => sayHello(server));
    return { shopName, stationName, looks };
  }

  /** Belongs to a chain from now on. Everything that is kept here is offered to it. Throws `shop-connected`, or as the server does. */
  async connect(connection: string, signal: AbortSignal): Promise<ShopView> {
    const { shop } = this.#options.store();
    const hello = await this.#conversing(readAddress(connection), signal, (server) => sayHello(server));
    const link = shop.link();
    if (link !== null && (link.shop !== hello.shop || link.station !== hello.station)) {
      throw new ApplicationError('shop-connected', `This station is ${link.stationName} of ${link.shopName} already.`, [
        'Leave the chain first.',
      ]);
    }
    if (link === null || link.marker !== hello.marker) shop.join(hello, hello.marker);
    this.#secret.keep(connection.trim());
    this.#went(null);
    return this.#told();
  }

  /** Belongs to no chain any more. What was read of others goes; what was sent stays at the server. */
  leave(): ShopView {
    this.#options.store().shop.leave();
    this.#secret.remove();
    this.#went(null);
    return this.#told();
  }

  /** Sends what waits and reads what others wrote, now; what was refused is offered once more. Throws `shop-off`, `shop-busy`, or as the server does. */
  async syncNow(signal: AbortSignal): Promise<SyncRound> {
    const { shop } = this.#options.store();
    if (shop.link() === null) throw off();
    shop.offerRefused();
    const round = await this.#round(signal);
    if (round !== null) return round;
    throw new ApplicationError('shop-busy', 'Another window or program is sending already.', [
      'Wait a moment, and look again at what waits.',
    ]);
  }

  /** What other stations of the chain have that words are found in. */
  async find(text: string, signal: AbortSignal): Promise<FoundElsewhere> {
    requireSearchable(text);
    return this.#elsewhere((rows) => findElsewhere(text, rows), signal);
  }

  /** What other stations of the chain have of a phone. */
  ofPhone(phone: string, signal: AbortSignal): Promise<FoundElsewhere> {
    return this.#elsewhere((rows) => elsewhereOfPhone(phone, rows), signal);
  }

  /** Of the own shop from this store, of the others from the server, where the chain allows it and the server answers. */
  async #elsewhere(
    look: (rows: ElsewhereRows) => Promise<ElsewhereItem[]>,
    signal: AbortSignal,
  ): Promise<FoundElsewhere> {
    const { recall, store } = this.#options;
    const link = recall(({ shop }) => shop.link(), null);
    if (link === null) return { items: [], others: 'not-allowed' };
    const items = await look(rowsOfStore(store().shop));
    if (!link.looks) return { items, others: 'not-allowed' };
    try {
      const others = await this.#conversing(this.#address(), signal, (server) => look(rowsOfServer(server, link.shop)));
      return { items: [...items, ...others].toSorted((a, b) => (a.at < b.at ? 1 : -1)), others: 'asked' };
    } catch (error) {
      if (error instanceof ApplicationError) return { items, others: 'offline' };
      throw error;
    }
  }

  /** Sends and reads again and again, until {@link stop}. */
  start(): void {
    if (this.#running !== null) return;
    const stop = new AbortController();
    this.#running = { stop, done: this.#run(stop.signal) };
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.done;
    this.#running = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, log, recall } = this.#options;
    while (!signal.aborted) {
      try {
        const isDue = clock.now().getTime() >= this.#dueAt;
        if (isDue && recall(({ shop }) => shop.link(), null) !== null) await this.#round(signal);
      } catch (error) {
        if (!(error instanceof ApplicationError) && !signal.aborted) {
          const lines = [`shop: ${error instanceof Error ? error.message : String(error)}`, ...faultOf(error)];
          for (const line of lines) log(line);
        }
      }
      await clock.sleep(roundEveryMs, signal);
    }
  }

  /** null where another program with this data folder is at it. Throws as the server does, in words for people. */
  async #round(signal: AbortSignal): Promise<SyncRound | null> {
    const { store: open, settings } = this.#options;
    const { shop } = open();
    const turn = shop.take();
    if (turn === null) return null;
    this.#isAtWork = true;
    this.#told();
    try {
      const round = await this.#conversing(this.#address(), signal, (server) =>
        syncShop({ store: shop, server, prefix: settings.values.stationPrefix }),
      );
      this.#went(null);
      return round;
    } catch (error) {
      if (error instanceof ApplicationError && !signal.aborted) this.#went(error);
      throw error;
    } finally {
      turn.giveBack();
      this.#isAtWork = false;
      this.#told();
    }
  }

  async #conversing<T>(address: ServerAddress, signal: AbortSignal, work: (server: Server) => Promise<T>): Promise<T> {
    try {
      const server = await connectServer(address, signal);
      try {
        return await work(server);
      } finally {
        await server.close();
      }
    } catch (error) {
      throw asProblem(error);
    }
  }

  /** Longer pauses as long as nobody answers. */
  #went(error: ApplicationError | null): void {
    if (error?.code !== this.#last?.code && error !== null) this.#options.log(`shop: ${error.message}`);
    this.#failed = error === null ? 0 : this.#failed + 1;
    this.#last = error;
    const pause = error === null ? 0 : pauseMs(this.#failed - 1, Math.random());
    this.#dueAt = this.#options.clock.now().getTime() + pause;
  }

  #state(link: ShopLink, { waiting, erasures, refused }: ShopCounts): ShopState {
    if (this.#last !== null) return isOffline(this.#last) ? 'offline' : 'trouble';
    if (refused > 0) return 'trouble';
    if (waiting + erasures > 0) return 'waiting';
    return link.syncedAt === null ? 'never' : 'whole';
  }

  /** Throws `shop-off`, `shop-locked`. */
  #address(): ServerAddress {
    const kept = this.#secret.read();
    if (kept === null) throw off();
    if (kept === 'locked') {
      throw new ApplicationError(
        'shop-locked',
        "The connection string is in this computer's keychain, which this program cannot open.",
        ['Use the window, or connect here again.'],
      );
    }
    return readAddress(kept.text);
  }

  #shown(): string | null {
    const kept = this.#secret.read();
    if (kept === null || kept === 'locked') return null;
    try {
      return shownAddress(readServerAddress(kept.text));
    } catch (error) {
      if (error instanceof ShopServerError) return null;
      throw error;
    }
  }

  #told(): ShopView {
    const view = this.view();
    for (const listener of this.#listeners) listener(view);
    return view;
  }
}

/** Throws `shop-refused` in words for people. */
function readAddress(connection: string): ServerAddress {
  try {
    return readServerAddress(connection);
  } catch (error) {
    throw asProblem(error);
  }
}

const off = (): ApplicationError =>
  new ApplicationError('shop-off', 'This station belongs to no chain.', [
    'Connect it with the connection string that "phone-health shop init" has made for it.',
  ]);
