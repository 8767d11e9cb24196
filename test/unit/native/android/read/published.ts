import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as yauzl from 'yauzl';
import { readAndroid } from '../../../../../native/android/read/read.ts';
import type { Answer } from '../../../../../native/capture.ts';
import type { Reading } from '../../../../../native/reading.ts';
import { wholeAnswer } from './parse.ts';

/** Answers of real phones lie beside the project, not in it (they carry no licence); tests over them skip where they are absent. */
const folder = join(import.meta.dirname, '../../../../../../shared/captures/android');
export const published = existsSync(folder);
if (!published) console.warn('Skipped: no answers of real phones in ../shared/captures/android.');

/** One published file as the answer to a probe's question. */
export async function answerFrom(probe: string, file: string): Promise<Answer> {
  return { ...wholeAnswer(probe, ''), command: file, output: new Uint8Array(await readFile(join(folder, file))) };
}

/** The reading of some answers, all of one phone. */
export const readingOf = (answers: readonly Answer[], apps: readonly string[] = []): Reading =>
  readAndroid({
    platform: 'android',
    phoneId: 'published',
    origin: 'published',
    startedAt: '2026-05-04T20:00:00.000Z',
    durationMs: 0,
    apps,
    answers,
    brokenOff: null,
  });

async function textInZip(file: string): Promise<string> {
  const zip = await yauzl.openPromise(join(folder, file));
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.startsWith('bugreport-')) {
      return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
    }
  }
  throw new Error(`No report in ${file}`);
}

/** The last dump of each service in a bug report, by the name of the service; the properties as `getprop`. */
export async function sectionsOf(file: string): Promise<Map<string, string>> {
  const sections = new Map<string, string>();
  let open: { name: string; lines: string[] } | null = null;
  for (const line of (await textInZip(file)).split('\n')) {
    const service = /^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?(\S+):$/.exec(line)?.[1];
    const name = service ?? (line.startsWith('------ SYSTEM PROPERTIES') ? 'getprop' : undefined);
    if (name !== undefined) {
      open = { name, lines: [] };
    } else if (open !== null && /^(?:------ |--------- .* was the duration of )/.test(line)) {
      sections.set(open.name, `${open.lines.join('\n')}\n`);
      open = null;
    } else {
      open?.lines.push(line);
    }
  }
  return sections;
}
