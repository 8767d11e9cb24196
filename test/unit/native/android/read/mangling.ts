import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { androidProbes } from '../../../../../native/android/read/read.ts';
import { dumpKinds } from '../../../../../native/offline/dump-kinds.ts';
import { readFileCapture } from '../../../../../native/offline/open-file.ts';
import { isKnown, sectionNames, type Leaf, type Reading } from '../../../../../native/reading.ts';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';

/** What happens to the text of a dump on its way to this program. */
type Mangling = (text: string, command: string) => string | Buffer;

const battery = 'Current Battery Service state:\n  AC powered: false\n  level: 55\n  scale: 100\n';

const wrapped = (text: string): string =>
  text
    .split('\n')
    .flatMap((line) => line.match(/.{1,80}/g) ?? [''])
    .join('\n');

const cutAt =
  (share: number): Mangling =>
  (text) =>
    text.slice(0, Math.floor(text.length * share));

/** Without a mark: both ends stand like neighbours. */
const spanGone =
  (from: number, to: number): Mangling =>
  (text) => {
    const lines = text.split('\n');
    return [...lines.slice(0, lines.length * from), ...lines.slice(lines.length * to)].join('\n');
  };

export const manglings: Readonly<Record<string, Mangling>> = {
  'CR LF': (text) => text.replaceAll('\n', '\r\n'),
  'CR CR LF': (text) => text.replaceAll('\n', '\r\r\n'),
  'UTF-16 with mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  prompt: (text, command) => `C:\\Users\\anna> adb shell ${command}\n${text}\nC:\\Users\\anna>\n`,
  echo: (text, command) => `$ ${command}\n${text}`,
  'code fence': (text) => `Here it is:\n\n\`\`\`\n${text}\`\`\`\n\nThanks\n`,
  'trailing blanks': (text) => text.replaceAll('\n', '  \n'),
  colours: (text) => text.replaceAll(/^(.*)$/gm, '\u001b[32m$1\u001b[0m'),
  'HTML entities': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'underscores escaped': (text) => text.replaceAll('_', '\\_'),
  'tabs for blanks': (text) => text.replaceAll('    ', '\t'),
  'first half gone': (text) => text.slice(Math.floor(text.length / 2)),
  'middle as dots': (text) => {
    const lines = text.split('\n');
    return [...lines.slice(0, lines.length * 0.35), '...', ...lines.slice(lines.length * 0.65)].join('\n');
  },
  'middle gone': spanGone(0.35, 0.65),
  'a fifth gone': spanGone(0.55, 0.75),
  'a tenth gone': spanGone(0.2, 0.3),
  'lines gone': (text) =>
    text
      .split('\n')
      .filter((_line, index) => index % 7 !== 3)
      .join('\n'),
  'indentation lost': (text) => text.replaceAll(/^[ \t]+/gm, ''),
  'wrapped at 80': wrapped,
  'another dump after it': (text) => `${text}\n${battery}`,
  'another dump before it': (text) => `${battery}\n${text}`,
  'cut at 15 %': cutAt(0.15),
  'cut at 40 %': cutAt(0.4),
  'cut at 65 %': cutAt(0.65),
  'cut at 90 %': cutAt(0.9),
  'cut at the last line': (text) => text.slice(0, text.trimEnd().lastIndexOf('\n') + 1),
  'cut within the last line': (text) => text.slice(0, -3),
};

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';
const scope = { apps: { android: [photos, oneDrive], ios: [] } };

export interface Example {
  command: string;
  probes: readonly string[];
  sample: string;
  text: string;
}

/** What sample phones of three makers and several versions answer to each question that a file may answer. */
export function examples(samples: readonly string[]): Example[] {
  return samples.flatMap((sample) => {
    const phone = createSample(sample);
    return dumpKinds.flatMap(({ command, probes }): Example[] => {
      const probe = androidProbes.find(({ id }) => id === probes[0]);
      if (probe === undefined || probe.per !== 'phone') return [];
      const text = phone.run(probe.command({ apps: scope.apps.android, userId: 0 })).stdout;
      return text.trim() === '' ? [] : [{ command, probes, sample, text }];
    });
  });
}

/** Some of each maker and of old and new versions. */
export const chosenSamples = sampleProfiles.map(({ id }) => id).filter((_id, index) => index % 4 === 0);

