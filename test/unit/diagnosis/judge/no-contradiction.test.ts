import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import type { Reading } from '../../../../native/reading.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import { appName, holdsBack, outcomeOf } from '../../../../diagnosis/judge/verdict.ts';
import { GOOGLE_PHOTOS } from '../../../../native/samples/android/profiles/healthy.ts';
import { everyReading } from './every-reading.ts';
import { exitCodes } from './verdict-plants.ts';

const catalog = loadCatalog();

const agoMs = (reading: Reading, ms: number): string => new Date(Date.parse(reading.takenAt) - ms).toISOString();

/** What may be known beside the reading. */
const situations: Readonly<Record<string, (reading: Reading) => JudgeOptions>> = {
  'nothing else known': () => ({}),
  'just corrected': (reading) => ({ corrected: [{ app: null, at: agoMs(reading, 60_000) }] }),
  'a test photo left': (reading) => ({
    testPhotos: Object.keys(reading.apps).map((app) => ({
      app,
      at: agoMs(reading, 300_000),
      outcome: 'uploaded' as const,
    })),
  }),
  'a test photo did not leave': (reading) => ({
    testPhotos: Object.keys(reading.apps).map((app) => ({
      app,
      at: agoMs(reading, 300_000),
      outcome: 'nothing-sent' as const,
    })),
  }),
  'Google Photos chosen': () => ({ chosen: [GOOGLE_PHOTOS] }),
};

/** The exit code by DESIGN.md's table, told again from the findings: written here a second time on purpose. */
function codeByTable({ findings, uploads }: Diagnosis): number {
  const [upload] = uploads;
  const own = findings.filter(({ app, pack }) => pack === 'backup' && (app === null || app === upload?.app));
  const causes = (upload === undefined ? findings.filter(({ pack }) => pack === 'backup') : own).filter(
    ({ status, severity, cause, becauseOf }) =>
      status === 'problem' && ['blocks', 'delays'].includes(severity) && cause !== holdsBack && becauseOf.length === 0,
  );
  const isUrgent = causes.some(({ cause }) => cause === 'icloud-photos-being-removed' || cause === 'not-the-owner');
  if (isUrgent) return 1;
  if (upload === undefined) return causes.length > 0 ? 1 : 5;
  // What iCloud gave up never leaves by itself: those photos are lost to the backup, whatever else leaves.
  if (upload.state === 'running') return causes.some(({ cause }) => cause === 'photos-given-up') ? 1 : 0;
  if (upload.state === 'stalled' || causes.length > 0) return 1;
  if (upload.state === 'nothing-new') return 0;
  const blocking = own.filter(({ severity }) => severity === 'blocks');
  return blocking.every(({ status }) => status === 'ok' || status === 'not-applicable') ? 0 : 5;
}

/** What a person would call a contradiction between the lines of one result. */
function contradictionsIn(diagnosis: Diagnosis): string[] {
  const { verdict, steps, findings, uploads, chosen } = diagnosis;
  const [upload] = uploads;
  const titled = findings.filter(({ title, status }) => status === 'problem' && verdict.startsWith(title));
  const name = chosen[0] === undefined ? '' : appName(catalog, chosen[0].app);
  const exit = exitCodes[outcomeOf(findings, uploads, catalog)];
  const [first] = steps;
  const saysRun = verdict.startsWith('Uploads run');
  const saysBut = verdict.startsWith('Uploads run, but');
  const firstFinding = findings.find(({ cause, app }) => cause === first?.cause && app === first?.app);
  const recipe = catalog.recipes.find(({ id }) => id === first?.correction);
  const isOfVerdict = titled.some(({ cause }) => cause === first?.cause || recipe?.causes.includes(cause) === true);
  return [
    ...(exit === codeByTable(diagnosis) ? [] : [`exit ${exit}, by the table ${codeByTable(diagnosis)}`]),
    ...(saysRun === (upload?.state === 'running' && (exit === 0 || saysBut))
      ? []
      : [`says that uploads run: ${saysRun}`]),
    ...(saysRun && !saysBut && steps.length > 0 ? ['uploads run, and there are steps'] : []),
    ...(saysBut && (steps.length === 0 || exit === 0) ? ['something is left behind, and there is nothing to do'] : []),
    ...(upload !== undefined &&
    titled.length === 0 &&
    !verdict.includes(name) &&
    upload.state !== 'running' &&
    exit !== 5
      ? ['the verdict does not name the app']
      : []),
    ...(titled.length > 0 && exit === 0 ? ['a problem is the verdict, and the exit code is 0'] : []),
    ...(titled.length > 0 && first === undefined ? ['a problem is the verdict, and there is no step'] : []),
    ...(titled.length > 0 && first !== undefined && !isOfVerdict ? [`the first step is ${first.cause}`] : []),
    ...(verdict.includes('the questions find it') && first?.correction !== 'answer' ? ['no question comes first'] : []),
    ...(verdict.includes('A test photo shows') && !steps.some(({ correction }) => correction === 'test-photo')
      ? ['there is no test photo among the steps']
      : []),
    ...(upload?.settling === true && upload.state === 'stalled' ? ['stalled, and known after the next photo'] : []),
    ...(first?.correction === 'answer' && firstFinding?.question === null ? ['the first step asks nothing'] : []),
  ];
}

const all = await everyReading(catalog);

describe.each(Object.entries(situations))('where %s', (_name, known) => {
  test('no line of a result contradicts another, on any phone', () => {
    const faults = all.flatMap(({ name, reading }) => {
      const diagnosis = judge(reading, catalog, known(reading));
      return contradictionsIn(diagnosis).map((what) => `${name}: ${what} | ${diagnosis.verdict}`);
    });
    expect(all.length).toBeGreaterThan(150);
    expect(faults).toEqual([]);
  });
});
