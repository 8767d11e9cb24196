import { z } from 'zod';
import { type Diagnosis, diagnosisSchema } from '../../diagnosis/diagnosis.ts';
import { incompleteSchema } from '../../diagnosis/finding.ts';
import { heldBack } from '../../diagnosis/judge/verdict.ts';
import type { Capture } from '../../native/capture.ts';
import { phoneSchema } from '../../native/phone.ts';
import { isKnown, readingSchema, type Reading } from '../../native/reading.ts';
import type { Connection, Parameters } from '../connection.ts';
import { NotFoundError } from '../errors.ts';
import { jsonColumn } from '../json-column.ts';
import { putIntoOutbox } from './outbox.ts';
import { rememberPhone } from './phones.ts';
import { loadCapture, loadJudgement, loadRead, replaceJudgement, saveContent } from './snapshot-content.ts';
import { indexSnapshot, matchOf, type SearchTerm } from './snapshot-search.ts';
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
  note: z.string(),
  ticket: z.int().nullable(),
  /** Who kept it, by name; empty: not known. */
  technician: z.string(),
  /** Of the label, the note and the ticket: 1 as it was saved, one more with each change. */
  version: z.int(),
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

/** What was read and judged of one phone at one moment. */
export interface SnapshotWithoutCapture extends SnapshotSummary, z.infer<typeof contentSchema> {}

/** Everything that was known of one phone at one moment. */
export interface Snapshot extends SnapshotWithoutCapture {
  capture: Capture;
}

/** The part of a snapshot to be saved that is checked; a capture has its own format, which cannot be written wrongly. */
export const newSnapshotSchema = contentSchema.extend({
  phone: phoneSchema,
  label: z.string().nullable(),
  ticket: z.int().nullable(),
  technician: z.string().default(''),
});
export type NewSnapshot = Omit<z.infer<typeof newSnapshotSchema>, 'technician'> & {
  capture: Capture;
  /** Who keeps it, by name. */
  technician?: string;
};

export interface SnapshotFilter {
  /** Id of a phone. */
  phone?: string;
  /** Id of a ticket. */
  ticket?: number;
  /** What is looked for; all of it is to be found. */
  terms?: readonly SearchTerm[];
  /** Taken at this moment or later; UTC, ISO 8601. */
  from?: string;
  /** Taken before this moment. */
  before?: string;
  limit?: number;
  offset?: number;
}

/** How many snapshots may have been taken within one millisecond. */
const momentsInMs = 1000;

/** The number that a snapshot of this time gets: later ones have greater ones, and no two the same. */
export function nextMoment(connection: Connection, takenAt: string): number {
  const first = Date.parse(takenAt) * momentsInMs;
  const row = connection.row(
    z.object({ moment: z.int() }),
    'SELECT coalesce(max(moment) + 1, $first) AS moment FROM snapshot WHERE moment BETWEEN $first AND $last',
    { first, last: first + momentsInMs - 1 },
  );
  return row?.moment ?? first;
}

const numberIn = (leaf: Reading['battery']['level']): number | null => (isKnown(leaf) ? leaf.value : null);

/** What is followed from visit to visit. */
const measuresOf = ({ battery, storage, icloud }: Reading): Parameters => ({
  batteryPercent: numberIn(battery.capacityPercent),
  batteryCycles: numberIn(battery.cycles),
  freeBytes: numberIn(storage.freeBytes),
  waitingPhotos: numberIn(icloud.backlog),
});

/** Ids of the causes that were found. */
const causesIn = ({ findings }: Diagnosis): string =>
  JSON.stringify([
    ...new Set(findings.flatMap(({ cause, status }) => (status === 'problem' || status === 'possible' ? [cause] : []))),
  ]);

/**
 * Keeps a snapshot, whole or not at all; returns its id. Throws a ZodError on what could not be loaded again, a RangeError where
 * `reading.takenAt` is no time, `NotFoundError` for a ticket that does not exist.
 */
export function saveSnapshot(connection: Connection, snapshot: NewSnapshot): number {
  const { phone, label, ticket, technician, reading, diagnosis, incomplete } = newSnapshotSchema.parse(snapshot);
  // One way of writing a moment, so that text sorts as time.
  const takenAt = new Date(reading.takenAt).toISOString();
  const savedAt = connection.now();
  return connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, takenAt);
    const uid = connection.newUid(savedAt);
    const ticketId = ticketFor(connection, phoneId, ticket);
    putIntoOutbox(connection, { uid, ticket: ticketId, about: 'snapshot' }, savedAt);
    const id = connection.run(
      `INSERT INTO snapshot (uid, moment, phone, ticket, technician, label, note, version, taken_at, saved_at, catalog, verdict,
                             problems, battery_percent, battery_cycles, free_bytes, waiting_photos, phone_json, causes_json)
       VALUES ($uid, $moment, $phone, $ticket, $technician, $label, '', 1, $takenAt, $savedAt, $catalog, $verdict,
               $problems, $batteryPercent, $batteryCycles, $freeBytes, $waitingPhotos, $phoneJson, $causes)`,
      {
        uid,
        moment: nextMoment(connection, takenAt),
        phone: phoneId,
        ticket: ticketId,
        technician,
        label,
        takenAt,
        savedAt,
        catalog: diagnosis.catalog,
        verdict: diagnosis.verdict,
        problems: problemsIn(diagnosis),
        ...measuresOf(reading),
        phoneJson: JSON.stringify({ ...phone, id: phoneId }),
        causes: causesIn(diagnosis),
      },
    );
    saveContent(connection, id, { ...diagnosis, reading, incomplete, capture: snapshot.capture });
    indexSnapshot(connection, id);
    return id;
  });
}

