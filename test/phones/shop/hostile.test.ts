import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { initChain, scramVerifier, serverMigrations } from '../../../db/shop/init.ts';
import { readServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer } from '../../../db/shop/server.ts';
import { syncShop } from '../../../db/shop/sync.ts';
import { conversing, makeChain, openStation, type Chain, type Station } from '../../shop-server/chain.ts';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel } from '../../unit/db/examples.ts';

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
const ada = { name: 'Ada Lovelace', contact: '' };
const insert = (values: string): string =>
  `INSERT INTO shop.entry (uid, kind, version, at, body, words) VALUES (gen_random_uuid(), ${values})`;

/** What no station can read, each in another way. */
const odd: readonly (readonly [values: string, constraint: string])[] = [
  ["'x', 1, '', '[]', '{}'", 'body_is_an_object'],
  [`'x', 1, '', '{"a":"' || repeat('x', 9000000) || '"}', '{}'`, 'body_is_an_object'],
  ["'x', 1, '', '{}', ARRAY[ARRAY['a','b'],ARRAY['c','d']]", 'words_are_a_list'],
  ["'x', 1, '', '{}', ARRAY['a', NULL]", 'words_are_a_list'],
  ["'x', 1, '', '{}', ARRAY(SELECT n::text FROM generate_series(1, 65) AS n)", 'words_are_a_list'],
  ["'', 1, '', '{}', '{}'", 'kind_is_short'],
  ["'x', -1, '', '{}', '{}'", 'version_counts'],
  ["'x', 1, repeat('9', 65), '{}', '{}'", 'at_is_short'],
];

test('what no station can read is not taken in, and where it is there already it is counted and passed over', async () => {
  const chain = await makeChain(postgres, 'odd');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  for (const [values, constraint] of odd) {
    expect(postgres.psql(a.connection, insert(values))).toContain(`violates check constraint "${constraint}"`);
  }
  expect(postgres.psql(a.connection, insert("'x', 1, '', 'no JSON', '{}'"))).toContain(
    'invalid input syntax for type json',
  );
  // As a database may hold them that was set up before it asked.
  for (const constraint of new Set(odd.map(([, name]) => name))) {
    postgres.psql(chain.admin, `ALTER TABLE shop.entry DROP CONSTRAINT ${constraint}`);
  }
  const deep = `{"a":${'['.repeat(1500)}${']'.repeat(1500)}}`;
  for (const values of [
    "'x', 1, '', 'no JSON', '{}'",
    `'x', 1, '', '${deep}', '{}'`,
    "'x', 1, '', '{}', ARRAY[ARRAY['a','b'],ARRAY['c','d']]",
  ]) {
    expect(postgres.psql(a.connection, insert(values))).toBe('INSERT 0 1');
  }
  a.store.saveSnapshot(exampleSnapshot());
  await a.sync();
  expect(await b.sync()).toEqual({ ...nothing, read: 1, unreadable: 3 });
  expect(b.store.shop.link()?.unreadable).toBe(3);
  expect(await b.sync()).toEqual(nothing);
  expect(b.store.shop.list('snapshot', 10)).toHaveLength(1);
});

/** A ticket of a customer, with a scan. */
function work({ store }: Station) {
  const ticket = store.createTicket(exampleTicket({ customer: ada, phones: [handedIn(pixel)] }));
  const snapshot = store.saveSnapshot(exampleSnapshot({ ticket: ticket.id }));
  const [scan] = store.shop.next(100).filter(({ kind }) => kind === 'snapshot');
  return { ticket, snapshot, scan: scan?.uid ?? '', customer: ticket.customer?.uid ?? '' };
}

