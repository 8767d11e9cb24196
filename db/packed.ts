import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * What is kept of a snapshot is JSON text that says the same in every snapshot, but for the values: zstd with a dictionary of such texts
 * takes less than half of what it takes without. A dictionary is never changed once anything was packed with it: better ones get the
 * next number (`test/tables/snapshot-dictionaries.ts` makes them).
 */
export const newestDictionary = 1;

/** What is packed, each with a dictionary of its own. */
export const packedKinds = ['capture', 'reading', 'diagnosis'] as const;
export type PackedKind = (typeof packedKinds)[number];

const dictionaryFile = (kind: PackedKind, number: number): string =>
  join(import.meta.dirname, 'dictionaries', `${String(number).padStart(4, '0')}-${kind}.zst`);

const loaded = new Map<string, Buffer>();

function dictionaryOf(kind: PackedKind, number: number): Buffer {
  const file = dictionaryFile(kind, number);
  const found = loaded.get(file);
  if (found !== undefined) return found;
  const dictionary = zstdDecompressSync(readFileSync(file));
  loaded.set(file, dictionary);
  return dictionary;
}

export const pack = (text: string, kind: PackedKind, dictionary = newestDictionary): Uint8Array =>
  zstdCompressSync(text, {
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
    dictionary: dictionaryOf(kind, dictionary),
  });

/** The inverse of {@link pack}. Throws where the bytes are not what was packed, or become more than `most`. */
export const unpack = (bytes: Uint8Array, kind: PackedKind, dictionary: number, most?: number): string =>
  zstdDecompressSync(bytes, {
    dictionary: dictionaryOf(kind, dictionary),
    ...(most === undefined ? {} : { maxOutputLength: most }),
  }).toString('utf8');
