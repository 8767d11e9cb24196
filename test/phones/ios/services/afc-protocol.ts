import type { ByteChannel } from '../byte-channel.ts';
import { ProtocolViolation } from '../plist-messages.ts';

// Packets, operations and status codes: libimobiledevice 1.3.0, src/afc.h and include/libimobiledevice/afc.h.

/** Operations of the Apple File Conduit that clients send and the two that answer. */
export const operation = {
  status: 1,
  data: 2,
  readDirectory: 3,
  writeFile: 5,
  truncate: 7,
  removePath: 8,
  makeDirectory: 9,
  fileInfo: 10,
  deviceInfo: 11,
  fileOpen: 13,
  fileOpenResult: 14,
  fileRead: 15,
  fileWrite: 16,
  fileSeek: 17,
  fileTell: 18,
  fileTellResult: 19,
  fileClose: 20,
  fileSetSize: 21,
  rename: 24,
  fileLock: 27,
  makeLink: 28,
  setModificationTime: 30,
  removePathAndContents: 34,
} as const;

const statusCodes = {
  SUCCESS: 0,
  UNKNOWN_ERROR: 1,
  READ_ERROR: 4,
  INVALID_ARG: 7,
  OBJECT_NOT_FOUND: 8,
  OBJECT_IS_DIR: 9,
  PERM_DENIED: 10,
  OP_NOT_SUPPORTED: 15,
  OBJECT_BUSY: 17,
  IO_ERROR: 20,
  DIR_NOT_EMPTY: 33,
} as const;

/** How an operation ended, by its name in libimobiledevice without `AFC_E_`. */
export type AfcStatus = keyof typeof statusCodes;

/** A request: the arguments of its operation, then what is to be written. */
export interface AfcRequest {
  readonly number: bigint;
  readonly operation: number;
  readonly arguments: Buffer;
  readonly payload: Buffer;
}

const magic = 'CFA6LPAA';
const headerLength = 40;
const maxPacketBytes = 16 * 1024 * 1024;

/** Reads one packet: magic, whole length, length up to the payload, number, operation, all 64 bits little-endian. */
export async function readAfcRequest(channel: ByteChannel): Promise<AfcRequest> {
  const header = await channel.read(headerLength);
  if (header.toString('latin1', 0, 8) !== magic) throw new ProtocolViolation('not an AFC packet');
  const whole = Number(header.readBigUInt64LE(8));
  const upToPayload = Number(header.readBigUInt64LE(16));
  if (upToPayload < headerLength || whole < upToPayload || whole > maxPacketBytes) {
    throw new ProtocolViolation(`an AFC packet of ${whole} bytes`);
  }
  return {
    number: header.readBigUInt64LE(24),
    operation: Number(header.readBigUInt64LE(32)),
    arguments: await channel.read(upToPayload - headerLength),
    payload: await channel.read(whole - upToPayload),
  };
}

/** What the phone sends back. */
export type AfcAnswer =
  | { readonly kind: 'status'; readonly status: AfcStatus }
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'handle'; readonly handle: number }
  | { readonly kind: 'position'; readonly position: number };

export async function writeAfcAnswer(channel: ByteChannel, number: bigint, answer: AfcAnswer): Promise<void> {
  switch (answer.kind) {
    case 'status':
      return writePacket(channel, number, operation.status, unsigned64(statusCodes[answer.status]));
    case 'data':
      return writePacket(channel, number, operation.data, Buffer.alloc(0), answer.data);
    case 'handle':
      return writePacket(channel, number, operation.fileOpenResult, unsigned64(answer.handle));
    case 'position':
      return writePacket(channel, number, operation.fileTellResult, unsigned64(answer.position));
  }
}

async function writePacket(
  channel: ByteChannel,
  number: bigint,
  code: number,
  args: Buffer,
  payload: Uint8Array = Buffer.alloc(0),
): Promise<void> {
  const header = Buffer.alloc(headerLength);
  header.write(magic, 'latin1');
  header.writeBigUInt64LE(BigInt(headerLength + args.length + payload.length), 8);
  header.writeBigUInt64LE(BigInt(headerLength + args.length), 16);
  header.writeBigUInt64LE(number, 24);
  header.writeBigUInt64LE(BigInt(code), 32);
  await channel.write(Buffer.concat([header, args, payload]));
}

function unsigned64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