test('a station says nothing of the rows of another, and has none of them erased', async () => {
  const chain = await makeChain(postgres, 'forging');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket, scan, customer } = work(a);
  await a.sync();
  const ofB = work(b);
  await b.sync();
  const forge = (column: string, uid: string): string =>
    postgres.psql(
      b.connection,
      `INSERT INTO shop.entry (uid, ${column}, kind, version, at, body, words)
       VALUES (gen_random_uuid(), '${uid}', 'ticket_event', 99, '', '{}', '{}')`,
    );
  expect([forge('ticket', ticket.uid), forge('of', scan), forge('customer', customer)]).toEqual(
    Array.from({ length: 3 }, () => 'INSERT 0 0'),
  );
  // Its own it tells of.
  expect([forge('ticket', ofB.ticket.uid), forge('of', ofB.scan), forge('customer', ofB.customer)]).toEqual(
    Array.from({ length: 3 }, () => 'INSERT 0 1'),
  );
  const count = (): string =>
    postgres.psql(chain.admin, 'SELECT count(*), count(*) FILTER (WHERE station = 1) FROM shop.entry');
  const all = count();
  const erase = (connection: string, uid: string): string =>
    postgres.psql(connection, `SELECT shop.erase(ARRAY['${uid}']::uuid[])`);
  for (const uid of [ticket.uid, scan, customer]) expect(erase(b.connection, uid)).toBe('0');
  expect(count()).toBe(all);
  expect(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.erased')).toBe('0');
  // Their own station has everything of the customer erased, and nothing of the other's.
  const theirs = postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry WHERE station = 1');
  const [id] = a.store.findCustomers('Ada', 1).map((one) => one.id);
  a.store.eraseCustomer(id ?? 0);
  await a.sync();
  expect(count()).toBe(`${Number(all.split('|')[0]) - Number(theirs)}|0`);
  expect(postgres.psql(chain.admin, 'SELECT asked > 3, gone FROM shop.erasure ORDER BY id DESC LIMIT 1')).toBe(
    `t|${theirs}`,
  );
});

test('another chain is told from the own one, also where shop and station have the same numbers', async () => {
  const [own, other] = [await makeChain(postgres, 'own'), await makeChain(postgres, 'other')];
  const a = await opened(own, 'Mitte', 'A');
  a.store.saveSnapshot(exampleSnapshot());
  const login = await other.login('Mitte', 'A');
  await conversing(login, async (server) => {
    await expect(syncShop({ store: a.store.shop, server, prefix: 'A' })).rejects.toMatchObject({
      code: 'shop-refused',
      message: 'The server is of another chain than this station. Leave the chain first. Nothing was sent.',
    });
  });
  expect(postgres.psql(other.admin, 'SELECT count(*) FROM shop.entry')).toBe('0');
  expect(await a.sync()).toEqual({ ...nothing, sent: 1 });
});

test('a dump that is restored in place is noticed: what was sent and read since comes back, what was erased does not', async () => {
  const chain = await makeChain(postgres, 'inplace');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket } = work(a);
  await a.sync();
  await b.sync();
  const dump = join(postgres.folder, 'inplace.dump');
  postgres.run('pg_dump', ['--format', 'custom', '--file', dump, chain.admin]);
  const before = postgres.psql(chain.admin, 'SELECT shop.marker()');
  a.store.saveSnapshot(exampleSnapshot({ label: 'since', phone: { ...pixel, id: 'ANOTHER' } }));
  const [id] = a.store.findCustomers('Ada', 1).map((one) => one.id);
  a.store.eraseCustomer(id ?? 0);
  await a.sync();
  await b.sync();
  const [since] = b.store.shop.list('snapshot', 10);
  // The rows alone go back: cluster, database and tables are the same ones.
  postgres.psql(
    chain.admin,
    'TRUNCATE shop.chain, shop.place, shop.station, shop.epoch, shop.entry, shop.found_by, shop.erased, shop.erasure, shop.migration',
  );
  postgres.run('pg_restore', ['--data-only', '--disable-triggers', '--exit-on-error', '--dbname', chain.admin, dump]);
  expect(postgres.psql(chain.admin, 'SELECT shop.marker()')).toBe(before);
  expect(postgres.psql(chain.admin, `SELECT count(*) FROM shop.entry WHERE ticket = '${ticket.uid}'`)).not.toBe('0');
  expect(await a.sync()).toMatchObject({ again: true });
  expect(await b.sync()).toEqual({ ...nothing, again: true, erased: expect.any(Number) as number });
  expect(postgres.psql(chain.admin, `SELECT count(*) FROM shop.entry WHERE ticket = '${ticket.uid}'`)).toBe('0');
  expect(postgres.psql(chain.admin, `SELECT uid FROM shop.entry WHERE kind = 'snapshot'`)).toBe(since?.uid);
  expect([await a.sync(), await b.sync()]).toEqual([nothing, nothing]);
});

