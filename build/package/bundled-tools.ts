import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { out, root } from './project.ts';
import { targetName, targets, type Target } from './targets.ts';

/**
 * adb and libimobiledevice are other people's programs: which files of them go into a package, and what each must hash to, is written in
 * bundled-tools.json by `npm run package:tools -- pin`, from files that somebody has put into {@link toolsFolder}. Nothing is downloaded
 * and no hash is written by hand, so that a package holds what its publisher has looked at, or none is made.
 */
const pinFile = join(root, 'build', 'package', 'bundled-tools.json');

const pinsSchema = z.record(
  z.string(),
  z.strictObject({
    /** Where the files came from, and which version they are: for whoever looks after them. */
    source: z.string(),
    files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
  }),
);
type Pins = z.infer<typeof pinsSchema>;

/** Without these a package reads no phones, and without the licences it may not be passed on. */
const needed: Record<Target['platform'], readonly RegExp[]> = {
  linux: [/^adb$/, /^NOTICE\.txt$/, /^libimobiledevice-1\.0\.so\.6$/, /^libplist-2\.0\.so\.[34]$/, /^COPYING\.LESSER$/],
  darwin: [
    /^adb$/,
    /^NOTICE\.txt$/,
    /^libimobiledevice-1\.0\.6\.dylib$/,
    /^libplist-2\.0\.[34]\.dylib$/,
    /^COPYING\.LESSER$/,
  ],
  win32: [
    /^adb\.exe$/,
    /^AdbWinApi\.dll$/,
    /^AdbWinUsbApi\.dll$/,
    /^NOTICE\.txt$/,
    /^(?:lib)?imobiledevice(?:-1\.0)?\.dll$/,
    /^(?:lib)?plist(?:-2\.0)?\.dll$/,
    /^COPYING\.LESSER$/,
  ],
};

/** Where a publisher puts the files of one system. */
export const toolsFolder = (target: Target): string => join(out, 'tools', targetName(target));

export const readPins = (): Pins => pinsSchema.parse(JSON.parse(readFileSync(pinFile, 'utf8')));

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => relative('.', path).split(sep).join('/'))
    .toSorted();
}

/** What keeps the tools of one system from going into a package: every reason, and none where they may. */
export function troublesOfTools(target: Target, pins = readPins(), folder = toolsFolder(target)): string[] {
  const pinned = pins[targetName(target)]?.files ?? {};
  const there = filesIn(folder);
  const name = targetName(target);
  return [
    ...needed[target.platform]
      .filter((wanted) => !Object.keys(pinned).some((file) => wanted.test(file)))
      .map((wanted) => `${name}: no file is pinned for ${wanted.source}`),
    ...Object.entries(pinned).flatMap(([file, hash]) => {
      if (!there.includes(file)) return [`${name}: ${file} is missing in ${relative(root, folder)}`];
      const found = hashOf(join(folder, file));
      return found === hash ? [] : [`${name}: ${file} is ${found}, and ${hash} is pinned`];
    }),
    ...there.filter((file) => pinned[file] === undefined).map((file) => `${name}: ${file} is not pinned`),
  ];
}

/** Writes down what the files of one system hash to. */
export function pinTools(target: Target, source: string): void {
  const files = filesIn(toolsFolder(target));
  if (files.length === 0) throw new Error(`There are no files in ${relative(root, toolsFolder(target))}.`);
  const hashes = Object.fromEntries(files.map((file) => [file, hashOf(join(toolsFolder(target), file))]));
  writeFileSync(
    pinFile,
    `${JSON.stringify({ ...readPins(), [targetName(target)]: { source, files: hashes } }, null, 2)}\n`,
  );
}

/** Every target that has no tools yet, or other ones. */
export const troublesOfAllTools = (): string[] => targets.flatMap((target) => troublesOfTools(target));
