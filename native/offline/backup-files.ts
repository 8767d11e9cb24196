import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { archivedRoot } from '../ios/read/keyed-archive.ts';
import { readPlist, smallPlistLimits } from '../ios/read/plist.ts';
import { isPlistDict } from '../ios/read/plist-value.ts';

/** A file of the phone as the index of a backup (Manifest.db, since iOS 10) has it. */
export interface BackedUpFile {
  /** Name of the copy, below the backup's folder. */
  fileId: string;
  kind: 'file' | 'folder' | 'other';
  bytes: number;
  /** Last change; UTC, ISO 8601. */
  modified: string;
}

const kinds: Readonly<Record<number, BackedUpFile['kind']>> = { 1: 'file', 2: 'folder' };
const fileIdPattern = /^[0-9a-f]{40}$/;

/**
 * Opens a database that must not change: `immutable` keeps SQLite from making a journal or shared memory beside it, which it
 * would even for reading one in WAL mode.
 */
export function openUnchanged(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.search = '?mode=ro&immutable=1';
  return new DatabaseSync(url, { readOnly: true });
}

/** The files of a local backup, by the domain and path that they have on the phone. Nothing of the backup is written. */
export class BackupFiles {
  readonly #folder: string;
  readonly #index: DatabaseSync;

  /** Throws an Error of SQLite where Manifest.db is no database, as in an encrypted backup. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#index = openUnchanged(join(folder, 'Manifest.db'));
    this.#index.prepare('SELECT COUNT(*) FROM Files').get();
  }

  close(): void {
    this.#index.close();
  }

  /** What the index says of a file; null where the backup does not have it. */
  info(domain: string, path: string): BackedUpFile | null {
    const row = this.#index
      .prepare('SELECT fileID, flags, file FROM Files WHERE domain = ? AND relativePath = ?')
      .get(domain, path);
    if (row === undefined) return null;
    const { fileID: fileId, flags, file } = row;
    if (typeof fileId !== 'string' || !fileIdPattern.test(fileId)) return null;
    return { fileId, kind: kinds[Number(flags)] ?? 'other', ...detailsOf(file) };
  }

  /** Where the copy of a file lies; null where the backup has none. */
  path(domain: string, path: string): string | null {
    const info = this.info(domain, path);
    return info?.kind === 'file' ? join(this.#folder, info.fileId.slice(0, 2), info.fileId) : null;
  }

  /** The bytes of a file; null where the backup does not have it, or only names it. */
  async read(domain: string, path: string): Promise<Uint8Array | null> {
    const copy = this.path(domain, path);
    return copy === null ? null : readIfThere(copy);
  }
}

/** The bytes of a file; null where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Size and time from the archived MBFile of a row. */
function detailsOf(file: unknown): Pick<BackedUpFile, 'bytes' | 'modified'> {
  const archive = file instanceof Uint8Array ? readPlist(file, smallPlistLimits) : null;
  const root = archive?.ok === true ? archivedRoot(archive.value) : null;
  const fields = root !== null && isPlistDict(root) ? root : {};
  const { Size: size, LastModified: modified } = fields;
  const seconds = typeof modified === 'number' && Math.abs(modified) < 1e11 ? modified : 0;
  return { bytes: typeof size === 'number' ? size : 0, modified: new Date(seconds * 1000).toISOString() };
}
