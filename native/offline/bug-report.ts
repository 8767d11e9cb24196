import { readProperties } from '../android/read/probes/getprop.ts';
import { decodeText } from '../capture.ts';
import type { FoundDump } from './dump-answers.ts';
import { kindOfCommand } from './dump-kinds.ts';
import { LineReader } from './dump-text.ts';
import { maxAnswerBytes, maxKeptBytes } from './file-trouble.ts';
import { momentOf } from './phone-time.ts';

/**
 * A bug report, as dumpstate writes it (AOSP frameworks/native/cmds/dumpstate and cmds/dumpsys, 26..36; reports of Android 8.1,
 * 9 and 13):
 *
 *     == dumpstate: 2025-12-09 17:04:14                               the phone's wall clock
 *     ------ FILESYSTEMS & FREE SPACE (df) ------
 *     …
 *     ------ 0.031s was the duration of 'FILESYSTEMS & FREE SPACE' ------
 *     -------------------------------------------------------------------------------
 *     DUMP OF SERVICE CRITICAL power:                                 CRITICAL, HIGH: taken first and again later
 *     …
 *     --------- 0.062s was the duration of dumpsys power, ending at: 2025-12-09 17:04:16
 *
 * A service that does not answer leaves `*** SERVICE 'x' DUMP TIMEOUT (10000ms) EXPIRED ***` as its last line, a command
 * `*** command 'x' timed out after 10.003s`.
 */
const dumpstateLine = /^== dumpstate: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/;
const titleLine = /^------ .{1,120} \((.{1,300})\) ------$/;
/** Android 7 heads the properties without their command. */
const propertiesLine = '------ SYSTEM PROPERTIES ------';
const titleEndLine = /^------ (\d{1,6}\.\d{1,3})s was the duration of '.{1,120}' ------$/;
const serviceLine = /^DUMP OF SERVICE (?:(CRITICAL|HIGH|NORMAL) )?([\w.:/-]{1,120}):$/;
const serviceEndLine =
  /^-{9} (\d{1,6}\.\d{1,3})s was the duration of dumpsys ([\w.:/-]{1,120})(?:, ending at: (.{19}))?$/;
/** The activity manager writes its parts one after another, each under the command of that part alone. */
const partLine = /^ACTIVITY MANAGER [A-Z /-]{1,60} \(dumpsys activity ([\w-]{1,40})\)/;
/** The one part that no command asks for alone (13 and later). */
const restrictionsLine = 'APP BACKGROUND RESTRICTIONS';
const timeoutLine =
  /^\*\*\* (?:SERVICE '?[^'\n]{0,80}'? DUMP TIMEOUT \([^)\n]{0,40}\) EXPIRED|command '[^'\n]{0,200}' timed out after )/m;

/** Whether a text is a bug report or the output of a bare `dumpsys`, by its beginning. */
export const looksLikeBugReport = (head: string): boolean =>
  /^== dumpstate: \d{4}-/m.test(head) ||
  /^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?[\w.:/-]{1,120}:\s*$/m.test(head) ||
  /^Currently running services:\s*$/m.test(head);

const dash = 0x2d;
const letterA = 0x41;
const equals = 0x3d;
const letterD = 0x44;
/** No heading is longer. */
const longestHeading = 512;

/** The command of a section in the words of `dump-kinds.ts`. */
function plainCommand(text: string): string {
  const words = text.split(': ')[0]?.replace(/^(?:\/system\/bin\/|\/vendor\/bin\/)/, '') ?? '';
  if (/^logcat .*-b events\b/.test(words) && !/ -L\b/.test(words)) return 'logcat -b events';
  return words
    .replace(/^dumpsys (?:-[tT] ?\d{1,7} )/, 'dumpsys ')
    .replace(/^(dumpsys batterystats) (?:-c|--checkin)$/, '$1 --checkin')
    .replace(/^(df) -k$/, '$1');
}

interface Section {
  command: string;
  /** A service's dump; sections of commands are told apart because each kind has its own last line. */
  service: string | null;
  /** 1: taken ahead of its turn, with less detail in some versions; 2: in its turn. */
  rank: 1 | 2;
  /** Whether a probe reads it; of the others nothing is kept. */
  wanted: boolean;
  length: number;
  cut: boolean;
}

