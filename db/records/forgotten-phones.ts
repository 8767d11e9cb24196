import { randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { phoneKind, type Erased } from './erased.ts';

/*
 * A phone is known by what it calls itself, so its id would say who was erased. It is held as `SALT.HASH.UUID`: the hash is slow to make, so
 * that nobody tries all serials there are; the salt is one for a store, so that each phone of a backup is hashed once; the last part tells
 * apart the times that the same phone was forgotten.
 */
const saltBytes = 16;
const cost = { N: 4096, r: 8, p: 1 };
const held = /^([0-9a-f]{32})\.([0-9a-f]{64})\../;

const hashOf = (phone: string, salt: string): string =>
  scryptSync(phone, Buffer.from(salt, 'hex'), 32, cost).toString('hex');

const lastUid = z.object({ uid: z.string() });

/** How these phones are held as forgotten at this moment. */
export function forgottenPhones(connection: Connection, phones: readonly string[]): Erased[] {
  if (phones.length === 0) return [];
  const at = connection.now();
  const last = connection.row(lastUid, 'SELECT uid FROM erased WHERE kind = $kind ORDER BY id DESC LIMIT 1', {
    kind: phoneKind,
  });
  const salt = (last === null ? null : held.exec(last.uid)?.[1]) ?? randomBytes(saltBytes).toString('hex');
  return phones.map((phone) => ({
    uid: `${salt}.${hashOf(phone, salt)}.${connection.newUid(at)}`,
    kind: phoneKind,
    at,
  }));
}

/** Which of these phones a deletion list means. */
export function phonesMeant(phones: readonly string[], erased: readonly Erased[]): string[] {
  const hashes = new Map<string, Set<string>>();
  for (const { uid, kind } of erased) {
    const [, salt, hash] = kind === phoneKind ? (held.exec(uid) ?? []) : [];
    if (salt === undefined || hash === undefined) continue;
    hashes.set(salt, (hashes.get(salt) ?? new Set()).add(hash));
  }
  return phones.filter((phone) => [...hashes].some(([salt, meant]) => meant.has(hashOf(phone, salt))));
}
