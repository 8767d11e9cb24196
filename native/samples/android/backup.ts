import { findInstalled, type InstalledApp } from './apps.ts';
import { satisfiedConstraints, unsatisfiedConstraints } from './job-constraints.ts';
import { defaultTransport } from './network-state.ts';
import type { SampleBackup, SampleJob, SampleMediaItem, SampleState } from './state.ts';
import { MINUTE_MS, SECOND_MS } from './time-text.ts';

const photoBytes = 3_456_789;

/** The owner takes a photo: it lies in the camera folder, and every backup app has it to send. */
export function takePhoto(state: SampleState, sizeBytes = photoBytes): SampleMediaItem {
  const id = state.media.reduce((highest, item) => Math.max(highest, item.id), 4200) + 1;
  const photo: SampleMediaItem = {
    id,
    userId: state.currentUser,
    kind: 'image',
    sizeBytes,
    addedAgoMs: 0,
    relativePath: 'DCIM/Camera/',
    displayName: `IMG_${id}.jpg`,
  };
  state.media.unshift(photo);
  for (const backup of state.backups) backup.waitingBytes += sizeBytes;
  return photo;
}

/**
 * Lets time pass: what is there grows older, and apps send what they have to send as far as their jobs may run. A clock that
 * stands still is moved on; one that follows the computer's moves by itself.
 */
export function letTimePass(state: SampleState, elapsedMs: number): void {
  if (state.clock.fixedAt !== null) state.clock.fixedAt += elapsedMs;
  state.clock.uptimeMs += elapsedMs;
  age(state, elapsedMs);
  for (const backup of state.backups) live(state, backup, elapsedMs);
}

/** Every age of the state, which is named for being one. */
function age(part: object, elapsedMs: number): void {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'object' && value !== null) age(value, elapsedMs);
    else if (typeof value === 'number' && /(?:^a|A)goMs$/.test(name))
      Object.assign(part, { [name]: value + elapsedMs });
  }
}

function live(state: SampleState, backup: SampleBackup, elapsedMs: number): void {
  const installed = findInstalled(state, backup.package, backup.userId);
  if (installed === undefined || installed.own.stopped) return;
  send(state, installed, Math.round((backup.otherBytesPerMinute * elapsedMs) / MINUTE_MS));
  const job = state.jobs.find((one) => one.id === backup.jobId && one.package === backup.package);
  if (job === undefined || !mayRun(state, job)) return;
  const bytes = Math.min(backup.waitingBytes, Math.round((backup.bytesPerSecond * elapsedMs) / SECOND_MS));
  if (send(state, installed, bytes)) backup.waitingBytes -= bytes;
}

function mayRun(state: SampleState, job: SampleJob): boolean {
  const satisfied = satisfiedConstraints(state, job);
  return (
    unsatisfiedConstraints(state, job).length === 0 &&
    satisfied.includes('DEVICE_NOT_DOZING') &&
    (state.build.sdk <= 27 || satisfied.includes('BACKGROUND_NOT_RESTRICTED'))
  );
}

/** Sends bytes over the network that carries traffic now, uncounted until somebody asks; false where there is no network. */
function send(state: SampleState, { app, own }: InstalledApp, bytes: number): boolean {
  const transport = defaultTransport(state);
  if (transport === null || !state.network.validated) return false;
  if (bytes === 0) return true;
  const network = transport === 'WIFI' ? 'wifi' : 'mobile';
  state.uncounted.push({ package: app.package, userId: own.userId, network, bytes });
  return true;
}
