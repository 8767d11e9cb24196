import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { foreignEntrySchema, type ForeignEntry } from '../../../../db/records/elsewhere.ts';
import { readElsewhereSnapshot } from '../../../../db/shop/elsewhere-snapshot.ts';
import { exampleSnapshot, inChain, temporaryStore } from '../examples.ts';

/** A scan as it comes to another station. */
function sent(): { entry: ForeignEntry; kept: ReturnType<typeof exampleSnapshot> } {
  const store = temporaryStore();
  store.shop.join(inChain);
  const kept = exampleSnapshot();
  store.saveSnapshot(kept);
  const [item] = store.shop.next(1);
  const entry = item === undefined ? null : store.shop.entry(item, '');
  return { entry: foreignEntrySchema.parse({ ...entry, shop: 1, station: 2 }), kept };
}

test('a scan of another station is read as it was kept and judged there', () => {
  const { entry, kept } = sent();
  const { phone, capture, reading, diagnosis } = kept;
  expect(readElsewhereSnapshot(entry)).toMatchObject({ phone, capture, reading, diagnosis });
});

test('of a scan that is damaged, of another program, or packed to become endless, nothing is shown', () => {
  const { entry } = sent();
  const odd: Partial<ForeignEntry>[] = [
    { reading: null },
    { dictionary: 99 },
    { dictionary: null },
    { diagnosis: new Uint8Array([1, 2, 3]) },
    { body: '{}' },
    { body: JSON.stringify({ ...(JSON.parse(entry.body) as object), phone_json: '{"id":7}' }) },
    { capture: zstdCompressSync(Buffer.alloc(170 * 1024 * 1024)) },
  ];
  expect(odd.map((changes) => readElsewhereSnapshot({ ...entry, ...changes }))).toEqual(odd.map(() => null));
});
