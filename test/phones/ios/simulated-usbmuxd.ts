import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXmlPlist, type PlistDict } from '../../../native/ios/read/plist.ts';
import { ByteChannel, ChannelClosed } from './byte-channel.ts';
import {
  ProtocolViolation,
  bytesOf,
  readUsbmuxFrame,
  textOf,
  writeUsbmuxFrame,
  type UsbmuxFrame,
} from './plist-messages.ts';
import type { SimulatedIphone } from './simulated-iphone.ts';

// Messages: libusbmuxd 2.0.2, src/libusbmuxd.c and usbmuxd's src/client.c.

/** A usbmuxd of its own, with phones that can be plugged in and pulled out while it runs. */
export interface SimulatedUsbmuxd {
  /** For USBMUXD_SOCKET_ADDRESS: `UNIX:/…` or `127.0.0.1:port`. */
  readonly address: string;
  plug(phone: SimulatedIphone): void;
  unplug(udid: string): void;
  /** The computer's pair record of a phone, as it is stored now; `undefined` when there is none. */
  pairRecord(udid: string): Uint8Array | undefined;
  /** Hangs up on every client and frees the address. */
  stop(): Promise<void>;
}

/**
 * Starts a usbmuxd on a Unix socket in a folder of its own; with `listenOn` on that socket path or on that port of
 * 127.0.0.1 (0 = a free one), so that it can come back where another one has stopped.
 */
export async function startSimulatedUsbmuxd(
  options: { readonly listenOn?: string | number } = {},
): Promise<SimulatedUsbmuxd> {
  const mux = new Usbmuxd();
  const server = createServer((socket) => mux.accept(socket));
  const folder = options.listenOn === undefined ? await mkdtemp(join(tmpdir(), 'simulated-usbmuxd-')) : undefined;
  const place = options.listenOn ?? join(folder ?? '', 'usbmuxd');
  if (typeof place === 'number') server.listen(place, '127.0.0.1');
  else server.listen(place);
  await once(server, 'listening');
  const bound = server.address();
  const address = typeof bound === 'object' && bound !== null ? `127.0.0.1:${bound.port}` : `UNIX:${place}`;
  return {
    address,
    plug: (phone) => mux.plug(phone),
    unplug: (udid) => mux.unplug(udid),
    pairRecord: (udid) => mux.pairRecord(udid),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      mux.hangUp();
      await closed;
      if (folder !== undefined) await rm(folder, { recursive: true });
    },
  };
}

/** Answers of usbmuxd to a request. */
const result = { ok: 0, badCommand: 1, badDevice: 2, refused: 3, badVersion: 6 } as const;

interface Plugged {
  readonly deviceId: number;
  readonly phone: SimulatedIphone;
  readonly connections: Set<ByteChannel>;
}

class Usbmuxd {
  readonly #buid = '30142955-2E6A-4B2C-A9A6-5F1CF5D5A9D0';
  readonly #plugged = new Map<string, Plugged>();
  readonly #pairRecords = new Map<string, Uint8Array>();
  readonly #clients = new Set<ByteChannel>();
  readonly #listeners = new Set<ByteChannel>();
  #nextDeviceId = 1;

