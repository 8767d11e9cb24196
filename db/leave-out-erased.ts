import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { openConnection, type Connection } from './connection.ts';
import { eraseCustomer } from './erase-customer.ts';
import { fileName } from './file-name.ts';
import { listBackups } from './kept-backups.ts';
import { erasableTables, erasedSchema, rememberErased, tellOfErased, type Erased } from './records/erased.ts';
import { removeRows } from './remove-rows.ts';
import { listSetAside } from './set-aside.ts';

const rowsSchema = z.array(erasedSchema);

/** What a file of the store remembers as erased; nothing where it is damaged, or from before that was kept. */
function erasedIn(file: string): Erased[] {
  if (!existsSync(file)) return [];
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return rowsSchema.parse(db.prepare('SELECT uid, kind, at FROM erased').all());
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError || error instanceof z.ZodError || error instanceof TypeError) return [];
    throw error;
  }
}

/** What was ever erased here for good: the store may be damaged, so its backups and what was set aside are asked too. */
export function erasedHere(folder: string): Erased[] {
  const files = [join(folder, fileName), ...listBackups(folder).map(({ file }) => file), ...listSetAside(folder)];
  return [...new Map(files.flatMap(erasedIn).map((one) => [one.uid, one])).values()];
}

const ofThese = 'uid IN (SELECT value FROM json_each($uids))';

/** A new store that remembers what was erased here, in a folder of its own. */
export function emptyButForErased(folder: string, erased: readonly Erased[]): string {
  const connection = openConnection(folder);
  try {
    connection.transaction(() => rememberErased(connection, erased));
  } finally {
    connection.close();
  }
  return connection.file;
}

/** Erases from a copy of a backup what was erased here for good. Returns how much that was. */
export function leaveOutErased(copy: string, erased: readonly Erased[]): number {
  if (erased.length === 0) return 0;
  const folder = mkdtempSync(join(dirname(copy), 'restoring-'));
  const file = join(folder, fileName);
  try {
    copyFileSync(copy, file);
    const connection = openConnection(folder);
    let leftOut: number;
    try {
      leftOut = eraseAgain(connection, erased);
    } finally {
      connection.close();
    }
    renameSync(file, copy);
    return leftOut;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function eraseAgain(connection: Connection, erased: readonly Erased[]): number {
  const uids = JSON.stringify(erased.map(({ uid }) => uid));
  const select = (sql: string): (string | number)[] =>
    connection.rows(z.object({ found: z.union([z.string(), z.number()]) }), sql, { uids }).map(({ found }) => found);
  const there = erasableTables.flatMap((table) => select(`SELECT uid AS found FROM ${table} WHERE ${ofThese}`));
  // Of a phone that was forgotten, whatever else there is goes with what has an id.
  const phones = select(
    ['snapshot', 'action', 'test_photo', 'safe_copy']
      .map((table) => `SELECT phone AS found FROM ${table} WHERE ${ofThese}`)
      .join(' UNION '),
  );
  for (const id of select(`SELECT id AS found FROM customer WHERE ${ofThese}`)) eraseCustomer(connection, Number(id));
  removeRows(
    connection,
    erasableTables.map((table) => ({ table, where: ofThese })),
    { uids },
  );
  removeRows(
    connection,
    [{ table: 'phone', where: `id IN (SELECT value FROM json_each($phones)) AND ${nothingElse}` }],
    { phones: JSON.stringify(phones) },
  );
  rememberErased(connection, erased);
  tellOfErased(connection);
  return there.length;
}

const nothingElse = ['snapshot', 'action', 'walkthrough', 'test_photo', 'safe_copy', 'ticket_phone']
  .map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.phone = phone.id)`)
  .join(' AND ');
