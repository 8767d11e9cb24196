import { z } from 'zod';
import type { Connection } from './connection.ts';
import { rememberPhone } from './phones.ts';
import {
  declinedCopySchema,
  newDeclinedCopySchema,
  newSafeCopySchema,
  safeCopySchema,
  type DeclinedCopy,
  type NewDeclinedCopy,
  type NewSafeCopy,
  type SafeCopy,
} from './safe-copy.ts';

const copyRow = safeCopySchema.extend({ whole: z.int().transform((whole) => whole === 1) });

/** Keeps that a copy was made, whole or not; returns its id. */
export function saveSafeCopy(connection: Connection, safeCopy: NewSafeCopy): number {
  const { phone, whole, ...rest } = newSafeCopySchema.parse(safeCopy);
  return connection.transaction(() => {
    rememberPhone(connection, phone, rest.endedAt);
    return connection.run(
      `INSERT INTO safe_copy (phone, folder, started_at, ended_at, whole, files, bytes, photo_count, newest_photo)
       VALUES ($phone, $folder, $startedAt, $endedAt, $whole, $files, $bytes, $photoCount, $newestPhoto)`,
      { ...rest, phone: phone.id, whole: Number(whole) },
    );
  });
}

/** Safe copies of one phone or of all, the latest first. */
export const listSafeCopies = (connection: Connection, phone?: string): SafeCopy[] =>
  connection.rows(
    copyRow,
    `SELECT id, phone, folder, started_at AS startedAt, ended_at AS endedAt, whole, files, bytes, photo_count AS photoCount,
            newest_photo AS newestPhoto
     FROM safe_copy WHERE $phone IS NULL OR phone = $phone ORDER BY id DESC`,
    { phone: phone ?? null },
  );

/** Keeps that somebody goes on without a copy. */
export function declineCopy(connection: Connection, declined: NewDeclinedCopy): void {
  const { phone, who, sentence } = newDeclinedCopySchema.parse(declined);
  const at = connection.now();
  connection.transaction(() => {
    rememberPhone(connection, phone, at);
    connection.run('INSERT INTO copy_declined (phone, at, who, sentence) VALUES ($phone, $at, $who, $sentence)', {
      phone: phone.id,
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
