import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { initChain, serverMigrations, setLooks } from '../../../db/shop/init.ts';
import { inOrder } from '../../../db/shop/pull.ts';
import { entryKinds } from '../../../db/shop/entry-kinds.ts';
import { readServerAddress } from '../../../db/shop/server-address.ts';
import { connectServer, type Server } from '../../../db/shop/server.ts';
import { syncShop } from '../../../db/shop/sync.ts';
import { elsewhereOfPhone, rowsOfStore } from '../../../electron/app/shop/elsewhere-items.ts';
import { conversing, makeChain, openStation, type Chain, type Station } from '../../shop-server/chain.ts';
import { openLine } from '../../shop-server/line.ts';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';
import {
  examplePlan,
  exampleSnapshot,
  exampleTestPhoto,
  exampleTicket,
  handedIn,
  pixel,
} from '../../unit/db/examples.ts';

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

const ada = { name: 'Ada Lovelace', contact: '0170 5550199' };
const nothing = { sent: 0, read: 0, erased: 0, unreadable: 0, again: false, isHeld: false };

/** A ticket with a customer, a phone, a scan and a note: everything that leaves a station but corrections. */
function work({ store }: Station): { ticket: string; snapshot: number } {
  const ticket = store.createTicket(exampleTicket({ customer: ada, phones: [handedIn(pixel)], prefix: 'A' }));
  store.changeTicket(ticket.id, { status: 'in-work' }, { seen: null, who: 'Sam' });
  const snapshot = store.saveSnapshot(exampleSnapshot({ ticket: ticket.id }));
  store.changeSnapshot(snapshot, { note: 'scratched' }, { who: 'Sam' });
  return { ticket: ticket.uid, snapshot };
}

