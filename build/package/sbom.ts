// `npm run sbom`: writes dist/sbom.cdx.json, what a package is made of, as npm tells it (CycloneDX), and Electron, which npm counts as development.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readPins } from './bundled-tools.ts';
import { made, root, windows } from './project.ts';

const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
});

const { version: electron } = JSON.parse(
  readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
) as { version: string };

const told = execFileSync('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'], {
  cwd: root,
  encoding: 'utf8',
  shell: windows,
  maxBuffer: 64 * 1024 * 1024,
});
const bom = bomSchema.parse(JSON.parse(told));
const others = [
  {
    type: 'framework',
    name: 'electron',
    version: electron,
    purl: `pkg:npm/electron@${electron}`,
    licenses: [{ license: { id: 'MIT' } }],
  },
  ...Object.entries(readPins()).flatMap(([target, { source, files }]) =>
    Object.entries(files).map(([name, content]) => ({
      type: 'file',
      name: `${target}/${name}`,
      version: source,
      hashes: [{ alg: 'SHA-256', content }],
    })),
  ),
];
mkdirSync(made, { recursive: true });
const file = join(made, 'sbom.cdx.json');
writeFileSync(file, `${JSON.stringify({ ...bom, components: [...bom.components, ...others] }, null, 2)}\n`);
process.stdout.write(`${file}: ${bom.components.length + others.length} components\n`);
