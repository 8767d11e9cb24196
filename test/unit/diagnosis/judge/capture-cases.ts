import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { backupApps, judge } from '../../../../diagnosis/judge/judge.ts';
import { outcomeOf } from '../../../../diagnosis/judge/verdict.ts';
import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import { exitCode } from '../../../../electron/terminal/exit-code.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { NativeError } from '../../../../native/source.ts';
import { exitCodes } from './verdict-plants.ts';

/** Real phones' answers, which lie beside the project and are no part of it. */
export const capturesFolder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'captures');

/** One phone's answers, however many files they are. */
export interface CaptureCase {
  name: string;
  path: string;
  /** What an expert reads in them; null: nobody wrote it down. */
  expert: string | null;
}

const entriesOf = (...folder: string[]): string[] => {
  const path = join(...folder);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
};

function expertOn(path: string): string | null {
  const file = join(path, 'meta.json');
  if (!existsSync(file)) return null;
  return (JSON.parse(readFileSync(file, 'utf8')) as { expert?: string }).expert ?? null;
}

/** Every Android case below a folder of captures; none where there is no such folder. */
export function captureCases(root: string): CaptureCase[] {
  const named = [
    ...['bugreports', 'singles'].flatMap((part) =>
      entriesOf(root, 'android', part).map((name) => join('android', part, name)),
    ),
    ...entriesOf(root, 'android')
      .filter(
        (name) => statSync(join(root, 'android', name)).isDirectory() && name !== 'bugreports' && name !== 'singles',
      )
      .map((name) => join('android', name)),
    ...['field', 'field-small'].flatMap((part) => entriesOf(root, part).map((name) => join(part, name))),
  ];
  return named.map((name) => ({ name, path: join(root, name), expert: expertOn(join(root, name)) }));
}

/** What is said of a case: the verdict, without how many checks could not be read, which grows with the catalog. */
export interface CaseVerdict {
  verdict: string;
  exit: number;
  /** null: no dump of a phone. */
  diagnosis: Diagnosis | null;
}

export async function verdictOn({ path }: CaptureCase, catalog: Catalog): Promise<CaseVerdict> {
  const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
  try {
    const { capture, read } = await readFileCapture(path, { apps });
    const diagnosis = judge(read(capture), catalog);
    const verdict = diagnosis.verdict.replace(/\d+ checks? could/, 'some checks could');
    return { verdict, exit: exitCodes[outcomeOf(diagnosis.findings, diagnosis.uploads, catalog)], diagnosis };
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    return { verdict: 'No dump of a phone.', exit: exitCode.unreadable, diagnosis: null };
  }
}
