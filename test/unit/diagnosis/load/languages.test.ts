import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { builtInCatalog, catalogLanguages, loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { programWords, programWordsIn } from '../../../../build/words/program-words.ts';
import type { ProgramSentences } from '../../../../diagnosis/load/program-sentences.ts';
import { appLeaves, sectionLeaves } from '../../../../native/vocabulary.ts';
import { translationProblems } from '../../../../diagnosis/load/check-translation.ts';

const test = plain.extend('folder', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-languages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(builtInCatalog, folder, { recursive: true });
  return folder;
});

/** Commands, the same in every language; a sentence that is values and no more; the name of the program; what no page shows. */
const sameWords = new Set([
  'Phone Health Inspector',
  'There is no such page.',
  'Debian, Ubuntu: sudo apt install adb. Fedora: sudo dnf install android-tools.',
  'Debian, Ubuntu: sudo apt install libimobiledevice6 usbmuxd. Fedora: sudo dnf install libimobiledevice usbmuxd.',
  'Debian, Ubuntu: sudo apt install usbmuxd. Fedora: sudo dnf install usbmuxd.',
  '{1} is not {2}.',
]);

/** What code puts together from halves, each as it is said once. */
const examples: Readonly<Record<string, string>> = {
  'There is no {1} {2}.': 'There is no ticket 5.',
  'Nothing was sent{1} in {2}{3}': 'Nothing was sent over Wi-Fi in 5 minutes, because it waits for the charger.',
  'The phone was not on {1}, so that was not tried. {2} and take another photo.':
    'The phone was not on Wi-Fi, so that was not tried. Connect it to Wi-Fi and take another photo.',
  '{1} is sending: {2}{3} by now{4}.': 'Google Photos is sending: 2 MB of 3 MB by now over Wi-Fi.',
  '{1} sent {2}{3}{4} and then stopped: either it sends photos smaller than they are, or it broke off. Look for the photo in the app.':
    'Google Photos sent 1 MB of 3 MB and then stopped: either it sends photos smaller than they are, or it broke off. Look for the photo in the app.',
  'iCloud Photos is sending: {1} went to iCloud since the photo, {2}.':
    'iCloud Photos is sending: 3 photos went to iCloud since the photo, 5 wait.',
  'Another phone with the same serial is plugged in now{1}.{2} Nothing was run.':
    'Another phone with the same serial is plugged in now. Nothing was run.',
  'Name the {1} with its whole path.': 'Name the file with its whole path.',
  'A new photo is there{1}. Leave the phone alone now.': 'A new photo is there: 3 MB. Leave the phone alone now.',
  '{1}. Nothing of it was copied.':
    'The phone was restarted, or another one with the same serial is plugged in now. Nothing of it was copied.',
  'The second reading does not show it.{1}': 'The second reading does not show it.',
};

/** Whether a sentence is said otherwise than in English; one that stands before or behind it is said by itself. */
function isSaid(programs: ProgramSentences, text: string): boolean {
  const alone = examples[text] ?? text.replace(/^\{1\} (?=\p{Lu})/u, '').replaceAll(/\{\d\}/g, 'X1');
  return programs.say(alone) !== alone;
}

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

  plain(`say every sentence that code shows in a window: texts/${language}/programs.yaml`, () => {
    const { programs } = loadCatalog(undefined, { language });
    const sentences = programWords();
    expect(sentences.length).toBeGreaterThan(800);
    const bare = sentences.filter(({ text }) => !sameWords.has(text) && !isSaid(programs, text));
    expect(bare.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
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

plain('what code says is found where it is said, and what only programs read is not', () => {
  const source = [
    "const a = { title: 'Try it once', id: 'not said', steps: [`Plug ${name} in. It starts by itself.`] };",
    "if (key === 'Enter it') throw new Error('Nobody reads this here.');",
    "const b = unavailable('missing', 'The answer is no list.');",
  ].join('\n');
  expect(programWordsIn('a.ts', source)).toEqual([
    { file: 'a.ts', line: 1, text: 'Try it once' },
    { file: 'a.ts', line: 1, text: 'Plug {1} in. It starts by itself.' },
    { file: 'a.ts', line: 3, text: 'The answer is no list.' },
  ]);
});
