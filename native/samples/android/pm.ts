import { answerLines, failLine, SILENT, thrown, unknownCommand, type SampleAnswer } from './answer.ts';
import { findInstalled, uidOf, type InstalledApp } from './apps.ts';
import { parseArguments, userIdOf, type ParsedArguments } from './arguments.ts';
import { refusalFor } from './shell-permissions.ts';
import type { EnabledState, SampleState } from './state.ts';
import { recordEvent } from './logcat.ts';

const VALUED = ['--user', '--suspend-dialog'];

/** States between which AOSP lets the shell move a whole package (PackageManagerService.setEnabledSettings). */
const SHELL_MAY_LEAVE: readonly EnabledState[] = [0, 1, 3];

/** `pm …`, which is also `cmd package …` (AOSP PackageManagerShellCommand). */
export function pmCommand(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, ...rest] = args;
  const parsed = parseArguments(rest, VALUED);
  switch (verb) {
    case 'list':
      return list(state, parsed);
    case 'path':
      return path(state, parsed);
    case 'grant':
    case 'revoke':
      return changePermission(state, verb, parsed);
    case 'clear-permission-flags':
      return clearPermissionFlags(state, parsed);
    case 'enable':
    case 'disable':
    case 'disable-user':
    case 'default-state':
      return setEnabled(state, verb, parsed);
    case 'suspend':
    case 'unsuspend':
      return suspend(state, verb === 'suspend', parsed);
    case 'unstop':
      return unstop(state, parsed);
    case 'clear':
      return clear(state, parsed);
    case 'trim-caches':
      return trimCaches(state);
    case 'install-existing':
      return installExisting(state, parsed);
    case 'has-feature':
      return answerLines(['true']);
    case undefined:
    default:
      return unknownCommand(verb);
  }
}

function list(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const [what, filter] = parsed.words;
  if (what === 'users') {
    return answerLines([
      'Users:',
      ...state.users.map(
        (user) => `\tUserInfo{${user.id}:${user.name}:${user.flags}}${user.running ? ' running' : ''}`,
      ),
    ]);
  }
  if (what !== 'packages') return failLine(`Error: unknown list type '${what ?? 'null'}'`, 255);
  const { flags } = parsed;
  const userId = userIdOf(parsed);
  const rows = state.apps.flatMap((app) => {
    const installed = flags.has('-u') ? known(app, userId) : findInstalled(state, app.package, userId);
    if (!installed) return [];
    const disabled = installed.own.enabled >= 2;
    if (flags.has('-d') && !disabled) return [];
    if (flags.has('-e') && disabled) return [];
    if (flags.has('-s') && !app.system) return [];
    if (flags.has('-3') && app.system) return [];
    if (filter !== undefined && !app.package.includes(filter)) return [];
    return [packageRow(installed, flags)];
  });
  return answerLines(rows);
}

/** With `-u` the phone also names what it archived, or removed with its data kept. */
function known(app: SampleState['apps'][number], userId: number): InstalledApp | undefined {
  const own = app.users.find((user) => user.userId === userId && (user.installed || user.archivedAgoMs !== undefined));
  return own && { app, own, uid: uidOf(app, userId) };
}

function packageRow({ app, uid }: InstalledApp, flags: ReadonlySet<string>): string {
  return [
    `package:${flags.has('-f') ? `${apkPath(app.package, app.system)}=` : ''}${app.package}`,
    ...(flags.has('--show-versioncode') ? [`versionCode:${app.versionCode}`] : []),
    ...(flags.has('-i') ? [`installer=${app.installer ?? 'null'}`] : []),
    ...(flags.has('-U') ? [`uid:${uid}`] : []),
  ].join(flags.has('-i') ? '  ' : ' ');
}

function apkPath(packageName: string, system: boolean): string {
  return `${system ? '/product/app' : '/data/app'}/${packageName}/base.apk`;
}

function path(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const installed = findInstalled(state, parsed.words[0], userIdOf(parsed));
  if (!installed) return { ...SILENT, exitCode: 1 };
  return answerLines([`package:${apkPath(installed.app.package, installed.app.system)}`]);
}

function changePermission(state: SampleState, verb: 'grant' | 'revoke', parsed: ParsedArguments): SampleAnswer {
  const [packageName, name] = parsed.words;
  const refusal = refusalFor(state, verb, verb);
  if (refusal) return refusal;
  const installed = findInstalled(state, packageName, userIdOf(parsed));
  if (!installed) return thrown(verb, `java.lang.IllegalArgumentException: Unknown package: ${packageName ?? 'null'}`);
  const permission = name === undefined ? undefined : installed.own.permissions[name];
  if (!permission) {
    return thrown(verb, `java.lang.SecurityException: Package ${packageName} has not requested permission ${name}`);
  }
  if (permission.flags.includes('POLICY_FIXED')) {
    return thrown(
      verb,
      `java.lang.SecurityException: Cannot ${verb} policy fixed permission ${name} for package ${packageName}`,
    );
  }
  const granted = verb === 'grant';
  if (permission.granted && !granted) {
    recordEvent(state, installed, 'am_kill', `,4711,${packageName},900,permissions revoked]`);
  }
  permission.granted = granted;
  permission.flags = permission.flags.filter((flag) => flag !== 'USER_FIXED' && flag !== 'ONE_TIME');
  return SILENT;
}

