import {
  PlistBudget,
  PlistError,
  PlistUid,
  costOf,
  emptyDict,
  exactInteger,
  type PlistLimits,
  type PlistValue,
} from './plist-value.ts';

// Format: CoreFoundation, CFBinaryPList.c. Header `bplist00`, objects, a table of their offsets, and a trailer of 32 bytes.

const HEADER = Buffer.from('bplist');
const TRAILER_LENGTH = 32;
/** Seconds from 1970 to 2001, where property lists count dates from. */
const SECONDS_1970_TO_2001 = 978_307_200;
const LARGEST_DATE_MS = 8.64e15;

/** True when the bytes start like a binary property list of any version. */
export function looksBinary(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER.length && HEADER.equals(bytes.subarray(0, HEADER.length));
}

/** Reads a binary property list; throws `PlistError`. */
export function readBinaryPlist(bytes: Uint8Array, limits: PlistLimits): PlistValue {
  return new BinaryReader(bytes, limits).readRoot();
}

/** An object that was read, and what it and all below it took. */
interface ReadObject {
  value: PlistValue;
  values: number;
  bytes: number;
  /** 1 for a scalar. */
  height: number;
}

class BinaryReader {
  readonly #bytes: Buffer;
  readonly #budget: PlistBudget;
  readonly #refSize: number;
  readonly #rootIndex: number;
  readonly #table: { start: number; count: number; width: number };
  /** By offset, not by number: many numbers may name the same place. What is named again is not read again. */
  readonly #read = new Map<number, ReadObject>();

  constructor(bytes: Uint8Array, limits: PlistLimits) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#budget = new PlistBudget(limits);
    const trailer = this.#bytes.length - TRAILER_LENGTH;
    if (trailer < HEADER.length + 2) throw new PlistError('truncated', 'no trailer', this.#bytes.length);
    const width = this.#bytes.readUInt8(trailer + 6);
    this.#refSize = this.#bytes.readUInt8(trailer + 7);
    const count = Number(this.#bytes.readBigUInt64BE(trailer + 8));
    this.#rootIndex = Number(this.#bytes.readBigUInt64BE(trailer + 16));
    const start = Number(this.#bytes.readBigUInt64BE(trailer + 24));
    if (width < 1 || width > 8 || this.#refSize < 1 || this.#refSize > 8) {
      throw new PlistError('malformed', `integer sizes ${width} and ${this.#refSize}`, trailer);
    }
    if (start + count * width > trailer) throw new PlistError('truncated', 'offset table ends too soon', trailer);
    this.#table = { start, count, width };
  }

  readRoot(): PlistValue {
    return this.#readObject(this.#rootIndex, 1).value;
  }

  #readObject(index: number, depth: number): ReadObject {
    const { start, count, width } = this.#table;
    if (index >= count) throw new PlistError('malformed', `no object ${index}`, this.#bytes.length);
    const offset = this.#unsigned(start + index * width, width);
    const known = this.#read.get(offset);
    if (known !== undefined) {
      this.#budget.takeAgain(known, depth + known.height - 1, offset);
      return known;
    }
    this.#budget.spend(costOf.remembered, offset);
    const before = this.#budget.taken;
    this.#budget.take(depth, offset);
    const { value, height } = this.#readNew(offset, depth);
    const after = this.#budget.taken;
    const read = { value, height, values: after.values - before.values, bytes: after.bytes - before.bytes };
    this.#read.set(offset, read);
    return read;
  }

  #readNew(offset: number, depth: number): { value: PlistValue; height: number } {
    const kind = this.#byte(offset) >> 4;
    if (kind === 0xa || kind === 0xb || kind === 0xc) return this.#readArray(offset, depth);
    if (kind === 0xd) return this.#readDict(offset, depth);
    return { value: this.#readScalar(offset), height: 1 };
  }

  #readArray(offset: number, depth: number): { value: PlistValue[]; height: number } {
    const { count, start } = this.#countOf(offset);
    this.#need(start, count * this.#refSize);
    this.#budget.spend(costOf.array + count * costOf.item, offset);
    let height = 1;
    const value = Array.from({ length: count }, (_, item) => {
      const read = this.#readObject(this.#reference(start, item), depth + 1);
      height = Math.max(height, read.height + 1);
      return read.value;
    });
    return { value, height };
  }

  #readDict(offset: number, depth: number): { value: PlistValue; height: number } {
    const { count, start } = this.#countOf(offset);
    this.#need(start, 2 * count * this.#refSize);
    this.#budget.spend(costOf.dict + count * costOf.entry, offset);
    const dict = emptyDict();
    let height = 1;
    for (let item = 0; item < count; item += 1) {
      const key = this.#readObject(this.#reference(start, item), depth + 1);
      if (typeof key.value !== 'string') throw new PlistError('malformed', 'a key is not a string', offset);
      const read = this.#readObject(this.#reference(start, count + item), depth + 1);
      dict[key.value] = read.value;
      height = Math.max(height, key.height + 1, read.height + 1);
    }
    return { value: dict, height };
  }

