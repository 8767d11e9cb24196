import { z } from 'zod';
import { diagnosisSchema, incompleteSchema } from '../diagnosis/finding.ts';
import type { Capture } from '../native/capture.ts';
import { phoneSchema } from '../native/phone.ts';
import { readingSchema } from '../native/reading.ts';

/** A snapshot as lists show it. */
export const snapshotSummarySchema = z.object({
  /** From 1; what a person types in `compare 1 2`. */
  id: z.int(),
  /** As it was then. */
  phone: phoneSchema,
  /** `before`, `after`, or whatever a person called it. */
  label: z.string().nullable(),
  ticket: z.int().nullable(),
  /** When the phone was read; UTC, ISO 8601. */
  takenAt: z.string(),
  /** When it was kept: later than `takenAt` for a bug report or a recorded capture. */
  savedAt: z.string(),
  verdict: z.string(),
  /** How many findings have the status `problem`. */
  problems: z.int(),
  /** Version of the catalog that judged. */
  catalog: z.string(),
});
export type SnapshotSummary = z.infer<typeof snapshotSummarySchema>;

const contentSchema = z.object({
  reading: readingSchema,
  diagnosis: diagnosisSchema,
  /** What could not be read. */
  incomplete: z.array(incompleteSchema),
});

/** Everything that was known of one phone at one moment. */
export interface Snapshot extends SnapshotSummary, z.infer<typeof contentSchema> {
  capture: Capture;
}

/** The part of a snapshot to be saved that is checked; a capture has its own format, which cannot be written wrongly. */
export const newSnapshotSchema = contentSchema.extend({
  phone: phoneSchema,
  label: z.string().nullable(),
  ticket: z.int().nullable(),
});
export type NewSnapshot = z.infer<typeof newSnapshotSchema> & { capture: Capture };

export interface SnapshotFilter {
  /** Id of a phone. */
  phone?: string;
  /** Id of a ticket. */
  ticket?: number;
  limit?: number;
  offset?: number;
}
