import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtInCatalog, CatalogError, loadCatalog, type CatalogProblem } from '../../../../diagnosis/load/catalog.ts';

const apps = `version: '1'
apps:
  - id: photos
    name: Photos
    android: [org.example.photos]
    needs: { android: [photos] }
    uploadsBy: jobs
`;
const appTexts = `photos:
  feature: [{ name: Backup }]
  android: { switch: Photos > Settings, rules: {} }
`;
const causes = `causes:
  - id: low-battery
    platforms: [android]
    per: phone
    severity: delays
    problem: battery.level <= 15
    corrections:
      - id: charge
        kind: guided
        lastVerified: 2026-11-22
        source: a manual
  - id: not-exempt
    platforms: [android]
    per: app
    severity: delays
    problem: '!app.exempt'
    evidence: [app.exemptBy]
    corrections:
      - id: exempt
        kind: automatic
        commands: ['cmd deviceidle whitelist +{app}']
        inverse: ['cmd deviceidle whitelist -{app}']
        before: [app.exempt]
        verify: app.exempt
        lastVerified: 2026-11-22
        source: AOSP
      - id: by-hand
        kind: guided
        opens: battery
        lastVerified: 2026-11-22
        source: a manual
`;
const texts = `low-battery:
  name: Battery
  problem: The battery is low
  ok: The battery is not low
  explanation: One. Two.
  notProof: Nothing.
  check: [Look.]
  corrections:
    charge: { title: Charge, afterwards: Look., steps: [Charge.] }
not-exempt:
  name: Exemption
  problem: '{app} is not exempt'
  ok: '{app} is exempt'
  explanation: One. Two, below {limit.low} %.
  notProof: Nothing.
  check: [Look.]
  corrections:
    exempt: { title: 'Exempt {app}' }
    by-hand: { title: 'Exempt {app}', afterwards: Look., steps: ['Open {menu.battery-page}.'] }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalog-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Files {
  quickWins: string;
  alternatives: string;
  quickWinTexts: string;
  alternativeTexts: string;
  apps: string;
  appTexts: string;
  causes: string;
  texts: string;
  menus: string;
  limits: string;
}

const menus = `skins: [aosp]
lastVerified: 2026-11-22
source: a manual
tables:
  - version: every version
    words: { battery-page: Settings > Battery }
    screens: { battery: am start -a android.intent.action.POWER_USAGE_SUMMARY }
`;
const limits = 'limits: { low: { value: 15, min: 5, max: 50 } }\n';
const quickWins = `quickWins:
  - id: off-and-on
    wait: { afterStep: 1, seconds: 30 }
    lastVerified: 2026-11-22
    source: a manual
`;
const alternatives = `alternatives:
  - id: by-hand
    lastVerified: 2026-11-22
    source: a manual
