import { answerLines, type SampleAnswer } from './answer.ts';
import { findInstalled } from './apps.ts';
import { sleepingApps } from './sleeping-apps.ts';
import type { SampleState } from './state.ts';
import { wallTimeMs } from './time-text.ts';

/** AOSP ApplicationExitInfo.reasonCodeToString. */
const REASONS: readonly string[] = [
  'UNKNOWN',
  'EXIT_SELF',
  'SIGNALED',
  'LOW_MEMORY',
  'APP CRASH(EXCEPTION)',
  'APP CRASH(NATIVE)',
  'ANR',
  'INITIALIZATION FAILURE',
  'PERMISSION CHANGE',
  'EXCESSIVE RESOURCE USAGE',
  'USER REQUESTED',
  'USER STOPPED',
  'DEPENDENCY DIED',
  'OTHER KILLS BY SYSTEM',
  'FREEZER',
  'STATE CHANGE',
  'PACKAGE UPDATED',
];

/** AOSP ApplicationExitInfo.subreasonToString, those that samples use. */
const SUB_REASONS: Readonly<Record<number, string>> = {
  0: 'UNKNOWN',
  6: 'MEMORY PRESSURE',
  7: 'EXCESSIVE CPU USAGE',
  18: 'CACHED IDLE FORCED APP STANDBY',
  21: 'FORCE STOP',
  22: 'REMOVE TASK',
  23: 'STOP APP',
};

/** `dumpsys activity exit-info [PKG]` (Android 11 and later) and `dumpsys activity settings`; a sample has no other parts. */
export function dumpActivity(state: SampleState, args: readonly string[]): SampleAnswer {
  const words = args.filter((word) => !word.startsWith('-'));
  const [what, packageName] = words;
  if (what === 'exit-info' && state.build.sdk >= 30) return exitInfo(state, packageName);
  if (what === 'mars' && state.build.skin === 'samsung') return sleepingApps(state);
  if (what === 'service') return answerLines([`No services match: ${packageName ?? ''}`, 'Use -h for help.']);
  if (what === undefined || what === 'settings') return answerLines(activitySettings(state));
  return answerLines([`Bad activity command, or no activities match: ${what}`, 'Use -h for help.']);
}

/** AOSP ActivityManagerConstants.dump: the override is printed only where the developer option is set. */
function activitySettings(state: SampleState): string[] {
  const limit = state.settings.global['background_process_limit'];
  return [
    'ACTIVITY MANAGER SETTINGS (dumpsys activity settings) activity_manager_constants:',
    '  max_cached_processes=32',
    ...(limit === undefined || limit === '-1' ? [] : [`  mOverrideMaxCachedProcesses=${limit}`]),
    `  CUR_MAX_CACHED_PROCESSES=${limit === undefined || limit === '-1' ? 32 : limit}`,
  ];
}

function exitInfo(state: SampleState, only: string | undefined): SampleAnswer {
  const lines = [
    'ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)',
    `Last Timestamp of Persistence Into Persistent Storage: ${wallTimeMs(state, 60_000)}`,
  ];
  for (const app of state.apps) {
    if (only !== undefined && app.package !== only) continue;
    const copies = app.users.filter((own) => own.installed && own.exits.length > 0);
    if (copies.length === 0) continue;
    lines.push(`  package: ${app.package}`);
    for (const own of copies) {
      const uid = findInstalled(state, app.package, own.userId)?.uid ?? app.appId;
      lines.push(`    Historical Process Exit for uid=${uid}`);
      own.exits.forEach((exit, index) => {
        lines.push(
          `        ApplicationExitInfo #${index}:`,
          `          timestamp=${wallTimeMs(state, exit.agoMs)} pid=${31_904 - index} realUid=${uid} packageUid=${uid} definingUid=${uid} user=${own.userId}`,
          `          process=${app.package} reason=${exit.reason} (${REASONS[exit.reason] ?? 'UNKNOWN'}) subreason=${exit.subReason} (${SUB_REASONS[exit.subReason] ?? 'UNKNOWN'}) status=0`,
          `          importance=${exit.importance} pss=0.00 rss=0.00 description=${exit.description} state=empty trace=null`,
        );
      });
    }
  }
  return answerLines(lines);
}
