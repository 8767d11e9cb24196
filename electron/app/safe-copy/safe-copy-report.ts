import { z } from 'zod';

const amountSchema = z.object({ files: z.int(), bytes: z.int() });

/** A file that is not in the copy. `reason` is stable: `unreadable`, `changed`, `broken`, `not-storable`. */
const missedSchema = z.object({
  from: z.string(),
  reason: z.enum(['unreadable', 'changed', 'broken', 'not-storable']),
  detail: z.string(),
});
export type MissedFile = z.infer<typeof missedSchema>;

/** What became of a safe copy; also the one document of `copy --json`. */
export const safeCopyReportSchema = z.object({
  schema: z.literal(1),
  /** The phone's id. */
  phone: z.string(),
  folder: z.string(),
  /** The file that lists every copied file with its hash. */
  manifest: z.string(),
  /** Everything of the camera that the phone showed is in the folder, and was verified. */
  whole: z.boolean(),
  /** The camera's photos and videos on the phone. */
  found: amountSchema,
  /** Copied and verified this time. */
  copied: amountSchema,
  /** In the folder already, verified by an earlier copy or just now. */
  alreadyThere: amountSchema,
  missed: z.array(missedSchema),
  /** Left out on purpose, with why. */
  leftOut: z.array(z.object({ from: z.string(), detail: z.string() })),
  /** Why it ended before its end; the next copy to the same folder goes on from here. */
  brokenOff: z
    .object({
      reason: z.enum(['unplugged', 'another-phone', 'cancelled', 'disk-full', 'folder-lost']),
      detail: z.string(),
    })
    .nullable(),
  durationMs: z.int(),
});
export type SafeCopyReport = z.infer<typeof safeCopyReportSchema>;

/** What a safe copy tells while it runs. Sizes in bytes; `bytesPerSecond` and `secondsLeft` null where not known yet. */
export type SafeCopyEvent =
  | {
      type: 'progress';
      /** `listing`: asking the phone what it has. `checking`: comparing with what is in the folder already. */
      step: 'listing' | 'checking' | 'copying';
      /** The path on the phone; null between files. */
      file: string | null;
      filesDone: number;
      files: number;
      bytesDone: number;
      bytes: number;
      bytesPerSecond: number | null;
      secondsLeft: number | null;
    }
  | { type: 'report'; report: SafeCopyReport };
