import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** `import … from 'x'` and `export … from 'x'`, but for those of types alone, which leave nothing to load. */
const loading = /^(?:import|export)\s+(?!type\b)(?:([^'"]*?)\s+from\s+)?'([^']+)'/gm;
const isOfTypes = (names: string): boolean => {
  const listed = /^\{([^}]*)\}$/
    .exec(names.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return listed?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
};

/** The files and packages that are loaded before anything of a file can run. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  const name = relative(root, file);
  if (loaded.has(name)) return loaded;
  loaded.add(name);
  for (const [, names = '', from = ''] of readFileSync(file, 'utf8').matchAll(loading)) {
    if (isOfTypes(names)) continue;
    if (!from.startsWith('.')) loaded.add(from);
    else if (from.endsWith('.ts')) loadedWith(join(dirname(file), from), loaded);
  }
  return loaded;
}

describe('a command that lists phones', () => {
  const loaded = [...loadedWith(join(root, 'electron', 'terminal', 'main.ts'))];

  test('loads what reaches phones', () => {
    expect(loaded).toContain('native/android/reach/adb-source.ts');
    expect(loaded).toContain('native/ios/reach/iphone-source.ts');
  });

  test('loads no catalog, no store, no sample phones, and of adbkit the connection alone', () => {
    const heavy =
      /^(?:diagnosis\/|db\/(?:store\.|connection|records\/(?!watch-span|ticket-events))|native\/samples\/|electron\/app\/application|yaml|better-sqlite3|koffi|@marcbachmann|ws|@devicefarmer\/adbkit$)/;
    expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
  });
});
