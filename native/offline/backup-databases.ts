import type { DatabaseSync } from 'node:sqlite';
import { requireTables } from '../ios/reach/library/plain-tables.ts';
import { archivedRoot } from '../ios/read/keyed-archive.ts';
import { readPlist, smallPlistLimits, type PlistValue } from '../ios/read/plist.ts';
import type { BackupAccount } from '../ios/read/probes/backup-accounts.ts';
import type { PermissionRow } from '../ios/read/probes/backup-permissions.ts';

/**
 * The photo permissions in a TCC.db: `auth_value` since iOS 14 (0 denied, 1 unknown, 2 allowed, 3 limited), `allowed` (0, 1)
 * before.
 */
export function photoPermissions(database: DatabaseSync): PermissionRow[] {
  requireTables(database, ['access']);
  const columns = columnsOf(database, 'access');
  const value = columns.includes('auth_value') ? 'auth_value' : 'allowed * 2';
  return database
    .prepare(
      `SELECT service, client, ${value} AS value FROM access
       WHERE service LIKE 'kTCCServicePhotos%' AND length(client) <= ${longestName} LIMIT ${mostRows}`,
    )
    .all()
    .map((row) => ({ service: String(row['service']), client: String(row['client']), value: Number(row['value']) }));
}

const appleAccount = 'com.apple.account.AppleAccount';

/**
 * The iCloud accounts in an Accounts3.sqlite, iOS 14 to 16: which services are switched on, the size of the plan, and when the
 * password was last refused. Names of accounts are not read. The numbers in the names of Core Data's join tables differ by
 * version, so the table is looked up.
 */
export function icloudAccounts(database: DatabaseSync): BackupAccount[] {
  requireTables(database, ['ZACCOUNT', 'ZACCOUNTTYPE', 'ZACCOUNTPROPERTY', 'ZDATACLASS']);
  const accounts = database
    .prepare(
      `SELECT a.Z_PK AS id, a.ZLASTCREDENTIALRENEWALREJECTIONDATE AS refused FROM ZACCOUNT a
       JOIN ZACCOUNTTYPE t ON t.Z_PK = a.ZACCOUNTTYPE WHERE t.ZIDENTIFIER = ? LIMIT ${mostRows}`,
    )
    .all(appleAccount);
  return accounts.map((row) => ({
    enabled: enabledServices(database, Number(row['id'])),
    planBytes: planBytes(database, Number(row['id'])),
    passwordRefused: row['refused'] !== null,
    passwordRefusedAt: momentSince2001(row['refused']),
    termsToAccept: termsToAccept(database, Number(row['id'])),
  }));
}

/** Core Data's dates: seconds since 2001. */
const momentSince2001 = (seconds: unknown): string | null =>
  typeof seconds === 'number' && Math.abs(seconds) < 1e11
    ? new Date((seconds + 978_307_200) * 1000).toISOString()
    : null;

/** What ACAccount keeps as `needsToVerifyTerms` (AppleAccount of iOS 26.1); a key that is not there means no. */
function termsToAccept(database: DatabaseSync, account: number): boolean | null {
  const statement = `SELECT ZVALUE AS value FROM ZACCOUNTPROPERTY WHERE ZOWNER = ? AND ZKEY = 'needsToVerifyTerms'
    AND length(ZVALUE) <= ${smallPlistLimits.maxBytes}`;
  const row = database.prepare(statement).get(account);
  if (row === undefined) return false;
  const value = unarchived(row['value']);
  return typeof value === 'boolean' ? value : typeof value === 'number' ? value !== 0 : null;
}

/** A name of an app is far shorter, and no phone has that many apps or accounts. */
const longestName = 500;
const mostRows = 2000;

function columnsOf(database: DatabaseSync, table: string): string[] {
  const rows = database.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  return rows.map((row) => String(row['name']));
}

/** Names of Core Data are capital letters, digits and underscores; anything else is not put into a statement. */
const safeName = /^Z_\d+[A-Z]+$/;

function enabledServices(database: DatabaseSync, account: number): string[] {
  const tables = database.prepare(
    `SELECT name FROM sqlite_master WHERE name LIKE 'Z\\_%ENABLEDDATACLASSES' ESCAPE '\\' AND length(name) <= 100 LIMIT 1`,
  );
  const table = tables.all().map((row) => String(row['name']))[0] ?? '';
  const columns = columnsOf(database, table);
  const owner = columns.find((name) => name.includes('ACCOUNTS')) ?? '';
  const service = columns.find((name) => name.includes('DATACLASSES')) ?? '';
  if (![table, owner, service].every((name) => safeName.test(name))) return [];
  requireTables(database, [table]);
  return database
    .prepare(
      `SELECT d.ZNAME AS name FROM ${table} e JOIN ZDATACLASS d ON d.Z_PK = e.${service} WHERE e.${owner} = ?
              AND length(d.ZNAME) <= ${smallPlistLimits.maxBytes} LIMIT ${mostRows}`,
    )
    .all(account)
    .map((row) => textOf(row['name']))
    .filter((name) => name !== null);
}

function planBytes(database: DatabaseSync, account: number): number | null {
  const statement = `SELECT ZVALUE AS value FROM ZACCOUNTPROPERTY WHERE ZOWNER = ? AND ZKEY = 'lastKnownQuota'
    AND length(ZVALUE) <= ${smallPlistLimits.maxBytes}`;
  const value = unarchived(database.prepare(statement).get(account)?.['value']);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** A text that is kept as text or as a keyed archive. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const text = unarchived(value);
  return typeof text === 'string' ? text : null;
}

function unarchived(value: unknown): PlistValue | null {
  if (typeof value === 'number') return value;
  const plist = value instanceof Uint8Array ? readPlist(value, smallPlistLimits) : null;
  return plist?.ok === true ? archivedRoot(plist.value) : null;
}