  #readScalar(offset: number): PlistValue {
    this.#budget.spend(costOf.scalar, offset);
    const marker = this.#byte(offset);
    const size = marker & 0x0f;
    switch (marker >> 4) {
      case 0x0:
        if (size === 8) return false;
        if (size === 9) return true;
        break;
      case 0x1:
        if (size <= 4) return this.#readInteger(offset + 1, 1 << size);
        break;
      case 0x2:
        if (size === 2 || size === 3) return this.#readReal(offset + 1, 1 << size);
        break;
      case 0x3:
        this.#budget.spend(costOf.date, offset);
        return this.#readDate(offset + 1);
      case 0x4: {
        const { count, start } = this.#countOf(offset);
        const data = this.#slice(start, count);
        this.#budget.spend(costOf.data + count, offset);
        return new Uint8Array(data);
      }
      case 0x5: {
        const { count, start } = this.#countOf(offset);
        const text = this.#slice(start, count);
        this.#budget.spend(count, offset);
        return text.toString('latin1');
      }
      case 0x6: {
        const { count, start } = this.#countOf(offset);
        const text = this.#slice(start, 2 * count);
        this.#budget.spend(2 * count, offset);
        return Buffer.from(text).swap16().toString('utf16le');
      }
      case 0x7: {
        const { count, start } = this.#countOf(offset);
        const text = this.#slice(start, count);
        this.#budget.spend(2 * count, offset);
        return text.toString('utf8');
      }
      case 0x8:
        return new PlistUid(this.#unsigned(offset + 1, size + 1));
      default:
    }
    throw new PlistError('malformed', `marker 0x${marker.toString(16)}`, offset);
  }

  /** 1, 2 and 4 bytes are unsigned, 8 are signed, and 16 carry an unsigned number above the signed range. */
  #readInteger(offset: number, size: number): number | bigint {
    this.#need(offset, size);
    if (size < 8) return this.#bytes.readUIntBE(offset, size);
    if (size === 8) return exactInteger(this.#bytes.readBigInt64BE(offset));
    const high = this.#bytes.readBigInt64BE(offset);
    return exactInteger((high << 64n) | this.#bytes.readBigUInt64BE(offset + 8));
  }

  #readReal(offset: number, size: number): number {
    this.#need(offset, size);
    return size === 4 ? this.#bytes.readFloatBE(offset) : this.#bytes.readDoubleBE(offset);
  }

  #readDate(offset: number): Date {
    const ms = Math.round((this.#readReal(offset, 8) + SECONDS_1970_TO_2001) * 1000);
    if (!(Math.abs(ms) <= LARGEST_DATE_MS)) throw new PlistError('malformed', 'date out of range', offset);
    return new Date(ms);
  }

  /** The count in a marker; 0xF means that an integer object follows and holds it. */
  #countOf(offset: number): { count: number; start: number } {
    const small = this.#byte(offset) & 0x0f;
    if (small !== 0x0f) return { count: small, start: offset + 1 };
    const marker = this.#byte(offset + 1);
    const size = 1 << (marker & 0x0f);
    if (marker >> 4 !== 0x1 || size > 8) throw new PlistError('malformed', 'bad length', offset + 1);
    return { count: this.#unsigned(offset + 2, size), start: offset + 2 + size };
  }

  #reference(start: number, item: number): number {
    return this.#unsigned(start + item * this.#refSize, this.#refSize);
  }

  #unsigned(offset: number, size: number): number {
    this.#need(offset, size);
    if (size <= 6) return this.#bytes.readUIntBE(offset, size);
    let value = 0n;
    for (const byte of this.#bytes.subarray(offset, offset + size)) value = (value << 8n) | BigInt(byte);
    return Number(value);
  }

  #byte(offset: number): number {
    this.#need(offset, 1);
    return this.#bytes.readUInt8(offset);
  }

  #slice(offset: number, length: number): Buffer {
    this.#need(offset, length);
    return this.#bytes.subarray(offset, offset + length);
  }

  #need(offset: number, length: number): void {
    if (offset + length > this.#bytes.length) {
      throw new PlistError('truncated', `${length} bytes expected`, Math.min(offset, this.#bytes.length));
    }
  }
}

/** Writes a binary property list; equal strings are stored once. */
export function writeBinaryPlist(value: PlistValue): Uint8Array {
  return new BinaryWriter().write(value);
}