test('what comes late because it is much has its time, here and at the server', async () => {
  const chain = await makeChain(postgres, 'slow');
  const login = readServerAddress(await chain.login('Mitte', 'A'));
  const never = new AbortController().signal;
  const server = await connectServer(login, never, { answerMs: 200 });
  const slow = 'SELECT 1 AS one FROM pg_sleep(0.5)';
  const row = z.object({ one: z.int() });
  expect(await server.rows(row, slow, [], 1024 * 1024)).toEqual([{ one: 1 }]);
  // Afterwards there is no more time than ever.
  await expect(server.rows(row, slow)).rejects.toMatchObject({ code: 'shop-offline', isTimeOut: true });
  await server.close();
});

test('the statistics of the server hold nothing that tells whose a row is, also in a database of before', async () => {
  postgres.psql(postgres.admin(), 'CREATE DATABASE counted');
  const admin = postgres.admin('counted');
  await conversing(admin, (server) => initChain(server, { migrations: serverMigrations().slice(0, 1) }));
  postgres.psql(admin, "INSERT INTO shop.place (name) VALUES ('Mitte')");
  postgres.psql(admin, "INSERT INTO shop.station (shop, name, role) VALUES (1, 'A', session_user)");
  postgres.psql(admin, 'SELECT shop.begin()');
  const rows = `INSERT INTO shop.entry (uid, kind, phone, version, at, body, words)
    SELECT gen_random_uuid(), 'snapshot', 'SERIAL-0815', 1, '', '{"name":"Quellenreuther"}', ARRAY['quellenreuther'] FROM generate_series(1, 50)`;
  postgres.psql(admin, rows);
  postgres.psql(admin, 'ANALYZE');
  const told = (): string =>
    postgres.psql(
      admin,
      "SELECT count(*) FROM pg_stats WHERE schemaname = 'shop' AND concat(most_common_vals, most_common_elems, histogram_bounds) ~* 'quellenreuther|0815'",
    );
  expect(Number(told())).toBeGreaterThanOrEqual(4);
  await conversing(admin, (server) => initChain(server));
  expect(told()).toBe('0');
  postgres.psql(admin, rows);
  postgres.psql(admin, 'ANALYZE');
  expect(told()).toBe('0');
});

test('who is no station has nothing in the database', async () => {
  const chain = await makeChain(postgres, 'closed');
  const login = await chain.login('Mitte', 'A');
  postgres.psql(postgres.admin(), `CREATE ROLE stranger LOGIN PASSWORD '${scramVerifier('strange')}'`);
  expect(postgres.psql(login.replace(/\/\/[^@]+@/, '//stranger:strange@'), 'SELECT 1')).toContain(
    'permission denied for database "closed"',
  );
  expect(postgres.psql(login, 'CREATE TEMP TABLE mine (one integer)')).toContain(
    'permission denied to create temporary tables',
  );
  expect(
    postgres.psql(
      chain.admin,
      "SELECT count(*) FROM pg_proc WHERE pronamespace = 'shop'::regnamespace AND (proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0))",
    ),
  ).toBe('0');
});
