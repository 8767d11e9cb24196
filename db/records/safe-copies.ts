import { z } from 'zod';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { rememberPhone } from './phones.ts';
import { ticketFor } from './tickets.ts';

const copyFields = {
  /** The folder on this computer. */
  folder: z.string(),
  /** UTC, ISO 8601, like the others. */
  startedAt: z.string(),
  endedAt: z.string(),
  /** Everything of the camera that the phone showed is in the folder, and was verified. */
  whole: z.boolean(),
  /** What of it is in the folder. */
  files: z.int(),
  bytes: z.int(),
  /** What the phone said of its camera's photos when the copy began; null where it did not tell. */
  photoCount: z.int().nullable(),
  newestPhoto: z.string().nullable(),
};

/** A copy of the camera's photos and videos that was made. Nothing of it is ever changed or removed. */
export const safeCopySchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Its id on every computer: a UUID that sorts by time. */
  uid: z.string(),
  /** Id of the phone. */
  phone: z.string(),
  /** Id of the ticket that it was made under. */
  ticket: z.int().nullable(),
  ...copyFields,
});
export type SafeCopy = z.infer<typeof safeCopySchema>;

export const newSafeCopySchema = z.object({ phone: phoneSchema, ...copyFields });
export type NewSafeCopy = z.infer<typeof newSafeCopySchema>;

/** Somebody decided to go on without a copy. */
export const declinedCopySchema = z.object({
  phone: z.string(),
  /** UTC, ISO 8601. */
  at: z.string(),
  who: z.string(),
  /** The words that were agreed to. */
  sentence: z.string(),
});
export type DeclinedCopy = z.infer<typeof declinedCopySchema>;

export const newDeclinedCopySchema = declinedCopySchema.omit({ at: true }).extend({ phone: phoneSchema });
export type NewDeclinedCopy = z.infer<typeof newDeclinedCopySchema>;

const copyRow = safeCopySchema.extend({ whole: z.int().transform((whole) => whole === 1) });

/** Keeps that a copy was made, whole or not; returns its id. */
export function saveSafeCopy(connection: Connection, safeCopy: NewSafeCopy): number {
  const { phone, whole, ...rest } = newSafeCopySchema.parse(safeCopy);
  return connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, rest.endedAt);
    return connection.run(
      `INSERT INTO safe_copy (uid, phone, ticket, folder, started_at, ended_at, whole, files, bytes, photo_count, newest_photo)
       VALUES ($uid, $phone, $ticket, $folder, $startedAt, $endedAt, $whole, $files, $bytes, $photoCount, $newestPhoto)`,
      {
        ...rest,
        uid: connection.newUid(rest.endedAt),
        phone: phoneId,
        ticket: ticketFor(connection, phoneId, null),
        whole: Number(whole),
      },
    );
  });
}

/** Safe copies of one phone or of all, the latest first. */
export const listSafeCopies = (connection: Connection, phone?: string): SafeCopy[] =>
  connection.rows(
    copyRow,
    `SELECT id, uid, phone, ticket, folder, started_at AS startedAt, ended_at AS endedAt, whole, files, bytes, photo_count AS photoCount,
            newest_photo AS newestPhoto
     FROM safe_copy WHERE $phone IS NULL OR phone = $phone ORDER BY id DESC`,
    { phone: phone ?? null },
  );

/** Keeps that somebody goes on without a copy. */
export function declineCopy(connection: Connection, declined: NewDeclinedCopy): void {
  const { phone, who, sentence } = newDeclinedCopySchema.parse(declined);
  const at = connection.now();
  connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, at);
    connection.run('INSERT INTO copy_declined (phone, at, who, sentence) VALUES ($phone, $at, $who, $sentence)', {
      phone: phoneId,
      at,
      who,
      sentence,
    });
  });
}

/** When somebody last decided to go on without a copy; null where nobody did. */
export const lastDeclined = (connection: Connection, phone: string): DeclinedCopy | null =>
  connection.row(
    declinedCopySchema,
    'SELECT phone, at, who, sentence FROM copy_declined WHERE phone = $phone ORDER BY id DESC LIMIT 1',
    { phone },
  );
