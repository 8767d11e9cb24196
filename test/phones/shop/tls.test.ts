import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sayHello } from '../../../db/shop/hello.ts';
import { conversing, makeChain } from '../../shop-server/chain.ts';
import { startPostgres, type PostgresServer } from '../../shop-server/postgres.ts';

let postgres: PostgresServer;
let folder: string;
/** Of station A, without how the line is secured. */
let login: string;

const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });

const keyOf = (name: string): string[] => [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-keyout',
  `${name}.key`,
];

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...keyOf(name), '-out', `${name}.crt`, '-subj', `/CN=${name}`, '-days', '2');
}

/** What the chain's own authority says of a server by this name. */
function certify(name: string, host: string, days: number): void {
  openssl('req', ...keyOf(name), '-out', `${name}.csr`, '-subj', `/CN=${host}`);
  writeFileSync(join(folder, `${name}.ext`), `subjectAltName = DNS:${host}\n`);
  const signed = ['-CA', 'authority.crt', '-CAkey', 'authority.key', '-CAcreateserial', '-extfile', `${name}.ext`];
  openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', String(days), ...signed);
}

/** Has the server prove itself by this certificate from now on. */
function present(name: string): void {
  for (const ending of ['crt', 'key']) {
    copyFileSync(join(folder, `${name}.${ending}`), join(postgres.folder, `server.${ending}`));
    postgres.own(`server.${ending}`);
  }
  postgres.psql(postgres.admin(), 'SELECT pg_reload_conf()');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  makeAuthority('authority');
  makeAuthority('stranger');
  certify('right', 'localhost', 1);
  certify('wrong', 'db.example.org', 1);
  // Ended the day before it was made.
  certify('expired', 'localhost', -1);
  postgres = await startPostgres();
  login = (await (await makeChain(postgres, 'tls')).login('Mitte', 'A')).replace('127.0.0.1', 'localhost');
  for (const setting of [
    `ssl_cert_file = '${join(postgres.folder, 'server.crt')}'`,
    `ssl_key_file = '${join(postgres.folder, 'server.key')}'`,
  ]) {
    postgres.psql(postgres.admin(), `ALTER SYSTEM SET ${setting}`);
  }
});
afterAll(() => {
  postgres.remove();
  rmSync(folder, { recursive: true });
});

const by = (authority: string | null): string =>
  `${login}?sslmode=verify-full${authority === null ? '' : `&sslrootcert=${join(folder, `${authority}.crt`)}`}`;

/** The station that the server takes this for, or why it is not asked. */
const greeted = (connection: string): Promise<unknown> =>
  conversing(connection, async (server) => (await sayHello(server)).stationName).catch((error: unknown) => error);

const unverified = (why: string): unknown =>
  expect.objectContaining({ code: 'shop-unverified', message: expect.stringContaining(why) as string });

test('a server without TLS is told nothing where TLS is asked for', async () => {
  expect(await greeted(by('authority'))).toEqual(unverified('does not support SSL'));
});

test('a server proves its name by an authority of the own: any other, another name and a certificate that has ended are refused', async () => {
  present('right');
  postgres.psql(postgres.admin(), 'ALTER SYSTEM SET ssl = on');
  postgres.psql(postgres.admin(), 'SELECT pg_reload_conf()');
  expect(await greeted(by('authority'))).toBe('A');
  expect(await greeted(by('stranger'))).toEqual(unverified('Nothing was sent'));
  expect(await greeted(by(null))).toEqual(unverified('Nothing was sent'));
  // The same certificate under another name of the same server.
  expect(await greeted(by('authority').replace('@localhost', '@127.0.0.1'))).toEqual(unverified('127.0.0.1'));
  present('wrong');
  expect(await greeted(by('authority'))).toEqual(unverified('localhost'));
  present('expired');
  expect(await greeted(by('authority'))).toEqual(unverified('expired'));
  present('right');
  expect(await greeted(by('authority'))).toBe('A');
});
