import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readShellV2 } from '../../../native/android/reach/shell-stream.ts';
import { isPlistDict, readPlist, writeBinaryPlist, writeXmlPlist } from '../../../native/ios/read/plist.ts';
import type { PlistValue } from '../../../native/ios/read/plist.ts';
import { FrameReader, UsbmuxdError } from '../../../native/ios/reach/usbmuxd.ts';
import { ZipArchive } from '../../../native/offline/zip-archive.ts';
import { NativeError } from '../../../native/source.ts';
import { buildZip, type ZipPart } from './offline/zip-builder.ts';

/** A format in its own grammar, whole and with lies in it, and what its reader must make of each. */
export interface FuzzGrammar {
  name: string;
  property: fc.IAsyncPropertyWithHooks<[unknown]>;
}

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void> | void): FuzzGrammar['property'] =>
  fc.asyncProperty<[unknown]>(arbitrary, async (value) => check(value as T));

/** Pieces of any length, as a socket gives them. */
function inPieces(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

const plistValue: fc.Arbitrary<PlistValue> = fc.letrec<{ value: PlistValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: fc.constantFrom('a', 'é', '😀', '&', '<', ']', '>', ' ', '\u202E') }),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'B', '$', 'é'), minLength: 1 }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const framed = (body: Uint8Array, claimed = 16 + body.length): Buffer => {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(claimed >>> 0, 0);
  return Buffer.concat([header, body]);
};

const packet = fc.record({
  kind: fc.constantFrom(1, 2, 3, 0, 9),
  data: fc.uint8Array({ maxLength: 30 }),
  /** What the length says beside the truth. */
  lie: fc.option(fc.constantFrom(0, 1, 0x7f_ff_ff_ff, 0xff_ff_ff_ff), { freq: 12 }),
});
type Packet = typeof packet extends fc.Arbitrary<infer T> ? T : never;

function checkShell({ packets, sizes }: { packets: readonly Packet[]; sizes: readonly number[] }): void {
  const bytes = Buffer.concat(
    packets.map(({ kind, data, lie }) => {
      const header = Buffer.alloc(5);
      header[0] = kind;
      header.writeUInt32LE(lie ?? data.length, 1);
      return Buffer.concat([header, data]);
    }),
  );
  const socket = new Socket();
  const output: Buffer[] = [];
  readShellV2(socket, {
    onOutput: (chunk) => output.push(Buffer.from(chunk)),
    onErrors: () => undefined,
    onEnd: () => undefined,
  });
  for (const piece of inPieces(bytes, sizes)) if (!socket.destroyed) socket.emit('data', piece);
  const isHonest = packets.every(
    ({ kind, data, lie }) => (lie ?? data.length) === data.length && !(kind === 3 && data.length > 16),
  );
  const said = Buffer.concat(packets.filter(({ kind }) => kind === 1).map(({ data }) => Buffer.from(data)));
  const read = Buffer.concat(output);
  socket.destroy();
  if (isHonest && !read.equals(said)) throw new Error('a shell said something else');
  if (read.length > bytes.length) throw new Error('a shell gave more than it said');
}

const zipPart: fc.Arbitrary<ZipPart> = fc.record(
  {
    name: fc.oneof(
      fc.constantFrom('../up.txt', '/etc/passwd', 'a\\b', '', 'dir/', 'bugreport.txt', 'CON', 'a/../../b'),
      fc.string({ unit: fc.constantFrom('a', '/', '.', '\u0000', 'é', '\u202E'), maxLength: 12 }),
    ),
    content: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    encrypted: fc.constantFrom(false, false, false, true),
    mode: fc.constantFrom(0o100644, 0o120777, 0o020666, 0o040755),
    claimedSize: fc.constantFrom(0, 1, 400, 0x7f_ff_ff_ff, 0xff_ff_ff_ff),
    checksum: fc.constantFrom(0, 0xff_ff_ff_ff),
  },
  { requiredKeys: ['name', 'content'] },
);

/** Reads every file of a zip that is one; gives what came, by name. */
export async function readZip(bytes: Buffer): Promise<Map<string, Buffer> | null> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-zip-'));
  try {
    writeFileSync(join(folder, 'x.zip'), bytes);
    const zip = await ZipArchive.open(join(folder, 'x.zip'));
    const found = new Map<string, Buffer>();
    try {
      for (const entry of zip.entries) {
        const pieces: Buffer[] = [];
        for await (const piece of zip.read(entry)) pieces.push(piece);
        found.set(entry.fileName, Buffer.concat(pieces));
      }
    } finally {
      zip.close();
    }
    return found;
  } catch (error) {
    if (error instanceof NativeError) return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isHonestPart = ({ name, content, encrypted, mode, claimedSize, checksum }: ZipPart): boolean =>
  /^[a-z]+\.txt$/.test(name) &&
  encrypted !== true &&
  (mode ?? 0o100644) === 0o100644 &&
  (claimedSize ?? content.length) === content.length &&
  checksum === undefined;

export const fuzzGrammars: readonly FuzzGrammar[] = [
  {
    name: 'property list, written and read',
    property: property(plistValue, (value) => {
      for (const bytes of [writeBinaryPlist(value), writeXmlPlist(value)]) {
        const result = readPlist(bytes);
        if (!result.ok) throw new Error(`not read: ${JSON.stringify(result.error)}`);
        // What was read is written as it was: binary lists are written in one way only.
        if (!Buffer.from(writeBinaryPlist(result.value)).equals(Buffer.from(writeBinaryPlist(value))))
          throw new Error('another value');
      }
    }),
  },
  {
    name: 'answers of usbmuxd',
    property: property(
      fc.record({
        bodies: fc.array(fc.record({ value: plistValue, lie: fc.option(fc.nat(), { freq: 8 }) }), { maxLength: 4 }),
        sizes: pieceSizes,
      }),
      ({ bodies, sizes }) => {
        const frames = bodies.map(({ value, lie }) => framed(writeXmlPlist(value), lie ?? undefined));
        const reader = new FrameReader();
        const read: unknown[] = [];
        try {
          for (const piece of inPieces(Buffer.concat(frames), sizes)) read.push(...reader.push(piece));
        } catch (error) {
          if (!(error instanceof UsbmuxdError)) throw error;
          return;
        }
        const isHonest = bodies.every(({ value, lie }) => lie === null && isPlistDict(value));
        if (isHonest && read.length !== bodies.length) throw new Error('an answer was lost');
      },
    ),
  },
  {
    name: 'packets of a shell',
    property: property(fc.record({ packets: fc.array(packet, { maxLength: 8 }), sizes: pieceSizes }), checkShell),
  },
  {
    name: 'zip',
    property: property(
      fc.record({
        parts: fc.array(zipPart, { maxLength: 5 }),
        claimed: fc.option(fc.constantFrom(0, 1, 5, 0xff_ff), { freq: 8 }),
      }),
      async ({ parts, claimed }) => {
        const found = await readZip(buildZip(parts, claimed ?? parts.length));
        if (claimed === null && parts.length > 0 && parts.every(isHonestPart)) {
          const last = new Map(parts.map(({ name, content }) => [name, Buffer.from(content)]));
          for (const [name, content] of last)
            if (found?.get(name)?.equals(content) !== true) throw new Error(`lost ${name}`);
        }
        for (const name of found?.keys() ?? []) {
          if (name.split('/').includes('..') || name.startsWith('/')) throw new Error(`unsafe name ${name}`);
        }
      },
    ),
  },
];
