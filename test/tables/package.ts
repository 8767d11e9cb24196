// `npx node test/tables/package.ts`, after `npm run build`: prints what packages hold, with a stand-in for Electron, for Linux (with its .deb) and Windows.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { getRawHeader, listPackage, statFile } from '@electron/asar';
import { binaryIn } from '../../build/package/configuration.ts';
import { openDeb } from '../../build/package/deb.ts';
import { fusesOf } from '../../build/package/fuses.ts';
import { pack } from '../../build/package/pack.ts';
import { targetName, unpackedFolder, type Target } from '../../build/package/targets.ts';

const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const inKilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

/** Files and bytes of each folder of an archive, to the second level. */
function foldersOf(archive: string): string[] {
  const sums = new Map<string, { files: number; bytes: number }>();
  for (const path of listPackage(archive, { isPack: false })) {
    const entry = statFile(archive, path.slice(1));
    if (!('size' in entry)) continue;
    const folder = dirname(path).split('/').slice(0, 3).join('/') || '/';
    const sum = sums.get(folder) ?? { files: 0, bytes: 0 };
    sums.set(folder, { files: sum.files + 1, bytes: sum.bytes + (entry.size ?? 0) });
  }
  return [...sums].map(([folder, { files, bytes }]) => `  ${folder}: ${files} files, ${inKilobytes(bytes)}`);
}

const besideIn = (resources: string): string[] =>
  readdirSync(resources, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(resources, path)).isFile())
    .toSorted()
    .map((path) => `  ${path}: ${inKilobytes(statSync(join(resources, path)).size)}`);

async function show(target: Target, work: string): Promise<void> {
  const made = join(work, 'dist');
  await pack({
    target,
    makes: target.platform === 'linux' ? 'deb-by-dpkg' : 'folder',
    release: false,
    whyNoElectron: 'not asked for here',
    made,
    work: join(work, 'out'),
    say: (line) => print(line),
  });
  const folder = join(made, unpackedFolder(target));
  const resources = join(folder, 'resources');
  const archive = join(resources, 'app.asar');
  const binary = binaryIn(folder, target);
  print('', `== ${targetName(target)}`, 'app.asar:', ...foldersOf(archive), 'resources:', ...besideIn(resources));
  print('fuses, read back:', ...Object.entries(await fusesOf(binary)).map(([name, on]) => `  ${name}: ${on}`));
  if (target.platform === 'win32') {
    const hash = createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');
    const held = readFileSync(binary).includes(hash);
    print(`the archive's hash is in ${relative(folder, binary)}: ${held} (${hash})`);
  }
  for (const name of readdirSync(made).filter((one) => one.endsWith('.deb'))) {
    const { control, files } = openDeb(join(made, name));
    print('', `== ${name}: ${inKilobytes(statSync(join(made, name)).size)}`, control.trim());
    print(...files.filter(({ path }) => !path.endsWith('/')).map(({ mode, path }) => `  ${mode} ${path}`));
  }
}

const work = mkdtempSync(join(tmpdir(), 'phone-health-packages-'));
try {
  await show({ platform: 'linux', arch: 'x64' }, join(work, 'linux'));
  await show({ platform: 'win32', arch: 'x64' }, join(work, 'windows'));
} finally {
  rmSync(work, { recursive: true, force: true });
}
