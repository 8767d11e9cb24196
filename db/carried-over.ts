import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { openConnection, type Connection } from './connection.ts';
import { eraseCustomer } from './erase-customer.ts';
import { fileName } from './file-name.ts';
import { forgetPhones } from './forget-phone.ts';
import { makingFolder } from './half-done.ts';
import { listBackups } from './kept-backups.ts';
import { forgetCases, keepCopies, keptCopySchema, type KeptCopy } from './records/copies-elsewhere.ts';
import {
  erasableTables,
  erasedSchema,
  listErased,
  phoneKind,
  rememberErased,
  tellOfErased,
  type Erased,
} from './records/erased.ts';
import { phonesMeant } from './records/forgotten-phones.ts';
import { removeRows } from './remove-rows.ts';
import { listSetAside } from './set-aside.ts';
import { syncToDisk } from './sync-to-disk.ts';

/** What a store goes on knowing when another file is put in its place. */
export interface CarriedOver {
  /** The store itself. */
  store: string;
  /** What was erased here for good. */
  erased: Erased[];
  /** Files outside the data folder that hold copies. */
  copies: KeptCopy[];
}

/** Rows of a file of the store; none where it is damaged, or from before they were kept. */
function rowsIn<T>(file: string, row: z.ZodType<T>, sql: string): T[] {
  if (!existsSync(file)) return [];
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return z.array(row).parse(db.prepare(sql).all());
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError || error instanceof z.ZodError || error instanceof TypeError) return [];
    throw error;
  }
}

/** Each once, as and where it was found first. */
function once<T>(rows: readonly T[], key: (row: T) => string): T[] {
  const found = new Map<string, T>();
  for (const row of rows) if (!found.has(key(row))) found.set(key(row), row);
  return [...found.values()];
}

/** What is to be carried over: the store may be damaged, so its backups and what was set aside are asked too. */
export function carriedOver(folder: string): CarriedOver {
  const store = join(folder, fileName);
  const files = [store, ...listBackups(folder).map(({ file }) => file), ...listSetAside(folder)];
  return {
    store,
    erased: once(
      files.flatMap((file) => rowsIn(file, erasedSchema, 'SELECT uid, kind, at FROM erased ORDER BY id')),
      ({ uid }) => uid,
    ),
    copies: once(
      files.flatMap((file) =>
        rowsIn(file, keptCopySchema, 'SELECT file, kind, at, uids_json AS uids FROM copy_elsewhere ORDER BY id'),
      ),
      ({ file, kind, at }) => JSON.stringify([file, kind, at]),
    ),
  };
}

const isNothing = ({ erased, copies }: CarriedOver): boolean => erased.length + copies.length === 0;

/** A new store that knows what is carried over, in a folder of its own; null where that is nothing. */
export function emptyButForCarriedOver(folder: string, carried: CarriedOver): string | null {
  if (isNothing(carried)) return null;
  const connection = openConnection(folder);
  try {
    connection.transaction(() => {
      rememberErased(connection, carried.erased);
      takeCopies(connection, carried);
    });
  } finally {
    connection.close();
  }
  return connection.file;
}

/** Brings into a copy of a backup what is carried over, and erases from it what was erased here. Returns how much that was. */
export function carryInto(copy: string, carried: CarriedOver): number {
  if (isNothing(carried)) return 0;
  const { folder, remove } = makingFolder(dirname(copy));
  const file = join(folder, fileName);
  try {
    copyFileSync(copy, file);
    const connection = openConnection(folder);
    let leftOut: number;
    try {
      leftOut = carried.erased.length === 0 ? 0 : eraseAgain(connection, carried);
      connection.transaction(() => takeCopies(connection, carried));
    } finally {
      connection.close();
    }
    makeOneFile(file);
    syncToDisk(file, 'r+');
    // Somebody may have erased more meanwhile, and removed it.
    if (existsSync(copy)) renameSync(file, copy);
    return leftOut;
  } finally {
    remove();
  }
}

/** Whether a copy knows all that was erased, and so holds none of it. */
export function isCarriedInto(copy: string, { erased }: CarriedOver): boolean {
  const knows = new Set(rowsIn(copy, erasedSchema, 'SELECT uid, kind, at FROM erased').map(({ uid }) => uid));
  return erased.every(({ uid }) => knows.has(uid));
}

/** Without files that belong to it. */
function makeOneFile(file: string): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** Copies of somebody who is erased are named no longer, also where an old backup named them. */
function takeCopies(connection: Connection, { erased, copies }: CarriedOver): void {
  keepCopies(connection, copies);
  forgetCases(
    connection,
    erased.map(({ uid }) => uid),
  );
}

const ofThese = 'uid IN (SELECT value FROM json_each($uids))';

function eraseAgain(connection: Connection, { erased, store }: CarriedOver): number {
  const uids = JSON.stringify(erased.map(({ uid }) => uid));
  const select = (sql: string): (string | number)[] =>
    connection.rows(z.object({ found: z.union([z.string(), z.number()]) }), sql, { uids }).map(({ found }) => found);
  const there = erasableTables.flatMap((table) => select(`SELECT uid AS found FROM ${table} WHERE ${ofThese}`));
  const forgotten = forgottenSince(connection, erased, store);
  // Phones that were forgotten by a program that remembered none of them: whatever else there is goes with what has an id.
  const phones = select(
    ['snapshot', 'action', 'test_photo', 'safe_copy']
      .map((table) => `SELECT phone AS found FROM ${table} WHERE ${ofThese}`)
      .join(' UNION '),
  );
  for (const id of select(`SELECT id AS found FROM customer WHERE ${ofThese}`)) {
    eraseCustomer(connection, Number(id), { isForGood: 'again' });
  }
  removeRows(
    connection,
    erasableTables.map((table) => ({ table, where: ofThese })),
    { uids },
  );
  if (forgotten.length > 0) forgetPhones(connection, forgotten, { isForGood: 'again' });
  removeRows(
    connection,
    [{ table: 'phone', where: `id IN (SELECT value FROM json_each($phones)) AND ${nothingElse}` }],
    { phones: JSON.stringify(phones) },
  );
  rememberErased(connection, erased);
  tellOfErased(connection);
  return there.length + forgotten.length;
}

/** Phones of a copy that were forgotten after it was made. One that it knows as forgotten was plugged in again, and is a new one to it. */
function forgottenSince(connection: Connection, erased: readonly Erased[], store: string): string[] {
  const before = new Set(listErased(connection).map(({ uid }) => uid));
  const since = erased.filter(({ uid }) => !before.has(uid));
  return since.some(({ kind }) => kind === phoneKind) ? phonesMeant(perhapsForgotten(connection, store), since) : [];
}

/**
 * Phones of a copy of which the store has no snapshot any more that the copy has: who is forgotten leaves none. Of those alone a hash is made,
 * which is slow.
 */
export function perhapsForgotten(connection: Connection, store: string): string[] {
  const kept = rowsIn(store, z.object({ uid: z.string() }), 'SELECT uid FROM snapshot').map(({ uid }) => uid);
  return connection
    .rows(
      z.object({ id: z.string() }),
      `SELECT id FROM phone
       WHERE id NOT IN (SELECT phone FROM snapshot WHERE uid IN (SELECT value FROM json_each($kept)))`,
      { kept: JSON.stringify(kept) },
    )
    .map(({ id }) => id);
}

const nothingElse = ['snapshot', 'action', 'walkthrough', 'test_photo', 'safe_copy', 'ticket_phone']
  .map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.phone = phone.id)`)
  .join(' AND ');
