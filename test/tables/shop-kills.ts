/*
 * Kills stations with SIGKILL in the middle of what they send and read, and prints what has become of their rows:
 * `npx node test/tables/shop-kills.ts 20` (so often, in turns). `npm run build` first: the command line is what is killed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { openStore } from '../../db/store.ts';
import { startCli } from '../phones/terminal/run-cli.ts';
import { conversing, makeChain } from '../shop-server/chain.ts';
import { startPostgres } from '../shop-server/postgres.ts';
import { sayHello } from '../../db/shop/hello.ts';
import { fullSnapshot } from '../shop-server/stations-run.ts';

const kills = Number(process.argv[2] ?? '20');
const snapshots = 500;
const snapshotBytes = 40_000;

const postgres = await startPostgres();
const home = mkdtempSync(join(tmpdir(), 'kills-'));

/** A station's data folder, connected, with so many scans that wait. */
async function station(name: string, connection: string, scans: number): Promise<string> {
  const folder = join(home, name);
  mkdirSync(folder, { mode: 0o700 });
  const store = openStore(folder);
  await conversing(connection, async (server) => store.shop.join(await sayHello(server)));
  for (let number = 0; number < scans; number += 1) store.saveSnapshot(fullSnapshot(name, number, snapshotBytes));
  store.close();
  writeFileSync(join(folder, 'shop-connection'), connection, { mode: 0o600 });
  return folder;
}

/** Runs one round in a process of its own; kills it so long after it has begun to speak with the server. How it ended. */
async function round(folder: string, killAfterMs: number | null): Promise<'killed' | 'done'> {
  const child = startCli(['shop', 'sync'], { PHONE_HEALTH_HOME: folder });
  const ended = new Promise<'killed' | 'done'>((resolve) => {
    child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL' ? 'killed' : 'done'));
  });
  if (killAfterMs !== null) {
    const isHeard = (): boolean =>
      postgres.psql(postgres.admin(), "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'phone_health_%'") !==
      '0';
    while (child.exitCode === null && !isHeard()) await pause(5);
    await pause(killAfterMs);
    child.kill('SIGKILL');
  }
  return ended;
}

const uidRows = z.array(z.object({ uid: z.string() }));

function uidsIn(folder: string, table: string): string[] {
  const db = new Database(join(folder, 'phone-health.sqlite'), { readonly: true });
  try {
    return uidRows.parse(db.prepare(`SELECT uid FROM ${table}`).all()).map(({ uid }) => uid);
  } finally {
    db.close();
  }
}

try {
  const chain = await makeChain(postgres, 'kills');
  const folders = {
    a: await station('A', await chain.login('Mitte', 'A'), snapshots),
    b: await station('B', await chain.login('Mitte', 'B'), snapshots),
  };
  const count = (): number => Number(postgres.psql(chain.admin, 'SELECT count(*) FROM shop.entry'));
  const begin = performance.now();
  let killed = 0;
  let midway = 0;
  for (let number = 0; killed < kills && number < kills * 5; number += 1) {
    const folder = number % 2 === 0 ? folders.a : folders.b;
    const before = count();
    if ((await round(folder, randomInt(0, 150))) === 'killed') killed += 1;
    const after = count();
    if (after > before && after % snapshots !== 0) midway += 1;
  }
  for (const folder of [folders.a, folders.b, folders.a]) {
    if ((await round(folder, null)) !== 'done') throw new Error('The last round was killed.');
  }
  const made = [folders.a, folders.b].map((folder) => uidsIn(folder, 'snapshot'));
  const read = [folders.b, folders.a].map((folder) => uidsIn(folder, 'elsewhere'));
  const there = postgres.psql(chain.admin, 'SELECT uid FROM shop.entry').split('\n');
  const lost = made.flat().filter((uid) => !there.includes(uid)).length;
  const unread = made.flatMap((uids, of) => uids.filter((uid) => read[of]?.includes(uid) !== true)).length;
  const doubled = [there, ...read].reduce((sum, uids) => sum + uids.length - new Set(uids).size, 0);
  console.log(`killed         ${killed}`);
  console.log(`in the middle  ${midway}`);
  console.log(`rows           ${there.length} of ${made.flat().length}`);
  console.log(`lost           ${lost}`);
  console.log(`unread         ${unread}`);
  console.log(`doubled        ${doubled}`);
  console.log(`seconds        ${((performance.now() - begin) / 1000).toFixed(0)}`);
  process.exitCode = lost + unread + doubled === 0 && there.length === made.flat().length ? 0 : 1;
} finally {
  postgres.remove();
  rmSync(home, { recursive: true });
}
