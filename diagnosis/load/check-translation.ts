import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CatalogFile, type CatalogProblem, type Path } from './catalog-file.ts';
import { namesIn, programFiles } from './program-sentences.ts';

/** The plural categories of Unicode's CLDR: each language has its own, and all have `other`. */
const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCounted = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && 'other' in value && Object.keys(value).every((key) => categories.has(key));

const sorted = (names: readonly string[]): string => [...new Set(names)].sort().join(', ');

/** Notes where a text has another structure than its English, or names something else in braces. */
function compare(english: unknown, said: unknown, path: Path, file: CatalogFile): void {
  if (said === undefined) return file.add(path, `${path.join('.')}: there is no text`);
  if (isCounted(english) && isCounted(said)) {
    for (const [category, form] of Object.entries(said)) {
      compare(english[category] ?? english['other'], form, [...path, category], file);
    }
    return;
  }
  if (typeof english === 'string' && typeof said === 'string') {
    const [wanted, named] = [sorted(namesIn(english)), sorted(namesIn(said))];
    if (wanted !== named) file.add(path, `${path.join('.')}: it names {${named}}, and its English {${wanted}}`);
    return;
  }
  if (Array.isArray(english) && Array.isArray(said)) {
    if (english.length !== said.length) {
      file.add(path, `${path.join('.')}: there are ${said.length} texts, and ${english.length} in English`);
    }
    for (const [index, one] of english.entries()) {
      if (index < said.length) compare(one, said[index], [...path, index], file);
    }
    return;
  }
  if (isRecord(english) && isRecord(said)) {
    for (const [key, one] of Object.entries(english)) compare(one, said[key], [...path, key], file);
    for (const key of Object.keys(said)) {
      if (!Object.hasOwn(english, key))
        file.add([...path, key], `${[...path, key].join('.')}: English has no such text`);
    }
    return;
  }
  file.add(path, `${path.join('.')}: it is built otherwise than its English`);
}

/** What keeps a language of a catalog from being whole: texts that are missing, built otherwise, or name something else. */
export function translationProblems(folder: string, language: string): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const names = readdirSync(join(folder, 'texts', 'en')).filter((name) => name.endsWith('.yaml'));
  for (const name of names) {
    const english = new CatalogFile(folder, `texts/en/${name}`, []).read(z.unknown());
    const file = new CatalogFile(folder, `texts/${language}/${name}`, problems);
    const said = file.read(z.unknown());
    if (said !== null) compare(english, said, [], file);
  }
  for (const name of readdirSync(join(folder, 'texts', language))) {
    if (names.includes(name) || programFiles.includes(name) || !existsSync(join(folder, 'texts', language, name)))
      continue;
    problems.push({ file: `texts/${language}/${name}`, entry: '(file)', line: 1, message: 'English has no such file' });
  }
  return problems;
}
