import { realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const windows = process.platform === 'win32';

/** Where set-up and builds write; nothing in it is worth keeping. */
export const out = join(root, 'out');

/** What V8 made of the program the last time. */
export const compileCache = join(out, '.compile-cache');

const bin = join(root, 'node_modules', '.bin');

/** The Node that the project is written for: the `node` devDependency. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** Whether this process runs on {@link pinnedNode}. */
export function runsOnPinnedNode() {
  try {
    return realpathSync(process.execPath) === realpathSync(pinnedNode);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

const folders = () => (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');

/** For npm itself: it replaces node_modules, so it must not run on the Node that lies in it. */
export const pathWithoutBin = () =>
  folders()
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter);

/** For tools that start `node` by its name: they get the pinned one. */
export const pathWithBin = () => [bin, pathWithoutBin()].join(delimiter);

/** Debian keeps daemons in folders that are not on everybody's PATH. */
export const searchedFolders = () => [...folders(), ...(windows ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'])];
