import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sayHello, type KnownSchema } from '../../db/shop/hello.ts';
import { initChain, makeStation, setLooks } from '../../db/shop/init.ts';
import { readServerAddress } from '../../db/shop/server-address.ts';
import { connectServer, type Server } from '../../db/shop/server.ts';
import { syncShop, type SyncRound } from '../../db/shop/sync.ts';
import { openStore, type Store, type StoreOptions } from '../../db/store.ts';
import type { PostgresServer } from './postgres.ts';

const never = new AbortController().signal;

/** Does something with a conversation of its own. */
export async function conversing<T>(connection: string, work: (server: Server) => Promise<T>): Promise<T> {
  const server = await connectServer(readServerAddress(connection), never);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** A chain in a database of its own. */
export interface Chain {
  database: string;
  admin: string;
  /** The connection string of a station, made where there is none. */
  login: (shop: string, station: string) => Promise<string>;
}

export async function makeChain(postgres: PostgresServer, database: string, looks = false): Promise<Chain> {
  postgres.psql(postgres.admin(), `CREATE DATABASE ${database}`);
  const admin = postgres.admin(database);
  await conversing(admin, async (server) => {
    await initChain(server);
    await setLooks(server, looks);
  });
  return {
    database,
    admin,
    login: async (shop, station) => {
      const { user, password } = await conversing(admin, (server) => makeStation(server, { shop, station }));
      return `postgresql://${user}:${password}@127.0.0.1:${postgres.port}/${database}`;
    },
  };
}

/** A station with a store of its own. */
export interface Station {
  folder: string;
  store: Store;
  connection: string;
  /** One round over the line as it is now; through another port where that is given. */
  sync: (line?: { port?: number; known?: KnownSchema; answerMs?: number }) => Promise<SyncRound>;
  close: () => void;
}

/** Opens a station's store, which belongs to its chain from then on. */
export async function openStation(connection: string, options: StoreOptions = {}): Promise<Station> {
  const folder = mkdtempSync(join(tmpdir(), 'station-'));
  const store = openStore(folder, options);
  await conversing(connection, async (server) => {
    const hello = await sayHello(server);
    store.shop.join(hello);
  });
  return {
    folder,
    store,
    connection,
    sync: async ({ port, known, answerMs } = {}) => {
      const address = readServerAddress(connection);
      const server = await connectServer({ ...address, port: port ?? address.port }, never, {
        connectMs: 5000,
        answerMs: answerMs ?? 20_000,
      });
      try {
        return await syncShop({ store: store.shop, server, prefix: 'A', ...(known === undefined ? {} : { known }) });
      } finally {
        await server.close();
      }
    },
    close: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
