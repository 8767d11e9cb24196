import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { forgetInBackups, type ForgottenInBackups } from './backup.ts';
import type { Connection } from './connection.ts';
import { DatabaseLockedError, StoreError, toStoreError } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { countErased } from './records/erased.ts';
import { listSetAside } from './set-aside.ts';
import { shareErasing, takeErasing } from './store-lease.ts';

/*
 * What is erased goes from the store first and from its backups then. Each erasing leaves a mark in the data folder before it begins. Whoever
 * tends the store finds the marks of those that came to no end, or left the backups to it: `clear-backups.ts`.
 */

const markSchema = z.object({
  /** How much had been erased before. */
  erased: z.int(),
  /** Stores that had been set aside by then, and go too: their names. */
  setAside: z.array(z.string()),
});
export type ErasingMark = z.infer<typeof markSchema>;

const place = (folder: string): string => join(folder, 'erasing');

function write(folder: string, mark: ErasingMark): string {
  const file = join(place(folder), `${randomUUID()}.json`);
  makeFolder(place(folder), 0o700);
  writeFileSync(file, JSON.stringify(mark), { mode: 0o600, flush: true });
  return file;
}

/** What became of the backups. */
export interface BackupsAfterErasing extends ForgottenInBackups {
  /** Why they hold it still; whoever tends the store clears them. null: they hold it no longer. */
  waits: string | null;
}

/** Something is being erased until its end is said. */
interface Erasing {
  /** Whether something has been erased by now. */
  hasErased(): boolean;
  /** The backups hold nothing of it any longer, or never did: the mark goes. */
  over(): void;
  /** Others may look at the mark. */
  giveBack(): void;
}

/** Before something is erased. Throws a `StoreError`. */
function beginErasing(connection: Connection, setAside: readonly string[]): Erasing {
  const folder = dirname(connection.file);
  const lease = shareErasing(folder);
  const erased = countErased(connection);
  try {
    const file = write(folder, { erased, setAside: setAside.map((one) => basename(one)) });
    return {
      hasErased: () => countErased(connection) > erased,
      over: () => rmSync(file, { force: true }),
      giveBack: () => lease.giveBack(),
    };
  } catch (error) {
    lease.giveBack();
    throw toStoreError(error, place(folder));
  }
}

/**
 * Erases something here and in the backups at once, also in the stores that were set aside: a person waits for it. Throws what `erase` throws:
 * nothing was erased then.
 */
export function erasing<T>(connection: Connection, erase: () => T): { erased: T; backups: BackupsAfterErasing } {
  const begun = beginErasing(connection, listSetAside(dirname(connection.file)));
  try {
    const erased = erase();
    return { erased, backups: endErasing(connection, begun) };
  } catch (error) {
    if (!begun.hasErased()) begun.over();
    throw error;
  } finally {
    begun.giveBack();
  }
}

/** It is erased here: whatever keeps the backups from following, they follow later. */
function endErasing(connection: Connection, begun: Erasing): BackupsAfterErasing {
  const nothing = { removed: 0, made: null, setAside: [] };
  try {
    const backups = begun.hasErased() ? forgetInBackups(connection) : nothing;
    begun.over();
    return { ...backups, waits: null };
  } catch (error) {
    const told = toStoreError(error, place(dirname(connection.file)));
    if (!(told instanceof StoreError)) throw error;
    return { ...nothing, waits: told.message };
  }
}

/** Erases something here; the backups are left to `clearBackups`. What was set aside may be the only copy of what others have there: it stays. */
export function erasingHere<T>(connection: Connection, erase: () => T): T {
  const begun = beginErasing(connection, []);
  try {
    return erase();
  } finally {
    try {
      if (!begun.hasErased()) begun.over();
    } finally {
      begun.giveBack();
    }
  }
}

/** A mark that cannot be read was being written: nothing was erased yet. null too: another program has seen to it meanwhile. */
export function readMark(file: string): ErasingMark | null {
  if (!existsSync(file)) return null;
  try {
    return markSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const marksIn = (folder: string): string[] =>
  existsSync(place(folder)) ? readdirSync(place(folder)).map((name) => join(place(folder), name)) : [];

/** Marks of erasings that nobody is at; none while somebody erases, who may need none of them looked at. Throws a `StoreError`. */
export function marksLeft(folder: string): string[] {
  try {
    if (marksIn(folder).length === 0) return [];
    const lease = takeErasing(folder);
    try {
      return marksIn(folder);
    } finally {
      lease.giveBack();
    }
  } catch (error) {
    const told = toStoreError(error, place(folder));
    if (told instanceof DatabaseLockedError) return [];
    throw told;
  }
}

/** A store that was set aside stays after all: somebody has chosen it. Returns whether it was to go. */
export function letStay(folder: string, file: string): boolean {
  let wasToGo = false;
  for (const old of marksIn(folder)) {
    const mark = readMark(old);
    if (mark?.setAside.includes(basename(file)) !== true) continue;
    wasToGo = true;
    write(folder, { ...mark, setAside: mark.setAside.filter((name) => name !== basename(file)) });
    rmSync(old, { force: true });
  }
  return wasToGo;
}
