import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';

/**
 * `08-14 21:22:40.672  1000  1867  2447 I am_kill : [0,2538,com.x,0,permissions revoked]` (AOSP am/EventLogTags.logtags, 26..34;
 * bug reports print the uid too). am_kill: user, pid, process, adj, reason, and the memory on some versions; am_crash: user,
 * pid, process, flags, exception, message, …; am_anr: user, pid, package, flags, reason.
 */
const logLine = /^(\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\s[^[\]]{0,80}\s(am_kill|am_crash|am_anr)\s{0,4}: \[(.*)\]\s*$/;
const anyLine = /^(?:\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s|-{9} (?:beginning of|switch to) )/;

/** Numbers of ApplicationExitInfo, so that exits from here and from its history read alike. */
const crash = 4;
const anr = 6;
const permissionChange = 8;
const userRequested = 10;
const other = 13;
const forceStop = 21;

interface Exit {
  at: string;
  reason: number;
  subreason: number;
  description: string;
}

function killOf(description: string): { reason: number; subreason: number } {
  if (/^permissions? revoked/i.test(description)) return { reason: permissionChange, subreason: 0 };
  if (/^stop \S/.test(description) || /\bforce.?stop/i.test(description)) {
    return { reason: userRequested, subreason: forceStop };
  }
  return { reason: other, subreason: 0 };
}

function exitOf(tag: string, fields: readonly string[], at: string): Exit {
  // A reason may hold commas; only the memory (a number) comes after it.
  const words = fields
    .slice(4)
    .join(',')
    .replace(/,\d{1,15}$/, '');
  if (tag === 'am_crash') return { at, reason: crash, subreason: 0, description: words };
  if (tag === 'am_anr') return { at, reason: anr, subreason: 0, description: words };
  return { at, ...killOf(words), description: words };
}

const dayMs = 24 * 60 * 60 * 1000;

/** The log leaves out the year: it is the last in which the day lies no more than one (of time zones) after the capture. */
function withYear(monthAndTime: string, startedAt: string): string {
  const started = Date.parse(startedAt);
  if (Number.isNaN(started)) return monthAndTime;
  const tomorrow = new Date(started + dayMs).toISOString().slice(0, 10);
  const year = Number(tomorrow.slice(0, 4));
  const inThatYear = `${year}-${monthAndTime}`;
  return inThatYear.slice(0, 10) <= tomorrow ? inThatYear : `${year - 1}-${monthAndTime}`;
}

function parse(text: string, so: Reading, answer: Answer): Parsed {
  const userId = String(readUser(so));
  const found = new Map<string, Exit[]>(Object.keys(so.apps).map((app) => [app, []]));
  let lines = 0;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (anyLine.test(line)) lines += 1;
    else unknownLines += 1;
    const [, at, tag, list] = logLine.exec(line) ?? [];
    if (at === undefined || tag === undefined || list === undefined) continue;
    const fields = list.split(',');
    const app = fields[2]?.split(':')[0] ?? '';
    if (fields[0] === userId) found.get(app)?.push(exitOf(tag, fields, withYear(at, answer.startedAt)));
  }
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const [app, exits] of found) {
    values[app] = {
      exits: lines === 0 ? unavailable('missing', 'The event log is empty.') : exits.toReversed(),
    };
  }
  return { values: { apps: values }, unknownLines };
}

/** Kills, crashes and hangs of the apps in the last hours; for Android 8 to 10, which keep no history of exits. */
export const eventLog: PhoneProbe = {
  id: 'event-log',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['exits'] },
  command: () => ['logcat', '-b', 'events', '-d', '-v', 'threadtime', '-s', 'am_kill:V', 'am_crash:V', 'am_anr:V'],
  parse,
};
