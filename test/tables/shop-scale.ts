/*
 * Prints how large a chain's database becomes and what its questions cost, from rows without their content, as many as a part of
 * 100 stations × 200 snapshots a day for two years: `npx node test/tables/shop-scale.ts 100` (a hundredth; 10: a tenth, some minutes).
 * The questions are the program's own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inOrder, keyColumns } from '../../db/shop/pull.ts';
import type { Server, Value } from '../../db/shop/server.ts';
import { elsewhereOfPhone, findElsewhere, rowsOfServer } from '../../electron/app/shop/elsewhere-items.ts';
import { conversing, makeChain } from '../shop-server/chain.ts';
import { startPostgres } from '../shop-server/postgres.ts';

const all = 14_600_000;
const part = Number(process.argv[2] ?? '100');
const rows = Math.round(all / part);
const [shops, stations, phones] = [25, 100, Math.round(rows / 8)];
const contentBytes = 40_000;

/** Ids as stations make them, UUIDv7: those of one day stand together in an index. */
const uidOf = (n: string): string =>
  `(lpad(to_hex(1767225600000 + ${n}::bigint * 4000), 12, '0') || '7' || left(md5(${n}::text), 3) || '8' || substr(md5(${n}::text), 4, 15))::uuid`;
const idOf = (kind: string, n: string): string => `md5('${kind}' || ${n})::uuid`;