function clearPermissionFlags(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  if (state.build.sdk < 33) return unknownCommand('clear-permission-flags');
  const [packageName, name = '', ...flags] = parsed.words;
  const permission = findInstalled(state, packageName, userIdOf(parsed))?.own.permissions[name];
  if (permission) {
    const cleared = flags.map((flag) => flag.toUpperCase().replaceAll('-', '_'));
    permission.flags = permission.flags.filter((flag) => !cleared.includes(flag));
  }
  return SILENT;
}

const ENABLED_STATES: Readonly<Record<string, { value: EnabledState; word: string }>> = {
  'default-state': { value: 0, word: 'default' },
  enable: { value: 1, word: 'enabled' },
  disable: { value: 2, word: 'disabled' },
  'disable-user': { value: 3, word: 'disabled-user' },
};

function setEnabled(state: SampleState, verb: string, parsed: ParsedArguments): SampleAnswer {
  const [packageName] = parsed.words;
  const wanted = ENABLED_STATES[verb];
  const refusal = refusalFor(state, 'componentState', verb);
  if (refusal) return refusal;
  const installed = findInstalled(state, packageName, userIdOf(parsed));
  if (!installed || !wanted) {
    return thrown(verb, `java.lang.IllegalArgumentException: Unknown package: ${packageName ?? 'null'}`);
  }
  if (!SHELL_MAY_LEAVE.includes(installed.own.enabled) || !SHELL_MAY_LEAVE.includes(wanted.value)) {
    return thrown(
      verb,
      `java.lang.SecurityException: Shell cannot change component state for ${packageName}/null to ${wanted.value}`,
    );
  }
  installed.own.enabled = wanted.value;
  installed.own.lastDisabledCaller = wanted.value === 3 ? 'shell:2000' : null;
  return answerLines([`Package ${packageName} new state: ${wanted.word}`]);
}

function suspend(state: SampleState, on: boolean, parsed: ParsedArguments): SampleAnswer {
  const refusal = refusalFor(state, 'suspend', on ? 'suspend' : 'unsuspend');
  if (refusal) return refusal;
  const [packageName] = parsed.words;
  const installed = findInstalled(state, packageName, userIdOf(parsed));
  if (!installed) return failLine(`Failed to ${on ? 'suspend' : 'unsuspend'} ${packageName ?? 'null'}`, 1);
  // Only what the shell suspended can be taken back by the shell.
  if (on) installed.own.suspendedBy ??= 'com.android.shell';
  else if (installed.own.suspendedBy === 'com.android.shell') installed.own.suspendedBy = null;
  return answerLines([`Package ${packageName} new suspended state: ${installed.own.suspendedBy !== null}`]);
}

function unstop(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  if (state.build.sdk < 35) return unknownCommand('unstop');
  const installed = findInstalled(state, parsed.words[0], userIdOf(parsed));
  if (!installed) return failLine(`Error: Package ${parsed.words[0] ?? 'null'} not found`, 1);
  installed.own.stopped = false;
  return SILENT;
}

function clear(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const installed = findInstalled(state, parsed.words[0], userIdOf(parsed));
  if (!installed) return { stdout: 'Failed\n', stderr: '', exitCode: 1 };
  if (parsed.flags.has('--cache-only') && state.build.sdk < 33) {
    return failLine('Error: Unknown option: --cache-only', 1);
  }
  const refusal = refusalFor(state, 'cache', 'clear');
  if (refusal) return refusal;
  freeCache(state, installed);
  if (!parsed.flags.has('--cache-only')) installed.own.size.dataBytes = 0;
  return answerLines(['Success']);
}

/** Asked for more room than there is, it empties every cache (AOSP PackageManagerService.freeStorage). */
function trimCaches(state: SampleState): SampleAnswer {
  const refusal = refusalFor(state, 'allCaches', 'trim-caches');
  if (refusal) return refusal;
  for (const app of state.apps) {
    for (const own of app.users) freeCache(state, { app, own, uid: uidOf(app, own.userId) });
  }
  return SILENT;
}

function freeCache({ storage }: SampleState, { app, own }: InstalledApp): void {
  const { cacheBytes } = own.size;
  storage.dataFreeKib += Math.floor(cacheBytes / 1024);
  storage.emptiedSinceMeasured[app.package] = (storage.emptiedSinceMeasured[app.package] ?? 0) + cacheBytes;
  own.size.cacheBytes = 0;
}

function installExisting(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const [packageName] = parsed.words;
  const userId = userIdOf(parsed);
  const own = state.apps.find((app) => app.package === packageName)?.users.find((user) => user.userId === userId);
  if (!own)
    return failLine(`android.content.pm.PackageManager$NameNotFoundException: Package ${packageName} doesn't exist`, 1);
  own.installed = true;
  return answerLines([`Package ${packageName} installed for user: ${userId}`]);
}
