/**
 * How long each wait for an adb server or an Android phone may last. `docs/waits.md` says what becomes of each, and which test runs
 * into it.
 */
export const adbDeadlines = {
  /** The adb server's own answers: the list, what a phone can do, the way to a phone. */
  serverMs: 3_000,
  /** Until a server that does not run yet is started. */
  startMs: 10_000,
  /** Until a phone has opened a service: a shell, its files. */
  openMs: 10_000,
  /** Until a phone has said who it is. */
  identifyMs: 3_000,
  /** One question, or one command of a correction. */
  probeMs: 15_000,
  /** All questions of a scan. */
  scanMs: 45_000,
  /** How long a phone may say nothing, or next to nothing, in the middle of a folder or a file. */
  silenceMs: 20_000,
  /** The media index, which a phone with many photos takes long to go through. */
  mediaIndexMs: 30_000,
  /** All camera folders. */
  listingMs: 600_000,
  /** SHA-256 of some files, on top of the time that reading them takes. */
  hashMs: 30_000,
} as const satisfies Record<string, number>;

export type AdbDeadlines = { readonly [Name in keyof typeof adbDeadlines]: number };
