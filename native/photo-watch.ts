import type { Platform } from './phone.ts';

/** What to ask a phone, and how often, to see a new photo appear and leave. Ids of probes; each list holds what it depends on. */
export interface PhotoWatch {
  /** Before the photo is taken: the newest photo, and what was sent or waits until now. */
  before: readonly string[];
  /** Until a new photo is there. */
  appearance: readonly string[];
  /** From then on: what was sent, and what holds it back. */
  upload: readonly string[];
  /** Between two looks. */
  pollMs: number;
  /** For one look. */
  deadlineMs: number;
  /** Brings the phone's counters up to date; without it they are up to 30 minutes or 2 MB behind. null: nothing is needed. */
  refresh: readonly string[] | null;
  /** Opens the camera; null: this cannot be done from a computer. */
  openCamera: readonly string[] | null;
}

/**
 * Android counts bytes by app (`dumpsys netstats --poll`: AOSP NetworkStatsService.dump, 26..34, takes what the kernel has
 * counted into the history at once). An iPhone counts by photo, in a database that is copied at each look, hence seldom.
 */
export const photoWatches: Record<Platform, PhotoWatch> = {
  android: {
    before: ['current-user', 'packages', 'photos', 'netstats'],
    appearance: ['current-user', 'packages', 'photos', 'netstats'],
    upload: ['current-user', 'packages', 'netstats', 'jobs', 'connectivity'],
    pollMs: 5_000,
    deadlineMs: 30_000,
    refresh: ['dumpsys', 'netstats', '--poll'],
    openCamera: ['am', 'start', '-a', 'android.media.action.STILL_IMAGE_CAMERA'],
  },
  ios: {
    before: ['icloud-markers', 'camera-folder', 'photo-library'],
    appearance: ['camera-folder'],
    upload: ['icloud-markers', 'icloud-status', 'photo-library'],
    pollMs: 20_000,
    deadlineMs: 180_000,
    refresh: null,
    openCamera: null,
  },
};
