import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { type Diagnosis, diagnosisSchema } from '../../diagnosis/diagnosis.ts';
import { findingSchema, incompleteSchema, stepSchema } from '../../diagnosis/finding.ts';
import { heldBack } from '../../diagnosis/judge/verdict.ts';
import { chosenAppSchema } from '../../diagnosis/uploads/chosen-apps.ts';
import { toldUploadSchema } from '../../diagnosis/uploads/upload-state.ts';
import { type Capture, captureFromJson, captureToJson } from '../../native/capture.ts';
import { phoneSchema } from '../../native/phone.ts';
import { readingSchema } from '../../native/reading.ts';
import type { Connection, Parameters } from '../connection.ts';
import { DamagedRecordError, NotFoundError } from '../errors.ts';
import { jsonColumn } from '../json-column.ts';
import { putIntoOutbox } from './outbox.ts';
import { rememberPhone } from './phones.ts';
import { ticketFor } from './tickets.ts';

/** A snapshot as lists show it. */
export const snapshotSummarySchema = z.object({
  /** From 1; what a person types in `compare 1 2`. */
  id: z.int(),
  /** Its id on every computer: a UUID that sorts by time. */
  uid: z.string(),
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

/**
 * Keeps a snapshot, whole or not at all; returns its id. Throws a ZodError on what could not be loaded again, a RangeError where
 * `reading.takenAt` is no time, `NotFoundError` for a ticket that does not exist.
 */
export function saveSnapshot(connection: Connection, snapshot: NewSnapshot): number {
  const { phone, label, ticket, reading, diagnosis, incomplete } = newSnapshotSchema.parse(snapshot);
  // One way of writing a moment, so that text sorts as time.
  const takenAt = new Date(reading.takenAt).toISOString();
  const capture = zstdCompressSync(captureToJson(snapshot.capture));
  const savedAt = connection.now();
  return connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, takenAt);
    const uid = connection.newUid(savedAt);
    const ticketId = ticketFor(connection, phoneId, ticket);
    putIntoOutbox(connection, { uid, ticket: ticketId, about: 'snapshot' }, savedAt);
    return connection.run(
      `INSERT INTO snapshot (uid, phone, ticket, label, taken_at, saved_at, catalog, verdict, problems, phone_json,
                             findings_json, steps_json, chosen_json, uploads_json, incomplete_json, reading_json, capture_zstd)
       VALUES ($uid, $phone, $ticket, $label, $takenAt, $savedAt, $catalog, $verdict, $problems, $phoneJson,
               $findings, $steps, $chosen, $uploads, $incomplete, $reading, $capture)`,
      {
        uid,
        phone: phoneId,
        ticket: ticketId,
        label,
        takenAt,
        savedAt,
        catalog: diagnosis.catalog,
        verdict: diagnosis.verdict,
        problems: problemsIn(diagnosis),
        phoneJson: JSON.stringify({ ...phone, id: phoneId }),
        findings: JSON.stringify(diagnosis.findings),
        steps: JSON.stringify(diagnosis.steps),
        chosen: JSON.stringify(diagnosis.chosen),
        uploads: JSON.stringify(diagnosis.uploads),
        incomplete: JSON.stringify(incomplete),
        reading: JSON.stringify(reading),
        capture,
      },
    );
  });
}

/** As the verdict counts them. */
const problemsIn = (diagnosis: Diagnosis): number => heldBack(diagnosis).length;

/**
 * Keeps another diagnosis of the same reading: what its owner answered is known now. Throws `NotFoundError` where the snapshot does
 * not exist.
 */
export function replaceDiagnosis(connection: Connection, id: number, diagnosis: Diagnosis): void {
  const { findings, steps, chosen, uploads, verdict, catalog } = diagnosisSchema.parse(diagnosis);
  connection.transaction(() => {
    if (connection.row(z.object({ id: z.int() }), 'SELECT id FROM snapshot WHERE id = $id', { id }) === null) {
      throw new NotFoundError('snapshot', id);
    }
    connection.run(
      `UPDATE snapshot SET findings_json = $findings, steps_json = $steps, chosen_json = $chosen, uploads_json = $uploads, verdict = $verdict, problems = $problems, catalog = $catalog
       WHERE id = $id`,
      {
        id,
        findings: JSON.stringify(findings),
        steps: JSON.stringify(steps),
        chosen: JSON.stringify(chosen),
        uploads: JSON.stringify(uploads),
        verdict,
        problems: problemsIn(diagnosis),
        catalog,
      },
    );
  });
}

