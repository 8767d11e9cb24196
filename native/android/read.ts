import { assembleReading } from '../assemble.ts';
import type { Capture } from '../capture.ts';
import type { Probe } from '../probe.ts';
import type { Reading } from '../reading.ts';
import { androidRefusal } from './refusal.ts';

export { androidRefusal } from './refusal.ts';

/**
 * Every question to an Android phone, in the order in which the answers are read: first who and what the phone is, then the
 * apps (their uids are needed by what is listed by uid), then everything else.
 */
export const androidProbes: readonly Probe[] = [
  // Identity: what the other questions depend on.
  // Apps: installed or not, uid.
  // The phone: power, network, data policy, system.
  // The apps: background limits, permissions, jobs.
  // Accounts, storage, photos, clock.
];

/** What an Android phone's capture means. Pure and total: whatever a phone says, a reading comes out. */
export const readAndroid = (capture: Capture): Reading => assembleReading(capture, androidProbes, androidRefusal);