interface Kept {
  command: string;
  rank: 1 | 2;
  isService: boolean;
  bytes: Buffer;
  ended: FoundDump['ended'];
  detail: string;
  /** Its last line was there. */
  footer: boolean;
  /** Another section follows. Android 10 and later write no last line below a command that took no time. */
  followed: boolean;
  durationMs: number;
  /** The phone's wall clock; null: not told. */
  endedAt: string | null;
}

export interface BugReport {
  dumps: FoundDump[];
  /** When the report was begun; UTC, ISO 8601. null: the report does not say. */
  takenAt: string | null;
  durationMs: number;
}

const firstSize = 64 * 1024;

/** Takes a bug report apart as its bytes arrive; keeps only the sections that a probe reads, each with a cap. */
export class BugReportReader {
  private readonly lines = new LineReader((bytes, start, end, whole) => this.readLine(bytes, start, end, whole));
  private readonly kept = new Map<string, Kept>();
  private section: Section | null = null;
  /** The bytes of the present section; the next one takes their place. */
  private room = Buffer.allocUnsafe(firstSize);
  private begun: string | null = null;
  private keptBytes = 0;
  private afterRule = false;
  /** Which kinds of sections have last lines in this report: Android 6 and older wrote none. */
  private readonly footers = { service: false, title: false };

  push(chunk: Buffer): void {
    this.lines.push(chunk);
  }

  /** How many lines were read so far. */
  get lineCount(): number {
    return this.lines.lines;
  }

  /** For the dump of one service alone: what follows is its body. */
  openService(service: string, rank: 1 | 2 = 2): void {
    // Of the activity manager only parts are read.
    this.open(service === 'activity' ? '' : `dumpsys ${service}`, service, rank);
  }

  /** Call once, after the last byte. `fallback`: when the report was taken, where it does not say so itself. */
  finish(fallback: string): BugReport {
    this.lines.end();
    if (this.section !== null) this.close(null, null, false);
    const zone = this.timeZone();
    const moment = (clock: string | null): number | null => (clock === null ? null : momentOf(clock, zone));
    const begun = moment(this.begun);
    const takenAt = begun ?? Date.parse(fallback);
    let last = takenAt;
    const dumps = [...this.kept.values()].map((one): FoundDump => {
      const end = moment(one.endedAt);
      if (end !== null) last = Math.max(last, end);
      const startedAt = new Date(end === null ? takenAt : end - one.durationMs).toISOString();
      const noEnd = !one.footer && (one.isService ? this.footers.service : this.footers.title && !one.followed);
      const cut = one.ended === 'whole' && noEnd;
      return {
        command: one.command,
        bytes: one.bytes,
        startedAt,
        durationMs: one.durationMs,
        ended: cut ? 'truncated' : one.ended,
        detail: cut ? 'The report breaks off within this section.' : one.detail,
        file: null,
      };
    });
    return { dumps, takenAt: begun === null ? null : new Date(begun).toISOString(), durationMs: last - takenAt };
  }

  private timeZone(): string {
    const properties = this.kept.get('getprop');
    if (properties === undefined) return 'UTC';
    return readProperties(decodeText(properties.bytes)).properties.get('persist.sys.timezone') ?? 'UTC';
  }

  private readLine(bytes: Buffer, start: number, end: number, whole: boolean): void {
    const first = bytes[start];
    const maybe =
      first === dash ||
      first === letterD ||
      first === equals ||
      (first === letterA && this.section?.service === 'activity');
    if (maybe && whole && end - start <= longestHeading) {
      const line = bytes.toString('latin1', start, end).trimEnd();
      const wasRule = this.afterRule;
      this.afterRule = line.length === 79 && /^-{79}$/.test(line);
      if (first === letterA ? this.readPart(line) : this.readHeading(line, wasRule)) return;
    } else this.afterRule = false;
    if (this.section !== null) this.append(this.section, bytes, start, end);
  }