const leavesOf = (reading: Reading): Map<string, Leaf<unknown>> =>
  new Map(
    [...sectionNames.map((name) => [name, reading[name]] as const), ...Object.entries(reading.apps)].flatMap(
      ([group, leaves]) =>
        Object.entries(leaves as Record<string, Leaf<unknown>>).map(
          ([leaf, value]) => [`${group}/${leaf}`, value] as const,
        ),
    ),
  );

/**
 * Where no mark in the text can tell that it is not whole, and why. Dump, mangling, leaf (a regular expression each).
 */
export const exceptions: readonly { dump: RegExp; mangling: RegExp; leaf: RegExp; why: string }[] = [
  {
    dump: /^pm list users$/,
    mangling: /^cut at the last line$|gone$/,
    leaf: /^identity\/(?:users|userKind)$/,
    why: 'A list of whole lines without a heading of how many, and nothing after it.',
  },
  {
    dump: /^pm list packages$/,
    mangling: /^cut at the last line$|gone$/,
    leaf: /installed$/,
    why: 'A list of whole lines in no order, without a heading of how many, and nothing after it.',
  },
  {
    dump: /^dumpsys settings$/,
    mangling: /^cut|gone$/,
    leaf: /settingsChangedBy$/,
    why: 'The last section has no end of its own, and its rows no order.',
  },
  {
    dump: /^dumpsys content$/,
    mangling: /gone$/,
    leaf: /^accounts\/syncs$/,
    why: 'The rows of an account are not counted: one that was taken out leaves no gap.',
  },
  {
    dump: /^dumpsys activity exit-info$/,
    mangling: /^cut|gone$/,
    leaf: /exits$/,
    why: 'The history of a package has no end of its own: older exits may be gone.',
  },
  {
    dump: /^content query|^find|^logcat/,
    mangling: /^cut|gone$/,
    leaf: /^photos\/|exits$/,
    why: 'Rows, paths or events in no order that could be counted, and nothing after them.',
  },
];

export const isException = ({ example, mangling, leaf }: Difference): boolean =>
  exceptions.some((one) => one.dump.test(example.command) && one.mangling.test(mangling) && one.leaf.test(leaf));

export interface Difference {
  example: Example;
  mangling: string;
  leaf: string;
  was: unknown;
  is: unknown;
}

/** What else the folder holds: who the phone is, and which apps it has. */
async function writeAround(folder: string, { sample }: Example): Promise<void> {
  const phone = createSample(sample);
  await writeFile(join(folder, 'getprop.txt'), phone.run(['getprop']).stdout);
  const packages = phone.run(['pm', 'list', 'packages', '-U', '--user', '0']).stdout;
  await writeFile(join(folder, 'pm_list_packages.txt'), packages);
}

async function read(folder: string, example: Example, content: string | Buffer): Promise<Map<string, Leaf<unknown>>> {
  const name = `${example.command.replaceAll(/[^a-z0-9-]+/gi, '_')}.txt`;
  await writeFile(join(folder, name), content);
  const { capture, read: readCapture } = await readFileCapture(folder, scope);
  return leavesOf(readCapture({ ...capture, startedAt: '2026-05-04T20:00:00.000Z' }));
}

/** The values that a mangled dump gives, and the whole one does not. */
export async function differencesOf(example: Example, chosen = Object.keys(manglings)): Promise<Difference[]> {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-mangled-'));
  try {
    await writeAround(folder, example);
    return await compared(folder, example, chosen);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compared(folder: string, example: Example, chosen: readonly string[]): Promise<Difference[]> {
  const found: Difference[] = [];
  const whole = await read(folder, example, example.text);
  for (const mangling of chosen) {
    const content = manglings[mangling]?.(example.text, example.command);
    if (content === undefined) continue;
    for (const [leaf, value] of await read(folder, example, content)) {
      const before = whole.get(leaf);
      const was = isKnown(before) ? before.value : undefined;
      if (isKnown(value) && JSON.stringify(value.value) !== JSON.stringify(was)) {
        // The other dump of the file speaks for itself; of two of the battery, the last.
        const isLast = mangling === 'another dump after it' || example.command !== 'dumpsys battery';
        if (mangling.startsWith('another') && leaf.startsWith('battery/') && isLast) continue;
        found.push({ example, mangling, leaf, was, is: value.value });
      }
    }
  }
  return found;
}
