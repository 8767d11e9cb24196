import { z } from 'zod';
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
};

const jetsamType = '298';
const headSchema = z.object({
  bug_type: z.string().optional(),
  timestamp: z.string().optional(),
  app_name: z.string().optional(),
  bundleID: z.string().optional(),
});
const jetsamSchema = z.object({
  processes: z.array(z.object({ name: z.string().catch(''), reason: z.string().optional().catch(undefined) })),
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

/** `2026-05-01 10:15:00.00 +0200` and ISO dates as UTC; the text itself where it is neither. */
function momentOf(text: string): string {
  const ms = Date.parse(text.replace(/^(\S+) (\S+) ([+-]\d{2})(\d{2})$/, '$1T$2$3:$4'));
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

/** What one report says about the app; null where it says nothing. Format: .ips, one line of JSON, then its body. */
function crashOf(text: string, app: string): Crash | null {
  const end = text.indexOf('\n');
  const head = json(headSchema, end < 0 ? text : text.slice(0, end));
  if (head === null) return null;
  const names = processesOf[app] ?? [];
  const at = momentOf(head.timestamp ?? '');
  if (head.bug_type === jetsamType) {
    // Only processes with a reason were ended; the others were merely there.
    const killed = json(jetsamSchema, text.slice(end))?.processes.find(
      ({ name, reason }) => reason !== undefined && names.includes(name),
    );
    return killed === undefined ? null : { at, kind: 'memory', process: killed.name, description: killed.reason ?? '' };
  }
  const process = head.app_name ?? '';
  const concerned = head.bundleID === app || names.includes(process);
  return concerned ? { at, kind: 'crash', process, description: `bug type ${head.bug_type ?? 'unknown'}` } : null;
}

/** Crash and jetsam reports (memory) that name a backup app or one of its processes; reports since iOS 12. */
export const crashes = jsonProbe({
  id: 'crashes',
  asked: 'scan',
  gives: { app: ['crashes'] },
  command: () => ['crash', 'reports'],
  schema: z.array(z.object({ name: z.string(), text: z.string() })),
  read: (reports, so) =>
    perApp(so, (app) => ({
      crashes: reports
        .map(({ text }) => crashOf(text, app))
        .filter((crash) => crash !== null)
        .toSorted((a, b) => b.at.localeCompare(a.at)),
    })),
});
