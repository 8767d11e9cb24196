import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** An installer as it is published. */
export interface Installer {
  name: string;
  sha256: string;
}

/** What electron-updater reads to find an update: a file a system, with the installers of every processor in it. */
const updatesSchema = z.looseObject({ version: z.string(), files: z.array(z.looseObject({ url: z.string() })) });

/** Each processor's package is made by itself and brings a file of the same name: one of it, with the installers of all. */
export function joinUpdates(texts: readonly string[]): string {
  const [first, ...others] = texts.map((text) => updatesSchema.parse(parse(text)));
  if (first === undefined) throw new Error('There is nothing to join.');
  const other = others.find(({ version }) => version !== first.version);
  if (other !== undefined) throw new Error(`They are of different versions: ${first.version}, ${other.version}.`);
  return stringify({ ...first, files: [first, ...others].flatMap(({ files }) => files) });
}

/** Lays what the jobs of a release have made side by side into one folder. */
export function gatherRelease(from: string, to: string): Installer[] {
  mkdirSync(to, { recursive: true });
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
  const updates = Map.groupBy(
    files.filter((file) => file.endsWith('.yml')),
    (file) => basename(file),
  );
  for (const [name, all] of updates) {
    writeFileSync(join(to, name), joinUpdates(all.map((file) => readFileSync(file, 'utf8'))));
  }
  const others = files.filter((file) => !file.endsWith('.yml'));
  for (const file of others) copyFileSync(file, join(to, basename(file)));
  return others
    .filter((file) => /\.(?:exe|dmg|deb|rpm|AppImage)$/.test(file))
    .map((file) => ({
      name: basename(file),
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    }));
}
