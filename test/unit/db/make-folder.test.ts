import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../db/make-folder.ts';
import { openStore } from '../../../db/store.ts';
import { temporaryFolder } from './examples.ts';

const withCode = (code: string) => expect.objectContaining({ code });

test('a folder is made with those above it, and once more without a word', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolder(folder, 0o700);
  makeFolder(folder, 0o700);
  makeFolder('/');
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
});

test('a file in its place, or above it, is told', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(withCode('EEXIST'));
  expect(() => makeFolder(join(file, 'a', 'b'))).toThrow(withCode('ENOTDIR'));
});

test.skipIf(!existsSync('/proc/self'))(
  'where there is no place for folders it ends at once, also for the store',
  () => {
    expect(() => makeFolder('/proc/nowhere')).toThrow(withCode('ENOENT'));
    expect(() => makeFolder('/proc/nowhere/deep/folder')).toThrow(withCode('ENOENT'));
    expect(() => openStore('/proc/nowhere')).toThrow(withCode('folder-not-writable'));
  },
);
