import { answerLines, failLine, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { findInstalled, type InstalledApp } from './apps.ts';
import { effectiveMode } from './appops.ts';
import { parseArguments, userIdOf, type ParsedArguments } from './arguments.ts';
import { userState } from './device-policy.ts';
import { recordEvent } from './logcat.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';
import { getStandbyBucket, isExempted, setStandbyBucket, standbyBucket } from './usagestats.ts';

const VALUED = ['--user', '-a', '-d', '-n', '-p', '-c', '-t'];

/** `am …`, which is also `cmd activity …` (AOSP ActivityManagerShellCommand). */
export function amCommand(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, ...rest] = args;
  const parsed = parseArguments(rest, VALUED);
  const userId = userIdOf(parsed);
  switch (verb) {
    case 'get-current-user':
      return answerLines([String(state.currentUser)]);
    case 'get-started-user-state':
      return startedUserState(state, parsed.words[0]);
    case 'get-standby-bucket':
      return state.build.sdk >= 28 ? getStandbyBucket(state, parsed.words[0], userId) : unknownCommand(verb);
    case 'set-standby-bucket':
      return state.build.sdk >= 28 ? setStandbyBucket(state, parsed.words, userId) : unknownCommand(verb);
    case 'get-inactive': {
      const installed = findInstalled(state, parsed.words[0], userId);
      return answerLines([`Idle=${installed !== undefined && standbyBucket(state, installed) >= 40}`]);
    }
    case 'set-inactive':
      return setInactive(state, parsed);
    case 'get-bg-restriction-level':
      return state.build.sdk >= 34 ? restrictionLevel(state, parsed) : unknownCommand(verb);
    case 'start':
    case 'start-activity':
      return start(state, parsed);
    case 'force-stop':
      return forceStop(state, parsed);
    case undefined:
    default:
      return unknownCommand(verb);
  }
}

/** `monkey -p PKG 1`: what a finger on the launcher does. */
export function monkey(state: SampleState, args: readonly string[]): SampleAnswer {
  const parsed = parseArguments(args, ['-p', '-c', '-v', '-s']);
  const packageName = parsed.options.get('-p');
  const installed = findInstalled(state, packageName, 0);
  if (!installed || installed.own.enabled === 2 || installed.own.enabled === 3) {
    return { stdout: '** No activities found to run, monkey aborted.\n', stderr: '', exitCode: 252 };
  }
  launch(installed);
  return answerLines([
    'Events injected: 1',
    '## Network stats: elapsed time=24ms (0ms mobile, 0ms wifi, 24ms not connected)',
  ]);
}

/** Opening an app by hand ends its stopped, hibernated and "disabled until used" state, and counts as use. */
function launch({ own }: InstalledApp): void {
  own.stopped = false;
  own.notLaunched = false;
  own.hibernated = false;
  if (own.enabled === 4) own.enabled = 0;
  own.standby = { ...own.standby, bucket: Math.min(own.standby.bucket, 10), reason: 'u-mf', usedAgoMs: 0 };
}

function start(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const refusal = refusalFor(state, 'openApps', 'start');
  if (refusal) return refusal;
  const component = parsed.options.get('-n');
  const action = parsed.options.get('-a') ?? 'android.intent.action.MAIN';
  const target = component?.split('/')[0] ?? parsed.options.get('-p');
  if (target !== undefined) {
    const installed = findInstalled(state, target, userIdOf(parsed));
    if (installed !== undefined && installed.own.enabled !== 2 && installed.own.enabled !== 3) launch(installed);
    else if (installed !== undefined || !isSettingsScreen(target)) {
      return {
        stdout: `Starting: Intent { cmp=${component ?? target} }\n`,
        stderr: `Error type 3\nError: Activity class {${component ?? target}} does not exist.\n`,
        exitCode: 1,
      };
    }
  }
  const data = parsed.options.get('-d');
  const intent = [
    ...(component === undefined || parsed.options.has('-a') ? [`act=${action}`] : []),
    ...(data === undefined ? [] : [`dat=${data}`]),
    ...(component === undefined ? [] : [`cmp=${component}`]),
  ].join(' ');
  return answerLines([`Starting: Intent { ${intent} }`]);
}

function isSettingsScreen(packageName: string): boolean {
  return packageName.endsWith('.settings');
}

function forceStop(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const refusal = refusalFor(state, 'forceStop', 'force-stop');
  if (refusal) return refusal;
  const installed = findInstalled(state, parsed.words[0], userIdOf(parsed));
  if (installed) {
    installed.own.stopped = true;
    recordEvent(
      state,
      installed,
      'am_kill',
      `,4711,${installed.app.package},900,stop ${installed.app.package} due to from pid 2116]`,
    );
  }
  return SILENT;
}

/** AOSP ActivityManagerShellCommand.runGetStartedUserState. */
function startedUserState({ users }: SampleState, id: string | undefined): SampleAnswer {
  const user = users.find((one) => String(one.id) === id);
  if (user === undefined || !user.running) return answerLines([`User is not started: ${id ?? 'null'}`]);
  return answerLines([userState(user)]);
}

function setInactive(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const [packageName, value] = parsed.words;
  const installed = findInstalled(state, packageName, userIdOf(parsed));
  if (installed) {
    const inactive = value === 'true';
    installed.own.standby = { ...installed.own.standby, bucket: inactive ? 40 : 10, reason: 'f' };
  }
  return SILENT;
}

/** AOSP ActivityManager.restrictionLevelToName. */
function restrictionLevel(state: SampleState, parsed: ParsedArguments): SampleAnswer {
  const installed = findInstalled(state, parsed.words[0], userIdOf(parsed));
  if (!installed) return failLine(`Error: Failed to get restriction level for ${parsed.words[0] ?? 'null'}`, 255);
  return answerLines([restrictionLevelName(state, installed)]);
}

function restrictionLevelName(state: SampleState, installed: InstalledApp): string {
  if (installed.own.hibernated) return 'hibernation';
  if (isExempted(state, installed)) return 'exempted';
  const mode = effectiveMode(installed, 'RUN_ANY_IN_BACKGROUND');
  if (mode === 'ignore' || mode === 'deny') return 'background_restricted';
  return standbyBucket(state, installed) === 45 ? 'restricted_bucket' : 'adaptive_bucket';
}
