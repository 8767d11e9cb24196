import { NativeError } from '../../source.ts';

/** Where the adb server listens. */
export interface AdbAddress {
  host: string;
  port: number;
}

const usualPort = 5037;

/** As adb's `ParseInt`: decimal or 0x, with blanks before it and nothing behind. */
function portSaid(text: string): number {
  const digits = /^\s*\+?(\d+|0x[\da-f]+)$/i.exec(text)?.[1];
  const port = digits === undefined ? 0 : Number(digits);
  if (port > 0 && port <= 65_535) return port;
  throw new NativeError('adb-socket-unsupported', `ANDROID_ADB_SERVER_PORT is "${text}", which is no port.`, {
    title: 'Correct ANDROID_ADB_SERVER_PORT',
    steps: ['Set ANDROID_ADB_SERVER_PORT to 5037, or remove it.'],
  });
}

/**
 * The adb server's address from the environment, as adb itself reads it: `ADB_SERVER_SOCKET` (`tcp:HOST:PORT` or `tcp:PORT`),
 * else `ANDROID_ADB_SERVER_PORT`, else 127.0.0.1:5037. Throws {@link NativeError} on a socket that is not TCP, and on a port that is none.
 */
export function adbAddress(env: NodeJS.ProcessEnv): AdbAddress {
  const socket = env['ADB_SERVER_SOCKET'];
  if (socket) {
    const match = /^tcp:(?:(.+):)?(\d+)$/.exec(socket);
    if (match === null) {
      throw new NativeError('adb-socket-unsupported', `ADB_SERVER_SOCKET is "${socket}", which is no TCP address.`, {
        title: 'Point ADB_SERVER_SOCKET at a TCP port',
        steps: ['Set ADB_SERVER_SOCKET to tcp:127.0.0.1:5037, or remove it.'],
      });
    }
    return { host: match[1] ?? '127.0.0.1', port: Number(match[2]) };
  }
  const port = env['ANDROID_ADB_SERVER_PORT'];
  return { host: '127.0.0.1', port: port ? portSaid(port) : usualPort };
}
