import {
  isPlistDict,
  readPlist,
  writeBinaryPlist,
  writeXmlPlist,
  type PlistDict,
  type PlistValue,
} from '../../../native/ios/read/plist.ts';
import type { ByteChannel } from './byte-channel.ts';

/** The largest message a client of the simulated phone may send. */
const maxMessageBytes = 16 * 1024 * 1024;

/** A client sent something that the protocol does not allow; the phone hangs up. */
export class ProtocolViolation extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'ProtocolViolation';
  }
}

/** One message of lockdownd or of a service that speaks as it does: length (32 bits, big-endian), then a dictionary. */
export async function readPlistMessage(channel: ByteChannel): Promise<PlistDict> {
  const length = (await channel.read(4)).readUInt32BE(0);
  if (length > maxMessageBytes) throw new ProtocolViolation(`a message of ${length} bytes`);
  return parseDict(await channel.read(length));
}

/** Answers with such a message, in the encoding that the service of a real iPhone uses. */
export async function writePlistMessage(
  channel: ByteChannel,
  message: PlistValue,
  encoding: 'xml' | 'binary',
): Promise<void> {
  const body = encoding === 'xml' ? writeXmlPlist(message) : writeBinaryPlist(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  await channel.write(Buffer.concat([length, body]));
}

/** One frame of usbmuxd: 16 bytes of little-endian header (length, version, message, tag), then XML. */
export interface UsbmuxFrame {
  readonly version: number;
  readonly tag: number;
  readonly message: PlistDict;
}

const usbmuxHeaderLength = 16;
const plistVersion = 1;
const plistMessage = 8;

export async function readUsbmuxFrame(channel: ByteChannel): Promise<UsbmuxFrame> {
  const header = await channel.read(usbmuxHeaderLength);
  const length = header.readUInt32LE(0) - usbmuxHeaderLength;
  if (length < 0 || length > maxMessageBytes) throw new ProtocolViolation(`a frame of ${length} bytes`);
  const version = header.readUInt32LE(4);
  const body = await channel.read(length);
  return { version, tag: header.readUInt32LE(12), message: version === plistVersion ? parseDict(body) : {} };
}

export async function writeUsbmuxFrame(channel: ByteChannel, tag: number, message: PlistDict): Promise<void> {
  const body = writeXmlPlist(message);
  const header = Buffer.alloc(usbmuxHeaderLength);
  header.writeUInt32LE(usbmuxHeaderLength + body.length, 0);
  header.writeUInt32LE(plistVersion, 4);
  header.writeUInt32LE(plistMessage, 8);
  header.writeUInt32LE(tag, 12);
  await channel.write(Buffer.concat([header, body]));
}

/** The dictionary in some bytes; a phone hangs up on anything else. */
export function parseDict(bytes: Uint8Array): PlistDict {
  const result = readPlist(bytes);
  if (!result.ok) throw new ProtocolViolation(`${result.error.kind}: ${result.error.detail}`);
  if (!isPlistDict(result.value)) throw new ProtocolViolation('the message is not a dictionary');
  return result.value;
}

/** The text under a key, or `undefined` when it is missing or of another kind. */
export function textOf(message: PlistDict, key: string): string | undefined {
  const value = message[key];
  return typeof value === 'string' ? value : undefined;
}

/** The bytes under a key, or `undefined`. */
export function bytesOf(message: PlistDict, key: string): Uint8Array | undefined {
  const value = message[key];
  return value instanceof Uint8Array ? value : undefined;
}

/** The dictionary under a key; an empty one when it is missing or of another kind. */
export function dictOf(message: PlistDict, key: string): PlistDict {
  const value = message[key];
  return value !== undefined && isPlistDict(value) ? value : {};
}

/** The texts in the array under a key; `undefined` when there is no array. */
export function textsOf(message: PlistDict, key: string): string[] | undefined {
  const value = message[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
