import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseDocument, visit } from 'yaml';
import {
  builtInCatalog,
  CatalogError,
  catalogLanguages,
  loadCatalog,
  type CatalogProblem,
} from '../../../../diagnosis/load/catalog.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { buildReading, patched } from '../judge/build-reading.ts';
import { healthyPhone, photosApp, stalledPhone } from '../judge/healthy-phone.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const load = () => loadCatalog(undefined, { shop: folder });

function problems(): readonly CatalogProblem[] {
  try {
    load();
  } catch (error) {
    if (error instanceof CatalogError) return error.problems;
    throw error;
  }
  return [];
}

const cause = `causes:
  - id: shop-charge-first
    platforms: [android]
    per: app
    severity: risk
    problem: battery.level < 50 && !app.exempt
    corrections:
      - id: shop-exempt
        kind: automatic
        commands: ['cmd deviceidle whitelist +{app}']
        inverse: ['cmd deviceidle whitelist -{app}']
        before: [app.exempt]
        verify: app.exempt
        lastVerified: 2026-11-22
        source: house rule
      - id: shop-charge
        kind: guided
        opens: battery
        lastVerified: 2026-11-22
        source: house rule
`;
const text = `shop-charge-first:
  name: Charge first
  problem: '{app} should wait for the charger'
  ok: '{app} need not wait'
  explanation: One for {app}. Two.
  notProof: Nothing.
  check: ['Open {menu.battery-page}.']
  corrections:
    shop-exempt: { title: 'Exempt {app}' }
    shop-charge: { title: Charge, afterwards: Look., steps: ['Open {menu.battery-page}.'] }
`;

describe('the profile of a shop', () => {
  test('changes nothing where there is none', () => {
    expect(loadCatalog(undefined, { shop: join(folder, 'nowhere') }).causes.length).toBe(loadCatalog().causes.length);
  });

  test('switches checks off', () => {
    write('profile.yaml', 'checks: { restart-due: off, vpn: on }\n');
    const ids = load().causes.map(({ id }) => id);
    expect(ids).not.toContain('restart-due');
    expect(ids).toContain('vpn');
  });

  test('sets limits, in conditions and in texts', () => {
    const reading = buildReading(patched(healthyPhone, { battery: { level: 30, capacityPercent: 88 } }));
    const of = (id: string) => judge(reading, load()).findings.find((finding) => finding.cause === id);
    expect(of('low-battery')?.status).toBe('ok');
    expect(of('device-battery-worn')?.status).toBe('ok');
    write('profile.yaml', 'limits: { low-battery: 40, battery-worn: 90, battery-nearly-worn: 92 }\n');
    // Proven is only what the jobs wait for.
    expect(of('low-battery')?.status).toBe('possible');
    expect(of('device-battery-worn')?.status).toBe('problem');
    expect(of('device-battery-worn')?.explanation).toContain('less than 90 %');
  });

  test('is refused with file and line where it names what does not exist, or goes out of bounds', () => {
    write('profile.yaml', 'checks:\n  restart-do: off\nlimits:\n  low-batery: 40\n  low-battery: 90\n');
    expect(problems()).toEqual([
      { file: 'profile.yaml', entry: 'limits', line: 4, message: 'there is no limit low-batery' },
      { file: 'profile.yaml', entry: 'limits', line: 5, message: 'low-battery must be from 5 to 50' },
      { file: 'profile.yaml', entry: 'checks', line: 2, message: 'there is no check restart-do' },
    ]);
  });
});

