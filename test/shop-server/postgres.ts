import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian, Fedora and Homebrew put the programs of a server; another version's may be named first. */
function programs(): string[] {
  const versions = '/usr/lib/postgresql';
  const named = process.env['PHONE_HEALTH_TEST_POSTGRES'] ?? '';
  const folders = [
    ...(named === '' ? [] : [named]),
    ...(existsSync(versions)
      ? readdirSync(versions)
          .toSorted((a, b) => Number(b) - Number(a))
          .map((version) => join(versions, version, 'bin'))
      : []),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  const first = folders.findIndex((folder) => existsSync(join(folder, 'initdb')));
  if (first === -1) throw new Error('PostgreSQL is not installed. Set-up installs it: npm test.');
  return folders.slice(first);
}

const numberOf = (name: string, what: '-u' | '-g'): number =>
  Number(execFileSync('id', [what, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

/** No server runs as root: the account that Debian's package makes, else nobody. */
function account(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: numberOf(name, '-u'), gid: numberOf(name, '-g') };
    } catch (error) {
      if (!(error instanceof Error && 'status' in error)) throw error;
    }
  }
  throw new Error('There is no account that PostgreSQL could run as.');
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

/** A real server with a cluster of its own, in a temporary folder. */
export interface PostgresServer {
  port: number;
  folder: string;
  /** The connection string of its superuser for a database. */
  admin: (database?: string) => string;
  /** Runs one of its programs as the account that it runs as; what it printed. Throws with what it said. */
  run: (program: string, args: readonly string[], input?: string) => string;
  /** What psql prints of a statement, as whoever the connection string is of: its answer, or its error. */
  psql: (connection: string, sql: string) => string;
  /** Gives a file of its folder to the account that it runs as, for nobody else to read. */
  own: (name: string) => void;
  stop: () => void;
  start: () => void;
  remove: () => void;
}

export interface PostgresOptions {
  /** Lines of postgresql.conf beside those of a server that may forget everything with the power. */
  settings?: readonly string[];
}

export async function startPostgres({ settings = [] }: PostgresOptions = {}): Promise<PostgresServer> {
  const folders = programs();
  const [bin = ''] = folders;
  /** A server that comes without psql and pg_dump is asked with those of another version. */
  const pathOf = (program: string): string =>
    join(folders.find((one) => existsSync(join(one, program))) ?? bin, program);
  const owner = account();
  // A server's socket has a short name; memory is where the disk need not be waited for.
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const run: PostgresServer['run'] = (program, args, input) =>
    execFileSync(pathOf(program), [...args], {
      encoding: 'utf8',
      cwd: folder,
      env: { PATH: bin, LC_ALL: 'C', HOME: folder },
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
      ...owner,
    });
  const data = join(folder, 'data');
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8']);
  const port = await freePort();
  writeFileSync(
    join(data, 'postgresql.auto.conf'),
    [
      "listen_addresses = '127.0.0.1'",
      `port = ${port}`,
      `unix_socket_directories = '${folder}'`,
      'fsync = off',
      'full_page_writes = off',
      'synchronous_commit = off',
      'max_wal_size = 256MB',
      'shared_buffers = 64MB',
      ...settings,
      '',
    ].join('\n'),
  );
  // Whoever has no password is let in as the superuser alone.
  writeFileSync(
    join(data, 'pg_hba.conf'),
    'local all postgres trust\nhost all postgres 127.0.0.1/32 trust\nhostssl all all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n',
  );
  const log = join(folder, 'log');
  const start = (): void => void run('pg_ctl', ['-D', data, '-l', log, '-w', '-t', '60', 'start', '-s']);
  const stop = (): void => void run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop', '-s']);
  start();
  let isRunning = true;
  return {
    port,
    folder,
    admin: (database = 'postgres') => `postgresql://postgres@127.0.0.1:${port}/${database}`,
    run,
    psql: (connection, sql) => {
      try {
        return run('psql', ['-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql, connection]).trim();
      } catch (error) {
        if (error instanceof Error && 'stderr' in error && typeof error.stderr === 'string') return error.stderr.trim();
        throw error;
      }
    },
    own: (name) => {
      const file = join(folder, name);
      chmodSync(file, 0o600);
      if (owner !== null) chownSync(file, owner.uid, owner.gid);
    },
    start: () => {
      start();
      isRunning = true;
    },
    stop: () => {
      stop();
      isRunning = false;
    },
    remove: () => {
      if (isRunning) stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
