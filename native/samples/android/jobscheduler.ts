import { answerLines, failLine, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { isBackgroundRestricted } from './appops.ts';
import { allInstalled, findInstalled, isDozeExempt, shortUid, uidOf } from './apps.ts';
import { parseArguments, userIdOf } from './arguments.ts';
import {
  constraintsText,
  countsAsCharging,
  dynamicConstraints,
  quotaLeftMs,
  requiredConstraints,
  satisfiedConstraints,
  unsatisfiedConstraints,
} from './job-constraints.ts';
import type { SampleJob, SampleState } from './state.ts';
import { isStorageLow } from './storage-state.ts';
import { duration, MINUTE_MS, wallTime } from './time-text.ts';
import { standbyBucket } from './usagestats.ts';

const BUCKET_TEXT: Readonly<Record<number, string>> = {
  5: 'EXEMPTED',
  10: 'ACTIVE',
  20: 'WORKING_SET',
  30: 'FREQUENT',
  40: 'RARE',
  45: 'RESTRICTED',
  50: 'NEVER',
};

/** `dumpsys jobscheduler [PKG]` (AOSP JobSchedulerService.dumpInternal, JobStatus.dump). */
export function dumpJobScheduler(state: SampleState, args: readonly string[]): SampleAnswer {
  const { sdk } = state.build;
  const only = args.find((word) => !word.startsWith('-'));
  const jobs = state.jobs.filter((job) => only === undefined || job.package === only);
  const users = state.users.filter((user) => user.running).map((user) => user.id);
  return answerLines([
    'Settings:',
    '  min_linear_backoff_time_ms=10000 ',
    '',
    ...(sdk >= 30 ? [`Thermal status: ${state.thermalStatus}`, ''] : []),
    ...(sdk >= 29 ? headerLines(state) : []),
    `Started users: [${users.join(', ')}]`,
    '',
    ...(sdk >= 33 ? [`Media Cloud Providers: {${mediaProviders(state)}}`, ''] : []),
    `Registered ${state.jobs.length} jobs:`,
    ...(jobs.length === 0 ? ['  None.'] : jobs.flatMap((job) => jobLines(state, job))),
    '',
    ...(sdk >= 28
      ? ['BatteryController:', `  Stable power: ${countsAsCharging(state)}`, `  Not low: ${!state.battery.low}`, '']
      : []),
    'StorageController:',
    `  Not low: ${!isStorageLow(state)}`,
    '',
    ...(sdk >= 28 ? backgroundLines(state) : []),
    ...(sdk >= 29 ? quotaLines(state, jobs) : []),
    'mReadyToRock=true',
  ]);
}

function headerLines(state: SampleState): string[] {
  return [
    ...(state.build.sdk >= 36 ? [`Power connected: ${state.battery.plugged !== 'none'}`] : []),
    `Battery charging: ${countsAsCharging(state)}`,
    ...(state.build.sdk >= 36
      ? [`Considered charging: ${countsAsCharging(state)}`, `Battery level: ${state.battery.level}`]
      : []),
    `Battery not low: ${!state.battery.low}`,
    '',
  ];
}

function mediaProviders(state: SampleState): string {
  const photos = findInstalled(state, 'com.google.android.apps.photos', 0);
  return photos ? `0=${photos.app.package}` : '';
}

function jobLines(state: SampleState, job: SampleJob): string[] {
  const { sdk } = state.build;
  const app = findInstalled(state, job.package, job.userId);
  const uid = app ? shortUid(app.uid) : 'u0a0';
  const namespace = sdk >= 34 ? job.namespace : null;
  const tag = namespace === null ? job.service : `@${namespace}@${job.service}`;
  const satisfied = satisfiedConstraints(state, job);
  const unsatisfied = unsatisfiedConstraints(state, job);
  const notDozing = satisfied.includes('DEVICE_NOT_DOZING');
  const notRestricted = satisfied.includes('BACKGROUND_NOT_RESTRICTED');
  const ready = unsatisfied.length === 0 && notDozing && (sdk <= 27 || notRestricted);
  return [
    `  JOB ${namespace === null ? '#' : `${namespace}:`}${uid}/${job.id}: ${hash(job)} ${tag}`,
    `    ${uid} tag=*job*/${tag}#${job.id}`,
    `    Source: uid=${uid} user=${job.userId} pkg=${job.package}`,
    '    JobInfo:',
    `      Service: ${job.service}`,
    ...(sdk >= 31 ? ['      Priority: 300 [DEFAULT]'] : []),
    `      Requires: charging=${job.charging} batteryNotLow=${job.batteryNotLow} deviceIdle=${job.deviceIdle}`,
    ...(job.contentTrigger === null ? [] : ['      Trigger content URIs:', `        1 ${job.contentTrigger}`]),
    ...(job.network === null ? [] : [`      Network type: ${networkRequest(state, job)}`]),
    ...(job.minLatencyMs === null ? [] : [`      Minimum latency: ${duration(job.minLatencyMs)}`]),
    '      Backoff: policy=1 initial=+30s0ms',
    `    Required constraints:${constraintsText(state, requiredConstraints(state, job))}`,
    ...(sdk >= 34 ? ['    Preferred constraints:'] : []),
    ...(sdk >= 30 ? [`    Dynamic constraints:${constraintsText(state, dynamicConstraints(state, job))}`] : []),
    `    Satisfied constraints:${constraintsText(state, satisfied)}`,
    `    Unsatisfied constraints:${constraintsText(state, unsatisfied)}`,
    ...(sdk >= 30
      ? [
          '    Constraint history:',
          `      ${duration(-Math.min(job.enqueuedAgoMs, 34 * MINUTE_MS))} =${constraintsText(state, satisfied)}`,
        ]
      : []),
    '    Tracking: BATTERY CONNECTIVITY IDLE',
    ...(sdk >= 29
      ? [
          '    Implicit constraints:',
          `      readyNotDozing: ${notDozing}`,
          `      readyNotRestrictedInBg: ${notRestricted}`,
          ...(sdk >= 31 ? ['      readyComponentEnabled: true'] : []),
        ]
      : []),
    ...(sdk >= 28 && app ? [`    Standby bucket: ${BUCKET_TEXT[standbyBucket(state, app)] ?? 'NEVER'}`] : []),
    `    Enqueue time: ${duration(-job.enqueuedAgoMs)}`,
    '    Run time: earliest=none, latest=none',
    ...(job.failures > 0 ? [`    Num failures: ${job.failures}`] : []),
    ...(job.lastFailedAgoMs === null ? [] : [`    Last failed run: ${wallTime(state, job.lastFailedAgoMs)}`]),
    ...(sdk >= 34 ? ['    Restricted due to: none.'] : []),
    `    Ready: ${ready} (job=${unsatisfied.length === 0} user=true ${sdk >= 31 ? '!restricted=true ' : ''}!pending=true !active=true !backingup=true comp=true)`,
  ];
}

function networkRequest(state: SampleState, job: SampleJob): string {
  if (state.build.sdk <= 27) return job.network === 'unmetered' ? '2' : '1';
  const app = state.apps.find((other) => other.package === job.package);
  const metered = job.network === 'unmetered' ? 'NOT_METERED&' : '';
  const trust = state.build.sdk >= 31 ? '&NOT_VCN_MANAGED' : '';
  return `NetworkRequest [ NONE id=0, [ Capabilities: ${metered}INTERNET&TRUSTED&VALIDATED${trust} Uid: ${app ? uidOf(app, job.userId) : -1}] ]`;
}

function hash(job: SampleJob): string {
  return (0xa00_0000 + (Math.abs(job.id) % 0xfff_fff)).toString(16);
}

function backgroundLines(state: SampleState): string[] {
  const restricted = allInstalled(state).filter((installed) => isBackgroundRestricted(state, installed));
  return [
    'BackgroundJobsController:',
    '    Restricted packages:',
    ...restricted.map(({ uid, app }) => `      ${shortUid(uid)} ${app.package}`),
    '',
    ...state.jobs.flatMap((job) => {
      const installed = findInstalled(state, job.package, job.userId);
      if (!installed) return [];
      const allowed = isBackgroundRestricted(state, installed) ? 'disallowed' : 'allowed';
      const exempt = isDozeExempt(state, job.package) ? ', exempted' : '';
      const uid = shortUid(installed.uid);
      return [
        `  #${uid}/${job.id} from ${uid} idle${exempt}: ${job.package} [RUN_ANY_IN_BACKGROUND ${allowed}] RUNNABLE`,
      ];
    }),
    '',
  ];
}

/** What is left of the time that the jobs of an app may run (AOSP QuotaController.dumpControllerStateLocked). */
function quotaLines(state: SampleState, jobs: readonly SampleJob[]): string[] {
  return [
    'QuotaController:',
    `  Is ${state.build.sdk >= 31 ? 'enabled: true' : `charging: ${countsAsCharging(state)}`}`,
    '',
    ...jobs.flatMap((job) => {
      const installed = findInstalled(state, job.package, job.userId);
      if (!installed) return [];
      const uid = shortUid(installed.uid);
      const within = unsatisfiedConstraints(state, job).includes('WITHIN_QUOTA')
        ? 'not within quota'
        : 'within regular quota';
      const namespace = state.build.sdk >= 34 ? (job.namespace ?? '#') : '#';
      return [
        `  ${namespace === '#' ? '##' : `#${namespace}:`}${uid}/${job.id} from ${uid}`,
        `    ${BUCKET_TEXT[standbyBucket(state, installed)] ?? 'NEVER'}, ${within}, ${quotaLeftMs(installed.own)}ms remaining in quota`,
      ];
    }),
    '',
  ];
}

/** `cmd jobscheduler …` (AOSP JobSchedulerShellCommand). */
export function cmdJobScheduler(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, ...rest] = args;
  const parsed = parseArguments(rest, ['--user', '-u', '-n']);
  switch (verb) {
    case 'get-battery-not-low':
      return answerLines([String(!state.battery.low)]);
    case 'get-storage-not-low':
      return answerLines([String(!isStorageLow(state))]);
    case 'get-battery-charging':
      return answerLines([String(countsAsCharging(state))]);
    case 'reset-execution-quota':
      return state.build.sdk >= 30 ? SILENT : unknownCommand(verb);
    case 'run':
      return runJob(state, parsed.words, parsed.flags, Number(parsed.options.get('-u') ?? userIdOf(parsed)));
    case undefined:
    default:
      return unknownCommand(verb);
  }
}

function runJob(
  state: SampleState,
  [packageName, idText]: readonly string[],
  flags: ReadonlySet<string>,
  userId: number,
): SampleAnswer {
  const job = state.jobs.find(
    (other) => other.package === packageName && String(other.id) === idText && other.userId === userId,
  );
  if (!job)
    return failLine(`Could not find job ${idText ?? 'null'} in package ${packageName ?? 'null'} / user ${userId}`, 1);
  if (!flags.has('-f') && unsatisfiedConstraints(state, job).length > 0) {
    return failLine(
      `Job ${job.id} in package ${job.package} / user ${userId} has functional constraints but --force not specified`,
      1,
    );
  }
  job.failures = 0;
  job.lastFailedAgoMs = null;
  return answerLines([`Running job${flags.has('-f') ? ' [FORCED]' : ''}`]);
}
