import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { initChain } from '../../../db/shop/init.ts';
import { readServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer } from '../../../db/shop/server.ts';
import { syncShop } from '../../../db/shop/sync.ts';
import { ApplicationError } from '../../../electron/app/program/problem.ts';
import { Elsewhere } from '../../../electron/app/shop/elsewhere.ts';
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

/** A ticket of a customer, with a scan. */
function work({ store }: Station) {
  const ticket = store.createTicket(exampleTicket({ customer: ada, phones: [handedIn(pixel)] }));
  store.saveSnapshot(exampleSnapshot({ ticket: ticket.id }));
  return { ticket };
}

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

test('a link of before the server told its chain is not taken along to another database', async () => {
  const [own, other] = [await makeChain(postgres, 'before'), await makeChain(postgres, 'after')];
  const a = await opened(own, 'Mitte', 'A');
  a.store.saveSnapshot(exampleSnapshot());
  const db = new Database(a.store.file);
  db.exec('UPDATE shop_link SET chain = NULL');
  db.close();
  await conversing(await other.login('Mitte', 'A'), async (server) => {
    await expect(syncShop({ store: a.store.shop, server, prefix: 'A' })).rejects.toMatchObject({
      code: 'shop-refused',
    });
  });
  expect(postgres.psql(other.admin, 'SELECT count(*) FROM shop.entry')).toBe('0');
  expect(await a.sync()).toEqual({ ...nothing, sent: 1 });
});

test('a transaction that stays open and keeps everybody from reading is told', async () => {
  const chain = await makeChain(postgres, 'held');
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
  const nord = await connectServer(readServerAddress(await chain.login('Nord', 'D')), new AbortController().signal);
  await nord.run('BEGIN');
  await nord.run(insert("'x', 1, '', '{}', '{}'"));
  a.store.saveSnapshot(exampleSnapshot());
  expect(await a.sync()).toEqual({ ...nothing, sent: 1, isHeld: true });
  expect(await b.sync()).toEqual({ ...nothing, isHeld: true });
  await nord.run('ROLLBACK');
  await nord.close();
  expect(await b.sync()).toEqual({ ...nothing, read: 1 });
});

test('a scan is opened of the shop that was asked for, also where another has sent one of the same id', async () => {
  const chain = await makeChain(postgres, 'same', true);
  const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Nord', 'B')];
  a.store.saveSnapshot(exampleSnapshot());
  const [uid = ''] = a.store.shop.next(1).map((item) => item.uid);
  await a.sync();
  const forged = `INSERT INTO shop.entry (uid, kind, version, at, body, words) VALUES ('${uid}', 'snapshot', 1, '', '{}', '{}')`;
  expect(postgres.psql(await chain.login('West', 'C'), forged)).toBe('INSERT 0 1');
  await b.sync();
  const elsewhere = new Elsewhere({
    link: () => b.store.shop.link(),
    store: () => b.store,
    converse: (_signal, work) => conversing(b.connection, work),
    asTrouble: (error) => (error instanceof ApplicationError ? error : new ApplicationError('odd', String(error))),
  });
  const never = new AbortController().signal;
  expect((await elsewhere.snapshot(uid, 'Mitte', never)).shop).toBe('Mitte');
  await expect(elsewhere.snapshot(uid, 'West', never)).rejects.toMatchObject({ code: 'snapshot-unreadable' });
  await expect(elsewhere.snapshot(uid, null, never)).rejects.toMatchObject({ code: 'ambiguous-snapshot' });
  await expect(elsewhere.snapshot(uid, 'Ost', never)).rejects.toMatchObject({ code: 'unknown-snapshot' });
});
