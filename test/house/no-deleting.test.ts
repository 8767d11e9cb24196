import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['native', 'diagnosis', 'db', 'electron', 'renderer'];

/** The program's own files, without what people say in comments. */
function sources(): { name: string; text: string }[] {
  const names = execFileSync('git', ['ls-files', ...rooms], { cwd: root, encoding: 'utf8' }).split('\n');
  return names
    .filter((name) => /\.(?:ts|tsx|yaml)$/.test(name))
    .map((name) => {
      const lines = readFileSync(join(root, name), 'utf8').split('\n');
      return { name, text: lines.filter((line) => !/^\s*(?:\/\/|\/?\*|#)/.test(line)).join('\n') };
    });
}

/** As one string, or as words of a list. */
const clears = /\bpm['"]?,?\s+['"]?clear\b(?!['"]?,?\s+['"]?--cache-only\b)/;

test('the pattern knows the harmful from the harmless', () => {
  expect(
    ['pm clear --cache-only x', "['pm', 'clear', '--cache-only', app]"].filter((text) => clears.test(text)),
  ).toEqual([]);
  expect(['pm clear x', "['pm', 'clear', app]"].every((text) => clears.test(text))).toBe(true);
});

test('nowhere in the program is an app cleared of more than its cache, which would take its sign-in and its queue', () => {
  expect(sources().length).toBeGreaterThan(300);
  expect(
    sources()
      .filter(({ text }) => clears.test(text))
      .map(({ name }) => name),
  ).toEqual([]);
});
