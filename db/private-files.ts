import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** A folder that many accounts share on purpose, such as /tmp, says so with the sticky bit. */
const sharedByMany = 0o1000;
const forOthers = 0o077;

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** What keeps a file's permissions as they are: it belongs to another account, or its file system has none. */
const unchangeable = new Set(['EPERM', 'ENOTSUP', 'EROFS', 'ENOSYS']);

/** Takes the permissions of other accounts away, whoever gave them. Nothing happens where there is no such path. */
export function keepPrivate(path: string): void {
  try {
    const { mode } = statSync(path);
    if ((mode & forOthers) !== 0 && (mode & sharedByMany) === 0) chmodSync(path, mode & 0o700);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && (code === null || !unchangeable.has(code))) throw error;
  }
}

/** Makes an empty file that only its owner may open, or takes the permissions of others from the one that is there. */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  keepPrivate(file);
}
