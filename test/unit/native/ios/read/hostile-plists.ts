/**
 * A binary list whose root is an array of `count` references, each to an object of its own number, and all of these numbers name
 * one place in the file.
 */
function onePlace(object: Uint8Array, count: number): Buffer {
  const rootLength = 6 + count * 4;
  const root = Buffer.alloc(rootLength);
  root.set([0xaf, 0x12]);
  root.writeUInt32BE(count, 2);
  for (let item = 0; item < count; item += 1) root.writeUInt32BE(item + 1, 6 + item * 4);
  const place = 8 + rootLength;
  const table = Buffer.alloc((count + 1) * 4);
  table.writeUInt32BE(8, 0);
  for (let item = 0; item < count; item += 1) table.writeUInt32BE(place, (item + 1) * 4);
  const trailer = Buffer.alloc(32);
  trailer.writeUInt8(4, 6);
  trailer.writeUInt8(4, 7);
  trailer.writeBigUInt64BE(BigInt(count + 1), 8);
  trailer.writeBigUInt64BE(BigInt(place + object.length), 24);
  return Buffer.concat([Buffer.from('bplist00'), root, object, table, trailer]);
}

const repeated = (element: string, count: number): Buffer => Buffer.from(`<array>${element.repeat(count)}</array>`);

/** Small files that take gigabytes where a reader believes them. */
export const hostilePlists: Readonly<Record<string, () => Uint8Array>> = {
  'one text of 20 kB under 150,000 numbers': () =>
    onePlace(Buffer.concat([Buffer.from([0x5f, 0x11, 0x4e, 0x20]), Buffer.alloc(20_000, 'a')]), 150_000),
  '700,000 empty dictionaries in XML': () => repeated('<dict/>', 700_000),
  'dictionaries of one key in XML': () => repeated('<dict><key>a</key><true/></dict>', 600_000),
};
