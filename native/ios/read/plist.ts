import { looksBinary, readBinaryPlist, writeBinaryPlist } from './plist-binary.ts';
import { PlistError, type PlistFailure, type PlistLimits, type PlistValue } from './plist-value.ts';
import { readXmlPlist, writeXmlPlist } from './plist-xml.ts';

/**
 * Property lists, as iPhones send and store them: XML (`<!DOCTYPE plist …>`) and binary (`bplist00`).
 *
 * Reading is total: any bytes give a value or a typed failure, in time linear in their length, and never an exception.
 */
export type PlistResult =
  { readonly ok: true; readonly value: PlistValue } | { readonly ok: false; readonly error: PlistFailure };

/** Far above what a phone sends in one answer, far below what would hurt the program. */
const defaultPlistLimits: PlistLimits = {
  maxBytes: 32 * 1024 * 1024,
  maxDepth: 200,
  maxValues: 1_000_000,
  maxDecodedBytes: 96 * 1024 * 1024,
};

/** For a list of a few fields, such as a message of usbmuxd or the record of a file in a backup. */
export const smallPlistLimits: PlistLimits = {
  maxBytes: 4 * 1024 * 1024,
  maxDepth: 16,
  maxValues: 20_000,
  maxDecodedBytes: 8 * 1024 * 1024,
};

/** Reads an XML or a binary property list; which of the two is told from its first bytes. */
export function readPlist(bytes: Uint8Array, limits: Partial<PlistLimits> = {}): PlistResult {
  const effective = { ...defaultPlistLimits, ...limits };
  try {
    if (bytes.length > effective.maxBytes) {
      throw new PlistError('too-large', `${bytes.length} bytes, at most ${effective.maxBytes} are read`, 0);
    }
    const value = looksBinary(bytes) ? readBinaryPlist(bytes, effective) : readXmlPlist(bytes, effective);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof PlistError) return { ok: false, error: error.failure };
    throw error;
  }
}

export { writeBinaryPlist, writeXmlPlist };
export { PlistUid, isPlistDict } from './plist-value.ts';
export type { PlistDict, PlistFailure, PlistLimits, PlistValue } from './plist-value.ts';
