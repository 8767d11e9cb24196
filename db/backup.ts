import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Connection } from './connection.ts';
import { DamagedDatabaseError, FileExistsError, toStoreError } from './errors.ts';

export interface BackupProgress {
  donePages: number;
  totalPages: number;
}

/** Makes the copy one file without companions, and proves that it can be read. */
function finish(copy: string, source: string): void {
  const db = new Database(copy);
  try {
    db.pragma('journal_mode = DELETE');
    const found = db.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new DamagedDatabaseError(source, new Error(String(found)));
  } finally {
    db.close();
  }
}

/**
 * Copies the whole store into one new file while it stays in use. The file appears under its name only when it is whole and
 * checked, readable by its owner alone. To restore: put it into a data folder as `phone-health.sqlite`.
 * Throws `FileExistsError` or another `StoreError`; nothing is left behind then.
 */
export async function backUp(
  connection: Connection,
  file: string,
  onProgress: (progress: BackupProgress) => void = () => undefined,
): Promise<void> {
  if (existsSync(file)) throw new FileExistsError(file);
  try {
    const folder = mkdtempSync(join(dirname(file), '.phone-health-backup-'));
    try {
      const copy = join(folder, 'copy.sqlite');
      writeFileSync(copy, '', { mode: 0o600 });
      await connection.copyTo(copy, onProgress);
      finish(copy, connection.file);
      renameSync(copy, file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    throw toStoreError(error, file);
  }
}
