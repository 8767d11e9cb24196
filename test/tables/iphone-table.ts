import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { backupApps, judge } from '../../diagnosis/judge/judge.ts';
import { outcomeOf } from '../../diagnosis/judge/verdict.ts';
import { loadCatalog, type Catalog } from '../../diagnosis/load/catalog.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';
import { sampleIphones } from '../../native/samples/ios/sample-iphones.ts';
import { NativeError } from '../../native/source.ts';
import { exitCodes } from '../unit/diagnosis/judge/verdict-plants.ts';
import { judgeIphone } from '../unit/diagnosis/judge/read-iphone.ts';
import { filesBelow } from './capture-files.ts';
import {
  expectedOfField,
  expectedOfFragments,
  expectedOfOthers,
  expectedOfScenarios,
  type Expected,
} from './iphone-expected.ts';

/** What is said of one iPhone, and what was expected. */
export interface IphoneRow {
  name: string;
  said: Expected;
  /** undefined: nobody has said what is to be expected. */
  expected: Expected | undefined;
  right: boolean;
  diagnosis: Diagnosis | null;
}

/** Where the captures of real phones are, where they are. */
export const capturesFolder = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures');

const now = new Date('2026-11-22T12:00:00.000Z');

function row(name: string, said: Expected, expected: Expected | undefined, diagnosis: Diagnosis | null): IphoneRow {
  const right =
    expected !== undefined &&
    said.verdict.startsWith(expected.verdict) &&
    said.step === expected.step &&
    said.exit === expected.exit;
  return { name, said, expected, right, diagnosis };
}

function saidOf(diagnosis: Diagnosis, catalog: Catalog): Expected {
  const { findings, uploads, verdict, steps } = diagnosis;
  const [first] = steps;
  const exit = exitCodes[outcomeOf(findings, uploads, catalog)];
  return { verdict, step: first === undefined ? null : `${first.cause}:${first.correction}`, exit };
}

/** Every scenario of the simulated iPhone. */
export async function scenarioRows(catalog: Catalog): Promise<IphoneRow[]> {
  const rows: IphoneRow[] = [];
  for (const { id, create } of sampleIphones) {
    const diagnosis = await judgeIphone(create(now), catalog, now);
    rows.push(row(id, saidOf(diagnosis, catalog), expectedOfScenarios[id], diagnosis));
  }
  return rows;
}

async function fileRow(
  name: string,
  path: string,
  expected: Expected | undefined,
  catalog: Catalog,
): Promise<IphoneRow> {
  const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
  try {
    const { capture, read } = await readFileCapture(path, { apps });
    const diagnosis = judge(read(capture), catalog);
    return row(name, saidOf(diagnosis, catalog), expected, diagnosis);
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    const verdict = error.message.replace(`${path}: `, '').replaceAll('\n', ' ');
    return row(name, { verdict, step: null, exit: 3 }, expected, null);
  }
}

/** Every recorded capture of an iPhone in a folder of captures. */
export async function captureRows(catalog: Catalog, folder = capturesFolder): Promise<IphoneRow[]> {
  const rows: IphoneRow[] = [];
  for (const name of readdirSync(join(folder, 'field-ios')).toSorted()) {
    rows.push(await fileRow(name, join(folder, 'field-ios', name, 'capture.phc'), expectedOfField[name], catalog));
  }
  const others = join(folder, 'ios');
  for (const path of filesBelow(others)) {
    const name = relative(others, path);
    rows.push(await fileRow(name, path, expectedOfOthers[name] ?? expectedOfFragments, catalog));
  }
  return rows;
}

/** What an expert reads in a capture. */
function expertOn(name: string): string {
  const file = join(capturesFolder, 'field-ios', name, 'meta.json');
  return existsSync(file) ? ((JSON.parse(readFileSync(file, 'utf8')) as { expert?: string }).expert ?? '') : '';
}

/** Prints what is said of every sample iPhone and every capture of one: `node test/tables/iphone-table.ts`. */
if (import.meta.main) {
  const catalog = loadCatalog();
  const captures = existsSync(join(capturesFolder, 'field-ios')) ? await captureRows(catalog) : [];
  console.log('| iPhone | verdict | first step | exit | expected | right | an expert |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const { name, said, expected, right } of [...(await scenarioRows(catalog)), ...captures]) {
    const wanted =
      expected === undefined ? '–' : `${expected.verdict}… ${expected.step ?? 'no step'}, ${expected.exit}`;
    const cells = [name, said.verdict, said.step ?? '–', said.exit, wanted, right ? 'yes' : 'NO', expertOn(name)];
    console.log(`| ${cells.join(' | ')} |`);
  }
  if (captures.length === 0) console.error(`There are no captures in ${capturesFolder}.`);
}
