import { readFileSync, statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { ShopServerError } from './shop-error.ts';

/** Where a PostgreSQL server is, and as whom. Holds the password: it goes into no log and no message. */
export interface ServerAddress {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** null: the connection does not leave this computer. */
  tls: ConnectionOptions | null;
}

const bad = (why: string): ShopServerError =>
  new ShopServerError('shop-refused', `The connection string cannot be used: ${why}.`);

const isHere = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Parts of a connection string that are understood; any other would be left out without a word. */
const known = new Set(['sslmode', 'sslrootcert', 'host', 'application_name']);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) throw bad('a % in it is not followed by two digits');
    throw error;
  }
};

/** All the authorities that a system knows take 250 kB. */
const largestAuthorities = 4 * 1024 * 1024;

function certificatesIn(file: string): string {
  try {
    const found = statSync(file);
    // A pipe or a device may never end.
    if (!found.isFile() || found.size > largestAuthorities) throw bad(`${file} is no file of certificates`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ShopServerError) throw error;
    throw bad(`${file} cannot be read${error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''}`);
  }
}

/**
 * Reads a connection string of PostgreSQL (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS). Over a
 * network there is no other way than TLS with the server's name verified (`verify-full`), by `sslrootcert` or by the authorities that Node
 * knows. Throws `ShopServerError`.
 */
export function readServerAddress(text: string): ServerAddress {
  const url = URL.parse(text.trim());
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw bad('it begins with postgresql:// and names user, password, host and database');
  }
  const strange = [...url.searchParams.keys()].find((name) => !known.has(name));
  // Not by its name: where a password has a "?", that is what comes after it.
  if (strange !== undefined) throw bad(`after the "?" only ${[...known].join(', ')} are known here`);
  const host = url.searchParams.get('host') ?? decoded(url.hostname).replaceAll(/^\[|\]$/g, '');
  const database = decoded(url.pathname.slice(1));
  const user = decoded(url.username);
  if (host === '') throw bad('it names no host');
  if (database === '' || user === '') throw bad('it names no user or no database');
  const mode = url.searchParams.get('sslmode');
  const authority = url.searchParams.get('sslrootcert');
  if (!isHere(host) && mode !== null && mode !== 'verify-full') {
    throw bad('over a network only sslmode=verify-full is used');
  }
  const isPlain = isHere(host) && (mode === null || mode === 'disable');
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    password: decoded(url.password),
    tls: isPlain
      ? null
      : {
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
          ...(authority === null || authority === 'system' ? {} : { ca: certificatesIn(authority) }),
          // The name that was asked for, whatever name the socket goes by: for an address in numbers there is none.
          checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
        },
  };
}

/** The address without what nobody else may see. */
export const shownAddress = ({ host, port, database, user }: ServerAddress): string =>
  `${user}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
