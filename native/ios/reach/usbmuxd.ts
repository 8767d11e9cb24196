import { connect, type Socket } from 'node:net';
import { mostPhones } from '../../phone.ts';
import { readPlist, smallPlistLimits, writeXmlPlist, type PlistDict, type PlistValue } from '../read/plist.ts';
import { isPlistDict } from '../read/plist-value.ts';

/**
 * The conversation with usbmuxd (Linux), `usbmuxd` of macOS or the Apple Mobile Device Service (Windows): which iPhones are
 * plugged in, and whether this computer has a trust record for one. It needs no native code, so it can be cancelled, and it
 * tells a missing driver from a missing phone, which libimobiledevice cannot (both are `NO_DEVICE`).
 *
 * Frame, little-endian: length with the header, version 1, message 8, tag; then an XML property list (libusbmuxd 2.0,
 * usbmuxd-proto.h).
 */

export type UsbmuxdAddress = { path: string } | { host: string; port: number };

/** Where usbmuxd listens: `USBMUXD_SOCKET_ADDRESS` as libusbmuxd reads it, else the system's usual place. */
export function usbmuxdAddress(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): UsbmuxdAddress {
  const given = env['USBMUXD_SOCKET_ADDRESS'] ?? '';
  if (given.startsWith('UNIX:')) return { path: given.slice('UNIX:'.length) };
  const colon = given.lastIndexOf(':');
  if (colon > 0) return { host: given.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(given.slice(colon + 1)) };
  return platform === 'win32' ? { host: '127.0.0.1', port: 27_015 } : { path: '/var/run/usbmuxd' };
}

export interface PluggedIphone {
  /** usbmuxd's number for this plugging-in; a replugged phone gets another. */
  deviceId: number;
  udid: string;
  /** The USB port; null where usbmuxd does not tell. */
  port: string | null;
}

/** `missing`: nobody listens there. `denied`: no permission. `silent`: it accepted and said nothing. `broken`: no sense. */
export class UsbmuxdError extends Error {
  override name = 'UsbmuxdError';
  readonly kind: 'missing' | 'denied' | 'silent' | 'broken';

