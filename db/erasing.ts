import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { forgetInBackups, type ForgottenInBackups } from './backup.ts';
import type { Connection } from './connection.ts';
import { carryInto, type CarriedOver } from './carried-over.ts';
import { DatabaseLockedError, StoreError, toStoreError } from './errors.ts';
import { listBackups } from './kept-backups.ts';
import { makeFolder } from './make-folder.ts';
import { countErased } from './records/erased.ts';
import { removeSetAside } from './set-aside.ts';
import { shareErasing, takeErasing } from './store-lease.ts';

/*
 * What is erased goes from the store first and from its backups then. Each erasing leaves a mark in the data folder before it begins, so that
 * the next start finishes what a program was killed in between of.
 */

const markSchema = z.object({
  /** How much had been erased before. */
  erased: z.int(),
  /** Whether stores that were set aside go too. */
  setAside: z.enum(['goes', 'stays']),
});
type Mark = z.infer<typeof markSchema>;

const place = (folder: string): string => join(folder, 'erasing');

/** How a backup that nobody needs any more is told of. */
const nothing: ForgottenInBackups = { removed: 0, made: null, setAside: [] };

/** Something is being erased until its end is said. */
export interface Erasing {
  /** Has the backups forget what was erased meanwhile, where something was. Throws a `StoreError`; the next start does it then. */
  end(): ForgottenInBackups;
}

const finish = (connection: Connection, { erased, setAside }: Mark): ForgottenInBackups =>
  countErased(connection) > erased ? forgetInBackups(connection, { setAside }) : nothing;

/** Before something is erased. Throws a `StoreError`. */
export function beginErasing(connection: Connection, { setAside }: Pick<Mark, 'setAside'>): Erasing {
  const folder = dirname(connection.file);
  const lease = shareErasing(folder);
  const mark: Mark = { erased: countErased(connection), setAside };
  const file = join(place(folder), `${randomUUID()}.json`);
  try {
    makeFolder(place(folder), 0o700);
    writeFileSync(file, JSON.stringify(mark), { mode: 0o600, flush: true });
  } catch (error) {
    lease.giveBack();
    throw toStoreError(error, file);
  }
  return {
    end: () => {
      try {
        const forgotten = finish(connection, mark);
        rmSync(file, { force: true });
        return forgotten;
      } finally {
        lease.giveBack();
      }
    },
  };
}

/** Erases something here and in the backups. Throws what `erase` throws; what it has erased by then goes from the backups all the same. */
export function erasing<T>(
  connection: Connection,
  how: Pick<Mark, 'setAside'>,
  erase: () => T,
): { erased: T; backups: ForgottenInBackups } {
  const begun = beginErasing(connection, how);
  let backups = nothing;
  let erased: T;
  try {
    erased = erase();
  } finally {
    backups = begun.end();
  }
  return { erased, backups };
}

/** A mark that cannot be read was being written: nothing was erased yet. */
function markIn(file: string): Mark | null {
  try {
    return markSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const marksIn = (folder: string): string[] =>
  existsSync(place(folder)) ? readdirSync(place(folder)).map((name) => join(place(folder), name)) : [];

/** `null`: another program has finished it meanwhile. */
const readMark = (file: string): Mark | null => (existsSync(file) ? markIn(file) : null);

/**
 * Brings to its end what a program was killed at. What cannot be done now is told, and done by the next start: it keeps nobody from what is
 * kept.
 */
export function finishErasing(connection: Connection): void {
  const folder = dirname(connection.file);
  try {
    const marks = marksIn(folder);
    if (marks.length === 0) return;
    const lease = takeErasing(folder);
    try {
      for (const file of marks) {
        const mark = readMark(file);
        if (mark !== null) finish(connection, mark);
        rmSync(file, { force: true });
      }
    } finally {
      lease.giveBack();
    }
  } catch (error) {
    const told = toStoreError(error, place(folder));
    if (!(told instanceof StoreError)) throw error;
    // Somebody else erases right now, and ends it.
    if (!(told instanceof DatabaseLockedError)) connection.options.onNoBackup?.(told.message);
  }
}

/**
 * The same before another file is put in the place of a store, which may be damaged: each backup stays, without what was erased. One that
 * cannot be read goes.
 */
export function finishErasingApart(folder: string, carried: CarriedOver): void {
  for (const file of marksIn(folder)) {
    const mark = readMark(file);
    if (mark !== null && carried.erased.length > mark.erased) {
      for (const backup of listBackups(folder)) leaveOut(backup.file, carried);
      if (mark.setAside === 'goes') removeSetAside(folder);
    }
    rmSync(file, { force: true });
  }
}

function leaveOut(backup: string, carried: CarriedOver): void {
  try {
    carryInto(backup, carried);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    rmSync(backup, { force: true });
  }
}
