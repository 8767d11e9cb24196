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

/** `LICENSE`, `license.md`, and where there is a choice of several `LICENSE.MIT`, `license-cc0`: all of them. */
function textIn(folder: string): string | null {
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying)(?:[.-][a-z0-9.]+)?$/i.test(name));
  return files.length === 0
    ? null
    : files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n---\n\n');
}

const kept = (file: string): string => readFileSync(join(root, 'docs', 'licences', file), 'utf8').trim();

interface PackageJson {
  author?: string | { name?: string };
  repository?: string | { url?: string };
}

/** A package that comes without the text of its licence names it all the same: the standard text, under whoever made the package. */
function standardText(folder: string, name: string, licence: string): string {
  // One binary of koffi for one system; the text is in the package that loads it.
  if (name.startsWith('@koromix/koffi-')) return textIn(join(root, 'node_modules', 'koffi')) ?? '';
  if (licence !== 'MIT') throw new Error(`${name} comes without the text of its licence, ${licence}.`);
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const holder = typeof author === 'string' ? author : author?.name;
  return kept('mit.txt').replace('<copyright holders>', holder ?? `the authors of ${name}`);
}

/** What is no npm package: drawings that are kept as lines of a file, and programs of other people that phones are read with. */
const others = (): Licence[] => [
  { name: 'Tabler Icons', version: '', licence: 'MIT', text: kept('tabler-icons.txt') },
  { name: 'adb (Android SDK Platform-Tools)', version: '', licence: 'Apache-2.0', text: kept('adb.txt') },
  {
    name: 'libimobiledevice, libplist, libusbmuxd, libimobiledevice-glue, libtatsu',
    version: '',
    licence: 'LGPL-2.1-or-later',
    text: kept('libimobiledevice.txt'),
  },
];

/** The licence of everything that ships, by name. */
export function licencesOfWhatShips(): Licence[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && (entry.dev !== true || shipped.has(path)))
    // A part of another system is not installed here, and does not ship from here.
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { version = '', license = '' }]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
    }))
    .map(({ path, ...one }) => ({
      ...one,
      text: textIn(join(root, path)) ?? standardText(join(root, path), one.name, one.licence),
    }));
  return [...packages, ...others()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

const line = '-'.repeat(80);

/** The same as one text, which lies beside the packed program. What Chromium is made of stands in the file that Electron brings. */
export const licenceNotices = (): string =>
  [
    'What Phone Health Inspector is made of, and under which licence each part is. Chromium: see LICENSES.chromium.html.',
    ...licencesOfWhatShips().map(
      ({ name, version, licence, text }) => `${[name, version].filter(Boolean).join(' ')} (${licence})\n\n${text}`,
    ),
  ].join(`\n\n${line}\n\n`) + '\n';

/** `import { licences } from 'virtual:licences'`. */
export const licencesPlugin = (): Plugin => ({
  name: 'licences',
  resolveId: (source) => (source === id ? `\0${id}` : null),
  load: (source) => (source === `\0${id}` ? `export const licences = ${JSON.stringify(licencesOfWhatShips())};` : null),
});
