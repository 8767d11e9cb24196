/** Numbers that lengths, counts and offsets are compared with. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x5f, 0xd0, 0xaf, 0x3c, 0x22];

/** null: the length of the whole, one more or one less. */
const numbers = [0n, 1n, -1n, 0x7fffn, 0x7fff_ffffn, 0x8000_0000n, 1n << 62n, null];

const below = (limit: number, random: () => number): number => Math.floor(random() * Math.max(1, limit));

/** Writes a length, count or offset of two, four or eight bytes over what is there, in either order of bytes. */
function writeNumber(bytes: Buffer, at: number, random: () => number): void {
  const width = [2, 4, 8][below(3, random)] ?? 4;
  if (at + width > bytes.length) return;
  const number = numbers[below(numbers.length, random)] ?? BigInt(bytes.length) + BigInt(below(3, random)) - 1n;
  const field = BigInt.asUintN(width * 8, number);
  const littleEndian = random() < 0.5;
  for (let index = 0; index < width; index += 1) {
    const shift = BigInt(8 * (littleEndian ? index : width - 1 - index));
    bytes[at + index] = Number((field >> shift) & 0xffn);
  }
}

/** One to eight changes: bytes flipped or set to an edge, numbers written over, parts cut, doubled, or taken from another seed. */
export function mutatedBytes(seeds: readonly Buffer[], random: () => number): Buffer {
  let bytes = Buffer.from(seeds[below(seeds.length, random)] ?? Buffer.alloc(0));
  for (let count = 1 + below(8, random); count > 0; count -= 1) {
    const at = below(bytes.length, random);
    const length = below(Math.min(64, bytes.length - at), random);
    const part = bytes.subarray(at, at + length);
    const other = seeds[below(seeds.length, random)] ?? part;
    const from = below(other.length, random);
    const kind = below(8, random);
    if (kind <= 1 && bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, random));
    else if (kind === 2 && bytes.length > 0) bytes[at] = edges[below(edges.length, random)] ?? 0;
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at), part, part, bytes.subarray(at)]);
    else if (kind === 5)
      bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + 64), bytes.subarray(at)]);
    else if (kind === 6) writeNumber(bytes, at, random);
    else if (random() < 0.3) bytes = Buffer.from(bytes.subarray(0, at));
  }
  return bytes;
}
