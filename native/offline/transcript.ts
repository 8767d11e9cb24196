import { kindOfCommand, recogniseDump } from './dump-kinds.ts';

/** A dump within a file that holds several, or one among other words. */
export interface Section {
  /** As in `dump-kinds.ts`. */
  command: string;
  text: string;
  /** Why it is not the whole answer about the owner: a sentence; null: it is. What is not there proves nothing then. */
  part: string | null;
  /** The app that was asked about, of a command about one app. */
  app: string | null;
  /** Nothing follows it in the text. */
  last: boolean;
}

/** A command in a terminal: a prompt or `adb shell` before it, or nothing else in the line. */
const prompt = String.raw`(?:(?:[\w.@:~\\/()\[\]][\w.@:~\\/()\[\] -]{0,100})?[$#>%] ?)?`;
const commandLine = new RegExp(
  String.raw`^${prompt}(?:adb(?:\.exe)?(?: -s (\S{1,80}))? (?:shell|exec-out) )?["']?((?:dumpsys|getprop|settings|pm|am|cmd|appops|df|uptime|content|logcat)(?: [^\n]{0,300})?)$`,
);
export const barePrompt = /^(?:[\w.@:~\\/()[\]][\w.@:~\\/()[\] -]{0,100})?[$#>%] ?$/;
const fence = /^ {0,3}(?:`{3,}|~{3,})/;

/** First lines that only one kind of dump has: where they stand, another dump begins. */
const heads: readonly [RegExp, string][] = [
  [/^Current Battery Service state:/, 'dumpsys battery'],
  [/^POWER MANAGER \(dumpsys power\)/, 'dumpsys power'],
  [/^Current AppOps Service state:/, 'dumpsys appops'],
  [/^ACTIVITY MANAGER PROCESS EXIT INFO /, 'dumpsys activity exit-info'],
  [/^ACTIVITY MANAGER SETTINGS \(dumpsys activity settings\)/, 'dumpsys activity settings'],
  [/^System ready: (?:true|false)$/, 'dumpsys netpolicy'],
  [/^Network(?:Providers|Factories) for:/, 'dumpsys connectivity'],
  [/^Current Device Policy Manager state:/, 'dumpsys device_policy'],
  [/^Filesystem\s+(?:1K-blocks|Size)\b/, 'df'],
];

/** A command as its words, without what its output goes through. */
const wordsOf = (words: string): string[] =>
  (words.split(/ *[|>;&]/)[0] ?? '').replaceAll(/["']/g, '').trim().split(/ +/);

const appOpsOfApp = 'appops get';
const backgroundOperation = 'RUN_ANY_IN_BACKGROUND';

/** `appops get [--user N] [--attribution TAG] PACKAGE [OPERATION]` (AOSP AppOpsService.Shell): the one operation asked about. */
const operationIn = (parts: readonly string[]): string | undefined =>
  parts.slice(2).filter((part, at, all) => !part.startsWith('--') && all[at - 1]?.startsWith('--') !== true)[1];

/** `dumpsys jobscheduler com.x | grep JOB` → `dumpsys jobscheduler`: the words that name the kind of dump. */
function kindNamed(words: string): string | null {
  const parts = wordsOf(words);
  if (words.startsWith(`${appOpsOfApp} `) && operationIn(parts) === backgroundOperation)
    return `${appOpsOfApp} ${backgroundOperation}`;
  for (let count = parts.length; count > 0; count -= 1) {
    const candidate = parts.slice(0, count).join(' ');
    if (kindOfCommand(candidate) !== undefined) return candidate;
  }
  return null;
}

const packageName = /(?:^|[^\w.])((?:[a-z]\w{0,80}\.){1,8}[a-z]\w{0,80})/i;

/** The package that a command, or the name of a file, ends with: `appops_get_com.x.txt`. */
const appIn = (words: string): string | null =>
  packageName.exec(
    words
      .replace(/\.(?:txt|log|out|dump|text)$/i, '')
      .replace(/[_ ]RUN_ANY_IN_BACKGROUND$/i, '')
      .replace(/^.*(?:appops_get|standby[_-]bucket|networking[_-]enabled|restriction[_-]level)_/, ' '),
  )?.[1] ?? null;

const listPackages = 'pm list packages';
/** What adds columns to each line, or names the owner, and leaves no package out (AOSP PackageManagerShellCommand runListPackages). */
const wholeList = /^(?:-[UfiIa]|--show-versioncode|--uid|--user|0|current)$/;

const pickedOut = 'The file holds only lines that somebody picked out.';

/** What a command asked for, where that is less than the whole, or about another user than the owner. */
function partAsked(words: string, kind: string | null): string | null {
  if (words.includes('|')) return pickedOut;
  const parts = wordsOf(words);
  const user = parts.includes('--user') ? parts[parts.indexOf('--user') + 1] : 'current';
  if (user !== '0' && user !== 'current' && user !== 'cur') return 'The file holds an answer about another user.';
  if (kind === appOpsOfApp && operationIn(parts) !== undefined)
    return 'The file holds an answer about another app operation.';
  return kind === listPackages && !parts.slice(3).every((word) => wholeList.test(word))
    ? 'The file holds only packages that somebody picked out.'
    : null;
}

/** The phones that a transcript names: `adb -s SERIAL shell …`. */
export const phonesNamed = (text: string): string[] => [
  ...new Set(text.split('\n').flatMap((line) => commandLine.exec(line)?.[1] ?? [])),
];

interface Open {
  words?: string;
  command: string | null;
  lines: string[];
  part: string | null;
}

/** The sections of a text that shows commands; null: it shows none. */
function byCommands(lines: readonly string[]): Open[] | null {
  const sections: Open[] = [];
  const fenced = lines.filter((line) => fence.test(line)).length >= 2;
  let inFence = false;
  let open: Open | null = null;
  let seen = false;
  for (const line of lines) {
    if (fence.test(line)) {
      inFence = !inFence;
      open = inFence ? { command: null, lines: [], part: null } : null;
      if (open !== null) sections.push(open);
      seen = true;
      continue;
    }
    const words = commandLine.exec(line)?.[2];
    const kind = words === undefined ? null : kindNamed(words);
    if (words !== undefined && (words.length < line.length || kind !== null)) {
      open = { command: kind ?? '', lines: [], part: partAsked(words, kind), words };
      sections.push(open);
      seen = true;
    } else if (seen && barePrompt.test(line)) {
      open = null;
    } else if (open !== null) open.lines.push(line);
    else if (!fenced && !seen) {
      open = { command: null, lines: [line], part: null };
      sections.push(open);
    }
  }
  return seen ? sections : null;
}

function byHeads(lines: readonly string[]): Open[] | null {
  const sections: Open[] = [{ command: null, lines: [], part: null }];
  for (const line of lines) {
    const head = heads.find(([pattern]) => pattern.test(line))?.[1];
    if (head !== undefined) sections.push({ command: head, lines: [], part: null });
    sections.at(-1)?.lines.push(line);
  }
  const filled = sections.filter((section) => section.lines.some((line) => line !== ''));
  return filled.length > 1 ? filled : null;
}

type Asked = Pick<Section, 'text' | 'part'> & { asked: string };

/** Nothing that is a part stands in the place of a whole answer. */
const replaces = (one: Asked, former: Asked): boolean =>
  (one.part === null) === (former.part === null)
    ? one.asked === former.asked || one.text.length > former.text.length
    : one.part === null;

/**
 * The dumps in a text file: one after another, within the transcript of a terminal, or within the code blocks of a page. A text that
 * shows no such thing is one dump, of the kind that its name and beginning tell. Of the same question asked again the last answer counts,
 * since that is what the phone says now; of different ones about one kind the longest.
 */
export function sectionsOf(name: string, text: string, command: string): Section[] {
  const lines = text.split('\n');
  const found = byCommands(lines) ?? byHeads(lines);
  if (found === null) return [{ command, text, part: null, app: appIn(name), last: true }];
  const best = new Map<string, Section & { asked: string }>();
  for (const section of found) {
    const body = `${section.lines.join('\n').replace(/^\n+/, '').replace(/\n+$/, '')}\n`;
    const kind = section.command ?? recogniseDump(name, body.slice(0, 20_000))?.command ?? '';
    if (kind === '' || body.trim() === '') continue;
    const app = appIn(section.words ?? name);
    const key = kindOfCommand(kind)?.perApp === true ? `${kind} ${app}` : kind;
    const asked = section.words === undefined ? kind : wordsOf(section.words).join(' ');
    const former = best.get(key);
    if (former !== undefined && !replaces({ ...section, asked, text: body }, former)) continue;
    const last = section === found.at(-1);
    best.set(key, { command: kind, text: body, part: section.part, app, last, asked });
  }
  return [...best.values()].map(({ asked: _asked, ...section }) => section);
}
