import { isBackgroundRestricted } from './appops.ts';
import { findInstalled, isDozeExempt } from './apps.ts';
import { isPowered } from './is-powered.ts';
import { isDataRejected } from './netpolicy.ts';
import { defaultTransport, isMetered } from './network-state.ts';
import type { AppOfUser, SampleJob, SampleState } from './state.ts';
import { isStorageLow } from './storage-state.ts';
import { standbyBucket } from './usagestats.ts';

/** Names in the order of JobStatus.dumpConstraints, with their bits (AOSP JobStatus, Android 9 to 16). */
const CONSTRAINT_BITS = {
  CHARGING: 0x1,
  BATTERY_NOT_LOW: 0x2,
  STORAGE_NOT_LOW: 0x8,
  TIMING_DELAY: 0x8000_0000,
  DEADLINE: 0x4000_0000,
  IDLE: 0x4,
  CONNECTIVITY: 0x1000_0000,
  UNMETERED: 0x2000_0000,
  CONTENT_TRIGGER: 0x400_0000,
  APP_NOT_IDLE: 0x800_0000,
  DEVICE_NOT_DOZING: 0x200_0000,
  BACKGROUND_NOT_RESTRICTED: 0x40_0000,
  TARE_WEALTH: 0x800_0000,
  WITHIN_QUOTA: 0x100_0000,
} as const;

export type ConstraintName = keyof typeof CONSTRAINT_BITS;

const ORDER: readonly ConstraintName[] = [
  'CHARGING',
  'BATTERY_NOT_LOW',
  'STORAGE_NOT_LOW',
  'TIMING_DELAY',
  'DEADLINE',
  'IDLE',
  'CONNECTIVITY',
  'UNMETERED',
  'APP_NOT_IDLE',
  'CONTENT_TRIGGER',
  'DEVICE_NOT_DOZING',
  'BACKGROUND_NOT_RESTRICTED',
  'TARE_WEALTH',
  'WITHIN_QUOTA',
];

/** What the app itself asked for when it scheduled the job. */
export function requiredConstraints(state: SampleState, job: SampleJob): ConstraintName[] {
  const network: ConstraintName | null =
    job.network === null ? null : job.network === 'unmetered' && state.build.sdk <= 27 ? 'UNMETERED' : 'CONNECTIVITY';
  return ordered([
    ...(job.charging ? (['CHARGING'] as const) : []),
    ...(job.batteryNotLow ? (['BATTERY_NOT_LOW'] as const) : []),
    ...(job.storageNotLow ? (['STORAGE_NOT_LOW'] as const) : []),
    ...(job.minLatencyMs === null ? [] : (['TIMING_DELAY'] as const)),
    ...(job.deviceIdle ? (['IDLE'] as const) : []),
    ...(network === null ? [] : [network]),
    ...(job.contentTrigger === null ? [] : (['CONTENT_TRIGGER'] as const)),
  ]);
}

/** What holds now, out of the required constraints and those that JobScheduler adds by itself. */
export function satisfiedConstraints(state: SampleState, job: SampleJob): ConstraintName[] {
  return ordered([...requiredConstraints(state, job), ...implicitConstraints(state)]).filter((name) =>
    holds(state, job, name),
  );
}

/**
 * AOSP prints the required constraints and the quota here, never DEVICE_NOT_DOZING or BACKGROUND_NOT_RESTRICTED: those
 * show by their absence among the satisfied ones and in `Implicit constraints`.
 */
export function unsatisfiedConstraints(state: SampleState, job: SampleJob): ConstraintName[] {
  const quota: ConstraintName[] = state.build.sdk >= 29 ? ['WITHIN_QUOTA'] : [];
  return ordered([...requiredConstraints(state, job), ...quota]).filter((name) => !holds(state, job, name));
}

/** Constraints that the RESTRICTED bucket adds (Android 11 and later). */
export function dynamicConstraints(state: SampleState, job: SampleJob): ConstraintName[] {
  const installed = findInstalled(state, job.package, job.userId);
  const restricted = installed !== undefined && standbyBucket(state, installed) === 45;
  return restricted ? ['CHARGING', 'BATTERY_NOT_LOW', 'IDLE', 'CONNECTIVITY'] : [];
}

/** ` CHARGING IDLE [0x5]`, nothing at all when the list is empty; Android 8 prints no mask. */
export function constraintsText(state: SampleState, names: readonly ConstraintName[]): string {
  const words = names.map((name) => ` ${name}`).join('');
  if (names.length === 0 || state.build.sdk <= 27) return words;
  let mask = 0;
  for (const name of names) mask += CONSTRAINT_BITS[name];
  return `${words} [0x${mask.toString(16)}]`;
}

/** Whether the phone counts as charging for jobs: not while a charge limit holds the level. */
export function countsAsCharging(state: SampleState): boolean {
  return isPowered(state) && !state.battery.chargeHeld;
}

/** Ten minutes within the span that the bucket counts (AOSP QuotaController, mAllowedTimePerPeriodMs). */
export const quotaLeftMs = ({ jobsRanMs = 0 }: AppOfUser): number => Math.max(0, 600_000 - jobsRanMs);

function implicitConstraints(state: SampleState): ConstraintName[] {
  const { sdk } = state.build;
  if (sdk <= 27) return ['APP_NOT_IDLE', 'DEVICE_NOT_DOZING'];
  return [
    'DEVICE_NOT_DOZING',
    'BACKGROUND_NOT_RESTRICTED',
    ...(sdk === 33 || sdk === 34 ? (['TARE_WEALTH'] as const) : []),
    ...(sdk >= 29 ? (['WITHIN_QUOTA'] as const) : []),
  ];
}

function holds(state: SampleState, job: SampleJob, name: ConstraintName): boolean {
  const installed = findInstalled(state, job.package, job.userId);
  switch (name) {
    case 'CHARGING':
      return countsAsCharging(state);
    case 'BATTERY_NOT_LOW':
      return !state.battery.low;
    case 'STORAGE_NOT_LOW':
      return !isStorageLow(state);
    case 'IDLE':
      return !state.screenOn;
    case 'TIMING_DELAY':
      return job.minLatencyMs === null || job.enqueuedAgoMs >= job.minLatencyMs;
    case 'DEADLINE':
    case 'CONTENT_TRIGGER':
      return false;
    case 'CONNECTIVITY':
    case 'UNMETERED':
      return isNetworkGood(state, job);
    case 'DEVICE_NOT_DOZING':
      return state.doze.deepState !== 'IDLE' || isDozeExempt(state, job.package);
    case 'APP_NOT_IDLE':
      return installed !== undefined && (isPowered(state) || installed.own.standby.bucket < 40);
    case 'BACKGROUND_NOT_RESTRICTED':
      return installed !== undefined && !isBackgroundRestricted(state, installed);
    case 'WITHIN_QUOTA':
      return (
        installed !== undefined &&
        installed.own.standby.bucket !== 50 &&
        (countsAsCharging(state) || quotaLeftMs(installed.own) > 0)
      );
    case 'TARE_WEALTH':
      return true;
  }
}

function isNetworkGood(state: SampleState, job: SampleJob): boolean {
  if (defaultTransport(state) === null || !state.network.validated) return false;
  if (!isMetered(state)) return true;
  const installed = findInstalled(state, job.package, job.userId);
  return job.network !== 'unmetered' && installed !== undefined && !isDataRejected(state, installed.own.networkPolicy);
}

function ordered(names: readonly ConstraintName[]): ConstraintName[] {
  return ORDER.filter((name) => names.includes(name));
}
