import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { ByteQueue } from './byte-queue.ts';

/**
 * An adb server that only knows a list of phones, for what a real one cannot be brought to say with phones on TCP:
 * `no permissions`, USB paths, serials of choice. Rows are as `host:devices-l` prints them.
 */
export interface FakeAdbServer {
  readonly port: number;
  /** Replaces the list and tells every watcher. */
  setPhones(rows: readonly string[]): void;
  stop(): Promise<void>;
}

const SERVER_VERSION = '0029';

export async function startFakeAdbServer(rows: readonly string[]): Promise<FakeAdbServer> {
  let phones = rows;
  const sockets = new Set<Socket>();
  const watchers = new Map<Socket, (rows: readonly string[]) => string>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      watchers.delete(socket);
    });
    void serve(socket);
  });

  const serve = async (socket: Socket): Promise<void> => {
    const queue = new ByteQueue();
    socket.on('data', (chunk: Buffer) => queue.push(chunk));
    socket.on('end', () => queue.end());
    const length = await queue.read(4);
    const request = length === null ? null : await queue.read(Number.parseInt(length.toString('latin1'), 16));
    switch (request?.toString('utf8')) {
      case 'host:version':
        socket.end(`OKAY${block(SERVER_VERSION)}`);
        break;
      case 'host:devices-l':
        socket.end(`OKAY${block(longList(phones))}`);
        break;
      case 'host:devices':
        socket.end(`OKAY${block(shortList(phones))}`);
        break;
      case 'host:track-devices':
        watch(socket, shortList);
        break;
      case 'host:track-devices-l':
        watch(socket, longList);
        break;
      case undefined:
        socket.destroy();
        break;
      default:
        socket.end(`FAIL${block('unknown host service')}`);
    }
  };

  const watch = (socket: Socket, format: (rows: readonly string[]) => string): void => {
    watchers.set(socket, format);
    socket.write(`OKAY${block(format(phones))}`);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    setPhones: (next) => {
      phones = next;
      for (const [socket, format] of watchers) socket.write(block(format(phones)));
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function block(text: string): string {
  return Buffer.byteLength(text).toString(16).padStart(4, '0') + text;
}

function longList(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}

/** Serial and state only, separated by a tab. */
function shortList(rows: readonly string[]): string {
  return rows
    .map((row) => {
      const [, serial = '', state = ''] = /^(\S+)\s+(no permissions|\S+)/.exec(row) ?? [];
      return `${serial}\t${state}\n`;
    })
    .join('');
}
