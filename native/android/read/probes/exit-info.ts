import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser, sdkOf } from '../uid.ts';

/**
 * `dumpsys activity exit-info [PKG]` (AOSP am/AppExitInfoTracker.dumpHistory, ApplicationExitInfo.dump, 30, 31, 33, 34, and a
 * real answer). Newest first:
 *
 *     package: com.x
 *       Historical Process Exit for uid=10223
 *           ApplicationExitInfo #0:
 *             timestamp=2026-03-14 05:32:41.125 pid=31904 … user=0
 *             process=com.x reason=4 (APP CRASH(EXCEPTION)) subreason=0 (UNKNOWN) status=0
 *             importance=300 pss=0.00 rss=0.00 description=crash state=empty trace=null
 *
 * `subreason` came with 31. An exit of which a line was wrapped, changed or lost leaves all of its app unknown. Processes that run for the app under another name (a web view's sandbox) are not the app's exits.
 */
interface Exit {
  at: string;
  reason: number;
  subreason: number;
  description: string;
}

interface Block {
  app: string;
  text: string;
  /** Whether every line of it holds pairs, and no other exit was lost before it. */
  readable: boolean;
}

const packageLine = /^\s+package: (\S{1,250})\s*$/;
const blockStart = /^\s+ApplicationExitInfo #(\d{1,6}):\s*$/;
/** Before the exits of each uid, and since 14 before the crashes that an app outlived. */
const listStart = /^\s+Historical \w/;

function* blocksOf(text: string): Generator<Block> {
  let app: string | null = null;
  let block: Block | null = null;
  // They are numbered from nought: where a number is passed over, an exit was lost.
  let next = 0;
  for (const line of text.split('\n')) {
    const name = packageLine.exec(line)?.[1];
    const number = blockStart.exec(line)?.[1];
    if (name !== undefined || number !== undefined || listStart.test(line)) {
      if (block !== null) yield block;
      block = null;
      if (number === undefined) next = 0;
      if (name !== undefined) app = name;
      else if (app !== null && number !== undefined) {
        block = { app, text: '', readable: Number(number) === next };
        next += 1;
      }
    } else if (block !== null && line !== '') {
      if (/^\s+\S+=/.test(line)) block.text += ` ${line.trim()}`;
      else block.readable = false;
    }
  }
  if (block !== null) yield block;
}

/** Times are printed in the language of the phone, whose digits may be others: `۲۰۲۶-۰۳-۱۴`. */
const latinDigits = (text: string): string =>
  text.replaceAll(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 0x80) return digit;
    // Every script has its ten digits in a row (Unicode, Nd); only the mathematical ones do not begin at a nought.
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(code - zero);
  });

const field = (text: string, pattern: RegExp): string | null => pattern.exec(text)?.[1] ?? null;

function exitOf({ app, text, readable }: Block, userId: string): Exit | 'other' | null {
  if (!readable || !/ status=.* description=.* state=/.test(text)) return null;
  const printed = field(text, / timestamp=(\S{10,80} \S{8,80})/u);
  const at =
    printed === null
      ? null
      : field(` timestamp=${latinDigits(printed)}`, / timestamp=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?)/);
  const process = field(text, / process=(\S{1,500})/);
  const reason = field(text, / reason=(\d{1,4}) /);
  if (at === null || process === null || reason === null) return null;
  const user = field(text, / user=(\d{1,6})/);
  const own = process === app || process.startsWith(`${app}:`);
  if (!own || (user !== null && user !== userId)) return 'other';
  const described = text.indexOf(' description=');
  const rest = described < 0 ? '' : text.slice(described + ' description='.length);
  const end = rest.lastIndexOf(' state=');
  return {
    at,
    reason: Number(reason),
    subreason: Number(field(text, / subreason=(\d{1,4}) /) ?? 0),
    description: (end < 0 ? rest : rest.slice(0, end)).trim(),
  };
}

function parseExits(text: string, apps: readonly string[], so: Reading, asked: 'app' | 'all'): Parsed {
  const userId = String(readUser(so));
  const found = new Map<string, Exit[]>(apps.map((app) => [app, []]));
  const named = new Set<string>();
  const unreadable = new Set<string>();
  let unknownLines = 0;
  for (const block of blocksOf(text)) {
    named.add(block.app);
    const exit = exitOf(block, userId);
    if (exit === null) {
      unknownLines += 1;
      unreadable.add(block.app);
    } else if (exit !== 'other') found.get(block.app)?.push(exit);
  }
  const isAnswer = text.includes('PROCESS EXIT INFO');
  const sdk = sdkOf(so);
  const why =
    sdk !== null && sdk < 30
      ? unavailable('missing', 'Android keeps exits since version 11.')
      : unavailable('unparsed', 'The answer is not the history of exits.');
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const [app, exits] of found) {
    const absent = exits.length === 0 && !named.has(app) && asked === 'all';
    const doubt = !isAnswer
      ? why
      : unreadable.has(app)
        ? unavailable('unparsed', 'An exit of the app cannot be read.')
        : absent
          ? unavailable('missing', 'The dump does not name the app.')
          : null;
    values[app] = { exits: doubt ?? exits };
  }
  return { values: { apps: values }, unknownLines };
}

/** Why one app's processes ended, the last 16 times; survives a restart of the phone. */
export const exitInfo: AppProbe = {
  id: 'exit-info',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives: { app: ['exits'] },
  command: (_scope, app) => ['dumpsys', 'activity', 'exit-info', app],
  parse: (text, app, so) => parseExits(text, [app], so, 'app'),
};

/** The same of all apps, as people save it; also of one package, in which case nothing is known of the others. */
export const exitInfoDump: PhoneProbe = {
  id: 'exit-info-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: ['exits'] },
  command: () => ['dumpsys', 'activity', 'exit-info'],
  parse: (text, so) => parseExits(text, Object.keys(so.apps), so, 'all'),
};
