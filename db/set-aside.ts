import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const setAsideFolder = (folder: string): string => join(folder, 'set-aside');

/** Stores that others were put in the place of; of what everybody else has there, each may be the only copy. */
export const listSetAside = (folder: string): string[] =>
  existsSync(setAsideFolder(folder))
    ? readdirSync(setAsideFolder(folder))
        .filter((name) => name.endsWith('.sqlite'))
        .toSorted()
        .map((name) => join(setAsideFolder(folder), name))
    : [];

/** Removes them all; returns which. */
export function removeSetAside(folder: string): string[] {
  const files = listSetAside(folder);
  rmSync(setAsideFolder(folder), { recursive: true, force: true });
  return files;
}
