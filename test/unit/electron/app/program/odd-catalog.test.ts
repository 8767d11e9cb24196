import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { openCatalog, shopCatalog } from '../../../../../electron/app/program/open-catalog.ts';

let folder: string;
let shop: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'odd-shop-'));
  shop = shopCatalog(folder);
  mkdirSync(join(shop, 'causes'), { recursive: true });
});
afterEach(() => {
  chmodSync(shop, 0o700);
  rmSync(folder, { recursive: true });
});

const builtIn = openCatalog(join(tmpdir(), 'nobody-has-this-folder')).catalog.causes.length;
const laughs = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[index]}`).join(', ')}]`)
  .join('\n')}\n`;

test.each<[what: string, put: (path: string) => void, told: string]>([
  ['a folder', (path) => mkdirSync(path), 'this is a folder, a pipe or a device'],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'this is a folder, a pipe or a device'],
  ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'this is a folder, a pipe or a device'],
  ['a link to nothing', (path) => symlinkSync('/nowhere', path), 'there is no such file'],
  ['aliases that make gigabytes of ten lines', (path) => writeFileSync(path, laughs), 'Excessive alias count'],
  ['lists within lists', (path) => writeFileSync(path, '['.repeat(200_000)), 'causes/x.yaml'],
  ['two megabytes', (path) => writeFileSync(path, '#'.repeat(2_097_152)), 'larger than 1048576 bytes'],
  ['bytes that are no text', (path) => writeFileSync(path, Buffer.alloc(1000, 0xff)), 'causes/x.yaml'],
])('%s named x.yaml in a shop’s folder: the built-in catalog, and the file named', (_what, put, told) => {
  put(join(shop, 'causes', 'x.yaml'));
  const { catalog, shopProblems } = openCatalog(folder);
  expect(catalog.causes).toHaveLength(builtIn);
  expect(shopProblems.join('\n')).toContain('x.yaml');
  expect(shopProblems.join('\n')).toContain(told);
});

test('its language is known before it is opened', () => {
  const opened = openCatalog(folder);
  expect(opened.catalog.language).toBe('en');
  expect(inLanguage('de', () => opened.catalog.language)).toBe('de');
  // What is put there now is seen: it was not opened yet.
  mkdirSync(join(shop, 'profile.yaml'));
  expect(opened.shopProblems).not.toEqual([]);
});

test.each(['causes', 'texts', 'profile.yaml'])('a file or folder of the wrong kind named %s is named', (name) => {
  rmSync(join(shop, 'causes'), { recursive: true });
  if (name === 'profile.yaml') mkdirSync(join(shop, name));
  else if (name === 'causes') writeFileSync(join(shop, name), '');
  else {
    mkdirSync(join(shop, name));
    writeFileSync(join(shop, name, 'en'), '');
  }
  const { catalog, shopProblems } = openCatalog(folder);
  expect(catalog.causes).toHaveLength(builtIn);
  expect(shopProblems.join('\n')).toContain(name);
});
