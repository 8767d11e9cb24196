import { answerLines, type SampleAnswer } from './answer.ts';
import { findApp } from './apps.ts';
import type { AppOfUser, RuntimePermission, SampleApp, SampleState } from './state.ts';
import { wallTime } from './time-text.ts';

const NEVER_INSTALLED = '1970-01-01 01:00:00';

/** `dumpsys package PKG` (AOSP com.android.server.pm.Settings.dumpPackageLPr and ComputerEngine). */
export function dumpPackage(state: SampleState, args: readonly string[]): SampleAnswer {
  const name = args.find((word) => !word.startsWith('-'));
  if (name === undefined) return answerLines(['Packages:', ...state.apps.flatMap((app) => packageLines(state, app))]);
  const app = findApp(state, name);
  if (!app) return answerLines([`Unable to find package: ${name}`]);
  return answerLines([...resolverTable(app), 'Packages:', ...packageLines(state, app), '']);
}

/** The screen that opens from the list of apps; a service of the system has none. */
function resolverTable({ package: name }: SampleApp): string[] {
  return [
    'Activity Resolver Table:',
    '  Non-Data Actions:',
    '      android.intent.action.MAIN:',
    `        ${shortHash(`${name}/home`)} ${name}/.HomeActivity filter ${shortHash(`${name}/filter`)}`,
    '          Action: "android.intent.action.MAIN"',
    '          Category: "android.intent.category.LAUNCHER"',
    '',
  ];
}

/** Its file is gone from the phone, and with it what Android prints from that file. */
const isArchived = ({ users }: SampleApp): boolean =>
  users.every(({ installed }) => !installed) && users.some(({ archivedAgoMs }) => archivedAgoMs !== undefined);

function packageLines(state: SampleState, app: SampleApp): string[] {
  const { sdk } = state.build;
  const withFile = !isArchived(app);
  const flags = `[ ${app.system ? 'SYSTEM ' : ''}HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP ]`;
  return [
    `  Package [${app.package}] (${shortHash(app.package)}):`,
    sdk >= 34 ? `    appId=${app.appId}` : `    userId=${app.appId}`,
    `    pkg=${withFile ? `Package{${shortHash(`${app.package}/pkg`)} ${app.package}}` : 'null'}`,
    `    codePath=${app.system ? '/product/app' : '/data/app'}/${app.package}`,
    `    versionCode=${app.versionCode}${withFile ? ` minSdk=${app.minSdk} targetSdk=${app.targetSdk}` : ''}`,
    ...(withFile
      ? [`    versionName=${app.versionName}`, `    flags=${flags}`, `    dataDir=/data/user/0/${app.package}`]
      : []),
    `    timeStamp=${wallTime(state, app.updatedAgoMs)}`,
    // Until Android 12 the first installation is known once for the package, later for each user.
    ...(sdk <= 32 ? [`    firstInstallTime=${wallTime(state, app.installedAgoMs)}`] : []),
    `    lastUpdateTime=${wallTime(state, app.updatedAgoMs)}`,
    ...(app.installer !== null || sdk >= 30 ? [`    installerPackageName=${app.installer ?? 'null'}`] : []),
    ...(sdk >= 30 ? [`    initiatingPackageName=${app.installer ?? 'null'}`] : []),
    ...(sdk >= 33 ? [`    packageSource=${app.installer === null ? 0 : 2}`] : []),
    `    pkgFlags=${flags}`,
    ...(withFile
      ? ['    requested permissions:', ...requestedPermissions(app).map((permission) => `      ${permission}`)]
      : []),
    '    install permissions:',
    ...app.installPermissions.map((permission) => `      ${permission}: granted=true`),
    ...state.users.flatMap((user) => userLines(state, app, user.id)),
  ];
}

function requestedPermissions(app: SampleApp): string[] {
  const runtime = app.users.flatMap((own) => Object.keys(own.permissions));
  return [...new Set([...app.installPermissions, ...runtime])];
}

function userLines(state: SampleState, app: SampleApp, userId: number): string[] {
  const { sdk } = state.build;
  const own = app.users.find((user) => user.userId === userId);
  const installed = own?.installed === true;
  const suspendedBy = own?.suspendedBy ?? null;
  const lastDisabledCaller = own?.lastDisabledCaller ?? null;
  const pairs: string[] = [
    `ceDataInode=${installed ? 360_000 + app.appId : 0}`,
    ...(sdk >= 34 ? [`deDataInode=${installed ? 58_000 + app.appId : 0}`] : []),
    `installed=${installed}`,
    'hidden=false',
    `suspended=${suspendedBy !== null}`,
    ...(sdk >= 29 ? ['distractionFlags=0'] : []),
    `stopped=${own?.stopped ?? true}`,
    `notLaunched=${own?.notLaunched ?? true}`,
    `enabled=${own?.enabled ?? 0}`,
    ...(state.build.skin === 'coloros' ? ['ofs=0', 'pdm=false'] : []),
    'instant=false',
    'virtual=false',
    ...(sdk >= 35 ? ['quarantined=false'] : []),
  ];
  return [
    `    User ${userId}: ${pairs.join(' ')}`,
    ...(sdk >= 31 ? [`      installReason=${installed ? 4 : 0}`] : []),
    ...(sdk >= 33
      ? [`      firstInstallTime=${installed ? wallTime(state, app.installedAgoMs) : NEVER_INSTALLED}`]
      : []),
    // A list with a heading of its own since Android 11, a field of the user before.
    ...(suspendedBy === null || sdk < 30 ? [] : ['    Suspend params:']),
    ...(suspendedBy === null ? [] : [`      suspendingPackage=${suspendedBy} dialogInfo=null`]),
    ...(own?.archivedAgoMs === undefined ? [] : [`      archiveTime=${wallTime(state, own.archivedAgoMs)}`]),
    ...(lastDisabledCaller === null ? [] : [`      lastDisabledCaller: ${lastDisabledCaller}`]),
    '      gids=[3003]',
    '      runtime permissions:',
    ...permissionLines(state, own),
  ];
}

function permissionLines(state: SampleState, own: AppOfUser | undefined): string[] {
  if (!own?.installed) return [];
  return Object.entries(own.permissions).map(
    ([name, permission]) => `        ${name}: granted=${permission.granted}${flagsText(state, permission)}`,
  );
}

/** Separated by spaces until Android 9, by bars from 10 on. */
function flagsText(state: SampleState, { flags }: RuntimePermission): string {
  if (flags.length === 0) return '';
  return state.build.sdk <= 28 ? `, flags=[ ${flags.join(' ')} ]` : `, flags=[ ${flags.join('|')}]`;
}

/** A stable stand-in for the identity hash that the dump prints beside each object. */
function shortHash(text: string): string {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 0xfff_ffff;
  return hash.toString(16);
}
