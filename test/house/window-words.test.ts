import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageFaults } from '../../build/words/language-faults.ts';
import { windowSources, wordsIn, windowWords } from '../../build/words/window-words.ts';
import { languageNames } from '../../renderer/language/languages.ts';

const root = join(import.meta.dirname, '..', '..');

const { messages, faults } = windowWords();
const faultsOf = (source: string): string[] => wordsIn('a.tsx', source).faults.map(({ what }) => what);

test('every sentence of the window is written through t', () => {
  expect(faults.map(({ file, line, what }) => `${file}:${line} ${what}`)).toEqual([]);
});

test('numbers, dates and lists are written in the language that is spoken', () => {
  const madeFor = /(?:\.toLocale\w*String\(|new Intl\.\w+\()(?!spoken\(\)\.locale|locale\b)/;
  const others = windowSources().filter((file) => madeFor.test(readFileSync(join(root, file), 'utf8')));
  expect(others).toEqual([]);
  expect(madeFor.test("(12).toLocaleString('en')")).toBe(true);
});

describe('a bare sentence is refused', () => {
  test('between elements and in what is read aloud', () => {
    expect(faultsOf('const a = () => <p title="Close">Try again</p>;')).toEqual([
      'bare title: "Close"',
      'bare text: "Try again"',
    ]);
    expect(faultsOf("const a = () => <p aria-label={'Phones'}>{ok ? 'Yes' : null}</p>;")).toEqual([
      'bare string: "Phones"',
      'bare string: "Yes"',
    ]);
  });

  test('in tables, in texts with places, and in what is put into a message', () => {
    expect(faultsOf("const words = { ready: 'Ready', locked: 'It is locked' };")).toEqual([
      'bare string: "Ready"',
      'bare string: "It is locked"',
    ]);
    expect(faultsOf('const words = (name) => `Open ${name} again`;')).toEqual(['bare string: "Open … again"']);
    expect(faultsOf("const words = () => t('Open {what}', { what: 'Settings now' });")).toEqual([
      'bare string: "Settings now"',
    ]);
  });

  test('and so is a message that no file could hold, or that is made before a language is known', () => {
    expect(faultsOf('const words = (text) => t(text);')).toEqual(['t is not given its message as one literal']);
    expect(faultsOf("const words = t('Ready');")).toEqual([
      '"Ready" is said before a language is known: call t in a function',
    ]);
  });

  test('but what only programs read is left alone', () => {
    const source = `const a = (key) => { if (key === 'Enter') throw new Error('There is none.'); return <p className="a b" key="Try again">Android</p>; };`;
    expect(faultsOf(source)).toEqual([]);
  });
});

const files = globSync('renderer/language/*.po', { cwd: root });

test('every language that can be chosen but English has its file', () => {
  expect(files.map((file) => basename(file, '.po')).toSorted()).toEqual(
    Object.keys(languageNames)
      .filter((name) => name !== 'en')
      .toSorted(),
  );
});

for (const file of files) {
  test(`${file} has every message of the window, with its places and plural forms, and no other (npm run words)`, () => {
    expect(languageFaults(readFileSync(join(root, file), 'utf8'), basename(file, '.po'), messages)).toEqual([]);
  });
}

const fileOf = (...entries: [string, string][]): string =>
  entries.map(([id, text]) => `msgid ${JSON.stringify(id)}\nmsgstr ${JSON.stringify(text)}\n`).join('\n');

test('a translation without its place, its plural form or its message is a fault', () => {
  const said = [
    { context: '', text: '{count, plural, one {# photo} other {# photos}} on {phone}', files: ['a.tsx'] },
    { context: 'the tab', text: 'Copy', files: ['a.tsx'] },
    { context: '', text: 'Tap <b>Allow</b>', files: ['a.tsx'] },
  ];
  expect(
    languageFaults(
      fileOf(
        ['{count, plural, one {# photo} other {# photos}} on {phone}', '{count, plural, other {# Fotos}}'],
        ['Tap <b>Allow</b>', 'Tippen Sie auf <i>Zulassen'],
        ['Gone', 'Weg'],
      ),
      'de',
      said,
    ),
  ).toEqual([
    'not in the file: "Copy" of a.tsx',
    'other places: "{count, plural, one {# photo} other {# photos}} on {phone}" has count, plural · phone, its translation count, plural',
    'no form for one: "{count, plural, one {# photo} other {# photos}} on {phone}"',
    expect.stringMatching(/^no message: "Tap <b>Allow<\/b>": UNCLOSED_TAG/),
    'not said any more: "Gone"',
  ]);
});
