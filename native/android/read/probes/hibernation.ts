import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { readUser } from '../uid.ts';

/** `User Level Hibernation States, user=0 `; the number stands after other words on some versions. */
const userHeader = /^User Level Hibernation States, \D{0,20}(\d{1,6})\s*$/;
/** `UserLevelState{packageName='com.x', hibernated=false', savedByte=0', …}`: the stray quotes are Android's own. */
const stateLine = /^\s*UserLevelState\{packageName='([^']{1,250})', hibernated=(true|false)/;

function parse(text: string, so: Reading): Parsed {
  const wantedUser = String(readUser(so));
  const apps: NonNullable<ReadingValues['apps']> = {};
  const wanted = new Set(Object.keys(so.apps));
  let user: string | null = null;
  let headers = 0;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (!/^\s/.test(line)) {
      user = userHeader.exec(line)?.[1] ?? null;
      if (user !== null) headers += 1;
      else if (!/^Global ?Level/.test(line)) unknownLines += 1;
      continue;
    }
    const [, app, hibernated] = stateLine.exec(line) ?? [];
    if (app === undefined) unknownLines += user === null ? 0 : 1;
    else if (user === wantedUser && wanted.has(app)) apps[app] = { hibernated: hibernated === 'true' };
  }
  const why = unavailable(headers === 0 ? 'unparsed' : 'missing', 'The answer does not name the app.');
  for (const app of wanted) apps[app] ??= { hibernated: why };
  return { values: { apps }, unknownLines };
}

/**
 * Which apps are hibernated because nobody used them for months: `dumpsys app_hibernation` (AOSP apphibernation
 * AppHibernationService.dump, 12 and later, and a real dump of 13). `cmd app_hibernation` needs a permission that the shell lacks.
 */
export const hibernation: PhoneProbe = {
  id: 'hibernation',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['hibernated'] },
  command: () => ['dumpsys', 'app_hibernation'],
  parse,
};
