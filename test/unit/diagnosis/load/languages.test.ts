import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { builtInCatalog, catalogLanguages, loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { appLeaves, sectionLeaves } from '../../../../native/vocabulary.ts';
import { translationProblems } from '../../../../diagnosis/load/check-translation.ts';

const test = plain.extend('folder', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-languages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(builtInCatalog, folder, { recursive: true });
  return folder;
});

const others = catalogLanguages().filter((language) => language !== 'en');

describe.each(others)('the texts of the catalog in %s', (language) => {
  plain(`are whole: what texts/en has, texts/${language} has too, with the same names in braces`, () => {
    const missing = translationProblems(builtInCatalog, language);
    expect(missing.map(({ file, message }) => `${file}: ${message}`)).toEqual([]);
  });

  plain(`say what every value of a reading is called: texts/${language}/values.yaml`, () => {
    const { programs } = loadCatalog(undefined, { language });
    const leaves = [...Object.values(sectionLeaves), appLeaves].flatMap((section) => Object.values(section));
    const words = leaves
      .map((leaf) => leaf.meta())
      .flatMap((meta) => [meta?.description, meta?.['doesNotProve']])
      .filter((text): text is string => typeof text === 'string');
    // What is the same word in both languages.
    const same = new Set(['Version', 'Build']);
    expect(words.filter((text) => programs.say(text) === text && !same.has(text))).toEqual([]);
  });

  plain('load like the English ones', () => {
    const said = loadCatalog(undefined, { language });
    const english = loadCatalog();
    expect(said.causes.map(({ id }) => id)).toEqual(english.causes.map(({ id }) => id));
    expect(said.language).toBe(language);
  });
});

const problemsAfter = (folder: string, name: string, from: string, to: string): string[] => {
  const file = join(folder, 'texts', 'de', name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  writeFileSync(file, text.replace(from, to));
  return translationProblems(folder, 'de').map(({ file: where, message }) => `${where}: ${message}`);
};

describe('a file of German', () => {
  test.for([
    [
      'lacks a text',
      'power.yaml',
      '    ok: Das iPhone ist nicht zu warm\n',
      '\n',
      'texts/de/power.yaml: overheating.ios.ok: there is no text',
    ],
    [
      'names something else',
      'app.yaml',
      "problem: '{app} ist ausgeschaltet'",
      "problem: '{phone} ist ausgeschaltet'",
      'texts/de/app.yaml: app-disabled.problem: it names {phone}, and its English {app}',
    ],
    [
      'has a step less',
      'app.yaml',
      '        - Tippen Sie auf {menu.enable-app}.\n',
      '',
      'texts/de/app.yaml: app-disabled.corrections.enable-app-by-hand.steps: there are 2 texts, and 3 in English',
    ],
    [
      'has a text more',
      'power.yaml',
      'low-power-mode:\n',
      'low-power-mode:\n  hint: Mehr\n',
      'texts/de/power.yaml: low-power-mode.hint: English has no such text',
    ],
  ] as const)('that %s is refused', ([, name, from, to, problem], { folder }) => {
    expect(problemsAfter(folder, name, from, to)).toContain(problem);
  });
});
