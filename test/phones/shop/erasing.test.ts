import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../db/store.ts';
import { readServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer } from '../../../db/shop/server.ts';
import { syncShop } from '../../../db/shop/sync.ts';
import { makeChain, openStation, type Chain, type Station } from '../../shop-server/chain.ts';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel, temporaryFolder } from '../../unit/db/examples.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const opened = async (chain: Chain, shop: string, name: string): Promise<Station> => {
  const station = await openStation(await chain.login(shop, name));
  onTestFinished(() => station.close());
  return station;
};

const nothing = { sent: 0, read: 0, erased: 0, unreadable: 0, again: false, isHeld: false };
const adelheid = { name: 'Adelheid Quellenreuther', contact: 'adelheid@example.org' };
const mine = { ...pixel, id: 'SECRET-SERIAL-0815', name: 'Adelheids phone' };
const ben = { name: 'Ben', contact: '' };
/** Of the customer, in whatever letters. */
const traces = ['quellenreuther', 'adelheid', 'secret-serial-0815', '5180-laires-terces'];

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Which files of a folder hold something of the customer, byte for byte. */
const found = (folder: string): string[] =>
  filesIn(folder).flatMap((file) => {
    const text = readFileSync(file, 'latin1').toLowerCase();
    return traces.filter((trace) => text.includes(trace)).map((trace) => `${file.slice(folder.length + 1)}: ${trace}`);
  });

/** A customer with a ticket, a phone and a scan, and another. */
function work({ store }: Station): { customer: number } {
  for (const [told, phone] of [
    [ben, pixel],
    [adelheid, mine],
  ] as const) {
    const ticket = store.createTicket(exampleTicket({ customer: told, phones: [handedIn(phone)] }));
    store.saveSnapshot(exampleSnapshot({ phone, ticket: ticket.id }));
  }
  return { customer: store.findCustomers('Adelheid', 1)[0]?.id ?? 0 };
}

describe('an erased customer', () => {
  test('stays erased when a station comes back after weeks, and when another starts from a backup of before', async () => {
    const chain = await makeChain(postgres, 'weeks');
    const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
    const { customer } = work(a);
    await a.sync();
    await b.sync();
    expect(found(b.folder)).not.toEqual([]);
    // A copy of the station's data from before, as a backup is; and the other station has something that waits.
    const former = join(temporaryFolder(), 'data');
    await a.store.backUp(join(a.folder, 'copy.sqlite'));
    cpSync(a.folder, former, { recursive: true });
    b.store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: 'OF-B' } }));
    // What the planner counts are the values themselves, and nobody sweeps those.
    postgres.psql(chain.admin, 'ANALYZE');
    a.store.eraseCustomer(customer);
    expect((await a.sync()).erased).toBeGreaterThan(5);
    expect(postgres.psql(chain.admin, "SELECT role LIKE 'phone_health_%', gone > 5 FROM shop.erasure")).toBe('t|t');
    // Nothing of them is in what the server gives out, nor, once it has swept, in its tables.
    const dump = postgres.run('pg_dump', [chain.admin]).toLowerCase();
    expect(traces.filter((trace) => dump.includes(trace))).toEqual([]);
    postgres.psql(chain.admin, 'VACUUM FULL shop.entry');
    postgres.psql(chain.admin, 'VACUUM FULL shop.found_by');
    postgres.psql(chain.admin, 'CHECKPOINT');
    const number = postgres.psql(chain.admin, 'SELECT oid FROM pg_database WHERE datname = current_database()');
    expect(found(join(postgres.folder, 'data', 'base', number))).toEqual([]);
    // Weeks later.
    expect(await b.sync()).toEqual({ ...nothing, sent: 1 });
    expect(found(b.folder)).toEqual([]);
    expect(b.store.shop.ofPhone(pixel.id, 10).map(({ kind }) => kind)).toEqual(['snapshot', 'ticket_phone']);
    expect(postgres.psql(chain.admin, "SELECT count(*) FROM shop.entry WHERE phone = 'SECRET-SERIAL-0815'")).toBe('0');
    // The backup of before brings the customer back on that computer alone, and only until it has heard of it.
    const again = openStore(former);
    onTestFinished(() => again.close());
    expect(again.findCustomers('Adelheid', 1)).toHaveLength(1);
    const server = await connectServer(readServerAddress(a.connection), new AbortController().signal);
    const { waiting } = again.shop.counts();
    expect(await syncShop({ store: again.shop, server, prefix: 'A' })).toMatchObject({ sent: waiting });
    await server.close();
    expect(again.findCustomers('Adelheid', 1)).toEqual([]);
    expect(again.listPhones().map(({ id }) => id)).toEqual([pixel.id]);
    expect(again.listTickets()).toHaveLength(1);
  });

  test('is taken in from nobody who sends them without having heard of it', async () => {
    const chain = await makeChain(postgres, 'unheard');
    const a = await opened(chain, 'Mitte', 'A');
    const { customer } = work(a);
    await a.sync();
    const [ticket] = a.store.listTickets({ text: 'Adelheid' });
    a.store.eraseCustomer(customer);
    await a.sync();
    const insert = (columns: string, values: string): string =>
      postgres.psql(
        a.connection,
        `INSERT INTO shop.entry (uid${columns}, kind, version, at, body, words) VALUES (${values}, 'x', 1, '', '{}', '{}')`,
      );
    expect(insert('', `'${ticket?.uid}'`)).toBe('INSERT 0 0');
    expect(insert(', ticket', `gen_random_uuid(), '${ticket?.uid}'`)).toBe('INSERT 0 0');
    expect(insert(', of', `gen_random_uuid(), '${ticket?.uid}'`)).toBe('INSERT 0 0');
    expect(insert(', customer', `gen_random_uuid(), '${ticket?.customer?.uid}'`)).toBe('INSERT 0 0');
    expect(insert('', 'gen_random_uuid()')).toBe('INSERT 0 1');
  });
});

