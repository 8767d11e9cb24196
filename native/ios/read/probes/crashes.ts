import { z } from 'zod';
import { isKnown, type Reading } from '../../../reading.ts';
import { unavailable, Unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

interface Crash {
  at: string;
  kind: 'crash' | 'memory';
  process: string;
  description: string;
}

/** Processes that do an app's uploads, by the names that reports give them. */
const processesOf: Readonly<Record<string, readonly string[]>> = {
  'com.apple.mobileslideshow': ['MobileSlideShow', 'cloudphotod', 'photolibraryd', 'assetsd'],
  'com.google.photos': ['GooglePhotos', 'Google Photos'],
  'com.microsoft.skydrive': ['OneDrive', 'SkyDrive'],
  'com.getdropbox.Dropbox': ['Dropbox'],
  'com.amazon.clouddrive.photos': ['AmazonPhotos', 'Amazon Photos'],
  'it.twsweb.Nextcloud': ['Nextcloud'],
  'app.alextran.immich': ['Runner', 'Immich'],
  'io.ente.frame': ['Runner', 'Ente', 'ente'],
  'com.synology.projectkailash': ['Synology Photos', 'SynologyPhotos'],
};

const jetsamType = '298';
/** Crashes; other types are notes on processor, disk or memory use (142, 145, 202 and so on), after which the process went on. */
const crashTypes: ReadonlySet<string> = new Set(['109', '309', '327', '385']);
const headSchema = z.object({
  bug_type: z.string(),
  timestamp: z.string().optional(),
  app_name: z.string().optional(),
  bundleID: z.string().optional(),
});
const jetsamSchema = z.object({
  processes: z.array(
    z.object({
      name: z.string().default(''),
      reason: z.string().optional(),
      states: z.array(z.string()).default([]),
    }),
  ),
});

function json<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const value = schema.safeParse(JSON.parse(text));
    return value.success ? value.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `2026-05-01 10:15:00.00 +0200` and ISO dates as UTC; null where it is neither. */
function momentOf(text: string): string | null {
  const ms = Date.parse(text.replace(/^(\S+) (\S+) ([+-]\d{2})(\d{2})$/, '$1T$2$3:$4'));
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Daemons of iOS have bundle ids of their own, or none. */
const isOfSystem = (app: string, process: string): boolean =>
  app.startsWith('com.apple.') && (processesOf[app] ?? []).includes(process);

const cut = unavailable('unparsed', 'A report of a crash cannot be read.');

/** What one report says about the app; null where it says nothing. Format: .ips, one line of JSON, then its body. */
function crashOf(text: string, app: string): Crash | Unavailable | null {
  const end = text.indexOf('\n');
  const head = json(headSchema, end < 0 ? text : text.slice(0, end));
  if (head === null) return cut;
  const names = processesOf[app] ?? [];
  const at = momentOf(head.timestamp ?? '');
  if (head.bug_type === jetsamType) {
    const memory = json(jetsamSchema, text.slice(end));
    if (memory === null) return cut;
    // Only processes with a reason were ended; one that was idle is ended all day long, to make room for others.
    const killed = memory.processes.find(
      ({ name, reason, states }) =>
        names.includes(name) &&
        reason !== undefined &&
        (reason === 'per-process-limit' || states.some((state) => state === 'frontmost' || state === 'active')),
    );
    if (killed === undefined) return null;
    return at === null ? cut : { at, kind: 'memory', process: killed.name, description: killed.reason ?? '' };
  }
  if (!crashTypes.has(head.bug_type)) return null;
  const process = head.app_name ?? '';
  // Two apps may call their process the same: the bundle id decides where it is told.
  const concerned =
    head.bundleID === undefined ? names.includes(process) : head.bundleID === app || isOfSystem(app, process);
  if (!concerned) return null;
  return at === null ? cut : { at, kind: 'crash', process, description: `bug type ${head.bug_type}` };
}

/** Whether a report that cannot be read may be of the app: its name begins with the process, or is of what ended for want of memory. */
function mayBeOf(app: string, name: string): boolean {
  const process = /([^/]+?)-\d{4}-\d{2}-\d{2}-/.exec(name)?.[1];
  return process === undefined || process === 'JetsamEvent' || (processesOf[app] ?? []).includes(process);
}

interface Report {
  name: string;
  text: string;
}

/** Crashes of the last two weeks count; a name tells the phone's own time, which is up to 14 hours off. */
const countsForMs = (14 * 24 + 14) * 60 * 60_000;

/** `2026-05-01-101500`, as reports are named, as a moment. It is the phone's own time: up to 14 hours off. */
function momentNamed(name: string): string | null {
  const [, day, hours, minutes, seconds] = /(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})(\d{2})/.exec(name) ?? [];
  const moment = `${day}T${hours}:${minutes}:${seconds}Z`;
  return Number.isNaN(Date.parse(moment)) ? null : moment;
}

/** iOS keeps one report in up to three copies: under its name, with `.synced` behind it once it is sent, and in `Retired/`. */
const incidentOf = (name: string): string => name.replace(/^.*\//, '').replace(/\.ips(\..*)?$/, '');

/** What the copies of a report say about the app: the first that can be read speaks. */
function crashInCopies(copies: readonly Report[], app: string): Crash | Unavailable | null {
  const told = copies.map(({ text }) => crashOf(text, app));
  return told.find((one) => !(one instanceof Unavailable)) ?? told.find((one) => one instanceof Unavailable) ?? null;
}

/** So far the clocks of phone and computer may differ where that is not told otherwise. */
const clockSlackMs = 60 * 60_000;

interface Told {
  crashes: Crash[];
  /** When reports were made that cannot be read. */
  unreadAt: string[];
  /** One is of a day that has not come yet, so nobody knows when it was. */
  undated: boolean;
}

/**
 * Newest first, and since when they are all known; unavailable where a report that counts may be of the app and cannot be read: without
 * it they would be too few. One that is older than that only shortens how far back they reach.
 */
function crashesOf(
  reports: readonly Report[],
  app: string,
  { takenAt, system: { clockSkewMs } }: Reading,
): Told | Unavailable {
  const latest = Date.parse(takenAt) + (isKnown(clockSkewMs) ? clockSkewMs.value : 0) + clockSlackMs;
  const crashes: Crash[] = [];
  const unreadAt: string[] = [];
  let undated = false;
  for (const [incident, copies] of Map.groupBy(reports, ({ name }) => incidentOf(name))) {
    const crash = crashInCopies(copies, app);
    if (crash === null || (crash instanceof Unavailable && !copies.some(({ name }) => mayBeOf(app, name)))) continue;
    if (!(crash instanceof Unavailable)) {
      if (Date.parse(crash.at) > latest) undated = true;
      else crashes.push(crash);
      continue;
    }
    const named = momentNamed(incident);
    if (named === null || Date.parse(takenAt) - Date.parse(named) < countsForMs) return crash;
    unreadAt.push(named);
  }
  return { crashes: crashes.toSorted((a, b) => b.at.localeCompare(a.at)), unreadAt, undated };
}

const reportsSchema = z.array(z.object({ name: z.string(), text: z.string() }));
const answerSchema = z.union([
  z.object({ oldest: z.string().nullable(), reports: reportsSchema }),
  // Captures of earlier versions do not say how far back the reports reach.
  reportsSchema.transform((reports) => ({ oldest: null, reports })),
]);

/** Since when every crash is known: from the oldest report on, or from the newest of those that cannot be read. */
function reach(oldest: string | null, { unreadAt, undated }: Told): string | Unavailable {
  if (undated) return unavailable('unparsed', 'A report of a crash is of a day that has not come yet.');
  return (
    unreadAt.toSorted().at(-1) ??
    momentNamed(oldest ?? '') ??
    unavailable('missing', 'The iPhone keeps no report: nothing is known of earlier crashes.')
  );
}

/** Crash and jetsam reports (memory) that name a backup app or one of its processes; reports since iOS 12. */
export const crashes = jsonProbe({
  id: 'crashes',
  asked: 'scan',
  gives: { app: ['crashes', 'crashesSince'] },
  command: ({ apps }) => ['crash', 'reports', ...new Set(apps.flatMap((app) => processesOf[app] ?? []))],
  schema: answerSchema,
  read: ({ oldest, reports }, so) =>
    perApp(so, (app) => {
      const told = crashesOf(reports, app, so);
      if (told instanceof Unavailable) return { crashes: told, crashesSince: told };
      return { crashes: told.crashes, crashesSince: reach(oldest, told) };
    }),
});
