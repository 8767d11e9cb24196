import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A copy of the whole store that lies in the data folder. */
export interface KeptBackup {
  file: string;
  /** When it was made, by the clock of that moment; UTC, ISO 8601. */
  at: string;
  /** Which one it was that was made, from 1; null: of a program that did not count them. */
  number: number | null;
  bytes: number;
}

/** How many stay: a week, where the program is used each day. */
const keptBackups = 7;

const backupName = /^phone-health-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-([1-9]\d{0,8}))?(?:-before-\d{4})?\.sqlite$/;

export const backupsFolder = (folder: string): string => join(folder, 'backups');

/**
 * Where a backup of this moment is kept; `before`: the migration that it is made ahead of. They are counted, because a clock that was
 * wrong says nothing of which one came last.
 */
export function nextBackupFile(folder: string, at: string, before: number | null = null): string {
  const moment = at.replace(/\.\d+Z$/, 'Z').replaceAll(':', '');
  const number = Math.max(0, ...listBackups(folder).map((backup) => backup.number ?? 0)) + 1;
  const why = before === null ? '' : `-before-${String(before).padStart(4, '0')}`;
  return join(backupsFolder(folder), `phone-health-${moment}-${number}${why}.sqlite`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The backups in a data folder, the one that was made last first. Other files there are left alone. */
export function listBackups(folder: string): KeptBackup[] {
  const place = backupsFolder(folder);
  return namesIn(place)
    .flatMap((name): KeptBackup[] => {
      const [, day, hours, minutes, seconds, number] = backupName.exec(name) ?? [];
      const file = join(place, name);
      const found = day === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
      if (found === undefined || !found.isFile()) return [];
      return [
        {
          file,
          at: `${day}T${hours}:${minutes}:${seconds}.000Z`,
          number: number === undefined ? null : Number(number),
          bytes: found.size,
        },
      ];
    })
    .sort((a, b) => (b.number ?? 0) - (a.number ?? 0) || (a.file < b.file ? 1 : -1));
}

/**
 * Removes all but those that were made last; `at`: now. Of those that nobody counted, the ones of later moments were made while the clock
 * was wrong, so nobody knows how old they are: they go first.
 */
export function removeOldBackups(folder: string, at: string): void {
  const backups = listBackups(folder);
  const isLater = (backup: KeptBackup): boolean => backup.number === null && backup.at > at;
  const inOrder = [...backups.filter((one) => !isLater(one)), ...backups.filter(isLater)];
  for (const { file } of inOrder.slice(keptBackups)) rmSync(file, { force: true });
}

/** What a person is offered where a store is damaged: never more than is there. */
export function backupOffer(storeFile: string): string {
  const newest = listBackups(dirname(storeFile))[0];
  return newest === undefined
    ? 'There is no backup of it. Settings > Backups, or "phone-health restore --empty", keeps it aside and begins anew.'
    : `Settings > Backups, or "phone-health restore", keeps it aside and puts the backup of ${newest.at.slice(0, 10)} in its place.`;
}
