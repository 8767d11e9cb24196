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

test('what came in a case is neither sent nor erased for the station that it is from, and what is done with it stays', async () => {
  const chain = await makeChain(postgres, 'cases');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket } = work(a);
  const all = a.store.shop.counts().waiting;
  b.store.importCase(a.store.collectCase({ tickets: [ticket.id], snapshots: [] }));
  expect(b.store.shop.counts()).toEqual({ waiting: 0, refused: 0, erasures: 0 });
  b.store.changeTicket(1, { status: 'in-work' }, { seen: null, who: 'Kim' });
  expect(await b.sync()).toEqual(nothing);
  expect(b.store.shop.refused(10)).toMatchObject([
    { kind: 'ticket_event', trouble: 'It belongs to what came here in a case, and stays on this computer.' },
  ]);
  expect(await a.sync()).toEqual({ ...nothing, sent: all });
  a.store.changeTicket(ticket.id, { status: 'ready' }, { seen: null, who: 'Sam' });
  expect(await a.sync()).toEqual({ ...nothing, sent: 1 });
  const [copy] = b.store.findCustomers('Ada', 1).map(({ id }) => id);
  b.store.eraseCustomer(copy ?? 0);
  // Of all that went, the event alone was its own.
  expect([await b.sync(), await a.sync()]).toEqual([{ ...nothing, read: 1 + all, erased: 1 }, nothing]);
  expect(postgres.psql(chain.admin, 'SELECT sum(gone) FROM shop.erasure')).toBe('0');
  expect([a.store.listTickets(), a.store.findCustomers('Ada', 2)].map((rows) => rows.length)).toEqual([1, 1]);
  expect(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry WHERE station = 1')).toBe(String(all + 1));
});

test('an erased customer goes from where their case was taken in, but for the tickets of that station', async () => {
  const chain = await makeChain(postgres, 'copied');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket } = work(a);
  await a.sync();
  b.store.importCase(a.store.collectCase({ tickets: [ticket.id], snapshots: [] }));
  const [copy] = b.store.findCustomers('Ada', 1);
  const own = b.store.createTicket(exampleTicket({ customer: { uid: copy?.uid ?? '' } }));
  await b.sync();
  const [theirs] = a.store.findCustomers('Ada', 1);
  a.store.eraseCustomer(theirs?.id ?? 0);
  await a.sync();
  await b.sync();
  expect(b.store.listTickets().map(({ uid, customer }) => [uid, customer])).toEqual([[own.uid, null]]);
  expect(b.store.findCustomers('Ada', 1)).toEqual([]);
  expect(postgres.psql(chain.admin, 'SELECT DISTINCT station FROM shop.entry')).toBe('2');
});

test('what a station has had erased before its own station has sent it comes in from that one alone', async () => {
  const chain = await makeChain(postgres, 'first');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket } = work(a);
  const { waiting } = a.store.shop.counts();
  const erase = `SELECT shop.erase(ARRAY['${ticket.uid}', '${ticket.customer?.uid}']::uuid[])`;
  expect(postgres.psql(b.connection, erase)).toBe('0');
  expect(await a.sync()).toEqual({ ...nothing, sent: waiting });
  expect(a.store.listTickets()).toHaveLength(1);
  // Neither does a third one take them for erased.
  const c = await opened(chain, 'Mitte', 'C');
  expect(await c.sync()).toEqual({ ...nothing, read: waiting });
  // Whoever had them erased brings them not back.
  expect(
    postgres.psql(
      b.connection,
      `INSERT INTO shop.entry (uid, kind, version, at, body, words) VALUES ('${ticket.uid}', 'ticket', 1, '', '{}', '{}')`,
    ),
  ).toBe('INSERT 0 0');
  const [id] = a.store.findCustomers('Ada', 1).map((one) => one.id);
  a.store.eraseCustomer(id ?? 0);
  await a.sync();
  await c.sync();
  expect(c.store.shop.ofTickets([ticket.uid])).toEqual([]);
});

test('what the server does not take in is told, and counts as sent to nobody', async () => {
  const chain = await makeChain(postgres, 'dropped');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const { ticket } = work(a);
  await b.sync();
  // The other one says first that the ticket is its own.
  postgres.psql(
    b.connection,
    `INSERT INTO shop.entry (uid, kind, ticket, version, at, body, words) VALUES ('${ticket.uid}', 'ticket', '${ticket.uid}', 1, '', '{}', '{}')`,
  );
  const { waiting } = a.store.shop.counts();
  const { sent } = await a.sync();
  const { refused } = a.store.shop.counts();
  expect([sent + refused, refused > 1]).toEqual([waiting, true]);
  expect(a.store.shop.refused(1)[0]?.trouble).toBe('It belongs to what another station has, or to what was erased.');
});

test('an event whose root is not at the server is erased by its own station alone', async () => {
  const chain = await makeChain(postgres, 'rootless');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const root = '01900000-0000-7000-8000-0000000000aa';
  for (const column of ['of', 'ticket']) {
    const sql = `INSERT INTO shop.entry (uid, kind, ${column}, version, at, body, words)
      VALUES (gen_random_uuid(), 'ticket_event', '${root}', 1, '', '{}', '{}')`;
    expect(postgres.psql(a.connection, sql)).toBe('INSERT 0 1');
  }
  const erase = `SELECT shop.erase(ARRAY['${root}']::uuid[])`;
  expect(postgres.psql(b.connection, erase)).toBe('0');
  expect(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry')).toBe('2');
  expect(postgres.psql(a.connection, erase)).toBe('2');
});

test('a server that is set back to the middle of a round that broke off is noticed', async () => {
  const chain = await makeChain(postgres, 'broken');
  const a = await opened(chain, 'Mitte', 'A');
  await a.sync();
  work(a);
  const dump = join(postgres.folder, 'broken.dump');
  const server = await connectServer(readServerAddress(a.connection), new AbortController().signal);
  const breaking: typeof server = {
    ...server,
    rows: (row, sql, ...rest) => {
      if (sql.startsWith('INSERT')) postgres.run('pg_dump', ['--format', 'custom', '--file', dump, chain.admin]);
      return sql.includes('octet_length(body)')
        ? Promise.reject(new Error('the line broke'))
        : server.rows(row, sql, ...rest);
    },
  };
  await expect(syncShop({ store: a.store.shop, server: breaking, prefix: 'A' })).rejects.toThrow('the line broke');
  await server.close();
  const all = postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry');
  expect(a.store.shop.counts().waiting).toBe(0);
  postgres.run('pg_restore', ['--clean', '--if-exists', '--dbname', chain.admin, dump]);
  expect(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry')).toBe('0');
  expect(await a.sync()).toEqual({ ...nothing, sent: Number(all), again: true });
});

test('no station of another shop holds one up, whatever it locks', async () => {
  const chain = await makeChain(postgres, 'locked');
  const a = await opened(chain, 'Mitte', 'A');
  work(a);
  const nord = await connectServer(readServerAddress(await chain.login('Nord', 'D')), new AbortController().signal);
  onTestFinished(async () => nord.close());
  for (const lock of ['pg_advisory_lock(1885890931, 1)', 'pg_advisory_lock(1885890932::bigint)']) {
    await nord.run(`SELECT ${lock}`);
  }
  const { sent } = await a.sync({ answerMs: 2000 });
  expect(sent).toBeGreaterThan(4);
  await conversing(chain.admin, (server) => initChain(server));
  expect(postgres.psql(a.connection, 'SELECT 1 FROM shop.place FOR KEY SHARE')).toContain('permission denied');
});
