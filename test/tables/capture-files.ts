import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that are one phone, bug reports and single dumps; of an iPhone, its backup folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return [path];
      if (existsSync(join(path, 'Manifest.db'))) return [path];
      const inside = filesBelow(path);
      const isOnePhone = inside.some(
        (file) => /dumpsys_[a-z]+\.txt$/.test(file) && relative(path, file) === relative(path, file).split('/').at(-1),
      );
      return isOnePhone && !path.endsWith('singles') ? [path, ...inside] : inside;
    });
}
