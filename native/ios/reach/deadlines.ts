/**
 * How long each wait for usbmuxd or an iPhone may last. `docs/waits.md` says what becomes of each, and which test runs into it.
 */
export const iphoneDeadlines = {
  /** Until the process of an iPhone has a place among those that run. */
  placeMs: 30_000,
  /** Who the phone is, and whether it can be read; on a busy computer the process that asks takes seconds to begin. */
  lookMs: 10_000,
  /** One command, such as a restart. */
  runMs: 15_000,
  /** Until the owner has answered the question whether to trust this computer. */
  pairingMs: 60_000,
  /** One question of a scan. */
  probeMs: 15_000,
  /** All questions of a scan. */
  scanMs: 45_000,
  /** The photo database to its end, where somebody asked for it: 2 GB at the slowest that was seen, 2 MB a second. */
  countMs: 1_200_000,
  /** How long the phone may say nothing, or next to nothing, in the middle of a folder or a file. */
  silenceMs: 20_000,
  /** All camera folders. */
  listingMs: 600_000,
  /** Until the conversations with a phone are ended in good order. */
  hangUpMs: 1_000,
  /** A service that sends by itself; inside the process, which goes on after it. */
  receiveMs: 10_000,
  /** Until the phone has gathered its crash reports; inside the process. */
  gatherMs: 5_000,
  /** Another client of the file service beside the first one; inside the process. */
  laneMs: 2_000,
  /** Calls that the phone has not answered, before what they use is freed; inside the process. */
  freeMs: 1_000,
} as const satisfies Record<string, number>;

export type IphoneDeadlines = { readonly [Name in keyof typeof iphoneDeadlines]: number };
