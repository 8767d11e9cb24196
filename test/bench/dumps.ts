import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { androidProbes } from '../../native/android/read/read.ts';
import { decodeText } from '../../native/capture.ts';
import { readFileCapture } from '../../native/offline/open-file.ts';
import { sampleExamples, type Example } from '../unit/native/android/read/examined.ts';
import { PHOTOS } from '../unit/native/android/read/parse.ts';

const captures = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'android');

/** Real phones' files, where they are at hand. */
export const realFiles = (): string[] =>
  existsSync(captures)
    ? readdirSync(captures, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:txt|zip)$/.test(name))
        .map((name) => join(captures, name))
    : [];

/** The longest dump for each probe: a real phone's, else a sample's. */
export async function longestDumps(): Promise<Example[]> {
  const longest = new Map<string, Example>();
  const consider = (example: Example): void => {
    if (example.text.length > (longest.get(example.probe.id)?.text.length ?? -1))
      longest.set(example.probe.id, example);
  };
  for (const example of sampleExamples()) consider(example);
  const probes = new Map(androidProbes.map((probe) => [probe.id, probe]));
  for (const path of realFiles()) {
    const { capture } = await readFileCapture(path, { apps: { android: [PHOTOS], ios: [] } });
    for (const { probe: id, output } of capture.answers) {
      const probe = probes.get(id);
      if (probe !== undefined) consider({ probe, app: null, of: capture.origin, text: decodeText(output) });
    }
  }
  return [...longest.values()];
}

/** A dump of about this length: whole lines of it, again and again where it is shorter. */
export function ofLength(text: string, length: number): string {
  if (text === '') return '';
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const long = whole.repeat(Math.ceil(length / whole.length));
  const end = long.indexOf('\n', length - 1);
  return end < 0 ? long : long.slice(0, end + 1);
}
