import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import { Unavailable, unavailable } from '../../../unavailable.ts';
import type { AppOpMode } from '../../../vocabulary.ts';
import { parseAppOpsDump } from '../app-ops-dump.ts';
import { parseAppOpsGet, type AppOps } from '../app-ops.ts';
import { parseUid, readUser, sdkOf, userOfUid } from '../uid.ts';

type AppValues = NonNullable<ReadingValues['apps']>[string];

const leaves = [
  'runAnyInBackground',
  'runAnyInBackgroundUid',
  'runInBackground',
  'autostart',
  'allFiles',
  'autoRevoke',
  'notifications',
] as const;

/** MIUI's and HyperOS' op of autostart; builds of Qualcomm's for Android 8 name theirs. */
const autostartOps = ['10008', 'AUTO_START'];
const postNotificationPermission = 33;

const notOnThisAndroid = (op: string): Unavailable =>
  unavailable('missing', `This version of Android has no app-op ${op}.`);

const mayFollow = unavailable('truncated', 'The dump of app-ops ends within those of the app.');

/** An op that is not listed stands at its default, as long as the list is whole. */
function appOpValues(ops: AppOps, so: Reading, notWhole: Unavailable | null): AppValues {
  const sdk = sdkOf(so);
  const unlisted = notWhole ?? 'default';
  const effective = (op: string): AppOpMode | Unavailable => ops.uid.get(op) ?? ops.package.get(op) ?? unlisted;
  const since = (first: number, op: string): AppOpMode | Unavailable =>
    sdk !== null && sdk < first ? notOnThisAndroid(op) : effective(op);
  const autostart = autostartOps.map((op) => ops.uid.get(op) ?? ops.package.get(op)).find((mode) => mode !== undefined);
  const notification = effective('POST_NOTIFICATION');
  return {
    runAnyInBackground:
      sdk !== null && sdk < 28
        ? notOnThisAndroid('RUN_ANY_IN_BACKGROUND')
        : (ops.package.get('RUN_ANY_IN_BACKGROUND') ?? unlisted),
    runAnyInBackgroundUid:
      ops.uid.get('RUN_ANY_IN_BACKGROUND') ?? unavailable('missing', 'There is no mode for the whole uid.'),
    runInBackground: effective('RUN_IN_BACKGROUND'),
    autostart: autostart ?? unavailable('missing', 'The phone lists no app-op for autostart.'),
    allFiles: since(30, 'MANAGE_EXTERNAL_STORAGE'),
    autoRevoke: since(30, 'AUTO_REVOKE_PERMISSIONS_IF_UNUSED'),
    notifications:
      sdk === null || sdk >= postNotificationPermission
        ? unavailable('missing', 'On Android 13 and later a permission tells.')
        : notification instanceof Unavailable
          ? notification
          : notification !== 'ignore' && notification !== 'deny',
  };
}

const allLeaves = (why: Unavailable): AppValues => Object.fromEntries(leaves.map((leaf) => [leaf, why]));

const maybeOne = unavailable('truncated', 'The answer may be about one app-op only.');

function parseOne(text: string, app: string, so: Reading, asked: boolean): Parsed {
  const parsed = parseAppOpsGet(text);
  const values =
    parsed === null
      ? allLeaves(unavailable('unparsed', 'The answer is not a list of app-ops.'))
      : appOpValues(parsed.ops, so, asked || !parsed.mayBeOfOne ? null : maybeOne);
  const unknownLines = parsed?.unknownLines ?? text.split('\n').filter((line) => line.trim() !== '').length;
  return { values: { apps: { [app]: values } }, unknownLines };
}

/** All app-ops of one app; the form is described in `app-ops.ts`. */
export const appops: AppProbe = {
  id: 'appops',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives: { app: leaves },
  command: ({ userId }, app) => ['appops', 'get', '--user', String(userId), app],
  // An answer with an exit code was asked with this probe's own command.
  parse: (text, app, so, { exitCode }) => parseOne(text, app, so, exitCode !== null),
};

function parseBackground(text: string, app: string, so: Reading): Parsed {
  const { values, unknownLines } = parseOne(text, app, so, true);
  const { runAnyInBackground, runAnyInBackgroundUid } = values.apps?.[app] ?? {};
  const pair: AppValues = {
    ...(runAnyInBackground !== undefined && { runAnyInBackground }),
    ...(runAnyInBackgroundUid !== undefined && { runAnyInBackgroundUid }),
  };
  return { values: { apps: { [app]: pair } }, unknownLines };
}

/**
 * The one op by which Android restricts an app, asked alone: in the list of all ops it is not always plain whether a mode is
 * the uid's or the package's, and the correction has to put back exactly the one that was there.
 */
export const appopsBackground: AppProbe = {
  id: 'appops-background',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  gives: { app: ['runAnyInBackground', 'runAnyInBackgroundUid'] },
  command: ({ userId }, app) => ['appops', 'get', '--user', String(userId), app, 'RUN_ANY_IN_BACKGROUND'],
  parse: parseBackground,
};

function parseDump(text: string, so: Reading): Parsed {
  const apps = Object.keys(so.apps);
  const dumped = parseAppOpsDump(text, new Set(apps));
  if (dumped === null) {
    const why = allLeaves(unavailable('unparsed', 'The answer is not a dump of app-ops.'));
    return { values: { apps: Object.fromEntries(apps.map((app) => [app, why])) }, unknownLines: 0 };
  }
  const userId = readUser(so);
  const values: NonNullable<ReadingValues['apps']> = {};
  for (const app of apps) {
    const own = dumped.apps.find((one) => one.app === app && userOfUid(parseUid(one.uid) ?? -1) === userId);
    const installed = so.apps[app]?.installed;
    if (own === undefined && isKnown(installed) && !installed.value) {
      values[app] = allLeaves(unavailable('missing', 'The app is not installed.'));
      continue;
    }
    if (own === undefined) {
      const absent = unavailable('truncated', 'The dump of app-ops ends before the app, or does not name it.');
      values[app] = { ...allLeaves(absent), uid: unavailable('missing', 'The dump of app-ops does not name the app.') };
      continue;
    }
    if (!own.isReadable) {
      const why = unavailable('unparsed', 'The app-ops of the app are mixed with lines that cannot be read.');
      values[app] = { ...allLeaves(why), uid: why };
      continue;
    }
    const uid = parseUid(own.uid);
    const listed = so.apps[app]?.uid;
    if (isKnown(listed) && listed.value !== uid) {
      values[app] = allLeaves(unavailable('unparsed', 'The dump of app-ops names the app under the uid of another.'));
      continue;
    }
    const named = uid ?? unavailable('missing', 'The dump of app-ops does not name the app.');
    values[app] = {
      ...appOpValues(own.ops, so, uid !== null && uid < dumped.wholeBelow ? null : mayFollow),
      uid: named,
    };
  }
  return { values: { apps: values }, unknownLines: 0 };
}

/** The same of all apps, as a bug report holds it; it also names their uids. */
export const appopsDump: PhoneProbe = {
  id: 'appops-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: [...leaves, 'uid'] },
  command: () => ['dumpsys', 'appops'],
  parse: parseDump,
};
