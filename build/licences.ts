import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, '..');
const id = 'virtual:licences';

export interface Licence {
  name: string;
  version: string;
  licence: string;
  text: string;
}

interface LockEntry {
  version?: string;
  dev?: boolean;
  license?: string;
}

/** Is a development dependency, since the desktop program is packed into it; it ships all the same. */
const shipped = new Set(['node_modules/electron']);

const textIn = (folder: string): string | null => {
  const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(name));
  return file === undefined ? null : readFileSync(join(folder, file), 'utf8').trim();
};

/** The licence of every package that ships, by name, and of the pictures that are kept as lines of a file. */
export function licencesOfWhatShips(): Licence[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && (entry.dev !== true || shipped.has(path)))
    // A part of another system is not installed here, and does not ship from here.
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { version = '', license = '' }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      text: textIn(join(root, path)) ?? `The package holds no text of its licence: ${license}.`,
    }));
  const icons = {
    name: 'Tabler Icons',
    version: '',
    licence: 'MIT',
    text: readFileSync(join(root, 'docs', 'licences', 'tabler-icons.txt'), 'utf8').trim(),
  };
  return [...packages, icons].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** `import { licences } from 'virtual:licences'`. */
export const licencesPlugin = (): Plugin => ({
  name: 'licences',
  resolveId: (source) => (source === id ? `\0${id}` : null),
  load: (source) => (source === `\0${id}` ? `export const licences = ${JSON.stringify(licencesOfWhatShips())};` : null),
});