/** As the verdict counts them. */
const problemsIn = (diagnosis: Diagnosis): number => heldBack(diagnosis).length;

/**
 * Keeps another diagnosis of the same reading: what its owner answered is known now. Throws `NotFoundError` where the snapshot does
 * not exist.
 */
export function replaceDiagnosis(connection: Connection, id: number, diagnosis: Diagnosis): void {
  const checked = diagnosisSchema.parse(diagnosis);
  connection.transaction(() => {
    requireSnapshot(connection, id);
    connection.run(
      `UPDATE snapshot SET verdict = $verdict, problems = $problems, catalog = $catalog, causes_json = $causes WHERE id = $id`,
      {
        id,
        verdict: checked.verdict,
        problems: problemsIn(checked),
        catalog: checked.catalog,
        causes: causesIn(checked),
      },
    );
    replaceJudgement(connection, id, checked);
    indexSnapshot(connection, id);
  });
}

const summaryColumns = `snapshot.id, snapshot.uid, phone_json AS phone, label, note, ticket, technician, version, taken_at AS takenAt,
  saved_at AS savedAt, verdict, problems, catalog`;
const summaryRow = snapshotSummarySchema.extend({ phone: jsonColumn(phoneSchema) });

/** The query behind {@link listSnapshots}; apart, so that a test can ask SQLite how it would run it. */
export function snapshotQuery(filter: SnapshotFilter): { sql: string; parameters: Parameters } {
  const { limit = -1, offset = 0, terms = [], from, before, ...wanted } = filter;
  const isSearch = terms.length > 0;
  // Of a search, the moment is the number of a row of the index, which gives them in that order.
  const moment = isSearch ? 'snapshot_search.rowid' : 'snapshot.moment';
  const conditions = [
    ...(isSearch ? ['snapshot_search MATCH $match'] : []),
    ...(wanted.phone === undefined ? [] : ['phone = $phone']),
    ...(wanted.ticket === undefined ? [] : ['ticket = $ticket']),
    ...(from === undefined ? [] : [`${moment} >= $from`]),
    ...(before === undefined ? [] : [`${moment} < $before`]),
  ];
  return {
    sql: `SELECT ${summaryColumns}
          FROM ${isSearch ? 'snapshot_search CROSS JOIN snapshot ON snapshot.moment = snapshot_search.rowid' : 'snapshot'}
          ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
          ORDER BY ${moment} DESC LIMIT $limit OFFSET $offset`,
    parameters: {
      ...wanted,
      ...(isSearch ? { match: matchOf(terms) } : {}),
      ...(from === undefined ? {} : { from: Date.parse(from) * momentsInMs }),
      ...(before === undefined ? {} : { before: Date.parse(before) * momentsInMs }),
      limit,
      offset,
    },
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

/** A snapshot as lists show it; null where there is none. */
export const snapshotSummary = (connection: Connection, id: number): SnapshotSummary | null =>
  connection.row(summaryRow, `SELECT ${summaryColumns} FROM snapshot WHERE id = $id`, { id });

function loadSummary(connection: Connection, id: number): SnapshotSummary | null {
  connection.requireSealed('snapshot', { column: 'id', is: id });
  connection.requireSealed('snapshot_content', { column: 'snapshot', is: id });
  return snapshotSummary(connection, id);
}

/** What was judged of a snapshot, without the capture, which takes long to unpack. Throws `NotFoundError`. */
export function loadJudged(connection: Connection, id: number): Pick<Snapshot, 'reading' | 'diagnosis'> {
  const summary = loadSummary(connection, id);
  if (summary === null) throw new NotFoundError('snapshot', id);
  const { verdict, catalog } = summary;
  return {
    reading: loadRead(connection, id).reading,
    diagnosis: { ...loadJudgement(connection, id), verdict, catalog },
  };
}

/** A snapshot without its capture, which takes long to unpack: enough to show and compare. As {@link loadSnapshot}. */
export function loadWithoutCapture(connection: Connection, id: number): SnapshotWithoutCapture | null {
  const summary = loadSummary(connection, id);
  if (summary === null) return null;
  const { verdict, catalog } = summary;
  return {
    ...summary,
    ...loadRead(connection, id),
    diagnosis: { ...loadJudgement(connection, id), verdict, catalog },
  };
}

/** A snapshot with all that was kept of it; null where there is none. Throws `DamagedRecordError` where it cannot be read. */
export function loadSnapshot(connection: Connection, id: number): Snapshot | null {
  const loaded = loadWithoutCapture(connection, id);
  return loaded === null ? null : { ...loaded, capture: loadCapture(connection, id) };
}

/** Throws `NotFoundError` for a snapshot that does not exist; null is no snapshot. */
export function requireSnapshot(connection: Connection, id: number | null): void {
  if (id === null) return;
  const found = connection.row(z.unknown(), 'SELECT 1 FROM snapshot WHERE id = $id', { id });
  if (found === null) throw new NotFoundError('snapshot', id);
}
