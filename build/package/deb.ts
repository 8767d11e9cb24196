import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { root } from './project.ts';

/** What electron-builder has worked out for fpm, which would make the .deb of it: options in pairs, and `FILE=PLACE`. */
export interface DebDescription {
  options: ReadonlyMap<string, string>;
  places: readonly { from: string; to: string }[];
}

/** Electron-builder hands over the arguments of fpm, and the file of the desktop's menu that is among them. */
export function describedByBuilder(given: unknown): DebDescription {
  const [args] = z.tuple([z.array(z.string()), z.string()]).parse(given);
  const options = new Map<string, string>();
  const places: { from: string; to: string }[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word.startsWith('--')) {
      options.set(word.slice(2), args[index + 1] ?? '');
      index += 1;
    } else {
      const [, from = '', to = ''] = /^(.*)=(\/.*)$/s.exec(word) ?? [];
      places.push({ from: resolve(root, from), to });
    }
  }
  return { options, places };
}

/** deb-control(5): a line that goes on begins with a space, an empty one is a dot. */
const field = (name: string, value: string | undefined): string[] => (value ? [`${name}: ${value}`] : []);

/**
 * Makes a .deb with dpkg-deb, where fpm cannot be had: from the same folder, files, scripts, names and dependencies as fpm would. Like it
 * in what is installed and done; not byte for byte.
 */
export function buildDeb({ options, places }: DebDescription, depends: readonly string[], work: string): string {
  const tree = join(work, 'deb');
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  for (const { from, to } of places) {
    const target = join(tree, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true });
  }
  const [synopsis = '', ...description] = (options.get('description') ?? '').split('\n').map((line) => line.trim());
  const control = [
    ...field('Package', options.get('name')),
    ...field('Version', options.get('version')),
    ...field('Architecture', options.get('architecture')),
    ...field('Maintainer', options.get('maintainer')),
    ...field('Priority', options.get('deb-priority')),
    ...field('Section', 'utils'),
    ...field('Homepage', options.get('url')),
    ...field('Depends', depends.join(', ')),
    ...field('Description', synopsis),
    ...description.map((line) => ` ${line || '.'}`),
  ];
  writeFileSync(join(tree, 'DEBIAN', 'control'), `${control.join('\n')}\n`);
  for (const [option, name] of [
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ] as const) {
    writeFileSync(join(tree, 'DEBIAN', name), readFileSync(options.get(option) ?? ''), { mode: 0o755 });
  }
  const file = options.get('package') ?? join(work, 'program.deb');
  execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', tree, file], { stdio: 'pipe' });
  return file;
}

/** What a .deb says of itself, and what it installs. */
export function openDeb(file: string): { control: string; files: { mode: string; path: string }[] } {
  const control = execFileSync('dpkg-deb', ['--field', file], { encoding: 'utf8' });
  const listed = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const files = listed.split('\n').flatMap((line) => {
    const [, mode = '', path = ''] = /^(\S{10}) root\/root +\d+ \S+ \S+ (.+)$/.exec(line) ?? [];
    return path === '' ? [] : [{ mode, path: path.replace(/^\./, '') }];
  });
  return { control, files };
}
