import { z } from 'zod';
import { phoneSchema, type Phone } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';

/** A phone that something was saved for, with its newest names. */
export const knownPhoneSchema = phoneSchema.extend({
  /** The latest moment that is known of it; UTC, ISO 8601. */
  seenAt: z.string(),
});
export type KnownPhone = z.infer<typeof knownPhoneSchema>;

/** Keeps a phone's names, unless later ones are known already (an old bug report). A name that is not known replaces none. */
export function rememberPhone(connection: Connection, phone: Phone, seenAt: string): void {
  connection.run(
    `INSERT INTO phone (id, platform, state, manufacturer, model, name, os_version, build, security_patch, seen_at)
     VALUES ($id, $platform, $state, $manufacturer, $model, $name, $osVersion, $build, $securityPatch, $seenAt)
     ON CONFLICT (id) DO UPDATE SET
       platform = excluded.platform,
       state = excluded.state,
       manufacturer = COALESCE(excluded.manufacturer, manufacturer),
       model = COALESCE(excluded.model, model),
       name = COALESCE(excluded.name, name),
       os_version = COALESCE(excluded.os_version, os_version),
       build = COALESCE(excluded.build, build),
       security_patch = COALESCE(excluded.security_patch, security_patch),
       seen_at = excluded.seen_at
     WHERE excluded.seen_at >= seen_at`,
    { ...phoneSchema.parse(phone), seenAt },
  );
}

/** Every phone that something was saved for, the latest first. */
export const listPhones = (connection: Connection): KnownPhone[] =>
  connection.rows(
    knownPhoneSchema,
    `SELECT id, platform, state, manufacturer, model, name, os_version AS osVersion, build,
            security_patch AS securityPatch, seen_at AS seenAt
     FROM phone ORDER BY seen_at DESC, id`,
  );
