import { initChain, makeStation, setLooks, type Initialised } from '../../../db/shop/init.ts';
import { sayHello, type Hello } from '../../../db/shop/hello.ts';
import { readServerAddress, shownAddress, type ServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer, type Server, type ServerWaits } from '../../../db/shop/server.ts';
import { ShopServerError } from '../../../db/shop/shop-error.ts';
import { isOfAnother, isSetBack, syncShop, type SyncRound } from '../../../db/shop/sync.ts';
import type { ShopLink } from '../../../db/records/shop-link.ts';
import type { ShopCounts, ShopOutboxItem } from '../../../db/records/shop-outbox.ts';
import type { Store } from '../../../db/store.ts';
import { pauseMs } from '../handover/sender.ts';
import type { Clock } from '../program/clock.ts';
import { ApplicationError, faultOf } from '../program/problem.ts';
import type { Recall } from '../program/recall.ts';
import { SecretFile, type Keychain } from '../program/secret-file.ts';
import type { Settings } from '../settings/settings.ts';
import { Elsewhere } from './elsewhere.ts';

/** How often what waits is sent, and what others wrote is read. */
const roundEveryMs = 20_000;
/** As long something may be open at the server that keeps rows from being read. */
const heldMs = 180_000;
/** The whole of a large database may have to be read to bring it up to date. */
const initWaitMs = 3_600_000;
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
  /** Rows of other stations that nobody can read, and that were passed over. */
  unreadable: number;
  /** Why nothing goes between them; null where it does, or the server is only offline. */
  trouble: string | null;
  isAtWork: boolean;
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
  /** What other stations have. */
  readonly elsewhere: Elsewhere;
  readonly #listeners = new Set<(view: ShopView) => void>();
  #last: ApplicationError | null = null;
  #failed = 0;
  /** What is left of a pause after a failure. Counted in what was slept, as the computer's clock may be set. */
  #pauseMs = 0;
  /** The round under way. */
  #round: { stop: AbortController; done: Promise<SyncRound | null> } | null = null;
  /** Since when rows cannot be read, because something is still being written. */
  #heldSince: number | null = null;
  #running: { stop: AbortController; done: Promise<void> } | null = null;

  constructor(options: ShopOptions) {
    this.#options = options;
    this.#secret = new SecretFile(options.folder, 'shop-connection', options.keychain ?? null);
    const { recall, store } = options;
    this.elsewhere = new Elsewhere({
      link: () => recall(({ shop }) => shop.link(), null),
      store,
      converse: (signal, work) => this.#conversing(this.#address(), signal, work),
      asTrouble: (error) => this.#asTrouble(error),
    });
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
      unreadable: link?.unreadable ?? 0,
      trouble: this.#last === null || isOffline(this.#last) ? null : this.#last.message,
      isAtWork: this.#round !== null,
    };
  }

  /** Calls back now and at each change, until the returned function is called. */
  follow(listener: (view: ShopView) => void): () => void {
    this.#listeners.add(listener);
    listener(this.view());
    return () => this.#listeners.delete(listener);
  }

  /**
   * Sets a database up for a chain; with a shop and a station, gives what that station connects with. `onStep`: called before each migration,
   * which may take long. Throws as the server does.
   */
  async init(
    admin: string,
    { shop, station, looks }: { shop?: string | undefined; station?: string | undefined; looks?: boolean | undefined },
    signal: AbortSignal,
    onStep: (migration: string) => void = () => undefined,
  ): Promise<Initialised & { connection: string | null }> {
    const setUp = async (server: Server): Promise<Initialised & { connection: string | null }> => {
      const done = await initChain(server, { onStep });
      if (looks !== undefined) await setLooks(server, looks);
      if (shop === undefined || station === undefined) return { ...done, connection: null };
      const { user, password } = await makeStation(server, { shop, station });
      const url = new URL(admin.trim());
      url.username = user;
      url.password = password;
      return { ...done, connection: url.href };
    };
    return this.#conversing(readAddress(admin), signal, setUp, { answerMs: initWaitMs });
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

  /** Belongs to a chain from now on. Everything that is kept here is offered to it. Throws `shop-connected`, `shop-busy`, or as the server does. */
  async connect(connection: string, signal: AbortSignal): Promise<ShopView> {
    const hello = await this.#conversing(readAddress(connection), signal, (server) => sayHello(server));
    return this.#alone((shop) => {
      const link = shop.link();
      if (link !== null && isOfAnother(link, hello)) {
        const { stationName, shopName } = link;
        throw new ApplicationError('shop-connected', `This station is ${stationName} of ${shopName} already.`, [
          'Leave the chain first.',
        ]);
      }
      // Whoever belongs to a chain can connect to it: a disk that is full leaves this station where it was.
      this.#secret.keep(connection.trim());
      if (link === null || isSetBack(link, hello)) shop.join(hello);
      else shop.rename(hello);
    });
  }

  /** Throws `shop-off` where this station belongs to no chain. */
  requireChain(): void {
    if (this.#options.store().shop.link() === null) throw off();
  }

  /** Belongs to no chain any more. What was read of others goes; what was sent stays at the server. Throws `shop-busy`. */
  leave(): Promise<ShopView> {
    return this.#alone((shop) => {
      // In this order: killed in between, it has no password left behind.
      this.#secret.remove();
      shop.leave();
    });
  }

  /** While nothing is sent or read, here or by another program with this data folder: a round under way ends first. */
  async #alone(work: (shop: Store['shop']) => void): Promise<ShopView> {
    this.#round?.stop.abort();
    // Whoever began it hears how it ended.
    await this.#round?.done.catch(() => null);
    const { shop } = this.#options.store();
    const turn = shop.take();
    if (turn === null) throw busy();
    try {
      work(shop);
    } finally {
      turn.giveBack();
    }
    this.#went(null);
    return this.#told();
  }

  /** Sends what waits and reads what others wrote, now; what was refused is offered once more. Throws `shop-off`, `shop-busy`, or as the server does. */
  async syncNow(signal: AbortSignal): Promise<SyncRound> {
    const { shop } = this.#options.store();
    if (shop.link() === null) throw off();
    shop.offerRefused();
    const round = await this.#goRound(signal);
    if (round !== null) return round;
    throw busy();
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
    const { clock } = this.#options;
    this.#removeLeftBehind();
    while (!signal.aborted) {
      const isDue = this.#pauseMs <= 0 && this.#belongs();
      // What went wrong is shown where the chain is, and in the log.
      if (isDue) await this.#goRound(signal).catch(() => null);
      await clock.sleep(roundEveryMs, signal);
      this.#pauseMs -= roundEveryMs;
    }
  }

  /** A program that was killed while it connected has kept the connection string and belongs to no chain. */
  #removeLeftBehind(): void {
    try {
      const turn = this.#options.recall(({ shop }) => shop.take(), null);
      if (turn === null) return;
      try {
        if (this.#options.recall(({ shop }) => shop.link() === null, false)) this.#secret.remove();
      } finally {
        turn.giveBack();
      }
    } catch (error) {
      this.#went(this.#asTrouble(error));
    }
  }

  #belongs(): boolean {
    try {
      return this.#options.recall(({ shop }) => shop.link(), null) !== null;
    } catch (error) {
      this.#went(this.#asTrouble(error));
      return false;
    }
  }

  /** null where somebody is at it already. Throws as the server does, in words for people. */
  async #goRound(signal: AbortSignal): Promise<SyncRound | null> {
    if (this.#round !== null) return null;
    const stop = new AbortController();
    const done = this.#inTurn(AbortSignal.any([signal, stop.signal]));
    this.#round = { stop, done };
    try {
      // What cannot be shown ends no round: nobody would hear what becomes of it.
      this.#toldOrLogged();
      return await done;
    } catch (error) {
      // A failure like another one, but where this station was told to stop.
      if (!stop.signal.aborted) throw error;
      throw new ApplicationError('shop-stopped', 'It was stopped: this station left its chain, or was connected anew.');
    } finally {
      this.#round = null;
      this.#told();
    }
  }

  /** null where another program with this data folder is at it. */
  async #inTurn(signal: AbortSignal): Promise<SyncRound | null> {
    const { store: open, settings, log } = this.#options;
    try {
      const { shop } = open();
      const turn = shop.take();
      if (turn === null) return null;
      try {
        const round = await this.#conversing(this.#address(), signal, (server) =>
          syncShop({ store: shop, server, prefix: settings.values.stationPrefix }),
        );
        if (round.again) log('shop: the database is another one, or an older state of it: it was offered everything');
        if (round.unreadable > 0) log(`shop: ${round.unreadable} rows of other stations cannot be read`);
        const isTold = this.#last?.code === 'shop-held';
        this.#went(null);
        this.#tellHeld(round.isHeld, isTold);
        return round;
      } finally {
        turn.giveBack();
      }
    } catch (error) {
      if (signal.aborted) throw error;
      const problem = this.#asTrouble(error);
      this.#went(problem);
      throw problem;
    }
  }

  /** Whatever goes wrong between this station and the server, in words for people; what is a fault of the program stands in the log. */
  #asTrouble(error: unknown): ApplicationError {
    if (error instanceof ApplicationError) return error;
    for (const line of faultOf(error)) this.#options.log(`shop: ${line}`);
    const why = error instanceof Error ? error.message : String(error);
    return new ApplicationError('shop-failed', `It failed on this computer: ${why}`);
  }

  async #conversing<T>(
    address: ServerAddress,
    signal: AbortSignal,
    work: (server: Server) => Promise<T>,
    waits: ServerWaits = {},
  ): Promise<T> {
    try {
      const server = await connectServer(address, signal, waits);
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
    this.#pauseMs = error === null ? 0 : pauseMs(this.#failed - 1, Math.random());
  }

  /** Of a moment it is nothing; of minutes it keeps every station from reading, and somebody has to look. */
  #tellHeld(isHeld: boolean, isTold: boolean): void {
    const now = this.#options.clock.now().getTime();
    if (!isHeld) this.#heldSince = null;
    else if (this.#heldSince === null || now < this.#heldSince) this.#heldSince = now;
    else if (now - this.#heldSince >= heldMs) {
      this.#last = new ApplicationError(
        'shop-held',
        "Something has been open at the shop's server for minutes: until it ends, nothing new is read from other stations.",
      );
      if (!isTold) this.#options.log(`shop: ${this.#last.message}`);
    }
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

  /** null where there is none, or none that can be read: what is wrong with it the next round tells. */
  #shown(): string | null {
    try {
      const kept = this.#secret.read();
      return kept === null || kept === 'locked' ? null : shownAddress(readServerAddress(kept.text));
    } catch (error) {
      if (error instanceof Error) return null;
      throw error;
    }
  }

  #toldOrLogged(): void {
    try {
      this.#told();
    } catch (error) {
      for (const line of faultOf(error)) this.#options.log(`shop: ${line}`);
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

const busy = (): ApplicationError =>
  new ApplicationError('shop-busy', 'Another window or program is sending already.', [
    'Wait a moment, and look again at what waits.',
  ]);

const off = (): ApplicationError =>
  new ApplicationError('shop-off', 'This station belongs to no chain.', [
    'Connect it with the connection string that "phone-health shop init" has made for it.',
  ]);