const summaryColumns =
  'id, uid, phone_json AS phone, label, ticket, taken_at AS takenAt, saved_at AS savedAt, verdict, problems, catalog';
const summaryRow = snapshotSummarySchema.extend({ phone: jsonColumn(phoneSchema) });

const snapshotRow = summaryRow.extend({
  findings: jsonColumn(z.array(findingSchema)),
  steps: jsonColumn(z.array(stepSchema)),
  chosen: jsonColumn(z.array(chosenAppSchema)),
  uploads: jsonColumn(z.array(toldUploadSchema)),
  incomplete: jsonColumn(z.array(incompleteSchema)),
  reading: jsonColumn(readingSchema),
  capture: z.instanceof(Uint8Array),
});

/** The query behind {@link listSnapshots}; apart, so that a test can ask SQLite how it would run it. */
export function snapshotQuery(filter: SnapshotFilter): { sql: string; parameters: Parameters } {
  const { limit = -1, offset = 0, ...wanted } = filter;
  const conditions = [
    ...(wanted.phone === undefined ? [] : ['phone = $phone']),
    ...(wanted.ticket === undefined ? [] : ['ticket = $ticket']),
  ];
  return {
    sql: `SELECT ${summaryColumns} FROM snapshot
          ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
          ORDER BY taken_at DESC, id DESC LIMIT $limit OFFSET $offset`,
    parameters: { ...wanted, limit, offset },
  };
}

/** Snapshots as lists show them, the latest reading first. */
export function listSnapshots(connection: Connection, filter: SnapshotFilter = {}): SnapshotSummary[] {
  const { sql, parameters } = snapshotQuery(filter);
  return connection.rows(summaryRow, sql, parameters);
}

/** When the newest snapshot was kept, by the clock of that moment; null where there is none. */
export const lastKept = (connection: Connection): string | null =>
  connection.row(z.object({ at: z.string() }), 'SELECT saved_at AS at FROM snapshot ORDER BY id DESC LIMIT 1')?.at ??
  null;

/** What was judged of a snapshot, without the capture, which takes long to unpack. Throws `NotFoundError`. */
export function loadJudged(connection: Connection, id: number): Pick<Snapshot, 'reading' | 'diagnosis'> {
  connection.requireSealed('snapshot', { column: 'id', is: id });
  const row = connection.row(
    snapshotRow.omit({ capture: true, incomplete: true }),
    `SELECT ${summaryColumns}, findings_json AS findings, steps_json AS steps, chosen_json AS chosen, uploads_json AS uploads,
            reading_json AS reading
     FROM snapshot WHERE id = $id`,
    { id },
  );
  if (row === null) throw new NotFoundError('snapshot', id);
  return { reading: row.reading, diagnosis: diagnosisOf(row) };
}

const diagnosisOf = ({
  findings,
  chosen,
  uploads,
  verdict,
  steps,
  catalog,
}: Pick<z.infer<typeof snapshotRow>, keyof Diagnosis>): Diagnosis => ({
  findings,
  chosen,
  uploads,
  verdict,
  steps,
  catalog,
});

/** A snapshot with all that was kept of it; null where there is none. Throws `DamagedRecordError` where it cannot be read. */
export function loadSnapshot(connection: Connection, id: number): Snapshot | null {
  connection.requireSealed('snapshot', { column: 'id', is: id });
  const row = connection.row(
    snapshotRow,
    `SELECT ${summaryColumns}, findings_json AS findings, steps_json AS steps, chosen_json AS chosen, uploads_json AS uploads,
            incomplete_json AS incomplete,
            reading_json AS reading, capture_zstd AS capture
     FROM snapshot WHERE id = $id`,
    { id },
  );
  if (row === null) return null;
  return {
    ...snapshotSummarySchema.parse(row),
    reading: row.reading,
    incomplete: row.incomplete,
    diagnosis: diagnosisOf(row),
    capture: connection.checked(() => captureFromJson(decompress(row.capture, connection.file))),
  };
}

function decompress(bytes: Uint8Array, file: string): string {
  try {
    return zstdDecompressSync(bytes).toString('utf8');
  } catch (error) {
    throw new DamagedRecordError(file, error);
  }
}

/** Throws `NotFoundError` for a snapshot that does not exist; null is no snapshot. */
export function requireSnapshot(connection: Connection, id: number | null): void {
  if (id === null) return;
  const found = connection.row(z.unknown(), 'SELECT 1 FROM snapshot WHERE id = $id', { id });
  if (found === null) throw new NotFoundError('snapshot', id);
}
