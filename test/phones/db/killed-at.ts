/**
 * A process that is killed at its nth change of the file system: `node killed-at.ts FOLDER N backup|restore|erase`. It hooks the
 * functions of node:fs that the store uses, before its modules are loaded.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', nth = '', work = ''] = process.argv.slice(2);
let left = Number(nth);
const changes = [
  'copyFileSync',
  'linkSync',
  'mkdirSync',
  'mkdtempSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
  'fsyncSync',
] as const;

const { openStore } = await import('../../../db/store.ts');
const { restoreStore } = await import('../../../db/restore.ts');
const store = work === 'restore' ? null : openStore(folder);

for (const name of changes) {
  const original: unknown = Reflect.get(fs, name);
  if (typeof original !== 'function') throw new Error(name);
  Reflect.set(fs, name, (...parameters: unknown[]): unknown => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(original, fs, parameters);
  });
}
syncBuiltinESMExports();

if (store === null) restoreStore(folder, null, '2026-11-28T10:00:00.000Z');
else {
  if (work === 'backup') await store.backUpNow();
  else store.eraseCustomer(1);
  store.close();
}
