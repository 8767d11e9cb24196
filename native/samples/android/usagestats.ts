import { answerLines, failLine, SILENT, type SampleAnswer } from './answer.ts';
import { allInstalled, findInstalled, isDozeExempt, type InstalledApp } from './apps.ts';
import { isPowered } from './is-powered.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';
import { DAY_MS, duration, HOUR_MS } from './time-text.ts';

/** `used` of an app whose last job never ran: Long.MIN_VALUE / … cut to an int, as every Android prints it. */
const NEVER_RAN = '-24855d3h14m7s974ms';

const BUCKET_NAMES: readonly [number, string][] = [
  [5, 'exempted'],
  [10, 'active'],
  [20, 'working_set'],
  [30, 'frequent'],
  [40, 'rare'],
  [45, 'restricted'],
  [50, 'never'],
];

/** The bucket that counts: apps on a shipped allow-list are exempt (AppStandbyController, Android 12 and later). */
export function standbyBucket(state: SampleState, { app, own }: InstalledApp): number {
  return state.build.sdk >= 31 && state.doze.systemExempt.includes(app.package) ? 5 : own.standby.bucket;
}

/** `am get-standby-bucket [PKG]`: a number, or one line for every app. */
export function getStandbyBucket(state: SampleState, packageName: string | undefined, userId: number): SampleAnswer {
  if (packageName === undefined) {
    return answerLines(
      allInstalled(state)
        .filter(({ own }) => own.userId === userId)
        .map((installed) => `${installed.app.package}: ${standbyBucket(state, installed)}`),
    );
  }
  const installed = findInstalled(state, packageName, userId);
  // UsageStatsService answers -1 for a package that this user does not have.
  return answerLines([installed ? String(standbyBucket(state, installed)) : '-1']);
}

/** `am set-standby-bucket PKG BUCKET`; the reason becomes "forced by user". */
export function setStandbyBucket(
  state: SampleState,
  [packageName, bucketText = '']: readonly string[],
  userId: number,
): SampleAnswer {
  const named = BUCKET_NAMES.find(([value, name]) => name === bucketText.toLowerCase() || String(value) === bucketText);
  if (!named) return failLine(`Error: Unknown bucket: ${bucketText}`, 255);
  const refusal = refusalFor(state, 'standby', 'set-standby-bucket');
  if (refusal) return refusal;
  const [bucket] = named;
  if (bucket === 45 && state.build.sdk < 30) return failLine(`Error: Unknown bucket: ${bucketText}`, 255);
  const installed = findInstalled(state, packageName, userId);
  if (!installed) {
    return failLine(`java.lang.IllegalArgumentException: package ${packageName ?? 'null'} does not exist`, 255);
  }
  if (standbyBucket(state, installed) === 5) return SILENT;
  installed.own.standby.bucket = bucket;
  installed.own.standby.reason = 'f';
  return SILENT;
}

/** `dumpsys usagestats [PKG]`, the part that tells each app's standby state. */
export function dumpUsageStats(state: SampleState, args: readonly string[]): SampleAnswer {
  const only = args.find((word) => !word.startsWith('-'));
  const lines: string[] = [];
  for (const user of state.users) {
    lines.push(`user=${user.id} `);
    const apps = allInstalled(state).filter(
      ({ app, own }) => own.userId === user.id && (only === undefined || app.package === only),
    );
    if (state.build.sdk <= 27) {
      lines.push('  Package idle stats:', ...apps.map((installed) => oreoLine(installed)));
    } else if (state.build.sdk <= 29) {
      lines.push('  ', '  App Standby States:', ...apps.map((installed) => pieLine(state, installed)));
    } else {
      lines.push('', `User ${user.id} App Standby States:`, ...apps.map((installed) => laterLine(state, installed)));
    }
  }
  return answerLines([...lines, '', `mCharging=${isPowered(state)}`]);
}

function oreoLine({ app, own }: InstalledApp): string {
  const { usedAgoMs } = own.standby;
  return (
    `    package=${app.package} lastUsedElapsed=${duration(usedAgoMs)} ` +
    `lastUsedScreenOn=${duration(Math.floor(usedAgoMs / 6))} idle=${idleMark(own.standby.bucket)}`
  );
}

function pieLine(state: SampleState, installed: InstalledApp): string {
  const { app, own } = installed;
  const { usedAgoMs, reason } = own.standby;
  return (
    `    package=${app.package} u=${own.userId} bucket=${standbyBucket(state, installed)} reason=${reason} ` +
    `used=${duration(usedAgoMs)} usedScr=${duration(Math.floor(usedAgoMs / 6))} lastPred=${duration(usedAgoMs)} ` +
    `activeLeft=${duration(HOUR_MS - usedAgoMs)} wsLeft=${duration(2 * HOUR_MS - usedAgoMs)} ` +
    `lastJob=${lastJob(installed)} idle=${idleMark(own.standby.bucket)}`
  );
}

function laterLine(state: SampleState, installed: InstalledApp): string {
  const { app, own } = installed;
  const { usedAgoMs, reason } = own.standby;
  const bucket = standbyBucket(state, installed);
  const times =
    state.build.sdk >= 31
      ? `expiryTimes=(10:${duration(HOUR_MS - usedAgoMs)})`
      : `activeLeft=${duration(HOUR_MS - usedAgoMs)} wsLeft=${duration(2 * HOUR_MS - usedAgoMs)}`;
  return [
    `  package=${app.package} u=${own.userId} bucket=${bucket} reason=${reason}`,
    `used=${duration(usedAgoMs)}`,
    ...(state.build.sdk >= 31 ? [`usedByUser=${duration(usedAgoMs)}`] : []),
    `usedScr=${duration(Math.floor(usedAgoMs / 6))} lastPred=${duration(Math.min(usedAgoMs, DAY_MS))}`,
    times,
    `lastJob=${lastJob(installed)}`,
    ...(state.build.sdk >= 31 && bucket === 45 ? ['lastRestrictAttempt=+2d0h0m0s0ms lastRestrictReason=s-4'] : []),
    `lastInformedBucket=${bucket}`,
    ...(state.build.sdk >= 33 ? ['nextEstimatedLaunchTime=+1h42m28s211ms'] : []),
    `idle=${idleMark(bucket)}`,
  ].join(' ');
}

function lastJob({ own }: InstalledApp): string {
  return own.standby.lastJobAgoMs === null ? NEVER_RAN : duration(own.standby.lastJobAgoMs);
}

function idleMark(bucket: number): 'y' | 'n' {
  return bucket >= 40 ? 'y' : 'n';
}

/** Whether the package is left alone by every background limit, as `am get-bg-restriction-level` sees it. */
export function isExempted(state: SampleState, installed: InstalledApp): boolean {
  return isDozeExempt(state, installed.app.package) || standbyBucket(state, installed) === 5;
}
