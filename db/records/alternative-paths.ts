import { z } from 'zod';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { rememberPhone } from './phones.ts';

/** A second way for photos that somebody uses while an app is being repaired. */
export const keptAlternativeSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  /** The app that is being repaired. */
  app: z.string(),
  who: z.string(),
  /** UTC, ISO 8601, like the other. */
  chosenAt: z.string(),
  /** When it was given up again; null as long as it is in use. */
  endedAt: z.string().nullable(),
});
export type KeptAlternative = z.infer<typeof keptAlternativeSchema>;

export const newAlternativeSchema = z.object({ phone: phoneSchema, app: z.string(), who: z.string() });
export type NewAlternative = z.infer<typeof newAlternativeSchema>;

/** Second ways that are in use on a phone, the latest first. */
export const alternativesInUse = (connection: Connection, phone: string): KeptAlternative[] =>
  connection.rows(
    keptAlternativeSchema,
    `SELECT id, phone, app, who, chosen_at AS chosenAt, at AS endedAt
     FROM alternative_path LEFT JOIN alternative_path_end ON alternative_path = alternative_path.id
     WHERE phone = $phone AND at IS NULL ORDER BY id DESC`,
    { phone },
  );

/** Keeps that a second way is used for an app; one that is in use already stays as it is. */
export function chooseAlternative(connection: Connection, chosen: NewAlternative): void {
  const { phone, app, who } = newAlternativeSchema.parse(chosen);
  const chosenAt = connection.now();
  connection.transaction(() => {
    if (alternativesInUse(connection, phone.id).some((one) => one.app === app)) return;
    const phoneId = rememberPhone(connection, phone, chosenAt);
    connection.run('INSERT INTO alternative_path (phone, app, who, chosen_at) VALUES ($phone, $app, $who, $chosenAt)', {
      phone: phoneId,
      app,
      who,
      chosenAt,
    });
  });
}

/** Keeps that the second way for an app is given up; nothing happens where none is in use. */
export function endAlternative(connection: Connection, phone: string, app: string): void {
  const at = connection.now();
  connection.transaction(() => {
    for (const { id } of alternativesInUse(connection, phone).filter((one) => one.app === app)) {
      connection.run('INSERT INTO alternative_path_end (alternative_path, at) VALUES ($id, $at)', { id, at });
    }
  });
}
