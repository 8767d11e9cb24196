import { z } from 'zod';
import { phoneSchema } from '../../../native/phone.ts';
import { readingSchema } from '../../../native/reading.ts';
import { chosenAppSchema } from '../../../diagnosis/uploads/chosen-apps.ts';
import { toldUploadSchema } from '../../../diagnosis/uploads/upload-state.ts';
import { fixSchema } from '../../../diagnosis/judge/fixes.ts';
import { shortAnswerSchema } from '../../../diagnosis/judge/short-answer.ts';
import { findingSchema, incompleteSchema, stepSchema } from '../../../diagnosis/finding.ts';
import { driftSchema } from '../actions/drift.ts';
import { problemSchema } from '../program/problem.ts';

/** One backup app as the report lists it. `version` is null where it is not installed or could not be read. */
export const reportedAppSchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  /** null: could not be read. */
  installed: z.boolean().nullable(),
});

/** What a scan gives: `phone-health scan --json` prints exactly this. The field names are fixed; scripts rely on them. */
export const scanReportSchema = z.object({
  schema: z.literal(1),
  phone: phoneSchema,
  apps: z.array(reportedAppSchema),
  reading: readingSchema,
  findings: z.array(findingSchema),
  /** The apps that should keep the photos: chosen by a person, else derived from what shows use. */
  chosen: z.array(chosenAppSchema).default([]),
  /** Whether photos leave, for each of them. */
  uploads: z.array(toldUploadSchema).default([]),
  verdict: z.string(),
  /** The same as it is said first: a headline, one sentence, and the counts that are in it. */
  answer: shortAnswerSchema,
  /** What this computer can correct of what holds photos back, in the order of work. */
  fixes: z.array(fixSchema),
  steps: z.array(stepSchema),
  incomplete: z.array(incompleteSchema),
  /** Set where the scan broke off: what is here is not the whole answer, and nothing was saved. */
  brokenOff: z.object({ reason: z.enum(['unplugged', 'timeout', 'cancelled']), detail: z.string() }).nullable(),
  /** Corrected values that are not any more as their correction left them; empty in a report of a file or a snapshot. */
  drift: z.array(driftSchema).default([]),
  /** Id of the snapshot; null where none was saved. */
  snapshot: z.string().nullable(),
  /** Why it was not kept that was to be; null where it was, or was not to be. */
  notKept: problemSchema.nullable().default(null),
  catalog: z.string(),
  timing: z.object({ totalMs: z.number(), probes: z.record(z.string(), z.number()) }),
});
export type ScanReport = z.infer<typeof scanReportSchema>;

/** How many photos of an iPhone wait for iCloud; null where that is not known, or nothing is to wait. */
export function waitingPhotos({ uploads }: Pick<ScanReport, 'uploads'>): number | null {
  const counted = uploads.flatMap(({ evidence }) => evidence).find(({ path }) => path === 'icloud.backlog');
  return typeof counted?.value === 'number' ? counted.value : null;
}

/** What is said of an iPhone's library that was too large to count in the time of a scan; null where it was counted, or cannot be. */
export const uncountedPhotos = ({ incomplete, brokenOff }: ScanReport): string | null =>
  (brokenOff === null &&
    incomplete.find(({ probe, reason }) => probe === 'photo-library' && reason === 'timeout')?.detail) ||
  null;