/** Says of each statement how it was done, and what it cost. */
const explaining = (server: Server): Server => ({
  ...server,
  rows: async (row, sql, values: readonly Value[] = []) => {
    const plan = await server.rows(
      z.object({ 'QUERY PLAN': z.string() }),
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY) ${sql}`,
      values,
    );
    const lines = plan.map((line) => line['QUERY PLAN']);
    const told = lines.filter((line) => /(?:Index|Seq).*Scan|Execution Time/.test(line));
    const pages = lines.find((line) => line.includes('Buffers: ')) ?? '';
    console.log(`  ${sql.replaceAll(/\s+/g, ' ').slice(0, 150)}…`);
    for (const line of [pages, ...told].map((one) => one.trim())) console.log(`      ${line}`);
    return server.rows(row, sql, values);
  },
});

/** What a station of the first shop asks for after such a row. */
const page = (server: Server, x: number, seq: number) =>
  server.rows(z.unknown(), inOrder(keyColumns, 'entry'), [1, 1, String(x), String(seq), 2, 500]);

const postgres = await startPostgres({ settings: ['shared_buffers = 512MB', 'max_wal_size = 4GB', 'jit = off'] });
try {
  const chain = await makeChain(postgres, 'scale', true);
  const ask = (sql: string): string => {
    const told = postgres.psql(chain.admin, sql);
    if (told.startsWith('ERROR')) throw new Error(told);
    return told;
  };
  for (let number = 1; number <= shops; number += 1) ask(`INSERT INTO shop.place (name) VALUES ('Shop ${number}')`);
  const login = await chain.login('Shop 1', 'asking');
  ask(
    `INSERT INTO shop.station (shop, name, role) SELECT 1 + n % ${shops}, 'S' || n, 'nobody_' || n FROM generate_series(1, ${stations}) AS n`,
  );
  await conversing(login, (server) => server.run('SELECT shop.begin()'));
  ask('ALTER TABLE shop.entry DISABLE TRIGGER USER');
  const begin = performance.now();
  const serial = `'R58M' || (n::bigint * 7919 % ${phones})`;
  const reversed = `'~' || reverse('r58m' || (n::bigint * 7919 % ${phones}))`;
  // Of eight rows one tells of a customer and one of the scan before it; all are of a ticket. Every thousandth is the asking station's.
  ask(
    `INSERT INTO shop.entry (shop, uid, station, epoch, x, seq, kind, of, ticket, customer, phone, version, at, body, words, dictionary)
     SELECT 1 + n % ${shops}, ${uidOf('n')}, CASE WHEN n % 1000 = 0 THEN 1 ELSE 2 + n % ${stations} END, 1, (n / 40)::text::xid8, n,
            CASE WHEN n % 8 = 0 THEN 'customer_event' WHEN n % 8 = 4 THEN 'snapshot_event' ELSE 'snapshot' END,
            CASE WHEN n % 8 = 4 THEN ${uidOf('(n - 1)')} END, ${idOf('t', 'n / 4')},
            CASE WHEN n % 8 = 0 THEN ${idOf('c', 'n / 8')} END, ${serial}, 1,
            to_char(timestamp '2026-01-01' + n * interval '4 seconds', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '{"a":"' || repeat(md5(n::text), 22) || '"}',
            CASE WHEN n % 8 = 0 THEN ARRAY['ada', 'name' || n] WHEN n % 8 = 4 THEN '{}' ELSE ARRAY['r58m' || (n::bigint * 7919 % ${phones}), ${reversed}, 'pixel', 'google', '8'] END, 1
     FROM generate_series(1, ${rows}) AS n`,
  );
  ask('ALTER TABLE shop.entry ENABLE TRIGGER USER');
  ask(`INSERT INTO shop.found_by SELECT DISTINCT word, shop, uid FROM shop.entry, unnest(words) AS word`);
  ask('VACUUM ANALYZE shop.entry');
  ask('VACUUM ANALYZE shop.found_by');
  console.log(`${rows} rows (1:${part}) in ${Math.round((performance.now() - begin) / 1000)} s`);
  const sizes = ask(
    `SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'i')
       AND pg_relation_size(oid) > 1000000 ORDER BY 2 DESC`,
  );
  const told = (name: string, bytes: number): void =>
    console.log(
      `${name.padEnd(20)} ${(bytes / rows).toFixed(0).padStart(6)} B a row ${((bytes * part) / 1e9).toFixed(1).padStart(8)} GB of all`,
    );
  let sum = 0;
  for (const line of sizes.split('\n')) {
    const [name = '', bytes = '0'] = line.split('|');
    sum += Number(bytes);
    told(name, Number(bytes));
  }
  told('together', sum);
  told('content', contentBytes * rows);
  const middle = Math.round(rows / 2);
  const phone = ask(`SELECT phone FROM shop.entry WHERE seq = ${middle + 1}`);
  const name = Math.round(middle / 8) * 8 + 8;
  await conversing(login, async (plain) => {
    const questions: readonly (readonly [string, (server: Server) => Promise<unknown>])[] = [
      ['the next 500 rows of a shop, in the middle', (server) => page(server, Math.round(middle / 40), middle)],
      ['nothing new for a station', (server) => page(server, rows, rows)],
      ["a phone's history in the other shops", (server) => elsewhereOfPhone(phone, rowsOfServer(server, 1))],
      ['the end of a serial in the other shops', (server) => findElsewhere(phone.slice(-6), rowsOfServer(server, 1))],
      ["a customer's name in the other shops", (server) => findElsewhere(`name${name} ada`, rowsOfServer(server, 1))],
      ['a word that most phones have', (server) => findElsewhere('pixel', rowsOfServer(server, 1))],
    ];
    for (const [what, question] of questions) {
      const first = performance.now();
      await question(plain);
      const second = performance.now();
      await question(plain);
      const warm = performance.now() - second;
      console.log(`\n${what}: ${(second - first).toFixed(1)} ms, again ${warm.toFixed(1)} ms`);
      await question(explaining(plain));
    }
  });
  console.log('\na customer is erased, with what belongs to their tickets');
  const role = new URL(login).username;
  for (const set of [
    "session_preload_libraries = 'auto_explain'",
    'auto_explain.log_min_duration = 0',
    'auto_explain.log_nested_statements = on',
    'auto_explain.log_analyze = on',
    'auto_explain.log_timing = off',
    'auto_explain.log_buffers = on',
  ]) {
    ask(`ALTER ROLE "${role}" SET ${set}`);
  }
  const own = ask(
    `SELECT string_agg(DISTINCT quote_literal(uid) || ',' || quote_literal(ticket) || coalesce(',' || quote_literal(customer), ''), ',')
     FROM (SELECT uid, ticket, customer FROM shop.entry WHERE shop = 1 AND station = 1 ORDER BY seq LIMIT 5) AS few`,
  );
  const from = performance.now();
  console.log(`  rows: ${postgres.psql(login, `SELECT shop.erase(ARRAY[${own}]::uuid[])`)}`);
  console.log(`  ${Math.round(performance.now() - from)} ms with psql's start`);
  const log = readFileSync(join(postgres.folder, 'log'), 'utf8').split('\n');
  for (const line of log)
    if (/(?:Index|Seq|Bitmap).*Scan|(?:UNION|EXCEPT|Append|Nested Loop|Subquery)|duration: .*plan/.test(line))
      console.log(`      ${line.trim()}`);
} finally {
  postgres.remove();
}