describe('an entry of the shop', () => {
  beforeEach(() => {
    write('causes/house.yaml', cause);
    write('texts/en/house.yaml', text);
  });

  test('is judged with the others, and shown as its own', () => {
    const reading = buildReading(
      patched(healthyPhone, { battery: { level: 30 }, apps: { [photosApp]: { exempt: false } } }),
    );
    const finding = judge(reading, load()).findings.find((one) => one.cause === 'shop-charge-first');
    expect(finding).toMatchObject({
      origin: 'shop',
      status: 'problem',
      title: 'Google Photos should wait for the charger',
    });
    expect(finding?.corrections.map(({ commands, steps }) => [commands, steps])).toEqual([
      [[`cmd deviceidle whitelist +${photosApp}`], []],
      [[], ['Open Settings > Battery.']],
    ]);
  });

  test.each([
    { what: 'another command', from: 'cmd deviceidle whitelist +{app}', to: 'pm clear {app}', line: 8 },
    { what: 'another inverse', from: 'cmd deviceidle whitelist -{app}', to: 'reboot', line: 8 },
    { what: 'fewer former values', from: 'before: [app.exempt]', to: 'before: [app.exemptBy]', line: 8 },
  ])('cannot run what the built-in catalog does not run: $what', ({ from, to, line }) => {
    write('causes/house.yaml', cause.replace(from, to));
    expect(problems()).toEqual([
      {
        file: 'causes/house.yaml',
        entry: 'shop-charge-first',
        line,
        message:
          'shop-exempt may run only what a correction of the built-in catalog runs: the same commands, inverse and before',
      },
    ]);
  });

  test('cannot take the place of a built-in one, or begin with a screen of its own', () => {
    write(
      'causes/house.yaml',
      cause.replace('shop-charge-first', 'low-battery').replace('opens: battery', 'opens: rm'),
    );
    write('texts/en/house.yaml', text.replace('shop-charge-first', 'low-battery'));
    expect(problems().map(({ message }) => message)).toEqual([
      'the id low-battery is used twice',
      'no such screen: rm',
    ]);
  });
});

describe('another language', () => {
  let catalog: string;
  beforeEach(() => {
    catalog = join(folder, 'catalog');
    cpSync(builtInCatalog, catalog, { recursive: true });
    cpSync(join(catalog, 'texts', 'en'), join(catalog, 'texts', 'eo'), { recursive: true });
    for (const name of readdirSync(join(catalog, 'texts', 'eo'))) {
      const file = join(catalog, 'texts', 'eo', name);
      const document = parseDocument(readFileSync(file, 'utf8'));
      visit(document, {
        Scalar: (key, node) =>
          void (key !== 'key' && typeof node.value === 'string' && (node.value = `${node.value} ĉ`)),
      });
      writeFileSync(file, document.toString());
    }
    writeFileSync(join(catalog, 'texts', 'eo', 'values.yaml'), 'Battery level, %: Ŝargo, %\n');
    writeFileSync(join(catalog, 'texts', 'eo', 'programs.yaml'), "'There is no ticket {id}.': 'Mankas bileto {id}.'\n");
  });
  const loadEsperanto = () => loadCatalog(catalog, { language: 'eo' });
  const edit = (name: string, from: string, to: string) => {
    const file = join(catalog, 'texts', 'eo', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };

  test('is a folder of texts; entries and menu words stay as they are', () => {
    expect(catalogLanguages(catalog)).toEqual(['de', 'en', 'eo']);
    const offline = patched(stalledPhone, { network: { airplaneMode: true, connected: false, validated: false } });
    const diagnosis = judge(buildReading(offline), loadEsperanto());
    expect(diagnosis.findings[0]?.title).toBe('Airplane mode is on ĉ');
    expect(diagnosis.verdict).toBe('Airplane mode is on ĉ, so nothing is uploaded ĉ. ĉ');
    const english = judge(buildReading(offline), loadCatalog(catalog));
    expect(diagnosis.findings.map(({ cause: id, status }) => [id, status])).toEqual(
      english.findings.map(({ cause: id, status }) => [id, status]),
    );
  });

  test('says what code says, with the titles that it names', () => {
    const { programs } = loadEsperanto();
    expect(programs.say('There is no ticket 12.')).toBe('Mankas bileto 12.');
    expect(programs.say('Airplane mode is on')).toBe('Airplane mode is on ĉ');
    edit('programs.yaml', 'bileto {id}', 'bileto');
    expect(loadEsperanto).toThrow('it must name what its English names in braces: id; it names: ');
  });

  test('that lacks a text or a sentence is refused with what is missing', () => {
    edit('power.yaml', 'low-battery:', 'low-bateri:');
    edit('sentences.yaml', 'check-by-hand:', 'check-by-foot:');
    let message = '';
    try {
      loadEsperanto();
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      ({ message } = error);
    }
    expect(message).toContain('low-battery: no Esperanto text for low-battery');
    expect(message).toContain('texts/eo/sentences.yaml:1: check-by-hand: check-by-hand: Invalid input');
  });
});
