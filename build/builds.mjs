import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileCache, out, root } from './places.mjs';

/** What is built: from which files and folders, what it makes, and the arguments of Vite. */
export const builds = {
  window: {
    name: 'the window',
    from: ['renderer', 'build/words', 'build/licences.ts', 'docs/licences', 'vite.config.ts', 'package-lock.json'],
    makes: join(out, 'renderer', 'index.html'),
    args: ['build'],
  },
  program: {
    name: 'the program',
    from: ['native', 'diagnosis', 'db', 'electron', 'package.json', 'package-lock.json', 'vite.main.config.ts'],
    makes: join(out, 'main', 'phone-health.js'),
    args: ['build', '--app', '--config', 'vite.main.config.ts'],
  },
};

/** Every file below a folder, always in the same order. */
function* filesOf(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesOf(inner);
    else yield inner;
  }
}

/** Changes when a source is written, added or removed, also when an older one takes its place. */
function fingerprint({ from }) {
  const hash = createHash('sha256');
  for (const name of from) {
    const path = join(root, name);
    const files = statSync(path).isDirectory() ? filesOf(path) : [path];
    for (const file of files) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex');
}

const stampOf = (id) => join(out, `.built-${id}`);

/** Whether the last build was made from the sources as they are now. */
export function isBuilt(id) {
  const { makes } = builds[id];
  const stamp = stampOf(id);
  return existsSync(makes) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(builds[id]);
}

/** Runs `build` and notes what it was made from; a source that is written meanwhile makes it out of date. */
export async function noteBuild(id, build) {
  const before = fingerprint(builds[id]);
  rmSync(stampOf(id), { force: true });
  await build(builds[id].args);
  // It holds what V8 made of the files that have just been replaced; a program that runs may be writing to it.
  if (id === 'program') rmSync(compileCache, { recursive: true, force: true, maxRetries: 3 });
  mkdirSync(out, { recursive: true });
  writeFileSync(stampOf(id), before);
}
