import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { out, root, windows } from './project.ts';

interface Lock {
  packages: Record<string, { version?: string; integrity?: string } | undefined>;
}

/** Where packages of other systems are kept that npm does not install here. */
const fetched = join(out, 'target-packages');

function fetchPackage(name: string, version: string, integrity: string): string {
  const folder = join(fetched, `${name.replace('/', '+')}@${version}`);
  if (existsSync(join(folder, 'package', 'package.json'))) return join(folder, 'package');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`], {
    encoding: 'utf8',
    shell: windows,
  }).trim();
  const archive = join(folder, packed);
  const [algorithm = '', expected] = integrity.split(/-(.*)/s);
  const found = createHash(algorithm).update(readFileSync(archive)).digest('base64');
  if (found !== expected) {
    throw new Error(`${name}@${version} is not what package-lock.json names: ${algorithm}-${found}, not ${integrity}.`);
  }
  // Windows 10 has it too. `package/` is npm's own folder in every archive.
  execFileSync('tar', ['-xzf', packed], { cwd: folder });
  return join(folder, 'package');
}

/**
 * The folder of a package that ships, also where it is for another system than this one and so not installed: it is fetched then, and is
 * exactly what package-lock.json names.
 */
export function packageFolder(name: string): string {
  const installed = join(root, 'node_modules', name);
  if (existsSync(join(installed, 'package.json'))) return installed;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json names no ${name}.`);
  return fetchPackage(name, version, integrity);
}