describe('two stations of a shop', () => {
  test('send what they have, and read what the other has', async () => {
    const chain = await makeChain(postgres, 'two');
    const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
    const { ticket } = work(a);
    const { waiting } = a.store.shop.counts();
    expect(await a.sync()).toEqual({ ...nothing, sent: waiting });
    expect(await a.sync()).toEqual(nothing);
    expect(await b.sync()).toEqual({ ...nothing, read: waiting });
    expect(await b.sync()).toEqual(nothing);
    const [read] = b.store.shop.ofPhone(pixel.id, 10);
    expect(read).toMatchObject({ kind: 'snapshot', stationName: 'A', shopName: 'Mitte', ticket });
    const whole = b.store.shop.load(read?.uid ?? '');
    const own = a.store.shop.entry({ kind: 'snapshot', uid: read?.uid ?? '' }, 'A');
    expect(whole).toEqual({ ...own, shop: 1, station: 1 });
    // What is read of others is none of its own, and is sent by nobody else.
    expect(b.store.listSnapshots()).toEqual([]);
    expect(b.store.shop.counts()).toEqual({ waiting: 0, refused: 0, erasures: 0 });
    expect(
      b.store.shop
        .ofTickets([ticket])
        .filter(({ kind }) => kind === 'ticket_event')
        .map(({ version }) => version),
    ).toEqual([1, 2, 3]);
  });

  test('send corrections with what came of them, test photos and proofs, and show each other what they came to', async () => {
    const chain = await makeChain(postgres, 'proofs');
    const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
    const { ticket } = work(a);
    const action = a.store.planAction(examplePlan());
    a.store.addActionEvent(action.id, { kind: 'started' }, { kind: 'ran', outputs: [] });
    a.store.addActionEvent(action.id, { kind: 'verified', result: 'taken', after: {} });
    a.store.saveTestPhoto(exampleTestPhoto());
    const { verdict, ...rest } = exampleTestPhoto();
    const proof = a.store.saveTestPhoto({ ...rest, verdict: { ...verdict, outcome: 'uploaded', photosSent: 1 } });
    const kinds = new Map(a.store.shop.next(100).map(({ uid, kind }) => [uid, kind]));
    await a.sync();
    await b.sync();
    // Each of them, as it is kept here, is there word for word.
    for (const [uid, kind] of kinds) {
      expect(b.store.shop.load(uid)).toEqual({ ...a.store.shop.entry({ kind, uid }, 'A'), shop: 1, station: 1 });
    }
    expect(new Set(kinds.values())).toEqual(new Set(entryKinds));
    const shown = await elsewhereOfPhone(pixel.id, rowsOfStore(b.store.shop));
    expect(shown.map(({ station, what }) => [station, what.kind, 'outcome' in what ? what.outcome : null])).toEqual(
      expect.arrayContaining([
        ['A', 'scan', null],
        ['A', 'ticket', null],
        ['A', 'correction', 'taken'],
        ['A', 'test-photo', 'nothing-sent'],
        ['A', 'test-photo', 'uploaded'],
      ]),
    );
    expect(a.store.listTestPhotos(pixel.id).find(({ id }) => id === proof)?.ticket).not.toBeNull();
    a.store.addActionEvent(action.id, { kind: 'undo-started' }, { kind: 'undo-verified', result: 'taken', after: {} });
    await a.sync();
    await b.sync();
    expect((await elsewhereOfPhone(pixel.id, rowsOfStore(b.store.shop))).map(({ what }) => what)).toContainEqual({
      kind: 'correction',
      cause: examplePlan().cause,
      outcome: 'undone',
    });
    // Erased at their station, nothing of it is left at the other nor at the server.
    a.store.eraseCustomer(a.store.findCustomers('Ada', 1)[0]?.id ?? 0);
    await a.sync();
    await b.sync();
    expect(await elsewhereOfPhone(pixel.id, rowsOfStore(b.store.shop))).toEqual([]);
    expect(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry')).toBe('0');
    expect(b.store.shop.ofTickets([ticket])).toEqual([]);
  });

  test('find what the other has by how a customer, a phone or a ticket is called', async () => {
    const chain = await makeChain(postgres, 'find');
    const [a, b] = [await opened(chain, 'Mitte', 'A'), await opened(chain, 'Mitte', 'B')];
    work(a);
    await a.sync();
    await b.sync();
    const kinds = (...words: string[]) => b.store.shop.find(words, 10).map(({ kind }) => kind);
    expect(kinds('lovel')).toEqual(['customer_event']);
    expect(kinds('ada', 'lovelace')).toEqual(['customer_event']);
    expect(kinds('01705550199')).toEqual(['customer_event']);
    expect(kinds('pixel1')).toEqual(['snapshot']);
    expect(kinds('ixel1')).toEqual(['snapshot']);
    expect(kinds('0199')).toEqual(['customer_event']);
    expect(kinds('a-1')).toEqual(['ticket']);
    expect(kinds('nobody')).toEqual([]);
  });

  test('of a row that the server cannot take the others go on, and its reason is kept', async () => {
    const chain = await makeChain(postgres, 'refused');
    const a = await opened(chain, 'Mitte', 'A');
    // Longer than what an index of PostgreSQL holds.
    const phone = { ...pixel, id: Array.from({ length: 9000 }, (_, index) => (index * 7919).toString(36)).join('') };
    a.store.saveSnapshot(exampleSnapshot({ phone }));
    a.store.saveSnapshot(exampleSnapshot());
    expect(await a.sync()).toEqual({ ...nothing, sent: 1 });
    expect(a.store.shop.counts()).toEqual({ waiting: 0, refused: 1, erasures: 0 });
    expect(a.store.shop.refused(10)[0]?.trouble).toBe("The shop's server does not take it (23514).");
  });
});

/** What becomes of connecting. */
const why = async (connection: string): Promise<unknown> =>
  conversing(connection, () => Promise.resolve(null)).catch((error: unknown) => error);

describe('what a station may do, as psql answers', () => {
  test('it reads no other shop, changes nothing, removes nothing, and is nobody else', async () => {
    const chain = await makeChain(postgres, 'rights');
    const a = await opened(chain, 'Mitte', 'A');
    work(a);
    await a.sync();
    const nord = await chain.login('Nord', 'C');
    const say = (sql: string): string => postgres.psql(nord, sql);
    expect(say('SELECT count(*) FROM shop.entry')).toBe('0');
    expect(say('SELECT count(*) FROM shop.found_by')).toBe('0');
    expect(say('SELECT string_agg(name, $$,$$) FROM shop.place')).toBe('Nord');
    expect(postgres.psql(a.connection, 'SELECT count(*) > 5 FROM shop.entry')).toBe('t');
    const denied = 'ERROR:  permission denied for table entry';
    for (const sql of [
      "UPDATE shop.entry SET body = '{}'",
      'DELETE FROM shop.entry',
      'TRUNCATE shop.entry',
      "INSERT INTO shop.entry (shop, uid, kind, version, at, body, words) VALUES (1, gen_random_uuid(), 'x', 1, '', '{}', '{}')",
      "INSERT INTO shop.entry (x, uid, kind, version, at, body, words) VALUES ('1', gen_random_uuid(), 'x', 1, '', '{}', '{}')",
    ]) {
      expect(say(sql)).toBe(denied);
      expect(postgres.psql(a.connection, sql)).toBe(denied);
    }
    expect(say('DELETE FROM shop.erased')).toBe('ERROR:  permission denied for table erased');
    expect(say('SELECT * FROM shop.erasure')).toBe('ERROR:  permission denied for table erasure');
    expect(say('SELECT role FROM shop.station')).toBe('ERROR:  permission denied for table station');
    expect(say('UPDATE shop.chain SET looks = true')).toBe('ERROR:  permission denied for table chain');
    expect(say('SET ROLE phone_health_eraser')).toBe('ERROR:  permission denied to set role "phone_health_eraser"');
    // Erasing reaches no other shop, and is written down.
    const uid = postgres.psql(chain.admin, 'SELECT uid FROM shop.entry LIMIT 1');
    expect(say(`SELECT shop.erase(ARRAY['${uid}']::uuid[])`)).toBe('0');
    expect(postgres.psql(chain.admin, `SELECT count(*) FROM shop.entry WHERE uid = '${uid}'`)).toBe('1');
    expect(postgres.psql(chain.admin, 'SELECT shop, asked, gone FROM shop.erasure')).toBe('2|1|0');
    expect(await a.sync()).toEqual(nothing);
    // The chain decides whether its shops look into each other's.
    await conversing(chain.admin, (server) => setLooks(server, true));
    expect(say('SELECT count(*) > 5 FROM shop.entry')).toBe('t');
    expect(say('SELECT string_agg(name, $$,$$ ORDER BY name) FROM shop.place')).toBe('Mitte,Nord');
    expect(say("UPDATE shop.entry SET body = '{}'")).toBe(denied);
  });

  test('a former password, no password and another role are refused in words that name neither', async () => {
    const chain = await makeChain(postgres, 'passwords');
    const former = await chain.login('Mitte', 'A');
    await chain.login('Mitte', 'A');
    const message = "The shop's server does not accept this connection string.";
    expect(await why(former)).toMatchObject({ code: 'shop-refused', message });
    expect(await why(former.replace(/:[^:@]+@/, '@'))).toMatchObject({ code: 'shop-refused', message });
    await expect(openStation(chain.admin)).rejects.toMatchObject({
      code: 'shop-refused',
      message: 'The connection string is of no station. Use one that "phone-health shop init" has made for a station.',
    });
  });
});

const silent = async () => {
  const line = await openLine(postgres.port, { tearsAfter: () => null, isSilent: true });
  onTestFinished(() => line.close());
  return line;
};

describe('a server that does not answer', () => {
  const offline = { code: 'shop-offline', message: "The shop's server does not answer.", isPassing: true };

  test('at all is offline after the time that a connection may take', async () => {
    const chain = await makeChain(postgres, 'silent');
    const address = readServerAddress(await chain.login('Mitte', 'A'));
    const { port } = await silent();
    const never = new AbortController().signal;
    await expect(connectServer({ ...address, port }, never, { connectMs: 100 })).rejects.toMatchObject(offline);
    await expect(connectServer({ ...address, port: 1 }, never)).rejects.toMatchObject(offline);
  });

  test('that does not let go of a conversation is let go of', async () => {
    const chain = await makeChain(postgres, 'goodbye');
    const a = await opened(chain, 'Mitte', 'A');
    const line = await silent();
    line.state.isSilent = false;
    const address = { ...readServerAddress(a.connection), port: line.port };
    const server = await connectServer(address, new AbortController().signal, { goodbyeMs: 100 });
    line.state.isSilent = true;
    await server.close();
  });

  test('in the middle is offline after the time that an answer may take, and nothing is lost', async () => {
    const chain = await makeChain(postgres, 'midway');
    const a = await opened(chain, 'Mitte', 'A');
    a.store.saveSnapshot(exampleSnapshot());
    const line = await silent();
    line.state.isSilent = false;
    const server = await connectServer(
      { ...readServerAddress(a.connection), port: line.port },
      new AbortController().signal,
      {
        answerMs: 100,
      },
    );
    line.state.isSilent = true;
    await expect(syncShop({ store: a.store.shop, server, prefix: 'A' })).rejects.toMatchObject(offline);
    await server.close();
    expect(a.store.shop.counts().waiting).toBe(1);
    expect(await a.sync()).toEqual({ ...nothing, sent: 1 });
  });
});

describe('a database', () => {
  test('is set up once, brought up to date, and refused where it is newer', async () => {
    const chain = await makeChain(postgres, 'versions');
    const version = serverMigrations().length;
    const next = {
      number: version + 1,
      name: 'next.sql',
      sql: 'ALTER TABLE shop.entry ADD COLUMN colour text; UPDATE shop.chain SET serves_from = 1',
    };
    const newer = [...serverMigrations(), next];
    await conversing(chain.admin, async (server) => {
      expect(await initChain(server)).toEqual({ applied: [], version });
      expect(await initChain(server, { migrations: newer })).toEqual({ applied: ['next.sql'], version: version + 1 });
      await expect(initChain(server)).rejects.toMatchObject({ code: 'shop-newer' });
    });
  });

  test('runs no function of a station, also where every role may create in "public"', async () => {
    const chain = await makeChain(postgres, 'public');
    const login = await chain.login('Mitte', 'A');
    postgres.psql(chain.admin, 'GRANT CREATE ON SCHEMA public TO PUBLIC');
    for (const type of ['integer', 'bigint']) {
      const trap = `CREATE FUNCTION public.pg_advisory_xact_lock(${type}) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE 'trapped'; END $$`;
      postgres.psql(login, trap);
    }
    expect(postgres.psql(chain.admin, 'SELECT pg_advisory_xact_lock(1)')).toContain('trapped');
    await conversing(chain.admin, async (server) => {
      expect(await initChain(server)).toEqual({ applied: [], version: serverMigrations().length });
    });
  });

  test('that was never set up says so', async () => {
    const chain = await makeChain(postgres, 'ready');
    const login = await chain.login('Mitte', 'A');
    postgres.psql(postgres.admin(), 'CREATE DATABASE bare');
    await expect(openStation(login.replace(/\/ready$/, '/bare'))).rejects.toMatchObject({ code: 'shop-not-ready' });
  });
});

describe('reading beside writers', () => {
  const row = z.object({ uid: z.string(), epoch: z.int(), x: z.string(), seq: z.string() });
  const insert = `INSERT INTO shop.entry (uid, kind, version, at, body, words) VALUES (gen_random_uuid(), 'x', 1, '', '{}', '{}')`;
  const never = new AbortController().signal;

  const connected = async (connection: string): Promise<Server> => {
    const server = await connectServer(readServerAddress(connection), never);
    onTestFinished(async () => server.close());
    return server;
  };

  const following = (server: Server) => {
    let at = { epoch: 0, x: '0', seq: '0' };
    const seen: string[] = [];
    return {
      seen,
      look: async (): Promise<number> => {
        const rows = await server.rows(row, inOrder('uid', 'entry'), [1, at.epoch, at.x, at.seq, 1, 50]);
        seen.push(...rows.map(({ uid }) => uid));
        at = rows.at(-1) ?? at;
        return rows.length;
      },
    };
  };

  test('a row that is written first and committed last is not passed over', async () => {
    const chain = await makeChain(postgres, 'late');
    const login = await chain.login('Mitte', 'A');
    const [slow, quick, reader] = [await connected(login), await connected(login), await connected(login)];
    await conversing(login, (server) => server.run('SELECT shop.begin()'));
    const { look, seen } = following(reader);
    await slow.whole(async () => {
      await slow.run(insert);
      await quick.run(insert);
      // The quick one's row is committed and to be seen; whoever went on from it would never see the slow one's.
      expect(await reader.rows(z.object({ n: z.string() }), 'SELECT count(*) AS n FROM shop.entry')).toEqual([
        { n: '1' },
      ]);
      expect(await look()).toBe(0);
    });
    expect(await look()).toBe(2);
    expect(new Set(seen).size).toBe(2);
  });

  test('of many writers at once no row is missed and none is read twice', async () => {
    const chain = await makeChain(postgres, 'many');
    const login = await chain.login('Mitte', 'A');
    await conversing(login, (server) => server.run('SELECT shop.begin()'));
    const writers = await Promise.all(Array.from({ length: 6 }, () => connected(login)));
    const { look, seen } = following(await connected(login));
    let isOver = false;
    const naive = { last: '0', seen: 0 };
    const bySeq = await connected(login);
    const reading = (async () => {
      for (;;) {
        const wasOver = isOver;
        const found = await look();
        // What a reader by number alone sees of the same rows.
        const rows = await bySeq.rows(
          z.object({ seq: z.string() }),
          'SELECT seq::text AS seq FROM shop.entry WHERE seq > $1::bigint ORDER BY entry.seq',
          [naive.last],
        );
        naive.last = rows.at(-1)?.seq ?? naive.last;
        naive.seen += rows.length;
        if (wasOver && found === 0) return;
      }
    })();
    await Promise.all(
      writers.map(async (writer, of) => {
        for (let round = 0; round < 20; round += 1) {
          await writer.whole(async () => {
            await writer.run(insert);
            await writer.run(`SELECT pg_sleep(${((of * 7 + round * 3) % 10) / 1000})`);
            await writer.run(insert);
          });
        }
      }),
    );
    isOver = true;
    await reading;
    expect(seen.length).toBe(240);
    expect(new Set(seen).size).toBe(240);
    expect(naive.seen).toBeLessThan(240);
  });
});