class BinaryWriter {
  /** One entry for each object; containers are filled in when the size of a reference is known. */
  readonly #objects: Array<(refSize: number) => Buffer> = [];
  readonly #strings = new Map<string, number>();

  write(root: PlistValue): Uint8Array {
    this.#add(root);
    const refSize = bytesFor(this.#objects.length);
    const parts: Buffer[] = [Buffer.from('bplist00')];
    const offsets: number[] = [];
    let position = 8;
    for (const encode of this.#objects) {
      const part = encode(refSize);
      offsets.push(position);
      position += part.length;
      parts.push(part);
    }
    const offsetSize = bytesFor(position);
    const trailer = Buffer.alloc(TRAILER_LENGTH);
    trailer.writeUInt8(offsetSize, 6);
    trailer.writeUInt8(refSize, 7);
    trailer.writeBigUInt64BE(BigInt(offsets.length), 8);
    trailer.writeBigUInt64BE(BigInt(position), 24);
    return Buffer.concat([...parts, ...offsets.map((offset) => unsignedBytes(offset, offsetSize)), trailer]);
  }

  #add(value: PlistValue): number {
    if (typeof value === 'string') {
      const known = this.#strings.get(value);
      if (known !== undefined) return known;
      this.#strings.set(value, this.#objects.length);
    }
    const index = this.#objects.length;
    if (Array.isArray(value)) {
      let items: number[] = [];
      this.#objects.push((refSize) => Buffer.concat([marker(0xa, items.length), ...references(items, refSize)]));
      items = value.map((item) => this.#add(item));
      return index;
    }
    const scalar = encodeScalar(value);
    if (scalar !== undefined) {
      this.#objects.push(() => scalar);
      return index;
    }
    let members: number[] = [];
    this.#objects.push((refSize) => Buffer.concat([marker(0xd, members.length / 2), ...references(members, refSize)]));
    const entries = Object.entries(value);
    members = [...entries.map(([key]) => this.#add(key)), ...entries.map(([, item]) => this.#add(item))];
    return index;
  }
}

/** The bytes of anything but an array or a dictionary; `undefined` for a dictionary. */
function encodeScalar(value: Exclude<PlistValue, PlistValue[]>): Buffer | undefined {
  if (typeof value === 'boolean') return Buffer.from([value ? 0x09 : 0x08]);
  if (typeof value === 'bigint') return encodeInteger(value);
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? encodeInteger(BigInt(value)) : encodeDouble(0x23, value);
  if (typeof value === 'string') {
    if (Buffer.byteLength(value, 'utf8') === value.length)
      return Buffer.concat([marker(0x5, value.length), Buffer.from(value, 'latin1')]);
    return Buffer.concat([marker(0x6, value.length), Buffer.from(value, 'utf16le').swap16()]);
  }
  if (value instanceof Date) return encodeDouble(0x33, value.getTime() / 1000 - SECONDS_1970_TO_2001);
  if (value instanceof Uint8Array) return Buffer.concat([marker(0x4, value.length), value]);
  if (value instanceof PlistUid) return Buffer.concat([Buffer.from([0x83]), unsignedBytes(value.index, 4)]);
  return undefined;
}

function encodeInteger(value: bigint): Buffer {
  if (value >= 0n && value < 0x100n) return Buffer.from([0x10, Number(value)]);
  if (value >= 0n && value < 0x1_0000n) return Buffer.concat([Buffer.from([0x11]), unsignedBytes(Number(value), 2)]);
  if (value >= 0n && value < 0x1_0000_0000n) {
    return Buffer.concat([Buffer.from([0x12]), unsignedBytes(Number(value), 4)]);
  }
  if (value >= -(2n ** 63n) && value < 2n ** 63n) {
    const bytes = Buffer.from([0x13, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.writeBigInt64BE(value, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(17, 0x14);
  bytes.writeBigInt64BE(BigInt.asIntN(64, value >> 64n), 1);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value), 9);
  return bytes;
}

function encodeDouble(kind: number, value: number): Buffer {
  const bytes = Buffer.alloc(9, kind);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function marker(kind: number, count: number): Buffer {
  if (count < 0x0f) return Buffer.from([(kind << 4) | count]);
  return Buffer.concat([Buffer.from([(kind << 4) | 0x0f]), encodeInteger(BigInt(count))]);
}

function references(indexes: readonly number[], size: number): Buffer[] {
  return indexes.map((index) => unsignedBytes(index, size));
}

/** The width for numbers below `limit`: 1, 2 or 4 bytes. */
function bytesFor(limit: number): 1 | 2 | 4 {
  if (limit <= 0x100) return 1;
  return limit <= 0x1_0000 ? 2 : 4;
}

function unsignedBytes(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}
