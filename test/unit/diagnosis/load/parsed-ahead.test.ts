import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { builtInCatalog } from '../../../../diagnosis/load/catalog.ts';
import { parseAhead } from '../../../../diagnosis/load/parsed-ahead.ts';

const linesOf = (folder: string): string[] => parseAhead(folder).split('\n').slice(0, -1);

/** The SHA-256 of `a: 1`, by `printf 'a: 1\n' | sha256sum`. */
const ofA = '37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'parsed-ahead-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('every file of the built-in catalog is parsed ahead, to what YAML says', () => {
  const names = readdirSync(builtInCatalog, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const values = linesOf(builtInCatalog).map((line): unknown => JSON.parse(line.slice(65)));
  const texts = names.sort().map((name) => readFileSync(join(builtInCatalog, name), 'utf8'));
  expect(values).toEqual(texts.map((text): unknown => parse(text)));
});

test('a file is known by its text, wherever it lies', () => {
  expect(linesOf(folderWith({ 'a.yaml': 'a: 1\n', 'texts/en/b.yaml': 'a: 1\n' }))).toEqual([
    `${ofA} {"a":1}`,
    `${ofA} {"a":1}`,
  ]);
});

test('what is no YAML, or more than JSON can say, is left to be parsed when it is read', () => {
  const files = { 'broken.yaml': 'a: [1\n', 'number.yaml': 'a: .nan\n', 'other.txt': 'a: 1\n' };
  expect(linesOf(folderWith(files))).toEqual([]);
});
