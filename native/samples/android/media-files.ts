import { answerLines, failLine, SILENT, type SampleAnswer } from './answer.ts';
import type { SampleMediaItem, SampleState } from './state.ts';
import { DAY_MS, phoneNow, wallDate, wallTime } from './time-text.ts';

const ROOTS = ['/sdcard/', '/storage/emulated/0/', '/storage/self/primary/'];

interface PhoneFile {
  path: string;
  sizeBytes: number;
  agoMs: number;
}

/** `ls [-l…] PATH` on the shared storage of user 0, the only one that the shell sees. */
export function ls(state: SampleState, args: readonly string[]): SampleAnswer {
  const long = args.some((word) => /^-\w*l/.test(word));
  const all = args.some((word) => /^-\w*a/i.test(word));
  const path = args.find((word) => !word.startsWith('-')) ?? '/';
  const folder = inside(path);
  const children = folder === null ? undefined : childrenOf(state, folder);
  if (!children) return failLine(`ls: ${path}: No such file or directory`, 1);
  const rows = children
    .filter((child) => all || !child.name.startsWith('.'))
    .map((child) => (long ? longRow(state, child) : child.name));
  return answerLines(long ? ['total 0', ...rows] : rows);
}

/** `find PATH [-name PATTERN] [-type f] [-newermt DATE] [-mtime -DAYS] [-exec stat -c '%Y %n' {} +]` on the shared storage. */
export function find(state: SampleState, args: readonly string[]): SampleAnswer {
  const [path = '/'] = args;
  const folder = inside(path);
  if (folder === null || !childrenOf(state, folder)) return failLine(`find: '${path}': No such file or directory`, 1);
  const option = (name: string): string | undefined => {
    const index = args.indexOf(name);
    return index === -1 ? undefined : args[index + 1];
  };
  const name = option('-name');
  const newer = option('-newermt');
  const days = Number(/^-(\d+)$/.exec(option('-mtime') ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const found = filesOf(state).filter(
    (file) =>
      file.path.startsWith(folder) &&
      (name === undefined || matches(name, file.path.slice(file.path.lastIndexOf('/') + 1))) &&
      file.agoMs < days * DAY_MS &&
      (newer === undefined || wallTime(state, file.agoMs) >= newer.replace('T', ' ')),
  );
  if (found.length === 0) return SILENT;
  const seconds = (file: PhoneFile): string =>
    option('-exec') === 'stat' ? `${Math.floor((phoneNow(state) - file.agoMs) / 1000)} ` : '';
  return answerLines(found.map((file) => seconds(file) + prefix + file.path.slice(folder.length)));
}

/** `du [-sk] PATH` on the shared storage. */
export function du(state: SampleState, args: readonly string[]): SampleAnswer {
  const path = args.find((word) => !word.startsWith('-')) ?? '/';
  const folder = inside(path);
  if (folder === null || !childrenOf(state, folder)) return failLine(`du: ${path}: No such file or directory`, 1);
  const bytes = filesOf(state)
    .filter((file) => file.path.startsWith(folder))
    .reduce((total, file) => total + file.sizeBytes, 0);
  return answerLines([`${Math.ceil(bytes / 1024)}\t${path}`]);
}

interface Child {
  name: string;
  folder: boolean;
  sizeBytes: number;
  agoMs: number;
}

function filesOf(state: SampleState): PhoneFile[] {
  const items = [...state.media, ...(state.unindexed ?? [])]
    .filter(({ userId }) => userId === 0)
    .map((item: SampleMediaItem) => ({
      path: item.relativePath + item.displayName,
      sizeBytes: item.sizeBytes,
      agoMs: item.addedAgoMs,
    }));
  const marks = state.noMediaFolders.map((folder) => ({
    path: `${folder.replace(/\/$/, '')}/.nomedia`,
    sizeBytes: 0,
    agoMs: phoneNow(state) - Date.UTC(2026, 0, 1),
  }));
  return [...items, ...marks];
}

/** The path below the shared storage with a closing slash, '' for its root; null outside of it. */
function inside(path: string): string | null {
  const full = path.endsWith('/') ? path : `${path}/`;
  const root = ROOTS.find((candidate) => full.startsWith(candidate));
  return root === undefined ? null : full.slice(root.length);
}

function childrenOf(state: SampleState, folder: string): Child[] | undefined {
  const children = new Map<string, Child>();
  if (folder === '') children.set('DCIM', { name: 'DCIM', folder: true, sizeBytes: 3452, agoMs: 0 });
  for (const file of filesOf(state)) {
    if (!file.path.startsWith(folder)) continue;
    const [name = '', ...rest] = file.path.slice(folder.length).split('/');
    if (!children.has(name)) {
      const isFolder = rest.length > 0;
      children.set(name, { name, folder: isFolder, sizeBytes: isFolder ? 3452 : file.sizeBytes, agoMs: file.agoMs });
    }
  }
  if (children.size === 0) return undefined;
  return [...children.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function longRow(state: SampleState, child: Child): string {
  const mode = child.folder ? 'drwxrws---' : '-rw-rw----';
  const moment = `${wallDate(state, child.agoMs)} ${wallTime(state, child.agoMs).slice(11, 16)}`;
  return `${mode} 1 10204 1023 ${String(child.sizeBytes).padStart(9)} ${moment} ${child.name}`;
}

/** Shell patterns with `*` only, as used with `find -name`. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const last = rest.at(-1) ?? '';
  return name.length >= first.length + last.length && name.startsWith(first) && name.endsWith(last);
}
