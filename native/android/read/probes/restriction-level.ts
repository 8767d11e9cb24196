import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser, userOfUid } from '../uid.ts';

/** Names of AOSP ActivityManager.restrictionLevelToName, 33 to 36 (the last five came with 35). */
const levels = new Set([
  'unknown',
  'unrestricted',
  'exempted',
  'adaptive_bucket',
  'adaptive',
  'restricted_bucket',
  'background_restricted',
  'force_stopped',
  'user_launch_only',
  'hibernation',
  'custom',
]);

function parseOne(text: string, app: string): Parsed {
  const word = text.trim().toLowerCase();
  const known = levels.has(word) && word !== 'unknown';
  return {
    values: {
      apps: {
        [app]: { restrictionLevel: known ? word : unavailable('missing', 'The phone names no restriction level.') },
      },
    },
    unknownLines: known || word === '' ? 0 : 1,
  };
}

/** How far Android restricts one app: one word (AOSP ActivityManagerShellCommand runGetBgRestrictionLevel, 14 and later). */
export const restrictionLevel: AppProbe = {
  id: 'restriction-level',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives: { app: ['restrictionLevel'] },
  command: ({ userId }, app) => ['am', 'get-bg-restriction-level', '--user', String(userId), app],
  parse: parseOne,
};

/** `    #1 RestrictionLevel{82f2a6e:com.x/10204} exempted(d)/adaptive_bucket levelChange=…` */
const dumped = /RestrictionLevel\{[0-9a-f]{1,16}:([^/}]{1,250})\/(\d{1,9})\} ([a-z_]+)/;

function parseDump(text: string, so: Reading): Parsed {
  const userId = readUser(so);
  const apps: NonNullable<ReadingValues['apps']> = {};
  const wanted = new Set(Object.keys(so.apps));
  for (const line of text.split('\n')) {
    if (!line.includes('RestrictionLevel{')) continue;
    const [, app, uid, level] = dumped.exec(line) ?? [];
    if (app === undefined || level === undefined || !wanted.has(app)) continue;
    if (userOfUid(Number(uid)) !== userId) continue;
    if (levels.has(level)) apps[app] ??= { restrictionLevel: level };
  }
  return { values: { apps }, unknownLines: 0 };
}

/** The same inside `dumpsys activity` (AOSP am/AppRestrictionController.dump, 13 and later), as a bug report holds it. */
export const restrictionLevelDump: PhoneProbe = {
  id: 'restriction-level-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: ['restrictionLevel'] },
  command: () => ['dumpsys', 'activity'],
  parse: parseDump,
};
