import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRunning } from './is-running.ts';
import { backupsFolder } from './kept-backups.ts';
import { setAsideFolder } from './set-aside.ts';

/* Names of what becomes something else once it is whole. A program that is killed leaves it there, and it holds whatever the store held then. */

/** A store that is put in place of another; nobody has the store open meanwhile. */
export const halfRestored = 'restoring-';

/** Backups, of several programs at once: each says whose it is. */
const halfMade = /^\.making-(\d{1,10})-/;

/** As former versions named backups that they were making. */
const formerlyHalfMade = '.phone-health-backup-';

const isOfNobody = (name: string): boolean => name.startsWith(halfRestored) || name.startsWith(formerlyHalfMade);

const madeHere = new Set<string>();

/** A folder in which a backup is made that goes into `place`. */
export function makingFolder(place: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(place, `.making-${process.pid}-`));
  madeHere.add(basename(folder));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
      madeHere.delete(basename(folder));
    },
  };
}

/** Somebody else's number may be this program's own by now. */
const isBeingMade = (name: string, pid: number): boolean => (pid === process.pid ? madeHere.has(name) : isRunning(pid));

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

/** What another account owns stays: it keeps nobody from what is kept here. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/** Removes what killed programs have left in a data folder; for whoever has the store open, so that nobody is putting another in its place. */
export function removeHalfDone(folder: string): void {
  for (const place of [folder, backupsFolder(folder), setAsideFolder(folder)]) {
    for (const name of namesIn(place)) {
      const pid = halfMade.exec(name)?.[1];
      const isLeft = pid === undefined ? isOfNobody(name) : !isBeingMade(name, Number(pid));
      if (isLeft) remove(join(place, name));
    }
  }
}