describe('a server that was restored from a dump into a new cluster', () => {
  test('gets back what it lost, doubles nothing, and brings nobody back', async () => {
    const chain = await makeChain(postgres, 'moved');
    // Transactions are counted anew there: what was written by one with a great number must be read all the same.
    postgres.psql(
      chain.admin,
      'DO $$ BEGIN FOR i IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$',
    );
    const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
    const { customer } = work(a);
    const all = a.store.shop.counts().waiting;
    await a.sync();
    await b.sync();
    const roles = postgres.run('pg_dumpall', ['--roles-only', '-d', postgres.admin()]);
    const dump = join(postgres.folder, 'chain.dump');
    postgres.run('pg_dump', ['--format', 'custom', '--file', dump, chain.admin]);
    // After the dump: more work, and somebody is erased.
    a.store.saveSnapshot(exampleSnapshot());
    await a.sync();
    a.store.eraseCustomer(customer);
    await a.sync();
    await b.sync();
    const moved = await startPostgres();
    onTestFinished(() => moved.remove());
    moved.run('psql', ['-X', '-q', '-o', '/dev/null', moved.admin()], roles);
    moved.run('pg_restore', ['--create', '--exit-on-error', '--dbname', moved.admin(), dump]);
    const admin = moved.admin('moved');
    expect(moved.psql(admin, 'SELECT count(*) FROM shop.entry')).toBe(String(all));
    expect(moved.psql(admin, 'SELECT max(x) > pg_snapshot_xmin(pg_current_snapshot()) FROM shop.entry')).toBe('t');
    // A third station, which has nothing yet, reads rows of before and of now.
    const there = (connection: string): string => connection.replace(`:${postgres.port}/`, `:${moved.port}/`);
    a.store.saveSnapshot(exampleSnapshot({ label: 'after the move' }));
    expect(await a.sync({ port: moved.port })).toMatchObject({ read: 0 });
    const before = b.store.shop.list('snapshot', 100).length;
    expect(await b.sync({ port: moved.port })).toMatchObject({ sent: 0, read: 1 });
    expect(b.store.shop.list('snapshot', 100)).toHaveLength(before + 1);
    expect(await a.sync({ port: moved.port })).toEqual(nothing);
    expect(await b.sync({ port: moved.port })).toEqual(nothing);
    expect(moved.psql(admin, 'SELECT count(*) = count(DISTINCT uid) FROM shop.entry')).toBe('t');
    expect(moved.psql(admin, "SELECT count(*) FROM shop.entry WHERE phone = 'SECRET-SERIAL-0815'")).toBe('0');
    expect(moved.psql(admin, 'SELECT max(number) FROM shop.epoch')).toBe('2');
    const own = moved.psql(there(a.connection), 'SELECT count(*) FROM shop.entry');
    expect(own).toBe(
      String(
        b.store.shop.list('snapshot', 100).length +
          Number(moved.psql(admin, "SELECT count(*) FROM shop.entry WHERE kind <> 'snapshot'")),
      ),
    );
    expect(found(b.folder)).toEqual([]);
  });
});
