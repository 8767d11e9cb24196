import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { licenceNotices } from '../licences.ts';
import { root } from './project.ts';
import type { Publisher } from './publisher.ts';
import { packageFolder } from './target-packages.ts';
import { targetName, type Target } from './targets.ts';

interface PackageJson {
  name: string;
  version: string;
  description: string;
  license: string;
  main: string;
  dependencies: Record<string, string>;
}

/** The name of the program's entry in the system's menus, by which Electron knows its own windows on Linux. */
export const desktopName = 'phone-health-inspector.desktop';

/** The packages that are not within out/main: each holds native code. */
const kept = ['better-sqlite3', 'koffi'];

/** Copies the files of a folder that are wanted, by their path in it. */
function copy(from: string, to: string, isWanted: (path: string) => boolean): void {
  const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const path = relative(from, join(parentPath, name));
    if (!isWanted(path.split(sep).join('/'))) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

function copyNativePackages(target: Target, folder: string): void {
  const name = targetName(target);
  const modules = join(folder, 'node_modules');
  const code = /^(?:package\.json|LICENSE(?:\.txt)?|(?!cnoke).*\.c?js)$/;
  copy(packageFolder('better-sqlite3'), join(modules, 'better-sqlite3'), (path) =>
    path.endsWith('.node') ? path === `prebuilds/${name}.node` : !/^(?:deps|src)\//.test(path) && code.test(path),
  );
  copy(
    packageFolder('koffi'),
    join(modules, 'koffi'),
    (path) => !/^(?:doc|vendor|lib)\//.test(path) && code.test(path),
  );
  const koffi = `@koromix/koffi-${name}`;
  // Beside it may lie the same for musl, a system that is no target.
  copy(packageFolder(koffi), join(modules, ...koffi.split('/')), (path) =>
    path.endsWith('.node') ? path === `${name.replace('-', '_')}/koffi.node` : code.test(path),
  );
}

/**
 * Lays out the program as it ships for one system, in a folder of its own: what is built, what is read at run time, and two packages with
 * the native code of that system alone. Nothing is filtered out later: what lies here is what ships.
 */
export function stageProgram(target: Target, folder: string, { author, homepage }: Publisher): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const all = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
  const { name, version, description, license, main } = all;
  const dependencies = Object.fromEntries(kept.map((one) => [one, all.dependencies[one]]));
  const own = {
    name,
    version,
    description,
    author,
    homepage,
    license,
    type: 'module',
    main,
    desktopName,
    dependencies,
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);

  const read: [string, (path: string) => boolean][] = [
    ['out/main', (path) => /\.(?:c?js|jsonl)$/.test(path)],
    ['out/renderer', (path) => !path.endsWith('.map')],
    ['diagnosis/catalog', (path) => path.endsWith('.yaml')],
    ['db/migrations', (path) => path.endsWith('.sql')],
    ['db/dictionaries', (path) => path.endsWith('.zst')],
  ];
  for (const [part, isWanted] of read) copy(join(root, part), join(folder, ...part.split('/')), isWanted);
  copyNativePackages(target, folder);
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'licences.txt'), licenceNotices());
}