  constructor(kind: UsbmuxdError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

const headerBytes = 16;
const largestFrame = headerBytes + smallPlistLimits.maxBytes;

function frame(message: PlistDict): Buffer {
  const body = Buffer.from(
    writeXmlPlist({ ...message, ClientVersionString: 'phone-health', ProgName: 'phone-health' }),
  );
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(headerBytes + body.length, 0);
  header.writeUInt32LE(1, 4);
  header.writeUInt32LE(8, 8);
  header.writeUInt32LE(1, 12);
  return Buffer.concat([header, body]);
}

/** Cuts a stream into messages; throws {@link UsbmuxdError} on what is no usbmuxd. */
export class FrameReader {
  #pending = Buffer.alloc(0);
  /** Joined to the pending bytes only when there are as many as are waited for: a frame may come byte by byte. */
  #later: Buffer[] = [];
  #laterBytes = 0;
  #waitsFor = headerBytes;

  *push(chunk: Buffer): Generator<PlistDict> {
    this.#later.push(chunk);
    this.#laterBytes += chunk.length;
    if (this.#pending.length + this.#laterBytes < this.#waitsFor) return;
    this.#pending = Buffer.concat([this.#pending, ...this.#later]);
    this.#later = [];
    this.#laterBytes = 0;
    this.#waitsFor = headerBytes;
    while (this.#pending.length >= headerBytes) {
      const length = this.#pending.readUInt32LE(0);
      if (length < headerBytes || length > largestFrame) throw new UsbmuxdError('broken', `a frame of ${length} bytes`);
      this.#waitsFor = length;
      if (this.#pending.length < length) return;
      this.#waitsFor = headerBytes;
      const body = readPlist(this.#pending.subarray(headerBytes, length), smallPlistLimits);
      this.#pending = this.#pending.subarray(length);
      if (!body.ok || !isPlistDict(body.value)) throw new UsbmuxdError('broken', 'an answer that is no dictionary');
      yield body.value;
    }
  }
}

function asUsbmuxdError(error: Error & { code?: string }): UsbmuxdError {
  if (error instanceof UsbmuxdError) return error;
  const kind = error.code === 'EACCES' || error.code === 'EPERM' ? 'denied' : 'missing';
  return new UsbmuxdError(kind, error.message);
}

/** One question, one answer. Rejects with {@link UsbmuxdError}. */
function ask(address: UsbmuxdAddress, message: PlistDict, deadlineMs: number): Promise<PlistDict> {
  const { promise, resolve, reject } = Promise.withResolvers<PlistDict>();
  const socket = connect(address);
  const reader = new FrameReader();
  const timer = setTimeout(
    () => socket.destroy(new UsbmuxdError('silent', `no answer within ${deadlineMs} ms`)),
    deadlineMs,
  );
  socket.on('connect', () => socket.write(frame(message)));
  socket.on('data', (chunk) => {
    try {
      for (const answer of reader.push(chunk)) resolve(answer);
    } catch (error) {
      reject(error);
    }
  });
  socket.on('error', (error) => reject(asUsbmuxdError(error)));
  socket.on('close', () => reject(new UsbmuxdError('broken', 'the connection was closed without an answer')));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}

/** One answer of usbmuxd, which asks no phone for it. */
const usbmuxdDeadlineMs = 3000;

/** A UDID of 24 digits is written with a hyphen after the chip id (iPhone XS and later). */
const udidOf = (serial: string): string =>
  serial.length === 24 && !serial.includes('-') ? `${serial.slice(0, 8)}-${serial.slice(8)}` : serial;

/**
 * Where an iPhone is plugged in: macOS and Windows give the place of the port. Linux's usbmuxd gives `bus << 16 | address` instead
 * (usbmuxd 1.1, src/usb.c, usb_get_location), and the address is another one each time that a phone is plugged in.
 */
const portOf = (location: PlistValue | undefined, platform: NodeJS.Platform): string | null =>
  platform === 'linux' || typeof location !== 'number' || location === 0 ? null : `0x${location.toString(16)}`;

/** The phone of an `Attached` message; null for one that comes over Wi-Fi, which this program does not read. */
export function pluggedIphone(message: PlistValue, platform: NodeJS.Platform = process.platform): PluggedIphone | null {
  if (!isPlistDict(message)) return null;
  const { DeviceID: deviceId, Properties: properties } = message;
  if (typeof deviceId !== 'number' || properties === undefined || !isPlistDict(properties)) return null;
  const { SerialNumber: serial, ConnectionType: connection, LocationID: location } = properties;
  if (typeof serial !== 'string' || connection === 'Network') return null;
  return { deviceId, udid: udidOf(serial), port: portOf(location, platform) };
}

/** The iPhones that are plugged in with a cable. Rejects with {@link UsbmuxdError}. */
export async function listIphones(address: UsbmuxdAddress, deadlineMs = usbmuxdDeadlineMs): Promise<PluggedIphone[]> {
  const { DeviceList: devices } = await ask(address, { MessageType: 'ListDevices', kLibUSBMuxVersion: 3 }, deadlineMs);
  if (!Array.isArray(devices)) throw new UsbmuxdError('broken', 'an answer without a list of devices');
  return devices
    .map((device) => pluggedIphone(device))
    .filter((phone) => phone !== null)
    .slice(0, mostPhones);
}

/** True where this computer has a trust record of the phone. Rejects with {@link UsbmuxdError}. Asks the phone nothing. */
export async function hasPairRecord(
  address: UsbmuxdAddress,
  udid: string,
  deadlineMs = usbmuxdDeadlineMs,
): Promise<boolean> {
  const answer = await ask(address, { MessageType: 'ReadPairRecord', PairRecordID: udid }, deadlineMs);
  return answer['PairRecordData'] instanceof Uint8Array;
}

export interface UsbmuxdEvents {
  plugged: (phone: PluggedIphone) => void;
  unplugged: (deviceId: number) => void;
  paired: (deviceId: number) => void;
  /** usbmuxd accepted the subscription; a `plugged` follows for each phone that is there. */
  listening: () => void;
  /** The connection ended or could not be made; nothing follows. */
  closed: (error: UsbmuxdError) => void;
}

/**
 * Subscribes to plugging, unplugging and pairing until the returned function is called. A usbmuxd that takes the subscription and
 * says nothing counts as one that hung up.
 */
export function listenToUsbmuxd(
  address: UsbmuxdAddress,
  events: UsbmuxdEvents,
  deadlineMs = usbmuxdDeadlineMs,
): () => void {
  const socket: Socket = connect(address);
  const reader = new FrameReader();
  let failure = new UsbmuxdError('missing', 'usbmuxd hung up');
  let stopped = false;
  const late = new UsbmuxdError('silent', `no answer within ${deadlineMs} ms`);
  const timer = setTimeout(() => socket.destroy(late), deadlineMs);
  socket.on('connect', () => socket.write(frame({ MessageType: 'Listen', kLibUSBMuxVersion: 3 })));
  socket.on('data', (chunk) => {
    try {
      for (const message of reader.push(chunk)) {
        clearTimeout(timer);
        if (!stopped) dispatch(message, events);
      }
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  socket.on('error', (error) => (failure = asUsbmuxdError(error)));
  socket.on('close', () => {
    clearTimeout(timer);
    if (!stopped) events.closed(failure);
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket.destroy();
  };
}

function dispatch(message: PlistDict, events: UsbmuxdEvents): void {
  const { MessageType: type, DeviceID: deviceId, Number: number } = message;
  if (type === 'Result') {
    if (number !== 0) throw new UsbmuxdError('broken', 'the subscription was refused');
    events.listening();
  }
  if (type === 'Attached') {
    const phone = pluggedIphone(message);
    if (phone !== null) events.plugged(phone);
  }
  if (typeof deviceId !== 'number') return;
  if (type === 'Detached') events.unplugged(deviceId);
  if (type === 'Paired') events.paired(deviceId);
}
