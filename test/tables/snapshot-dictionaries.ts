import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { packedKinds, type PackedKind } from '../../db/packed.ts';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { sampleTexts } from '../sample-snapshots.ts';

/*
 * Makes the dictionaries that snapshots are packed with (db/packed.ts) from sample phones, which hold nothing of anybody:
 * `node test/tables/snapshot-dictionaries.ts FOLDER`. A piece of a text is taken where the pieces before do not say it well enough.
 */

const phones = ['healthy', 'healthy-ios12', 'huawei-9', 'pixel-14', 'samsung-14'];
const pieces: Record<PackedKind, (text: string) => string[]> = {
  capture: (text) => text.split(/(?=\},\{"probe")/),
  reading: (text) => text.match(/[^]{1,1000}/g) ?? [],
  diagnosis: (text) => text.split(/(?=\},\{"cause")/),
};
const leastBytes = 100;
const leastShare = 0.15;

const packedBytes = (text: string, dictionary: string): number =>
  zstdCompressSync(text, dictionary === '' ? {} : { dictionary: Buffer.from(dictionary) }).length;

function dictionaryOf(kind: PackedKind, texts: readonly string[]): string {
  let dictionary = '';
  for (const piece of texts.flatMap(pieces[kind])) {
    if (packedBytes(piece, dictionary) > Math.max(leastBytes, leastShare * piece.length)) dictionary += piece;
  }
  return dictionary;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder that they are written to.');
const texts = await sampleTexts(loadCatalog(), phones);
for (const kind of packedKinds) {
  const dictionary = dictionaryOf(
    kind,
    texts.map((text) => text[kind]),
  );
  const packed = zstdCompressSync(dictionary, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
  writeFileSync(join(folder, `next-${kind}.zst`), packed);
  process.stdout.write(`${kind}: ${dictionary.length} bytes, ${packed.length} in the file\n`);
}
