import { answerLines, failLine, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { allInstalled, findInstalled, isDozeExempt, shortUid, type InstalledApp } from './apps.ts';
import { parseArguments, userIdOf } from './arguments.ts';
import { refusalFor } from './shell-permissions.ts';
import type { AppOpMode, SampleState } from './state.ts';
import { duration, wallTimeMs } from './time-text.ts';

const MODES: readonly AppOpMode[] = ['allow', 'ignore', 'deny', 'default', 'foreground', 'ask'];

/** Ops whose default is not `allow` (AOSP AppOpsManager.sAppOpInfos). */
const DEFAULT_MODES: Readonly<Record<string, AppOpMode>> = {
  AUTO_REVOKE_PERMISSIONS_IF_UNUSED: 'default',
  MANAGE_EXTERNAL_STORAGE: 'default',
  SYSTEM_ALERT_WINDOW: 'default',
  GET_USAGE_STATS: 'default',
};

const KNOWN_OPS: readonly string[] = [
  'RUN_IN_BACKGROUND',
  'RUN_ANY_IN_BACKGROUND',
  'START_FOREGROUND',
  'WAKE_LOCK',
  'READ_EXTERNAL_STORAGE',
  'WRITE_EXTERNAL_STORAGE',
  'READ_MEDIA_IMAGES',
  'READ_MEDIA_VIDEO',
  'READ_MEDIA_VISUAL_USER_SELECTED',
  'POST_NOTIFICATION',
  'AUTO_REVOKE_MANAGED_BY_INSTALLER',
  ...Object.keys(DEFAULT_MODES),
];

/** `appops get|set|reset` (AOSP AppOpsService.onShellCommand). */
export function appopsCommand(state: SampleState, args: readonly string[]): SampleAnswer {
  const parsed = parseArguments(args);
  const [verb, packageName, opText, modeText] = parsed.words;
  if (verb !== 'get' && verb !== 'set' && verb !== 'reset') return unknownCommand(verb);
  const userId = userIdOf(parsed);
  if (verb === 'reset') return reset(state, packageName, userId);
  const installed = findInstalled(state, packageName, userId);
  if (!installed) return failLine(`Error: No UID for ${packageName ?? 'null'} in user ${userId}`, 255);
  const op = opText === undefined ? undefined : opName(state, opText);
  if (op === null) return failLine(`Error: Unknown operation string: ${opText}`, 255);
  if (verb === 'get') return answerLines(getLines(state, installed, op));
  if (op === undefined) return failLine('Error: Operation not specified.', 255);
  const mode = MODES.find((known) => known === modeText);
  if (mode === undefined) return failLine(`Error: Mode ${modeText ?? 'null'} is not valid`, 255);
  const refusal = refusalFor(state, 'appOps', 'set');
  if (refusal) return refusal;
  if (parsed.flags.has('--uid')) setUidMode(installed, op, mode);
  else setPackageMode(installed, op, mode);
  return SILENT;
}

/** The mode that counts for an app: the uid's, else the package's, else the op's default. */
export function effectiveMode(installed: InstalledApp, op: string): AppOpMode {
  return installed.own.uidAppOps[op] ?? installed.own.appOps[op]?.mode ?? defaultMode(op);
}

/** Whether jobs of this app are held back in the background (AOSP AppStateTracker; doze-exempt apps never are). */
export function isBackgroundRestricted(state: SampleState, installed: InstalledApp): boolean {
  const mode = effectiveMode(installed, 'RUN_ANY_IN_BACKGROUND');
  return (mode === 'ignore' || mode === 'deny') && !isDozeExempt(state, installed.app.package);
}

/** `dumpsys appops`: the uid's modes first, then each package with its ops and last accesses. */
export function dumpAppOps(state: SampleState): SampleAnswer {
  const lines = ['Current AppOps Service state:', '  Settings:', '    top_state_settle_time=+5s0ms', ''];
  for (const installed of allInstalled(state)) {
    lines.push(`  Uid ${shortUid(installed.uid)}:`, '    state=cch');
    for (const [op, mode] of Object.entries(installed.own.uidAppOps)) lines.push(`      ${op}: mode=${mode}`);
    lines.push(`    Package ${installed.app.package}:`);
    for (const [op, { mode, usedAgoMs }] of Object.entries(installed.own.appOps)) {
      lines.push(`      ${op} (${mode}): `);
      if (usedAgoMs !== null) lines.push(...accessLines(state, usedAgoMs));
    }
  }
  return answerLines(lines);
}

function accessLines(state: SampleState, agoMs: number): string[] {
  const moment = `${wallTimeMs(state, agoMs)} (${duration(-agoMs)})`;
  return state.build.sdk >= 30
    ? ['        null=[', `          Access: [bg-s] ${moment}`, '        ]']
    : [`          Access: bg    = ${moment}`];
}

function defaultMode(op: string): AppOpMode {
  return DEFAULT_MODES[op] ?? 'allow';
}

/** Names and numbers are accepted; HyperOS adds its own ops from 10000 on. Null when the phone knows no such op. */
function opName(state: SampleState, text: string): string | null {
  const name = text.replace(/^android:/, '').toUpperCase();
  if (KNOWN_OPS.includes(name)) return name;
  if (/^100\d\d$/.test(name)) return state.build.skin === 'hyperos' ? `MIUIOP(${name})` : null;
  const used = allInstalled(state).some(({ own }) => name in own.appOps || name in own.uidAppOps);
  return used ? name : null;
}

function getLines(state: SampleState, { own }: InstalledApp, only: string | undefined): string[] {
  const matches = (op: string): boolean => only === undefined || op === only;
  const lines: string[] = [];
  if (state.build.sdk >= 29) {
    for (const [op, mode] of Object.entries(own.uidAppOps)) {
      if (matches(op)) lines.push(`Uid mode: ${op}: ${mode}`);
    }
  }
  for (const [op, { mode, usedAgoMs }] of Object.entries(own.appOps)) {
    if (matches(op)) lines.push(`${op}: ${mode}${usedAgoMs === null ? '' : `; time=${duration(usedAgoMs)} ago`}`);
  }
  if (lines.length > 0) return lines;
  return only === undefined ? ['No operations.'] : ['No operations.', `Default mode: ${defaultMode(only)}`];
}

function setPackageMode({ own }: InstalledApp, op: string, mode: AppOpMode): void {
  const usedAgoMs = own.appOps[op]?.usedAgoMs ?? null;
  // AppOpsService forgets an op that stands at its default and was never used.
  if (mode === defaultMode(op) && usedAgoMs === null) delete own.appOps[op];
  else own.appOps[op] = { mode, usedAgoMs };
}

function setUidMode({ own }: InstalledApp, op: string, mode: AppOpMode): void {
  if (mode === defaultMode(op)) delete own.uidAppOps[op];
  else own.uidAppOps[op] = mode;
}

function reset(state: SampleState, packageName: string | undefined, userId: number): SampleAnswer {
  for (const installed of allInstalled(state)) {
    const meant = packageName === undefined || installed.app.package === packageName;
    if (meant && installed.own.userId === userId) {
      installed.own.appOps = {};
      installed.own.uidAppOps = {};
    }
  }
  return answerLines([
    packageName === undefined ? 'Reset all modes for all packages.' : `Reset all modes for: ${packageName}.`,
  ]);
}
