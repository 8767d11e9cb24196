import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOf, loadMigrations, type Migration } from '../migrate.ts';
import type { Server } from './server.ts';
import { ShopServerError } from './shop-error.ts';

/** The oldest PostgreSQL that serves: it has transaction ids that never begin anew (xid8). */
const oldestServer = 13;

export const serverMigrations = (): Migration[] => loadMigrations(join(import.meta.dirname, 'migrations'));

export interface Initialised {
  /** The migrations that ran just now, by name. */
  applied: readonly string[];
  /** The schema's version. */
  version: number;
}

export interface InitOptions {
  migrations?: readonly Migration[];
  /** Called before each migration, which may take long where there is much. */
  onStep?: (migration: string) => void;
}

const groups = ['phone_health_station', 'phone_health_eraser'] as const;

const existsRow = z.object({ there: z.boolean() });
const appliedRow = z.object({ number: z.int(), name: z.string(), hash: z.string() });

async function exists(server: Server, sql: string, values: readonly string[] = []): Promise<boolean> {
  const [row] = await server.rows(existsRow, `SELECT EXISTS (${sql}) AS there`, values);
  return row?.there ?? false;
}

/** Roles are the cluster's, not the database's: another chain in it may have made them. */
async function makeGroups(server: Server): Promise<void> {
  for (const group of groups) {
    if (!(await exists(server, 'SELECT FROM pg_roles WHERE rolname = $1', [group]))) {
      await server.run(`CREATE ROLE ${group} NOLOGIN`);
    }
  }
  // Only who is in a role may give it a function.
  if (!(await exists(server, "SELECT WHERE pg_has_role(current_user, 'phone_health_eraser', 'USAGE')"))) {
    await server.run('GRANT phone_health_eraser TO CURRENT_USER');
  }
}

/** Whoever is no station has nothing here, whatever a function or a table that came later was made with. */
async function closeToOthers(server: Server): Promise<void> {
  const [row] = await server.rows(
    z.object({ database: z.string(), mine: z.boolean() }),
    `SELECT quote_ident(datname) AS database, pg_has_role(current_user, datdba, 'USAGE') AS mine FROM pg_database
     WHERE datname = current_database()`,
  );
  for (const what of ['FUNCTIONS', 'TABLES', 'SEQUENCES'])
    await server.run(`REVOKE ALL ON ALL ${what} IN SCHEMA shop FROM PUBLIC`);
  await server.run('REVOKE ALL ON SCHEMA shop FROM PUBLIC');
  // A database that is another's may serve others too.
  if (row === undefined || !row.mine) return;
  await server.run(`REVOKE ALL ON DATABASE ${row.database} FROM PUBLIC`);
  await server.run(`GRANT CONNECT ON DATABASE ${row.database} TO phone_health_station`);
}

async function requireServer(server: Server): Promise<void> {
  const [row] = await server.rows(
    z.object({ version: z.string() }),
    "SELECT current_setting('server_version_num') AS version",
  );
  const version = Math.floor(Number(row?.version) / 10_000);
  if (version >= oldestServer) return;
  throw new ShopServerError('shop-not-ready', `This is PostgreSQL ${version}. A chain needs ${oldestServer} or later.`);
}

const isSetUp = (server: Server): Promise<boolean> => exists(server, "SELECT FROM pg_namespace WHERE nspname = 'shop'");

/** Of two that set a database up at once, the second finds it done. Returns whether it is. */
async function alone(server: Server): Promise<boolean> {
  if (!(await isSetUp(server))) {
    // Anybody who may connect could hold this, but there is no station yet.
    await server.run('SELECT pg_advisory_xact_lock(1885890932::bigint)');
    if (!(await isSetUp(server))) return false;
  }
  await server.run('LOCK TABLE shop.migration IN EXCLUSIVE MODE');
  return true;
}

