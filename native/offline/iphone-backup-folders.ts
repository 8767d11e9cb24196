import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isIphoneBackup } from './iphone-backup.ts';

/**
 * Where Finder, iTunes and Apple Devices keep their backups. Linux has no such place: idevicebackup2 writes where it is told.
 * macOS shows the folder only to programs with Full Disk Access.
 */
export function backupFolders(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string[] {
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support', 'MobileSync', 'Backup')];
  if (platform !== 'win32') return [];
  const ofStore = join(home, 'Apple', 'MobileSync', 'Backup');
  const appData = env['APPDATA'];
  return appData === undefined ? [ofStore] : [join(appData, 'Apple Computer', 'MobileSync', 'Backup'), ofStore];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

/** The newest backup of a phone; null where there is none, or the folders are not shown. Named by UDID, or UDID and date. */
export async function newestBackupOf(
  udid: string,
  folders: readonly string[] = backupFolders(),
): Promise<string | null> {
  let newest: { folder: string; at: number } | null = null;
  for (const parent of folders) {
    const names = (await namesIn(parent)).filter((name) => name.toLowerCase().startsWith(udid.toLowerCase()));
    for (const name of names) {
      const folder = join(parent, name);
      if (!(await isIphoneBackup(folder))) continue;
      const { mtimeMs } = await stat(join(folder, 'Manifest.db'));
      if (newest === null || mtimeMs > newest.at) newest = { folder, at: mtimeMs };
    }
  }
  return newest?.folder ?? null;
}
