import type { PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { durationMs, readLines, yesOrNo } from '../dump.ts';
import { appIdOfUid } from '../uid.ts';

type ExemptBy = 'user' | 'system' | 'system-except-idle';

/** The lists of the dump, each under its heading and indented by four; an empty list has no heading at all. */
const headings: Readonly<Record<string, string>> = {
  'Whitelist (except idle) system apps:': 'system-except-idle',
  'Whitelist system apps:': 'system',
  'Whitelist user apps:': 'user',
  'Whitelist (except idle) all app ids:': 'except-idle-ids',
  'Whitelist all app ids:': 'all-ids',
  'Whitelist user app ids:': 'user-ids',
  'Settings:': 'settings',
  'Idling history:': 'history',
};
/** The words of `cmd deviceidle whitelist`, which technicians send as a file of its own. */
const csvNames: Readonly<Record<string, ExemptBy>> = {
  user: 'user',
  system: 'system',
  'system-excidle': 'system-except-idle',
};

interface Dump {
  lists: Map<string, Set<string>>;
  fields: Map<string, string>;
  /** null: no heading of it, as of a phone that never idled since its start, or of a dump that lost it. */
  history: { event: string; agoMs: number; reason: string }[] | null;
  csvLines: number;
  /** The settings, which come first, were there, and each row of the lists was read. */
  whole: boolean;
  unknownLines: number;
}

function readHistory(line: string): NonNullable<Dump['history']>[number] | null {
  const match = /^\s+([\w?-]{1,40}): (\S{1,60})(?: \((.*)\))?$/.exec(line);
  const ago = durationMs(match?.[2] ?? '');
  if (match?.[1] === undefined || ago === null) return null;
  return { event: match[1], agoMs: Math.abs(ago), reason: match[3] ?? '' };
}

function readDump(text: string): Dump {
  const dump: Dump = { lists: new Map(), fields: new Map(), history: null, csvLines: 0, whole: false, unknownLines: 0 };
  const list = (name: string) => {
    const found = dump.lists.get(name) ?? new Set<string>();
    dump.lists.set(name, found);
    return found;
  };
  let open: string | null = null;
  let broken = false;
  dump.unknownLines = readLines(text, (line) => {
    const csv = /^(system-excidle|system|user),([^,\s]+)(?:,\d+)?\s*$/.exec(line);
    const name = csvNames[csv?.[1] ?? ''];
    if (name !== undefined && csv?.[2] !== undefined) {
      dump.csvLines += 1;
      list(name).add(csv[2]);
      return true;
    }
    if (/^ {2}\S/.test(line)) {
      open = headings[line.trim()] ?? null;
      dump.whole ||= open === 'settings';
      if (open === 'history') dump.history ??= [];
      else if (open !== null && open !== 'settings') list(open);
      const pairs = [...line.matchAll(/(\bm\w+)=(\S+)/g)];
      for (const [, key, value] of pairs) if (key !== undefined && value !== undefined) dump.fields.set(key, value);
      return open !== null || pairs.length > 0 || /^ {2}(?:[\w .]+[=:]|\d{4}-\d{2}-\d{2}T)/.test(line);
    }
    if (open === null || !/^ {4}/.test(line)) {
      // A tab in the place of blanks: the row belongs to a list, and is not read.
      broken ||= line.startsWith('\t');
      return false;
    }
    if (open === 'history') {
      const event = readHistory(line);
      if (event === null) broken = true;
      else dump.history?.push(event);
      return event !== null;
    }
    if (open !== 'settings') list(open).add(line.trim());
    return true;
  });
  dump.whole &&= !broken;
  return dump;
}

/** By the app's own name, else by its app id: Android exempts app ids, and an id may be exempt through another package. */
function exemptBy(dump: Dump, app: string, uid: number | null): ExemptBy | null {
  const holds = (name: string, entry: string) => dump.lists.get(name)?.has(entry) === true;
  for (const by of ['user', 'system', 'system-except-idle'] as const) if (holds(by, app)) return by;
  if (uid === null) return null;
  const appId = String(appIdOfUid(uid));
  if (holds('user-ids', appId)) return 'user';
  if (holds('all-ids', appId)) return 'system';
  return holds('except-idle-ids', appId) ? 'system-except-idle' : null;
}

function apps(dump: Dump, so: Reading, why: Unavailable | null): NonNullable<ReadingValues['apps']> {
  const values = Object.entries(so.apps).map(([app, leaves]) => {
    if (why !== null) return [app, { exempt: why, exemptBy: why }] as const;
    const by = exemptBy(dump, app, isKnown(leaves.uid) ? leaves.uid.value : null);
    const nobody = unavailable('missing', 'The app is not exempt.');
    return [app, { exempt: by !== null, exemptBy: by ?? nobody }] as const;
  });
  return Object.fromEntries(values);
}

/**
 * Doze, and who is exempt from it. Read from AOSP DeviceIdleController.dump and onShellCommand, 8..14; real answers of Android
 * 8.1, 9, 13 and 14 (Xiaomi, which puts lines of its own before the settings). An app that is on no list of a whole dump is not
 * exempt. `mDeepEnabled=false`: someone ran `deviceidle disable`, or the phone has no doze.
 */
export const deviceidle: PhoneProbe = {
  id: 'deviceidle',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    doze: ['deepEnabled', 'lightEnabled', 'deepState', 'lightState', 'forced', 'history'],
    app: ['exempt', 'exemptBy'],
  },
  command: () => ['dumpsys', 'deviceidle'],
  parse(text, so) {
    const dump = readDump(text);
    // mState stands after all lists, so a dump that holds it holds the lists.
    const state = dump.fields.get('mState');
    const absent = unavailable(
      state === undefined && dump.csvLines === 0 ? 'unparsed' : 'missing',
      'The answer does not tell the state of doze.',
    );
    const notWhole = unavailable('truncated', 'The beginning or rows of the dump are lost.');
    // Each phone has apps of its own that are exempt: their list, and the one of all ids after it, are never empty.
    const listed = dump.lists.has('system') && dump.lists.has('all-ids');
    const lists =
      dump.csvLines > 0 || (state !== undefined && dump.whole && listed)
        ? null
        : state === undefined
          ? absent
          : notWhole;
    return {
      values: {
        doze: {
          deepEnabled: yesOrNo(dump.fields.get('mDeepEnabled')) ?? absent,
          lightEnabled: yesOrNo(dump.fields.get('mLightEnabled')) ?? absent,
          deepState: state ?? absent,
          lightState: dump.fields.get('mLightState') ?? absent,
          forced: yesOrNo(dump.fields.get('mForceIdle')) ?? absent,
          history:
            state === undefined || (dump.whole && dump.history === null)
              ? absent
              : !dump.whole || dump.history === null
                ? notWhole
                : dump.history.toSorted((a, b) => a.agoMs - b.agoMs),
        },
        apps: apps(dump, so, lists),
      },
      unknownLines: dump.unknownLines,
    };
  },
};