  plug(phone: SimulatedIphone): void {
    const plugged = { deviceId: this.#nextDeviceId, phone, connections: new Set<ByteChannel>() };
    this.#nextDeviceId += 1;
    const isKnown = this.#pairRecords.has(phone.udid);
    const record = isKnown ? undefined : phone.preparePairRecord(this.#buid);
    if (record !== undefined) this.#pairRecords.set(phone.udid, writeXmlPlist(record));
    phone.onCablePulled(() => this.unplug(phone.udid));
    this.#plugged.set(phone.udid, plugged);
    this.#announce(attached(plugged));
  }

  unplug(udid: string): void {
    const plugged = this.#plugged.get(udid);
    if (plugged === undefined) return;
    this.#plugged.delete(udid);
    for (const connection of plugged.connections) connection.destroy();
    this.#announce({ DeviceID: plugged.deviceId, MessageType: 'Detached' });
  }

  pairRecord(udid: string): Uint8Array | undefined {
    return this.#pairRecords.get(udid);
  }

  hangUp(): void {
    for (const client of this.#clients) client.destroy();
  }

  accept(socket: Socket): void {
    const client = new ByteChannel(socket);
    this.#clients.add(client);
    void client.closed.then(() => {
      this.#clients.delete(client);
      this.#listeners.delete(client);
    });
    void this.#serve(client);
  }

  /** Answers one client until it hangs up, listens only, or becomes a connection to a phone. */
  async #serve(client: ByteChannel): Promise<void> {
    try {
      for (;;) {
        const frame = await readUsbmuxFrame(client);
        const type = textOf(frame.message, 'MessageType');
        if (type === 'Connect') {
          if (await this.#connect(client, frame)) return;
        } else {
          await writeUsbmuxFrame(client, frame.tag, this.#answer(type, frame));
          if (type === 'Listen') await this.#listen(client);
        }
      }
    } catch (error) {
      if (!(error instanceof ChannelClosed) && !(error instanceof ProtocolViolation)) throw error;
      client.destroy();
    }
  }

  #answer(type: string | undefined, frame: UsbmuxFrame): PlistDict {
    const udid = textOf(frame.message, 'PairRecordID') ?? '';
    if (frame.version !== 1) return resultMessage(result.badVersion);
    switch (type) {
      case 'ListDevices':
        return { DeviceList: [...this.#plugged.values()].map(attached) };
      case 'Listen':
        return resultMessage(result.ok);
      case 'ReadBUID':
        return { BUID: this.#buid };
      case 'ReadPairRecord': {
        const record = this.#pairRecords.get(udid);
        return record === undefined ? resultMessage(result.badDevice) : { PairRecordData: record };
      }
      case 'SavePairRecord':
        return resultMessage(this.#savePairRecord(udid, bytesOf(frame.message, 'PairRecordData')));
      case 'DeletePairRecord':
        return resultMessage(this.#pairRecords.delete(udid) ? result.ok : result.badDevice);
      default:
        return resultMessage(result.badCommand);
    }
  }

  #savePairRecord(udid: string, record: Uint8Array | undefined): number {
    if (record === undefined) return result.badCommand;
    this.#pairRecords.set(udid, record);
    const plugged = this.#plugged.get(udid);
    if (plugged !== undefined) this.#announce({ DeviceID: plugged.deviceId, MessageType: 'Paired' });
    return result.ok;
  }

  async #listen(client: ByteChannel): Promise<void> {
    this.#listeners.add(client);
    for (const plugged of this.#plugged.values()) await writeUsbmuxFrame(client, 0, attached(plugged));
  }

  /** True when the client is now connected to the phone and speaks its protocol. */
  async #connect(client: ByteChannel, { message, tag }: UsbmuxFrame): Promise<boolean> {
    const plugged = [...this.#plugged.values()].find(({ deviceId }) => deviceId === message['DeviceID']);
    if (plugged === undefined) {
      await writeUsbmuxFrame(client, tag, resultMessage(result.badDevice));
      return false;
    }
    plugged.connections.add(client);
    void client.closed.then(() => plugged.connections.delete(client));
    if (plugged.phone.isSilentAt('connect')) {
      await plugged.phone.fallSilent('connect', client);
      return true;
    }
    const port = swapBytes(Number(message['PortNumber']));
    const listens = plugged.phone.listensOn(port);
    await writeUsbmuxFrame(client, tag, resultMessage(listens ? result.ok : result.refused));
    if (!listens) return false;
    await plugged.phone.serve(port, client);
    return true;
  }

  /** Tells every listener; one that hangs up meanwhile is no reason to fail. */
  #announce(event: PlistDict): void {
    for (const listener of this.#listeners) {
      writeUsbmuxFrame(listener, 0, event).catch(() => this.#listeners.delete(listener));
    }
  }
}

function attached({ deviceId, phone }: Plugged): PlistDict {
  return {
    DeviceID: deviceId,
    MessageType: 'Attached',
    Properties: {
      ConnectionSpeed: 480_000_000,
      ConnectionType: 'USB',
      DeviceID: deviceId,
      LocationID: 0x1410_0000 + deviceId,
      ProductID: 0x12a8,
      // USB carries the UDID without its hyphen; clients put it back.
      SerialNumber: phone.udid.replace('-', ''),
    },
  };
}

function resultMessage(number: number): PlistDict {
  return { MessageType: 'Result', Number: number };
}

/** Connect carries the port in network byte order inside a little-endian number. */
function swapBytes(port: number): number {
  return ((port & 0xff) << 8) | ((port >> 8) & 0xff);
}
