// `npm run sbom -- [--release]`: writes dist/sbom.cdx.json, what a package is made of: npm's own list (CycloneDX), Electron with its parts, and the
// tools that go with it. For a release it fails where a version is not known; `--without-electron REASON` comes from the launcher.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readPins } from './bundled-tools.ts';
import { made, root, windows } from './project.ts';
import { electronParts, electronVersionsSchema, toolParts, type ElectronVersions } from './shipped-parts.ts';

const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
});

const { values } = parseArgs({
  options: { release: { type: 'boolean', default: false }, 'without-electron': { type: 'string' } },
});
const reason = values['without-electron'];

/** Asked of the binary of development, which is the one that is packed, before its fuses are set. */
function versionsOfElectron(): ElectronVersions {
  const binary = createRequire(import.meta.url)('electron') as string;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const told = execFileSync(binary, ['-p', 'JSON.stringify(process.versions)'], { env, encoding: 'utf8' });
  return electronVersionsSchema.parse(JSON.parse(told));
}

const { version: electron } = JSON.parse(
  readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
) as { version: string };
if (reason !== undefined) {
  process.stderr.write(`Electron cannot be had (${reason}): which Chromium and Node are in it is not known here.\n`);
}
if (reason !== undefined && values.release) process.exitCode = 1;
else {
  const told = execFileSync('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'], {
    cwd: root,
    encoding: 'utf8',
    shell: windows,
    maxBuffer: 64 * 1024 * 1024,
  });
  const bom = bomSchema.parse(JSON.parse(told));
  const others = [
    ...electronParts(electron, reason === undefined ? versionsOfElectron() : null),
    ...toolParts(readPins()),
  ];
  mkdirSync(made, { recursive: true });
  const file = join(made, 'sbom.cdx.json');
  writeFileSync(file, `${JSON.stringify({ ...bom, components: [...bom.components, ...others] }, null, 2)}\n`);
  process.stdout.write(`${file}: ${bom.components.length + others.length} components\n`);
}
