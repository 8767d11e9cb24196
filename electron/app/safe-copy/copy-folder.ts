import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, readdir, readFile, rename, rm, statfs, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../db/make-folder.ts';
import { manifestName, readManifest, type CopyManifest } from './copy-manifest.ts';
import { nameKey, numberedName, safeName } from './local-name.ts';
import { isRunning } from '../../../db/is-running.ts';
import { ApplicationError } from '../program/problem.ts';

/** Files that are not whole and verified yet; nothing else is ever put here, so what is left of a broken-off copy can go. */
const partialName = '.phone-health-partial';
const lockName = '.phone-health-lock';
const ownNames = new Set([manifestName, partialName, lockName].map(nameKey));

/** The code of a failure of this computer's file system, or null where it is another failure. */
export const diskCode = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : null;

/** A link is the one way to name a file that never replaces another; these say that a file system has none. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR', 'UNKNOWN']);

const noPlace: Readonly<Record<string, string>> = {
  ENOENT: 'there is no place for folders there',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'the disk can only be read',
  ENOTDIR: 'a part of it is a file',
  EEXIST: 'it is a file',
};

const notWritable = (path: string, code: string): ApplicationError =>
  code === 'ENOSPC' || code === 'EDQUOT'
    ? new ApplicationError('disk-full', `There is no room left for ${path}.`, ['Choose a folder on another disk.'])
    : new ApplicationError('folder-not-writable', `Nothing can be written to ${path}: ${noPlace[code] ?? code}.`, [
        'Choose another folder, or one on another disk.',
      ]);

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return false;
    throw error;
  }
};

/** A folder below the copy's own, as it is really spelt there, and the keys of the names in it. */
interface Place {
  path: readonly string[];
  taken: Set<string>;
}

/**
 * The folder that photos are copied to. A file gets its name in it only once it is whole and verified, and never takes the
 * name of another; until then it is a partial file in a folder of its own. One copy at a time.
 */
export class CopyFolder {
  readonly path: string;
  manifest: CopyManifest = { manifest: 1, files: [] };
  readonly #places = new Map<string, Promise<Place>>();

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder where it is not there, locks it, and clears what a broken-off copy has left. Throws
   * {@link ApplicationError}: `folder-not-writable`, `disk-full`, `folder-busy`, `manifest-unreadable`.
   */
  static async open(path: string): Promise<CopyFolder> {
    const folder = new CopyFolder(path);
    try {
      makeFolder(path);
      await folder.#lock();
    } catch (error) {
      throw error instanceof ApplicationError ? error : notWritable(path, diskCode(error) ?? String(error));
    }
    try {
      await rm(folder.#partials, { recursive: true, force: true });
      await mkdir(folder.#partials);
      folder.manifest = await folder.#readManifest();
    } catch (error) {
      await folder.close();
      const code = diskCode(error);
      throw code === null ? error : notWritable(path, code);
    }
    return folder;
  }

  get manifestPath(): string {
    return join(this.path, manifestName);
  }

  get #partials(): string {
    return join(this.path, partialName);
  }

  /** Bytes that this program may still write here. */
  async free(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return bavail * bsize;
  }

  /** A path below the folder, as the manifest has it, on this computer. */
  at(file: string): string {
    return join(this.path, ...file.split('/'));
  }

  /** A new, empty partial file. */
  async createPartial(): Promise<{ path: string; handle: FileHandle }> {
    const path = join(this.#partials, randomUUID());
    return { path, handle: await open(path, 'wx', 0o644) };
  }

  /** What is here already under the name that a file from the phone would have, or under that name with a number. */
  async namesakes(place: readonly string[]): Promise<string[]> {
    const { path, taken } = await this.#place(place.slice(0, -1));
    const wanted = safeName(place.at(-1) ?? '');
    const files: string[] = [];
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : numberedName(wanted, number);
      if (!taken.has(nameKey(name))) return files;
      files.push([...path, name].join('/'));
    }
  }

  /** Gives a partial file its name, numbered where that is taken, and says which. Never replaces a file. */
  async settle(partial: string, place: readonly string[]): Promise<string> {
    const { path, taken } = await this.#place(place.slice(0, -1));
    makeFolder(join(this.path, ...path));
    const wanted = safeName(place.at(-1) ?? '');
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : numberedName(wanted, number);
      if (taken.has(nameKey(name))) continue;
      taken.add(nameKey(name));
      const file = [...path, name].join('/');
      if (await moveNew(partial, this.at(file))) return file;
    }
  }

  /** Writes the manifest as a whole, so that it is never half an old and half a new one. */
  async saveManifest(): Promise<void> {
    const { path, handle } = await this.createPartial();
    try {
      await handle.writeFile(`${JSON.stringify(this.manifest, null, 1)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(path, this.manifestPath);
  }

  /** Takes away what is not verified, and the lock. A folder that is lost has nothing to take away. */
  async close(): Promise<void> {
    try {
      await rm(this.#partials, { recursive: true, force: true });
      await rm(join(this.path, lockName), { force: true });
    } catch (error) {
      if (diskCode(error) === null) throw error;
    }
  }

  #place(segments: readonly string[]): Promise<Place> {
    const key = JSON.stringify(segments.map((segment) => nameKey(safeName(segment))));
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#find(segments);
    this.#places.set(key, place);
    return place;
  }

  /** Folders that differ only in case are one: they would be on the next computer that the copy moves to. */
  async #find(segments: readonly string[]): Promise<Place> {
    const last = segments.at(-1);
    if (last === undefined) return { path: [], taken: new Set(ownNames) };
    const above = await this.#place(segments.slice(0, -1));
    const wanted = safeName(last);
    const present = await entriesOf(join(this.path, ...above.path));
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : numberedName(wanted, number);
      const same = present.find((entry) => nameKey(entry.name) === nameKey(name));
      const isOwn = above.path.length === 0 && ownNames.has(nameKey(name));
      if (isOwn || (same === undefined ? above.taken.has(nameKey(name)) : !same.isDirectory())) continue;
      above.taken.add(nameKey(name));
      const path = [...above.path, same?.name ?? name];
      const names = await entriesOf(join(this.path, ...path));
      return { path, taken: new Set(names.map((entry) => nameKey(entry.name))) };
    }
  }

  async #readManifest(): Promise<CopyManifest> {
    try {
      return readManifest(await readFile(this.manifestPath, 'utf8'), this.manifestPath);
    } catch (error) {
      if (diskCode(error) === 'ENOENT') return { manifest: 1, files: [] };
      throw error;
    }
  }

  /** A lock whose program has ended is nobody's. */
  async #lock(): Promise<void> {
    const path = join(this.path, lockName);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        const handle = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY);
        try {
          await handle.writeFile(String(process.pid));
        } finally {
          await handle.close();
        }
        return;
      } catch (error) {
        if (diskCode(error) !== 'EEXIST') throw error;
        const pid = Number(await readFile(path, 'utf8'));
        if (Number.isSafeInteger(pid) && pid > 0 && isRunning(pid)) break;
        await rm(path, { force: true });
      }
    }
    throw new ApplicationError('folder-busy', `Photos are being copied to ${this.path} already.`, [
      'Wait until that is done, or choose another folder.',
      `If no copy is running: delete ${path}.`,
    ]);
  }
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** False where something has that name already. */
async function moveNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    const code = diskCode(error);
    if (code === 'EEXIST') return false;
    if (code === null || !noLinks.has(code)) throw error;
    // FAT and exFAT: the names in the folder are known, and the folder is locked against other copies.
    if (await isThere(to)) return false;
    await rename(from, to);
    return true;
  }
  await unlink(from);
  return true;
}
