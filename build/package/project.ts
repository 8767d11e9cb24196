import { join } from 'node:path';

/** The checkout; `../places.mjs` says the same to the plain JavaScript beside it. */
export const root = join(import.meta.dirname, '..', '..');

/** Where builds write; nothing in it is worth keeping. */
export const out = join(root, 'out');

export const windows = process.platform === 'win32';

/** The folder in which installers and their parts end up. */
export const made = join(root, 'dist');