/**
 * Sets a database up for a chain, or brings it up to date: all pending migrations in one transaction. `server` is of a role that may make
 * roles and schemas. Throws `ShopServerError` for a database that is newer than this program, or was set up with another text.
 */
export function initChain(
  server: Server,
  { migrations = serverMigrations(), onStep }: InitOptions = {},
): Promise<Initialised> {
  return server.whole(async () => {
    await requireServer(server);
    const isThere = await alone(server);
    await makeGroups(server);
    const applied = isThere
      ? await server.rows(appliedRow, 'SELECT number, name, hash FROM shop.migration ORDER BY number')
      : [];
    if (applied.length > migrations.length) {
      throw new ShopServerError(
        'shop-newer',
        `The database is of a newer version (${applied.length}; this program knows ${migrations.length}). Update this program. Nothing was changed.`,
      );
    }
    const changed = applied.find(({ number, hash }) => {
      const known = migrations[number - 1];
      return known === undefined || hashOf(known) !== hash;
    });
    if (changed !== undefined) {
      throw new ShopServerError(
        'shop-failed',
        `The database was set up with another ${changed.name} than this program has. Nothing was changed.`,
      );
    }
    const pending = migrations.slice(applied.length);
    for (const { number, name, sql } of pending) {
      onStep?.(name);
      await server.run(sql);
      if (number === 1) await server.run(migrationTable);
      await server.run('INSERT INTO shop.migration (number, name, hash) VALUES ($1, $2, $3)', [
        number,
        name,
        hashOf({ sql }),
      ]);
    }
    await closeToOthers(server);
    return { applied: pending.map(({ name }) => name), version: migrations.length };
  });
}

const migrationTable = `CREATE TABLE shop.migration (
  number integer PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
)`;

const keyed = (key: Buffer, word: string): Buffer => createHmac('sha256', key).update(word).digest();

/**
 * A password as the server keeps it (SCRAM-SHA-256, RFC 5803): the password itself is in no statement, so in none of its logs.
 * https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const stored = createHash('sha256').update(keyed(salted, 'Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyed(salted, 'Server Key').toString('base64')}`;
}

/** Whether the shops of a chain may look into each other's. */
export const setLooks = async (server: Server, looks: boolean): Promise<void> =>
  void (await server.run('UPDATE shop.chain SET looks = $1', [looks]));

export interface NewStation {
  shop: string;
  station: string;
}

/** What a station logs in with. */
export interface StationLogin {
  user: string;
  password: string;
}

const idRow = z.object({ id: z.int() });

/**
 * Makes a station, with its shop where there is none of that name, or gives one that is there another password: whoever had the former
 * one is locked out.
 */
export function makeStation(server: Server, { shop, station }: NewStation): Promise<StationLogin> {
  return server.whole(async () => {
    await server.run('INSERT INTO shop.place (name) VALUES ($1) ON CONFLICT DO NOTHING', [shop]);
    const [place] = await server.rows(idRow, 'SELECT id FROM shop.place WHERE name = $1', [shop]);
    if (place === undefined) throw new ShopServerError('shop-failed', 'The shop was not made.');
    const [known] = await server.rows(
      z.object({ role: z.string() }),
      'SELECT role FROM shop.station WHERE shop = $1 AND name = $2',
      [place.id, station],
    );
    const password = randomBytes(24).toString('base64url');
    const verifier = scramVerifier(password);
    if (known !== undefined) {
      await server.run(`ALTER ROLE "${known.role}" PASSWORD '${verifier}'`);
      return { user: known.role, password };
    }
    // Roles are the cluster's: no two chains in it may mean the same.
    const user = `phone_health_${randomBytes(5).toString('hex')}`;
    await server.run(`CREATE ROLE "${user}" LOGIN PASSWORD '${verifier}' IN ROLE phone_health_station`);
    await server.run('INSERT INTO shop.station (shop, name, role) VALUES ($1, $2, $3)', [place.id, station, user]);
    return { user, password };
  });
}
