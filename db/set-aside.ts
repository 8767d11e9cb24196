import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const place = (folder: string): string => join(folder, 'set-aside');

/** Stores that others were put in the place of; of what everybody else has there, each may be the only copy. */
export const listSetAside = (folder: string): string[] =>
  existsSync(place(folder))
    ? readdirSync(place(folder))
        .filter((name) => name.endsWith('.sqlite'))
        .toSorted()
        .map((name) => join(place(folder), name))
    : [];

/** Removes them all; returns which. */
export function removeSetAside(folder: string): string[] {
  const files = listSetAside(folder);
  rmSync(place(folder), { recursive: true, force: true });
  return files;
}
