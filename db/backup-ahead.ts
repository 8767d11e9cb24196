import { renameSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makingFolder } from './half-done.ts';
import { backupsFolder, nextBackupFile, removeOldBackups } from './kept-backups.ts';
import { keepPrivate } from './private-files.ts';
import { makeFolder } from './make-folder.ts';

/** What stays free for everything else on the disk. */
const spareBytes = 64 * 1024 * 1024;

const freeBytesIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

const mebibytes = (bytes: number): number => Math.round(bytes / 1_048_576);

export interface AheadOptions {
  at: string;
  /** The migration that it is made ahead of; null: none. */
  before: number | null;
  onNoBackup?: (why: string) => void;
  freeBytes?: (folder: string) => number;
}

/** Why a copy of a store has no room in its folder; null where it has. */
export function whyNoRoom(storeFile: string, freeBytes: (folder: string) => number = freeBytesIn): string | null {
  const needed = (statSync(storeFile, { throwIfNoEntry: false })?.size ?? 0) + spareBytes;
  const free = freeBytes(dirname(storeFile));
  if (free >= needed) return null;
  return `no backup was made: it needs ${mebibytes(needed)} MiB, and ${mebibytes(free)} MiB are free`;
}

/**
 * Keeps a backup before something is done that nobody could take back, and removes the oldest. `copy` writes the copy. The file
 * appears under its name only when it is whole. Returns it; null where room is short, which is told.
 */
export function backUpAhead(folder: string, copy: (file: string) => void, options: AheadOptions): string | null {
  const why = whyNoRoom(join(folder, 'phone-health.sqlite'), options.freeBytes);
  if (why !== null) {
    options.onNoBackup?.(why);
    return null;
  }
  const place = backupsFolder(folder);
  makeFolder(place, 0o700);
  const temporary = makingFolder(place);
  try {
    const made = join(temporary.folder, 'copy.sqlite');
    copy(made);
    keepPrivate(made);
    const file = nextBackupFile(folder, options.at, options.before);
    renameSync(made, file);
    removeOldBackups(folder, options.at);
    return file;
  } finally {
    temporary.remove();
  }
}