`;
const quickWinTexts = 'off-and-on: { title: Switch, caution: None., afterwards: Look., steps: [Off., On.] }\n';
const alternativeTexts = 'by-hand: { title: Upload, steps: [Upload.] }\n';

function load(edit: (files: Files) => Partial<Files>) {
  const firstAid = { quickWins, alternatives, quickWinTexts, alternativeTexts };
  const sound = { apps, appTexts, causes, texts, menus, limits, ...firstAid };
  const files = { ...sound, ...edit(sound) };
  mkdirSync(join(folder, 'causes'));
  mkdirSync(join(folder, 'texts', 'en'), { recursive: true });
  mkdirSync(join(folder, 'menus'));
  const sentences = join('texts', 'en', 'sentences.yaml');
  copyFileSync(join(builtInCatalog, sentences), join(folder, sentences));
  writeFileSync(join(folder, 'apps.yaml'), files.apps);
  writeFileSync(join(folder, 'texts', 'en', 'apps.yaml'), files.appTexts);
  writeFileSync(join(folder, 'limits.yaml'), files.limits);
  writeFileSync(join(folder, 'quick-wins.yaml'), files.quickWins);
  writeFileSync(join(folder, 'alternatives.yaml'), files.alternatives);
  writeFileSync(join(folder, 'texts', 'en', 'quick-wins.yaml'), files.quickWinTexts);
  writeFileSync(join(folder, 'texts', 'en', 'alternatives.yaml'), files.alternativeTexts);
  writeFileSync(join(folder, 'menus', 'aosp.yaml'), files.menus);
  writeFileSync(join(folder, 'causes', 'power.yaml'), files.causes);
  writeFileSync(join(folder, 'texts', 'en', 'power.yaml'), files.texts);
  return loadCatalog(folder);
}

function problemsOf(edit: (files: Files) => Partial<Files>): readonly CatalogProblem[] {
  try {
    load(edit);
  } catch (error) {
    if (error instanceof CatalogError) return error.problems;
    throw error;
  }
  return [];
}

const inCauses = (from: string, to: string) => (files: Files) => ({ causes: files.causes.replace(from, to) });
const inMenus = (from: string, to: string) => (files: Files) => ({ menus: files.menus.replace(from, to) });
const inTexts = (from: string, to: string) => (files: Files) => ({ texts: files.texts.replace(from, to) });

test('a sound catalog loads, in the order of its files', () => {
  const catalog = load(() => ({}));
  expect(catalog.version).toBe('1');
  expect(catalog.causes.map(({ id }) => id)).toEqual(['low-battery', 'not-exempt']);
});

const twoMistakes = (files: Files) => ({
  causes: files.causes.replace('battery.level', 'battery.levl').replace('app.exemptBy', 'app.exempted'),
});

describe('a mistake is told with file, entry and line', () => {
  const power = 'causes/power.yaml';
  test.each<{ what: string; edit: (files: Files) => Partial<Files>; problem: CatalogProblem }>([
    {
      what: 'a misspelt path in a condition',
      edit: inCauses('battery.level <= 15', 'battery.levl <= 15'),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 6,
        message: 'problem: No such key: levl (in `battery.levl <= 15`)',
      },
    },
    {
      what: 'a misspelt path in the evidence',
      edit: inCauses('[app.exemptBy]', '[app.exemptedBy]'),
      problem: { file: power, entry: 'not-exempt', line: 17, message: 'no such value: app.exemptedBy' },
    },
    {
      what: 'a misspelt path in a command',
      edit: inCauses('+{app}', '+{app.packge}'),
      problem: { file: power, entry: 'not-exempt', line: 19, message: 'no such value: app.packge' },
    },
    {
      what: 'a misspelt path among the former values',
      edit: inCauses('before: [app.exempt]', 'before: [app.exmpt]'),
      problem: { file: power, entry: 'not-exempt', line: 23, message: 'no such value: app.exmpt' },
    },
    {
      what: 'a bad date',
      edit: inCauses('lastVerified: 2026-11-22', 'lastVerified: 22 November 2026'),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 10,
        message: 'causes.0.corrections.0.lastVerified: must be a date, yyyy-mm-dd',
      },
    },
    {
      what: 'an id that is used twice',
      edit: inCauses('id: not-exempt', 'id: low-battery'),
      problem: { file: power, entry: 'low-battery', line: 12, message: 'the id low-battery is used twice' },
    },
    {
      what: 'a missing text',
      edit: inTexts('not-exempt:', 'not-exempted:'),
      problem: { file: power, entry: 'not-exempt', line: 12, message: 'no English text for not-exempt' },
    },
    {
      what: 'a missing text of a correction',
      edit: inTexts('    charge:', '    charges:'),
      problem: { file: power, entry: 'low-battery', line: 8, message: 'no text for the correction charge' },
    },
    {
      what: 'a guided correction without steps',
      edit: inTexts('title: Charge, afterwards: Look., steps: [Charge.]', 'title: Charge, afterwards: Look.'),
      problem: { file: power, entry: 'low-battery', line: 8, message: 'the guided correction charge has no steps' },
    },
    {
      what: 'a text for nothing',
      edit: (files) => ({ texts: `${files.texts}stray:\n${texts.split('\n').slice(1, 9).join('\n')}\n` }),
      problem: {
        file: 'texts/en/power.yaml',
        entry: 'stray',
        line: 21,
        message: 'there is a text for stray, but no such cause',
      },
    },
    {
      what: 'a text that names an app where there is none',
      edit: inTexts('The battery is low', 'The battery of {app} is low'),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 2,
        message: 'the text names {app}, but low-battery is judged per phone',
      },
    },
    {
      what: 'a last guided correction that does not fit every phone',
      edit: inCauses(
        'kind: guided\n        lastVerified',
        'kind: guided\n        when: battery.powered\n        lastVerified',
      ),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 8,
        message: 'the last guided correction must fit every phone: no `when`',
      },
    },
    {
      what: 'a field that does not exist',
      edit: inCauses('severity: delays', 'severity: delays\n    colour: red'),
      problem: { file: power, entry: 'low-battery', line: 2, message: 'causes.0: Unrecognized key: "colour"' },
    },
    {
      what: 'a menu word that no phone has',
      edit: inTexts('[Look.]', "['Open {menu.batery-page}.']"),
      problem: {
        file: 'texts/en/power.yaml',
        entry: 'low-battery',
        line: 7,
        message: 'no menu words for batery-page on android',
      },
    },
    {
      what: 'a word of menus in a sentence',
      edit: inTexts('[Look.]', '[Open Settings > Battery.]'),
      problem: {
        file: 'texts/en/power.yaml',
        entry: 'low-battery',
        line: 7,
        message: 'words of menus belong in menus/, and are named by their key',
      },
    },
    {
      what: 'a name in braces that nothing can be put for',
      edit: inTexts("'Exempt {app}' }", "'Exempt {ap}' }"),
      problem: {
        file: 'texts/en/power.yaml',
        entry: 'not-exempt',
        line: 18,
        message: 'nothing can be put for {ap}',
      },
    },
    {
      what: 'a menu word that no text names',
      edit: inMenus('words: { battery-page:', 'words: { saver: Saver, battery-page:'),
      problem: { file: 'menus/aosp.yaml', entry: 'every version', line: 6, message: 'nothing uses saver' },
    },
    {
      what: 'a screen that no correction opens',
      edit: inMenus('screens: { battery:', 'screens: { wifi: am start -a x, battery:'),
      problem: { file: 'menus/aosp.yaml', entry: 'every version', line: 7, message: 'nothing uses wifi' },
    },
    {
      what: 'a number that nothing names',
      edit: (files) => ({ limits: files.limits.replace('{ low:', '{ hi: { value: 1, min: 1, max: 1 }, low:') }),
      problem: { file: 'limits.yaml', entry: 'limits', line: 1, message: 'nothing uses the limit hi' },
    },
    {
      what: 'an app without words',
      edit: (files) => ({ appTexts: files.appTexts.replace('photos:', 'photo:') }),
      problem: { file: 'apps.yaml', entry: 'photos', line: 3, message: 'no text for the app photos' },
    },
    {
      what: 'an app without words on a platform that it is there for',
      edit: (files) => ({
        apps: files.apps.replace('    needs: {', '    ios: [org.example.photos]\n    needs: { ios: [],'),
      }),
      problem: { file: 'texts/en/apps.yaml', entry: 'photos', line: 2, message: 'Photos has no words on ios' },
    },
    {
      what: 'words for an app that is not there',
      edit: (files) => ({ appTexts: `${files.appTexts}${files.appTexts.replace('photos:', 'others:')}` }),
      problem: {
        file: 'texts/en/apps.yaml',
        entry: 'others',
        line: 5,
        message: 'there is a text for others, but no such app',
      },
    },
    {
      what: 'an app of which nothing says what it needs',
      edit: (files) => ({ apps: files.apps.replace('needs: { android: [photos] }', 'needs: {}') }),
      problem: {
        file: 'apps.yaml',
        entry: 'photos',
        line: 6,
        message: 'nothing says what Photos needs on android',
      },
    },
    {
      what: 'a limit that does not exist',
      edit: inCauses('battery.level <= 15', 'battery.level <= {limit.lo}'),
      problem: { file: power, entry: 'low-battery', line: 6, message: 'no such limit: lo' },
    },
    {
      what: 'a screen that does not exist',
      edit: inCauses('kind: guided\n        lastVerified', 'kind: guided\n        opens: batery\n        lastVerified'),
      problem: { file: power, entry: 'low-battery', line: 10, message: 'no such screen: batery' },
    },
    {
      what: 'a screen that is no screen',
      edit: (files) => ({ menus: files.menus.replace('am start -a', 'rm -r') }),
      problem: {
        file: 'menus/aosp.yaml',
        entry: 'every version',
        line: 7,
        message: 'battery must begin with "am start"',
      },
    },
    {
      what: 'a text that does not say what is not proven',
      edit: inTexts('  notProof: Nothing.', ''),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 2,
        message: 'nothing says what low-battery does not prove: `notProof`',
      },
    },
    {
      what: 'guided steps that nobody can verify',
      edit: inTexts('afterwards: Look., ', ''),
      problem: {
        file: power,
        entry: 'low-battery',
        line: 8,
        message: 'nothing tells whether charge took: it needs `verify`, or `afterwards` in its text',
      },
    },
    {
      what: 'a question without words',
      edit: inCauses('severity: delays', 'severity: delays\n    question: { yes: ok, no: problem }'),
      problem: { file: power, entry: 'low-battery', line: 2, message: 'low-battery has no text for its question' },
    },
    {
      what: 'an automatic correction that nothing puts back',
      edit: inCauses("        inverse: ['cmd deviceidle whitelist -{app}']\n", ''),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'nothing puts exempt back: it needs an `inverse`, or `irreversible: true` and a text that says why',
      },
    },
    {
      what: 'an automatic correction that has a way back and is irreversible all the same',
      edit: inCauses('before: [app.exempt]', 'irreversible: true\n        before: [app.exempt]'),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'exempt has an `inverse`, and is `irreversible` all the same: only one of them can be true',
      },
    },
    {
      what: 'an irreversible correction whose text does not say why',
      edit: inCauses("inverse: ['cmd deviceidle whitelist -{app}']", 'irreversible: true'),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'nothing says why exempt needs no way back: `irreversible` in its text',
      },
    },
    {
      what: 'a restart that claims to be undone',
      edit: inCauses('before: [app.exempt]', 'restarts: true\n        before: [app.exempt]'),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'exempt restarts the phone, which nothing undoes: it is `irreversible`',
      },
    },
    {
      what: 'a command that takes away what an app keeps',
      edit: inCauses('cmd deviceidle whitelist +{app}', 'pm clear --user {identity.userId} {app}'),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'exempt may not run this: pm clear --user {identity.userId} {app}',
      },
    },
    {
      what: 'an inverse that is no setting',
      edit: inCauses('cmd deviceidle whitelist -{app}', 'svc power reboot recovery'),
      problem: {
        file: power,
        entry: 'not-exempt',
        line: 19,
        message: 'exempt may not run this: svc power reboot recovery',
      },
    },
    {
      what: 'a pause after the last step',
      edit: inCauses(
        'kind: guided\n        lastVerified',
        'kind: guided\n        wait: { afterStep: 1, seconds: 30 }\n        lastVerified',
      ),
      problem: { file: power, entry: 'low-battery', line: 10, message: 'charge waits after step 1, but has 1 steps' },
    },
    {
      what: 'an explanation by a cause that does not exist',
      edit: inCauses(
        'severity: delays',
        "severity: delays\n    symptom: true\n    because: [{ when: 'true', causes: [not-there] }]",
      ),
      problem: { file: 'causes', entry: 'low-battery', line: 1, message: 'because: there is no cause not-there' },
    },
    {
      what: 'a quick win that does not fit every app',
      edit: (files) => ({ quickWins: files.quickWins.replace('    wait', '    when: battery.powered\n    wait') }),
      problem: {
        file: 'quick-wins.yaml',
        entry: 'off-and-on',
        line: 2,
        message: 'the last quick win must fit every app: no `when`',
      },
    },
    {
      what: 'a quick win that waits after its last step',
      edit: (files) => ({ quickWins: files.quickWins.replace('afterStep: 1', 'afterStep: 2') }),
      problem: {
        file: 'quick-wins.yaml',
        entry: 'off-and-on',
        line: 2,
        message: 'off-and-on waits after step 2, but has 2 steps',
      },
    },
    {
      what: 'a second way for an app that the catalog does not know',
      edit: (files) => ({ alternatives: files.alternatives.replace('by-hand', 'by-hand\n    apps: [Pictures]') }),
      problem: { file: 'alternatives.yaml', entry: 'by-hand', line: 2, message: 'there is no app Pictures' },
    },
    {
      what: 'a second way in the words of a menu, which only a phone has',
      edit: (files) => ({
        alternativeTexts: files.alternativeTexts.replace('[Upload.]', "['Open {menu.battery-page}.']"),
      }),
      problem: {
        file: 'alternatives.yaml',
        entry: 'by-hand',
        line: 2,
        message: "by-hand may name no words of a phone's menus: {menu.battery-page}",
      },
    },
    {
      what: 'an app id that is used twice',
      edit: (files) => ({
        apps: files.apps.replace('[org.example.photos]', '[org.example.photos, org.example.photos]'),
      }),
      problem: {
        file: 'apps.yaml',
        entry: 'photos',
        line: 5,
        message: 'the app id android org.example.photos is used twice',
      },
    },
  ])('$what', ({ edit, problem }) => {
    expect(problemsOf(edit)).toContainEqual(problem);
  });

  test('a YAML syntax error', () => {
    const [problem] = problemsOf(inCauses('    per: phone', '    per: [phone'));
    expect(problem).toMatchObject({ file: power, entry: '(file)', line: 5 });
  });

  test('every mistake at once, and readable as one message', () => {
    expect(problemsOf(twoMistakes).length).toBe(2);
    expect(() => {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      load(twoMistakes);
    }).toThrow('causes/power.yaml:6: low-battery: problem: No such key: levl');
  });
});