  /** Whether the line was one of the report's own. */
  private readHeading(line: string, afterRule: boolean): boolean {
    const service = afterRule ? serviceLine.exec(line) : null;
    if (service?.[2] !== undefined) {
      this.openService(service[2], service[1] === 'CRITICAL' || service[1] === 'HIGH' ? 1 : 2);
      return true;
    }
    const serviceEnd = serviceEndLine.exec(line);
    if (serviceEnd !== null && this.section?.service === serviceEnd[2]) {
      this.footers.service = true;
      this.close(Number(serviceEnd[1]) * 1000, serviceEnd[3] ?? null);
      return true;
    }
    const titleEnd = titleEndLine.exec(line);
    if (titleEnd !== null) {
      this.footers.title = true;
      if (this.section?.service === null) this.close(Number(titleEnd[1]) * 1000, null);
      return true;
    }
    const title = line === propertiesLine ? 'getprop' : titleLine.exec(line)?.[1];
    if (title !== undefined) {
      this.open(plainCommand(title), null, 2);
      return true;
    }
    const begun = this.section === null ? dumpstateLine.exec(line) : null;
    this.begun ??= begun?.[1] ?? null;
    return begun !== null;
  }

  /** A part of the activity manager's dump: what another part follows is whole. */
  private readPart(line: string): boolean {
    const part = partLine.exec(line)?.[1];
    const { section } = this;
    if (section === null || (part === undefined && line !== restrictionsLine)) return false;
    this.close(0, null);
    this.open(part === undefined ? 'dumpsys activity' : `dumpsys activity ${part}`, section.service, section.rank);
    // The heading tells the parser what it reads.
    const heading = Buffer.from(`${line}\n`, 'latin1');
    if (this.section !== null) this.append(this.section, heading, 0, heading.length);
    return true;
  }

  private open(command: string, service: string | null, rank: 1 | 2): void {
    if (this.section !== null) this.close(null, null);
    this.section = { command, service, rank, wanted: kindOfCommand(command) !== undefined, length: 0, cut: false };
  }

  private append(section: Section, bytes: Buffer, start: number, end: number): void {
    if (!section.wanted || section.cut) return;
    const length = section.length + end - start;
    if (length > maxAnswerBytes || this.keptBytes + length > maxKeptBytes) {
      section.cut = true;
      return;
    }
    if (length > this.room.length) {
      const larger = Buffer.allocUnsafe(Math.min(maxAnswerBytes, Math.max(length, 2 * this.room.length)));
      this.room.copy(larger, 0, 0, section.length);
      this.room = larger;
    }
    bytes.copy(this.room, section.length, start, end);
    section.length = length;
  }

  /** `durationMs` null: the section has no last line of its own. */
  private close(durationMs: number | null, endedAt: string | null, followed = true): void {
    const { section } = this;
    this.section = null;
    if (section === null || !section.wanted) return;
    const found = { ...closed(section, this.room.subarray(0, section.length), durationMs, endedAt), followed };
    const before = this.kept.get(section.command);
    if (before !== undefined && !isBetter(found, before)) return;
    this.keptBytes += found.bytes.length - (before?.bytes.length ?? 0);
    this.kept.set(section.command, found);
  }
}

const rule = `${'-'.repeat(79)}\n`;

/** The rule above the next heading belongs to that heading. */
const withoutRule = (body: Buffer): Buffer =>
  body.toString('latin1', Math.max(0, body.length - rule.length)) === rule
    ? body.subarray(0, body.length - rule.length)
    : body;

function closed(
  section: Section,
  bytes: Buffer,
  durationMs: number | null,
  endedAt: string | null,
): Omit<Kept, 'followed'> {
  const body = Buffer.from(withoutRule(bytes));
  const timedOut = timeoutLine.exec(body.toString('latin1', Math.max(0, body.length - 2000)));
  const base = {
    command: section.command,
    rank: section.rank,
    isService: section.service !== null,
    bytes: body,
    footer: durationMs !== null,
    durationMs: Math.round(durationMs ?? 0),
    endedAt,
  };
  if (timedOut !== null) return { ...base, ended: 'timeout', detail: `The phone gave up: ${timedOut[0].trim()}` };
  return section.cut
    ? { ...base, ended: 'truncated', detail: 'The section is longer than is read of one.' }
    : { ...base, ended: 'whole', detail: '' };
}

const seemsWhole = (one: Kept): boolean => one.ended === 'whole' && one.footer;

/** What ended whole counts for more, then what was asked in its turn. */
const isBetter = (found: Kept, before: Kept): boolean =>
  seemsWhole(found) === seemsWhole(before) ? found.rank > before.rank : seemsWhole(found);
