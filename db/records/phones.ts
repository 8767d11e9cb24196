import { z } from 'zod';
import { phoneSchema, type Phone } from '../../native/phone.ts';
import type { Connection, Parameters } from '../connection.ts';

/** A phone that something was saved for, with its newest names. */
export const knownPhoneSchema = phoneSchema.extend({
  /** What it calls itself on the cable: its id, unless another phone that was known before it has the same serial. */
  serial: z.string(),
  /** The latest moment that is known of it; UTC, ISO 8601. */
  seenAt: z.string(),
});
export type KnownPhone = z.infer<typeof knownPhoneSchema>;

const select = (connection: Connection, where: string, parameters: Parameters = {}): KnownPhone[] =>
  connection.rows(
    knownPhoneSchema,
    `SELECT id, platform, state, manufacturer, model, name, os_version AS osVersion, build,
            security_patch AS securityPatch, seen_at AS seenAt, serial
     FROM phone ${where} ORDER BY seen_at DESC, id`,
    parameters,
  );

const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/**
 * No two iPhones share a UDID; the serial of an Android phone is whatever its maker wrote into it. Without a maker, a model is only
 * what the adb server calls it, which has other signs in it.
 */
function isAnother(known: Phone, phone: Phone): boolean {
  if (known.platform !== phone.platform) return true;
  if (phone.platform === 'ios' || known.manufacturer === null || phone.manufacturer === null) return false;
  return known.manufacturer !== phone.manufacturer || differs(known.model, phone.model);
}

/** Phones that share a serial, in the order in which they became known. */
export const phonesOfSerial = (connection: Connection, serial: string): KnownPhone[] =>
  select(connection, 'WHERE serial = $serial', { serial }).toSorted((a, b) => orderOf(a) - orderOf(b));

/** 1 for the phone that was known first under a serial, 2 for `serial~2`. */
const orderOf = ({ id, serial }: KnownPhone): number => (id === serial ? 1 : Number(id.slice(serial.length + 1)));

/** Where a phone is kept: its id, and what it calls itself on the cable. */
interface Place {
  id: string;
  serial: string;
}

/** `X~2` is the id of a phone with the serial `X` where one with that serial is known; otherwise it is a serial itself. */
function serialIn(connection: Connection, id: string): string {
  const before = /^(.+)~[1-9]\d*$/.exec(id)?.[1];
  return before !== undefined && phonesOfSerial(connection, before).length > 0 ? before : id;
}

function placeOf(connection: Connection, phone: Phone): Place {
  const [named] = select(connection, 'WHERE id = $id', { id: phone.id });
  if (named !== undefined && !isAnother(named, phone)) return named;
  const serial = named?.serial ?? serialIn(connection, phone.id);
  const known = phonesOfSerial(connection, serial);
  const same = known.find((one) => !isAnother(one, phone));
  if (same !== undefined) return same;
  const last = known.at(-1);
  return { serial, id: last === undefined ? serial : `${serial}~${orderOf(last) + 1}` };
}

/**
 * The id under which a phone is kept, or would be: its serial, or `serial~2` where another phone with the same serial was known
 * before it. Makers write one serial into whole series of cheap phones, and an address belongs to whoever has it today.
 */
export const phoneIdOf = (connection: Connection, phone: Phone): string => placeOf(connection, phone).id;

/**
 * Keeps a phone's names, unless later ones are known already (an old bug report). A name that is not known replaces none. Returns the
 * id under which it is kept.
 */
export function rememberPhone(connection: Connection, phone: Phone, seenAt: string): string {
  const place = placeOf(connection, phone);
  connection.run(
    `INSERT INTO phone (id, serial, platform, state, manufacturer, model, name, os_version, build, security_patch, seen_at)
     VALUES ($id, $serial, $platform, $state, $manufacturer, $model, $name, $osVersion, $build, $securityPatch, $seenAt)
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
    { ...phoneSchema.parse(phone), id: place.id, serial: place.serial, seenAt },
  );
  return place.id;
}

/** Every phone that something was saved for, the latest first. */
export const listPhones = (connection: Connection): KnownPhone[] => select(connection, '');
