/*
 * Prints how large a chain's database becomes and what its questions cost, from rows without their content, as many as a part of
 * 100 stations × 200 snapshots a day for two years: `npx node test/tables/shop-scale.ts 100` (a hundredth; 10: a tenth, some minutes)
 */
import { makeChain } from '../shop-server/chain.ts';
import { startPostgres } from '../shop-server/postgres.ts';

const all = 14_600_000;
const part = Number(process.argv[2] ?? '100');
const rows = Math.round(all / part);
const [shops, stations, phones] = [25, 100, Math.round(rows / 8)];
const contentBytes = 40_000;

const postgres = await startPostgres({ settings: ['shared_buffers = 512MB', 'max_wal_size = 4GB', 'jit = off'] });
try {
  const chain = await makeChain(postgres, 'scale', true);
  const ask = (sql: string): string => postgres.psql(chain.admin, sql);
  for (let number = 1; number <= shops; number += 1) ask(`INSERT INTO shop.place (name) VALUES ('Shop ${number}')`);
  ask(
    `INSERT INTO shop.station (shop, name, role) SELECT 1 + n % ${shops}, 'S' || n, 'nobody_' || n FROM generate_series(1, ${stations}) AS n`,
  );
  const login = await chain.login('Shop 1', 'asking');
  ask(`INSERT INTO shop.epoch (number, marker) VALUES (1, 'another')`);
  ask('ALTER TABLE shop.entry DISABLE TRIGGER USER');
  const begin = performance.now();
  ask(
    `INSERT INTO shop.entry (shop, uid, station, epoch, x, seq, kind, phone, version, at, body, words, dictionary)
     SELECT 1 + n % ${shops}, gen_random_uuid(), 1 + n % ${stations}, 1, (n / 40)::text::xid8, n, 'snapshot',
            'R58M' || (n * 7919 % ${phones}), 1, to_char(timestamp '2026-01-01' + n * interval '4 seconds', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            repeat(md5(n::text), 22), ARRAY['r58m' || (n * 7919 % ${phones}), '~' || reverse('r58m' || (n * 7919 % ${phones})),
            'pixel', 'google', '8'], 1
     FROM generate_series(1, ${rows}) AS n`,
  );
  ask(`INSERT INTO shop.found_by SELECT DISTINCT word, shop, uid FROM shop.entry, unnest(words) AS word`);
  ask('VACUUM ANALYZE shop.entry');
  ask('VACUUM ANALYZE shop.found_by');
  console.log(`${rows} rows (1:${part}) in ${Math.round((performance.now() - begin) / 1000)} s`);
  const sizes = ask(
    `SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'i')
       AND pg_relation_size(oid) > 1000000 ORDER BY 2 DESC`,
  );
  let sum = 0;
  for (const line of sizes.split('\n')) {
    const [name = '', bytes = '0'] = line.split('|');
    sum += Number(bytes);
    console.log(
      `${name.padEnd(20)} ${(Number(bytes) / rows).toFixed(0).padStart(6)} B a row ${((Number(bytes) * part) / 1e9).toFixed(1).padStart(8)} GB of all`,
    );
  }
  console.log(
    `${'together'.padEnd(20)} ${(sum / rows).toFixed(0).padStart(6)} B a row ${((sum * part) / 1e9).toFixed(1).padStart(8)} GB of all`,
  );
  console.log(
    `content              ${contentBytes} B a row ${((contentBytes * all) / 1e9).toFixed(1).padStart(8)} GB of all`,
  );
  const middle = Math.round(rows / 2);
  const phone = ask(`SELECT phone FROM shop.entry WHERE seq = ${middle}`);
  const questions: Record<string, string> = {
    'a page of 500 for a station, in the middle': `SELECT uid, length(body) FROM shop.entry AS own WHERE shop = 1
      AND (own.epoch, own.x, own.seq) > (1, '${Math.round(middle / 40)}'::xid8, ${middle}::bigint)
      AND (own.epoch < 2 OR own.x < pg_snapshot_xmin(pg_current_snapshot())) ORDER BY own.epoch, own.x, own.seq LIMIT 500`,
    'nothing new for a station': `SELECT uid FROM shop.entry AS own WHERE shop = 1
      AND (own.epoch, own.x, own.seq) > (1, '${rows}'::xid8, ${rows}::bigint)
      AND (own.epoch < 2 OR own.x < pg_snapshot_xmin(pg_current_snapshot())) ORDER BY own.epoch, own.x, own.seq LIMIT 500`,
    "a phone's history in every shop": `SELECT uid, body FROM shop.entry WHERE phone = '${phone}' ORDER BY at DESC LIMIT 100`,
    'the end of a serial in every shop': `SELECT uid, body FROM shop.entry WHERE (shop, uid) IN (SELECT shop, uid FROM shop.found_by
      WHERE word >= '~${phone.toLowerCase().split('').toReversed().join('').slice(0, 5)}' AND word < '~${phone.toLowerCase().split('').toReversed().join('').slice(0, 5)}\u{10FFFF}') LIMIT 100`,
  };
  for (const [name, sql] of Object.entries(questions)) {
    const plans = [1, 2].map(() => postgres.psql(login, `EXPLAIN (ANALYZE, COSTS, BUFFERS, SUMMARY) ${sql}`));
    console.log(`\n${name}\n${plans[1] ?? ''}`);
  }
} finally {
  postgres.remove();
}
