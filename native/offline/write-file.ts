import { randomBytes } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileTrouble } from './file-trouble.ts';

/**
 * Writes a file that appears under its name only when it is complete and on the disk. One that is there already is replaced only where
 * `overwrite` says so. Throws `NativeError` (`file-exists`, `file-not-written`).
 */
export async function writeWhole(
  file: string,
  content: Uint8Array | string,
  { overwrite = false }: { overwrite?: boolean },
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (overwrite) await rename(temporary, file);
    else await publish(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(ignoreMissing);
    throw writeTrouble(error, file);
  }
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What disks without hard links (FAT, exFAT, many network drives) answer. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Gives a finished file its name, and never replaces another: a link fails where the name is taken. */
async function publish(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!noLinks.has(codeOf(error))) throw error;
    if (await exists(file)) throw fileTrouble('file-exists', file);
    await rename(temporary, file);
    return;
  }
  await unlink(temporary);
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function writeTrouble(error: unknown, file: string): Error {
  const code = codeOf(error);
  if (code === 'EEXIST') return fileTrouble('file-exists', file);
  if (/^E[A-Z0-9]+$/.test(code)) return fileTrouble('file-not-written', file, code);
  return error instanceof Error ? error : new Error(String(error));
}
