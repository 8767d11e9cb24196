import { z } from 'zod';
import { offeredCorrectionSchema } from '../../../diagnosis/finding.ts';
import { alternativePathSchema } from '../../../diagnosis/judge/alternative-path.ts';
import { actionSummarySchema } from '../actions/action-summary.ts';
import { testPhotoReportSchema } from '../proof/test-photo-report.ts';
import { scanReportSchema } from '../scan/scan-report.ts';
import { reportKindSchema } from './formats.ts';

/** A snapshot as a report holds it: what `scan --json` prints, with when it was read and what it is called. */
const reportedSnapshotSchema = z.object({
  id: z.string(),
  /** The same everywhere, also where another shop has it. */
  uid: z.string(),
  label: z.string().nullable(),
  /** When the phone was read; UTC, ISO 8601. */
  takenAt: z.string(),
  scan: scanReportSchema,
  /** What a person may try for each chosen app, whatever was found: first of all, and meanwhile. */
  guide: z.array(z.object({ app: z.string(), quickWin: offeredCorrectionSchema, alternative: alternativePathSchema })),
});
export type ReportedSnapshot = z.infer<typeof reportedSnapshotSchema>;

/** A step on the phone, as a walk-through kept it: seen done in a reading, done by the word of its person, or skipped. */
const guidedStepSchema = z.object({
  at: z.string(),
  title: z.string(),
  appName: z.string().nullable(),
  outcome: z.enum(['ticked', 'said-done', 'skipped']),
});
export type GuidedStep = z.infer<typeof guidedStepSchema>;

/** The job at the counter that a report belongs to. */
const reportedTicketSchema = z.object({
  /** As people see it, with the station's prefix. */
  number: z.string(),
  /** What its bar code holds. */
  code: z.string(),
  /** When the phone was handed in; UTC, ISO 8601. */
  createdAt: z.string(),
  /** Only on the shop's own papers; null on every other. */
  customer: z.string().nullable(),
  technician: z.string().nullable(),
  /** What is wrong, as the customer told it. */
  fault: z.string().nullable(),
});
export type ReportedTicket = z.infer<typeof reportedTicketSchema>;

/**
 * All that a report says, from which every format is made: no clock, no phone and no store is asked when it is printed. As JSON it is the
 * report itself, and what is read back from that is the same.
 */
export const reportSchema = z.object({
  schema: z.literal(1),
  kind: reportKindSchema,
  /** UTC, ISO 8601. */
  madeAt: z.string(),
  /** Version of the program. */
  program: z.string(),
  /** What its texts are said in (BCP 47), and where its moments are told (IANA). */
  language: z.string(),
  timeZone: z.string(),
  /** Whose paper it is; an empty name: nobody's. The logo is a `data:` address. */
  shop: z.object({ name: z.string(), logo: z.string().nullable() }),
  ticket: reportedTicketSchema.nullable(),
  /** How the shop tells the phone from others: on its own papers only; null on every other. */
  phone: z
    .object({
      title: z.string().nullable(),
      /** The last four of its serial number or IMEI. */ end: z.string().nullable(),
    })
    .nullable(),
  /** Of a sample phone: it tells nothing of a real one. */
  sample: z.boolean(),
  /** In the order of time; none where it is about the job alone. */
  snapshots: z.array(reportedSnapshotSchema),
  /** Corrections of these phones that were carried out, the first first. */
  actions: z.array(actionSummarySchema),
  /** Test photos of these phones, the first first. */
  proofs: z.array(testPhotoReportSchema),
  /** What was done on the phone step by step, the first first. */
  guided: z.array(guidedStepSchema),
  /** Second ways for photos that are in use meanwhile. */
  secondWays: z.array(z.object({ appName: z.string(), since: z.string() })),
  /** Whether what tells who a phone belongs to is replaced by stand-ins. */
  redacted: z.boolean(),
});
export type Report = z.infer<typeof reportSchema>;
