import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverMigrations } from '../../../db/shop/init.ts';
import { openStore } from '../../../db/store.ts';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel, temporaryFolder } from '../../unit/db/examples.ts';
import { runCli, type CliRun } from '../terminal/run-cli.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

interface Counter {
  folder: string;
  cli: (...args: string[]) => Promise<CliRun>;
}

function counter(): Counter {
  const folder = temporaryFolder();
  return { folder, cli: (...args) => runCli(['shop', ...args], { PHONE_HEALTH_HOME: folder, PHONE_HEALTH_LOG: '1' }) };
}

const secretIn = (connection: string): string => /:([^:@]+)@/.exec(connection)?.[1] ?? 'none';

/** Files of a data folder that hold a text. */
const holding = (folder: string, text: string): string[] =>
  readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => readFileSync(join(folder, name), 'latin1').includes(text));

describe('the commands of a chain', () => {
  test('set a database up, connect two stations of two shops, send, find each other, and leave', async () => {
    postgres.psql(postgres.admin(), 'CREATE DATABASE chain');
    const [a, b] = [counter(), counter()];
    const admin = join(a.folder, 'admin');
    writeFileSync(admin, postgres.admin('chain'), { mode: 0o600 });
    const init = (...args: string[]): Promise<CliRun> => a.cli('init', '--from', admin, ...args);
    expect(await init('--look')).toEqual({
      code: 0,
      stdout: '',
      stderr: [
        ...serverMigrations().map(({ name }) => `Bringing the database up to date: ${name}\n`),
        'The database is set up (version 3).\n',
      ].join(''),
    });
    const [forA, forB] = [
      await init('--shop', 'Mitte', '--station', 'A'),
      await init('--shop', 'Nord', '--station', 'B'),
    ].map(({ stdout }) => stdout.trim());
    expect(forA).toMatch(/^postgresql:\/\/phone_health_[0-9a-f]{10}:[\w-]{32}@127\.0\.0\.1:\d+\/chain$/);
    expect((await init('--shop', 'Mitte')).code).toBe(2);
    expect((await a.cli('sync')).code).toBe(2);
    for (const [{ folder, cli }, connection] of [
      [a, forA],
      [b, forB],
    ] as const) {
      const store = openStore(folder);
      const ticket = store.createTicket(
        exampleTicket({
          customer: { name: `Ada of ${connection === forA ? 'Mitte' : 'Nord'}`, contact: '' },
          phones: [handedIn(pixel)],
          prefix: 'K',
        }),
      );
      store.saveSnapshot(exampleSnapshot({ ticket: ticket.id }));
      store.close();
      writeFileSync(join(folder, 'connection'), connection ?? '');
      expect((await cli('connect', '--from', join(folder, 'connection'))).code).toBe(0);
      const synced = await cli('sync');
      expect([synced.code, synced.stdout]).toEqual([0, '6 sent, 0 read, 0 erased, 0 refused\n']);
    }
    const status = await a.cli('status');
    expect(status.stdout).toMatch(
      /^A of Mitte, phone_health_\w+@127\.0\.0\.1:\d+\/chain\nThe shops of this chain may look into each other\.\nEverything is sent and read\.\n0 to be sent, 0 to be erased, 0 refused; last done /,
    );
    const found = await a.cli('find', 'nord');
    expect(found.stdout).toMatch(/SHOP +STATION .*\nNord +B .*ticket +K-1 +Ada of Nord, taken-in/);
    expect((await b.cli('find', 'pixel1', '--json')).stdout).toContain('"station": "A"');
    // Where it is kept only its owner reads it; nothing that is printed, logged or kept beside it holds the password.
    const kept = join(a.folder, 'shop-connection');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const secret = secretIn(forA ?? '');
    expect(holding(a.folder, secret)).toEqual(['connection', 'shop-connection']);
    const refused = await a.cli('connect', '--from', join(b.folder, 'connection'));
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('This station is A of Mitte already.') as string,
    ]);
    for (const { stdout, stderr } of [status, refused]) {
      expect(`${stdout}${stderr}`).not.toContain(secret);
      expect(`${stdout}${stderr}`).not.toContain(secretIn(forB ?? ''));
    }
    // The line is down: that is told, and is no trouble.
    postgres.stop();
    const offline = await a.cli('sync');
    expect([offline.code, offline.stderr]).toEqual([
      3,
      expect.stringContaining("The shop's server does not answer.") as string,
    ]);
    expect((await a.cli('find', 'nord')).stderr).toContain(
      'The server does not answer: of other shops nothing is shown.',
    );
    postgres.start();
    expect((await a.cli('leave')).stdout).toBe(
      'This station belongs to no chain any more. What it has sent stays at the server.\n',
    );
    expect(holding(a.folder, secret)).toEqual(['connection']);
    expect(postgres.psql(postgres.admin('chain'), 'SELECT count(*) FROM shop.entry')).toBe('12');
  });
});
