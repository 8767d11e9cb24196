import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);

/** A folder and every folder that holds it. */
const folders = new Set(
  files.flatMap((file) => {
    const parts = dirname(file).split('/');
    return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
  }),
);

/** Folders of whose parts the table need not tell: a feature, a simulated service, a maker's menus. */
const whole = [
  'electron/app',
  'electron/api',
  'renderer',
  'diagnosis/catalog',
  'native/samples',
  'native/android/read',
  'native/ios/read',
  'native/ios/reach',
  'test/unit',
  'test/phones',
  'test/window',
];
const rooms = ['native', 'diagnosis', 'db', 'electron', 'renderer', 'test', 'build'];

test("CONTRIBUTING's table of rooms agrees with the tree", () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const told = [...text.matchAll(/^\| `([\w/-]+)\/` +\|/gm)].map(([, folder]) => folder ?? '');
  expect(told.filter((folder) => !folders.has(folder))).toEqual([]);
  const mustBeTold = [...folders].filter(
    (folder) =>
      rooms.includes(folder.split('/')[0] ?? '') &&
      !whole.some((room) => folder.startsWith(`${room}/`)) &&
      files.some((file) => dirname(file) === folder),
  );
  expect(mustBeTold.filter((folder) => !told.includes(folder))).toEqual([]);
});

const plurals = (name: string) => [`${name}s`, name.replace(/y$/, 'ies')].filter((form) => form !== name);

test('no file has the name of another in its folder but for an s', () => {
  const names = new Set(files.filter((file) => /\.tsx?$/.test(file)).map((file) => file.replace(/\.tsx?$/, '')));
  expect(
    [...names].filter((name) => plurals(name).some((form) => names.has(form))).map((name) => basename(name)),
  ).toEqual([]);
});
