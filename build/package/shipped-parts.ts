import { z } from 'zod';
import type { readPins } from './bundled-tools.ts';

/** A part of a package, as CycloneDX 1.5 names it. */
export interface Part {
  type: 'application' | 'framework' | 'library' | 'file';
  name: string;
  /** Left out where it is not known. */
  version?: string;
  description?: string;
  purl?: string;
  cpe?: string;
  licenses?: { license: { id: string } }[];
  hashes?: { alg: 'SHA-256'; content: string }[];
}

/** `process.versions` of Electron's binary, as far as its parts are told by it. */
export const electronVersionsSchema = z.object({
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  v8: z.string(),
});
export type ElectronVersions = z.infer<typeof electronVersionsSchema>;

const withVersion = (version: string | undefined, cpe: string, purl: string): Pick<Part, 'version' | 'cpe' | 'purl'> =>
  version === undefined
    ? {}
    : { version, cpe: `cpe:2.3:a:${cpe}:${version}:*:*:*:*:*:*:*`, purl: `${purl}@${version}` };

/**
 * Electron, which npm counts as development, and what it is made of. `versions`: what its binary says; null: it is not here, and only its own
 * version is known. FFmpeg is Chromium's, and no binary tells which.
 */
export function electronParts(electron: string, versions: ElectronVersions | null): Part[] {
  return [
    {
      type: 'framework',
      name: 'electron',
      ...withVersion(electron, 'electronjs:electron', 'pkg:npm/electron'),
      licenses: [{ license: { id: 'MIT' } }],
    },
    {
      type: 'framework',
      name: 'chromium',
      description: 'Within Electron, with all that its LICENSES.chromium.html names',
      ...withVersion(versions?.chrome, 'google:chrome', 'pkg:generic/chromium'),
      licenses: [{ license: { id: 'BSD-3-Clause' } }],
    },
    {
      type: 'library',
      name: 'ffmpeg',
      description: "Within Electron, as Chromium's build has it",
      licenses: [{ license: { id: 'LGPL-2.1-or-later' } }],
    },
    {
      type: 'framework',
      name: 'node',
      description: 'Within Electron',
      ...withVersion(versions?.node, 'nodejs:node.js', 'pkg:generic/node'),
      licenses: [{ license: { id: 'MIT' } }],
    },
    {
      type: 'library',
      name: 'v8',
      description: 'Within Electron',
      ...withVersion(versions?.v8, 'google:v8', 'pkg:generic/v8'),
      licenses: [{ license: { id: 'BSD-3-Clause' } }],
    },
  ];
}

const kindOf = (file: string): Part['type'] =>
  /^adb(?:\.exe)?$/.test(file) ? 'application' : /\.(?:so(?:\.[\d.]+)?|dylib|dll)$/.test(file) ? 'library' : 'file';

/** adb and libimobiledevice: every file that a package brings, by its hash, with where it comes from. */
export const toolParts = (pins: ReturnType<typeof readPins>): Part[] =>
  Object.entries(pins).flatMap(([target, { source, files }]) =>
    Object.entries(files).map(([name, content]) => ({
      type: kindOf(name),
      name: `${target}/${name}`,
      version: source,
      hashes: [{ alg: 'SHA-256' as const, content }],
    })),
  );
