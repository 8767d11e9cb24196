import { z } from 'zod';
import { uploadObservationSchema } from '../../diagnosis/uploads/upload-observation.ts';
import { uploadNetworkSchema, uploadVerdictSchema } from '../../diagnosis/uploads/upload-verdict.ts';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection, Parameters } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import { putIntoOutbox } from './outbox.ts';
import { rememberPhone } from './phones.ts';
import { ticketFor } from './tickets.ts';

const fields = {
  app: z.string(),
  /** The network that it was to be sent over; null: any. */
  on: uploadNetworkSchema.nullable(),
  /** UTC, ISO 8601, like the others. */
  startedAt: z.string(),
  /** When the new photo was first seen. */
  photoSeenAt: z.string(),
  endedAt: z.string(),
  /** null where the phone did not tell. */
  photoBytes: z.int().nullable(),
  verdict: uploadVerdictSchema,
  /** Why it did not run to its end; null where it did. */
  brokenOff: z.object({ reason: z.enum(['unplugged', 'cancelled']), detail: z.string() }).nullable(),
  /** What the verdict rests on, in the order of time. */
  observations: z.array(uploadObservationSchema),
};

/** A photo that was taken to see whether an app sends it, and what became of it. Nothing of it is ever changed or removed. */
export const testPhotoSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Its id on every computer: a UUID that sorts by time. */
  uid: z.string(),
  /** Id of the phone. */
  phone: z.string(),
  /** Id of the ticket that it was taken under. */
  ticket: z.int().nullable(),
  ...fields,
});
export type TestPhoto = z.infer<typeof testPhotoSchema>;

export const newTestPhotoSchema = z.object({ phone: phoneSchema, ...fields });
export type NewTestPhoto = z.infer<typeof newTestPhotoSchema>;

const row = testPhotoSchema.extend({
  verdict: jsonColumn(uploadVerdictSchema),
  brokenOff: jsonColumn(testPhotoSchema.shape.brokenOff.unwrap()).nullable(),
  observations: jsonColumn(uploadObservationSchema.array()),
});

/** Keeps a test photo with all that was seen of it; returns its id. */
export function saveTestPhoto(connection: Connection, testPhoto: NewTestPhoto): number {
  const { phone, verdict, brokenOff, observations, ...rest } = newTestPhotoSchema.parse(testPhoto);
  return connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, rest.endedAt);
    const uid = connection.newUid(rest.endedAt);
    const ticket = ticketFor(connection, phoneId, null);
    putIntoOutbox(connection, { uid, ticket, about: 'test-photo' }, connection.now());
    return connection.run(
      `INSERT INTO test_photo (uid, phone, ticket, app, asked_on, started_at, photo_seen_at, ended_at, outcome, photo_bytes, verdict_json,
                               broken_off_json, observations_json)
       VALUES ($uid, $phone, $ticket, $app, $on, $startedAt, $photoSeenAt, $endedAt, $outcome, $photoBytes, $verdict, $brokenOff,
               $observations)`,
      {
        ...rest,
        uid,
        phone: phoneId,
        ticket,
        outcome: verdict.outcome,
        verdict: JSON.stringify(verdict),
        brokenOff: brokenOff === null ? null : JSON.stringify(brokenOff),
        observations: JSON.stringify(observations),
      },
    );
  });
}

const select = (connection: Connection, rest: string, parameters: Parameters): TestPhoto[] =>
  connection.rows(
    row,
    `SELECT id, uid, phone, ticket, app, asked_on AS "on", started_at AS startedAt, photo_seen_at AS photoSeenAt, ended_at AS endedAt,
            photo_bytes AS photoBytes, verdict_json AS verdict, broken_off_json AS brokenOff,
            observations_json AS observations
     FROM test_photo ${rest}`,
    parameters,
  );

/** Test photos of one phone or of all, the latest first. */
export const listTestPhotos = (connection: Connection, phone?: string): TestPhoto[] =>
  select(connection, 'WHERE $phone IS NULL OR phone = $phone ORDER BY id DESC', { phone: phone ?? null });

/** Taken under a ticket, the first first. */
export const testPhotosOfTicket = (connection: Connection, ticket: number): TestPhoto[] =>
  select(connection, 'WHERE ticket = $ticket ORDER BY id', { ticket });
