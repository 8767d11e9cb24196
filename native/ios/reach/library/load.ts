import { basename, join } from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';
import { bundledTools } from '../../../bundled-tools.ts';

/**
 * File names of libimobiledevice 1.3 and 1.4 (same soname) and of libplist 2.2 (so.3) and 2.3 to 2.7 (so.4), in the order
 * in which they are tried. Windows builds carry no version in the name.
 */
const libraryNames: Partial<Record<NodeJS.Platform, { imobiledevice: readonly string[]; plist: readonly string[] }>> = {
  linux: {
    imobiledevice: ['libimobiledevice-1.0.so.6', 'libimobiledevice.so.6'],
    plist: ['libplist-2.0.so.4', 'libplist-2.0.so.3'],
  },
  darwin: {
    imobiledevice: [
      'libimobiledevice-1.0.6.dylib',
      '/opt/homebrew/lib/libimobiledevice-1.0.6.dylib',
      '/usr/local/lib/libimobiledevice-1.0.6.dylib',
    ],
    plist: [
      '/opt/homebrew/lib/libplist-2.0.4.dylib',
      '/usr/local/lib/libplist-2.0.4.dylib',
      'libplist-2.0.4.dylib',
      'libplist-2.0.3.dylib',
    ],
  },
  win32: {
    imobiledevice: ['libimobiledevice-1.0.dll', 'imobiledevice.dll'],
    plist: ['libplist-2.0.dll', 'plist.dll'],
  },
};

export interface LoadedLibraries {
  imobiledevice: LibraryHandle;
  plist: LibraryHandle;
}

/** libimobiledevice or libplist is not on this computer, or too old. */
export class LibraryMissing extends Error {
  override name = 'LibraryMissing';
}

function loadFirst(names: readonly string[]): LibraryHandle {
  const failures: string[] = [];
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new LibraryMissing(failures[0] ?? 'no name is known for this system');
}

/**
 * The libplist that libimobiledevice itself has loaded. Another one beside it (so.3 next to so.4) would keep its nodes in
 * another heap, and the first node handed over would crash the process.
 */
function loadedLibplist(): string | undefined {
  if (process.report === undefined) return undefined;
  // Looking up the computer's own host names can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { sharedObjects?: readonly string[] };
  return report.sharedObjects?.find((path) => /(?:^|[\\/])(?:lib)?plist(?:-2\.0)?[^\\/]*$/.test(path));
}

/** What a package brings comes before what is installed. */
const withBundled = (names: readonly string[], tools: string | null): readonly string[] =>
  tools === null ? names : [...new Set(names.map((name) => join(tools, basename(name)))), ...names];

/** Finds both libraries. Throws {@link LibraryMissing}. */
export function loadLibraries(
  platform: NodeJS.Platform = process.platform,
  tools = bundledTools(process.env),
): LoadedLibraries {
  const known = libraryNames[platform];
  if (known === undefined) throw new LibraryMissing(`no names are known for ${platform}`);
  const names = {
    imobiledevice: withBundled(known.imobiledevice, tools),
    plist: withBundled(known.plist, tools),
  };
  const imobiledevice = loadFirst(names.imobiledevice);
  const loaded = loadedLibplist();
  return { imobiledevice, plist: loadFirst(loaded === undefined ? names.plist : [loaded, ...names.plist]) };
}
