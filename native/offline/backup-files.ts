import type { Stats } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { LibraryFailure } from '../ios/reach/library/failure.ts';
import { requireTables } from '../ios/reach/library/plain-tables.ts';
import { archivedRoot } from '../ios/read/keyed-archive.ts';
import { readPlist, smallPlistLimits } from '../ios/read/plist.ts';
import { isPlistDict } from '../ios/read/plist-value.ts';
import { maxBackupFileBytes } from './file-trouble.ts';

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

const mebibytes = (bytes: number): number => Math.round(bytes / 1_048_576);

/** The files of a local backup, by the domain and path that they have on the phone. Nothing of the backup is written. */
export class BackupFiles {
  readonly #folder: string;
  readonly #index: DatabaseSync;

  private constructor(folder: string, index: DatabaseSync) {
    this.#folder = folder;
    this.#index = index;
  }

  /** Rejects with an Error of SQLite where Manifest.db is no database, as in an encrypted backup. */
  static async open(folder: string): Promise<BackupFiles> {
    const place = await plainFile(folder, ['Manifest.db']);
    if (place === null) throw new LibraryFailure('missing', 'There is no Manifest.db.');
    const index = openUnchanged(place.path);
    try {
      requireTables(index, ['Files']);
      index.prepare('SELECT fileID FROM Files LIMIT 1').get();
      return new BackupFiles(folder, index);
    } catch (error) {
      index.close();
      throw error;
    }
  }

  close(): void {
    this.#index.close();
  }

  /** What the index says of a file; null where the backup does not have it. */
  info(domain: string, path: string): BackedUpFile | null {
    const row = this.#index
      .prepare(
        `SELECT fileID, flags, CASE WHEN length(file) <= ${smallPlistLimits.maxBytes} THEN file END AS file FROM Files
         WHERE domain = ? AND relativePath = ? AND length(fileID) = 40`,
      )
      .get(domain, path);
    if (row === undefined) return null;
    const { fileID: fileId, flags, file } = row;
    if (typeof fileId !== 'string' || !fileIdPattern.test(fileId)) return null;
    return { fileId, kind: kinds[Number(flags)] ?? 'other', ...detailsOf(file) };
  }

  /** Where the copy of a file lies; null where the backup has none. Rejects with {@link LibraryFailure} where it is no plain file. */
  async place(domain: string, path: string): Promise<string | null> {
    const info = this.info(domain, path);
    if (info?.kind !== 'file') return null;
    return (await plainFile(this.#folder, [info.fileId.slice(0, 2), info.fileId]))?.path ?? null;
  }

  /** The bytes of a file; null where the backup does not have it, or only names it. */
  async read(domain: string, path: string): Promise<Uint8Array | null> {
    const info = this.info(domain, path);
    return info?.kind === 'file' ? readPlainFile(this.#folder, [info.fileId.slice(0, 2), info.fileId]) : null;
  }
}

/**
 * A file below a folder, with its size; null where there is none. Neither it nor a folder on the way may be a link: a backup holds
 * none, and one would lead out of it. Nor may it be a pipe or a device, which would never end. Rejects with {@link LibraryFailure}.
 */
export async function plainFile(
  folder: string,
  names: readonly string[],
): Promise<{ path: string; bytes: number } | null> {
  let path = folder;
  let bytes = 0;
  for (const [index, name] of names.entries()) {
    path = join(path, name);
    const found = await lstatIfThere(path);
    if (found === null) return null;
    const isRight = index === names.length - 1 ? found.isFile() : found.isDirectory();
    if (!isRight)
      throw new LibraryFailure('truncated', `${names.join('/')} is a link, a pipe or a folder: it is not read.`);
    bytes = found.size;
  }
  return { path, bytes };
}

/** The bytes of such a file. */
export async function readPlainFile(folder: string, names: readonly string[]): Promise<Uint8Array | null> {
  const file = await plainFile(folder, names);
  if (file === null) return null;
  if (file.bytes > maxBackupFileBytes) {
    throw new LibraryFailure('truncated', `${names.join('/')} is larger than ${mebibytes(maxBackupFileBytes)} MiB.`);
  }
  return readFile(file.path);
}

async function lstatIfThere(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
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
