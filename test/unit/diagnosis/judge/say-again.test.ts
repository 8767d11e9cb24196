import { beforeAll, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import { sayAgain } from '../../../../diagnosis/judge/say-again.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Reading } from '../../../../native/reading.ts';
import { sayAnswer } from '../../../../electron/app/program/say-answer.ts';
import { everyReading } from './every-reading.ts';

const catalog = loadCatalog();

interface Judged {
  name: string;
  reading: Reading;
  options: JudgeOptions;
  diagnosis: Diagnosis;
}

const agoMs = (reading: Reading, ms: number): string => new Date(Date.parse(reading.takenAt) - ms).toISOString();

/** What may be known beside the reading. */
const situations: Readonly<Record<string, (reading: Reading) => JudgeOptions>> = {
  'nothing else known': () => ({}),
  'just corrected': (reading) => ({
    previous: reading,
    corrected: catalog.causes.map(({ id }) => ({ app: null, cause: id, at: agoMs(reading, 60_000) })),
  }),
  'answered with yes': (reading) => ({
    answers: catalog.causes.flatMap(({ id }) =>
      [null, ...Object.keys(reading.apps)].map((app) => ({
        cause: id,
        app,
        answer: 'yes' as const,
        at: reading.takenAt,
      })),
    ),
  }),
  'every app chosen, photos at risk': (reading) => ({
    chosen: Object.keys(reading.apps),
    photosAtRisk: 'No safe copy of the photos was made yet.',
  }),
};

const judged: Judged[] = [];
beforeAll(async () => {
  const ways = Object.entries(situations);
  // Each in one of the situations by turns.
  for (const [index, { name, reading }] of (await everyReading(catalog)).entries()) {
    const [situation, optionsOf] = ways[index % ways.length] ?? ['', () => ({})];
    const options = optionsOf(reading);
    judged.push({ name: `${name}, ${situation}`, reading, options, diagnosis: judge(reading, catalog, options) });
  }
}, 120_000);

/** What holds no sentence: ids, moments, values and commands, and the names of apps. */
const holdsNone = new Set(['value', 'before', 'at', 'source', 'lastVerified']);
const isNone = new Set(['cause', 'app', 'correction', 'id', 'path', 'probe', 'command', 'catalog']);

/** Each text below a value, and what it is named; nothing of what is left out. */
function eachText(value: unknown, leftOut: ReadonlySet<string>, tell: (text: string, name: string) => void): void {
  const look = (part: unknown, name: string): void => {
    if (typeof part === 'string') tell(part, name);
    else if (typeof part === 'object' && part !== null) {
      for (const [key, one] of Object.entries(part)) if (!leftOut.has(key)) look(one, key);
    }
  };
  look(value, '');
}

/** Three words in a row or more that stand in a text of the catalog, between what is filled in. */
function piecesOf(catalogOf: ReturnType<typeof loadCatalog>): Set<string> {
  const { causes, recipes, quickWins, alternatives, sentences } = catalogOf;
  const texts = [causes.map(({ text }) => text), recipes.map(({ text }) => text), quickWins, alternatives, sentences];
  const pieces: string[] = [];
  eachText(texts, new Set(), (text) => pieces.push(...text.split(/\{[^{}]*\}/)));
  return new Set(pieces.map((piece) => piece.trim()).filter((piece) => piece.split(/\s+/).length >= 3));
}

/** The same without its sentences: what was judged. */
function judgedOf(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return saidNames.has(name) ? '' : value;
  if (Array.isArray(value)) return saidLists.has(name) ? value.length : value.map((one) => judgedOf(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, judgedOf(one, key)]));
}
const saidInGerman = new Map<Diagnosis, Diagnosis>();

/** The words of menus stand in the language of the phone. */
const menuWords = catalog.menus.all
  .filter(({ language }) => language === 'en')
  .flatMap(({ tables, shared }) => [...tables.flatMap(({ words }) => Object.values(words)), ...Object.values(shared)])
  .flatMap((words) => words.split('{app}'))
  .toSorted((a, b) => b.length - a.length);
const withoutMenus = (text: string): string =>
  menuWords.reduce((rest, words) => (words.length > 3 ? rest.replaceAll(words, '…') : rest), text);

const saidNames = new Set(
  'title explanation notProof text yes no not-sure label doesNotProve caution irreversible proven afterwards why verdict words'.split(
    ' ',
  ),
);
const saidLists = new Set(['steps', 'check', 'where']);

describe('a diagnosis that is said again', () => {
  const german = loadCatalog(undefined, { language: 'de' });
  const inGerman = (diagnosis: Diagnosis, reading: Reading): Diagnosis => {
    const known = saidInGerman.get(diagnosis) ?? sayAgain(diagnosis, reading, german);
    saidInGerman.set(diagnosis, known);
    return known;
  };

  test('in the language it was said in, is the same to the letter', () => {
    expect(judged.length).toBeGreaterThan(200);
    for (const { name, reading, diagnosis } of judged) {
      expect(sayAgain(diagnosis, reading, catalog), name).toEqual(diagnosis);
    }
  });

  test('in German, is what judging in German gives, and was judged alike', () => {
    for (const [index, { name, reading, options, diagnosis }] of judged.entries()) {
      const said = inGerman(diagnosis, reading);
      expect(judgedOf(said), name).toEqual(judgedOf(diagnosis));
      if (index % 4 > 0) continue;
      const judgedInGerman = judge(reading, german, options);
      expect(said.verdict, name).toBe(judgedInGerman.verdict);
      expect(said.findings.map(({ title, check }) => [title, check])).toEqual(
        judgedInGerman.findings.map(({ title, check }) => [title, check]),
      );
    }
  });

  test('in German, holds no sentence of the English catalog', () => {
    const pieces = [...piecesOf(catalog)];
    // The same sentence stands in many findings.
    const said = new Map<string, string>();
    for (const { reading, diagnosis } of judged) {
      eachText(sayAnswer(inGerman(diagnosis, reading), german.programs), holdsNone, (text, name) => {
        if (!isNone.has(name) && !said.has(text)) said.set(text, name);
      });
    }
    const left = [...said].filter(([text]) => {
      const own = withoutMenus(text);
      return pieces.some((piece) => own.includes(piece));
    });
    expect(left).toEqual([]);
  });
});
