import { isKnown, type Reading } from '../../reading.ts';

/**
 * Android's uids: user × 100000 + app id (AOSP UserHandle, 8..16). Dumps print them bare (`10204`, `1010204`) or
 * in the form of UserHandle.formatUid: `u0a204` an app, `u0i12` an isolated process, `u10s1000` a system uid of user 10.
 */
const usersApart = 100_000;
const firstAppId = 10_000;
const firstIsolatedId = 99_000;

export const userOfUid = (uid: number): number => Math.floor(uid / usersApart);
export const appIdOfUid = (uid: number): number => uid % usersApart;
export const uidOf = (userId: number, appId: number): number => userId * usersApart + appId;

const formatted = /^u(\d{1,4})([ais])(\d{1,5})$/;

/** A uid in either form, with or without the `#` of JobScheduler; null for anything else. */
export function parseUid(text: string): number | null {
  const bare = text.startsWith('#') ? text.slice(1) : text;
  if (/^\d{1,9}$/.test(bare)) return Number(bare);
  const [, user, kind, number] = formatted.exec(bare) ?? [];
  if (user === undefined || number === undefined) return null;
  const base = kind === 'a' ? firstAppId : kind === 'i' ? firstIsolatedId : 0;
  return uidOf(Number(user), base + Number(number));
}

/** A uid is a 32-bit number, so there are no users above this one. */
const lastUser = 21_473;

/** The user whose settings are read: the one in the foreground, else the owner. */
export function readUser(so: Reading): number {
  const user = isKnown(so.identity.userId) ? so.identity.userId.value : 0;
  return user >= 0 && user <= lastUser ? user : 0;
}

/** Android's API level, where it is known. */
export const sdkOf = (so: Reading): number | null => (isKnown(so.identity.sdk) ? so.identity.sdk.value : null);
