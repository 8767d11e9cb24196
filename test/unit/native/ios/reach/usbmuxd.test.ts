import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mostPhones } from '../../../../../native/phone.ts';
import { libraryMissing, usbmuxdTrouble } from '../../../../../native/ios/reach/troubles.ts';
import { writeXmlPlist } from '../../../../../native/ios/read/plist.ts';
import {
  FrameReader,
  listIphones,
  pluggedIphone,
  usbmuxdAddress,
  UsbmuxdError,
} from '../../../../../native/ios/reach/usbmuxd.ts';

describe('where usbmuxd listens', () => {
  test.each([
    [{}, 'linux', { path: '/var/run/usbmuxd' }],
    [{}, 'darwin', { path: '/var/run/usbmuxd' }],
    [{}, 'win32', { host: '127.0.0.1', port: 27_015 }],
    [{ USBMUXD_SOCKET_ADDRESS: 'UNIX:/tmp/mux' }, 'linux', { path: '/tmp/mux' }],
    [{ USBMUXD_SOCKET_ADDRESS: '127.0.0.1:27016' }, 'linux', { host: '127.0.0.1', port: 27_016 }],
    [{ USBMUXD_SOCKET_ADDRESS: '[::1]:27016' }, 'win32', { host: '::1', port: 27_016 }],
  ] as const)('%o on %s', (env, platform, address) => {
    expect(usbmuxdAddress(env, platform)).toEqual(address);
  });
});

const attached = (location: number | null) => ({
  DeviceID: 7,
  Properties: { SerialNumber: '0'.repeat(40), ...(location === null ? {} : { LocationID: location }) },
});

describe('the port of an iPhone', () => {
  test.each([
    ['darwin', 0x1410_0000, '0x14100000'],
    ['win32', 3, '0x3'],
    // The bus and an address that is another one each time.
    ['linux', 0x0001_0007, null],
    ['darwin', 0, null],
    ['darwin', null, null],
  ] as const)('on %s with the location %o is %o', (platform, location, port) => {
    expect(pluggedIphone(attached(location), platform)).toEqual({ deviceId: 7, udid: '0'.repeat(40), port });
  });
});

describe('troubles', () => {
  test.each([
    ['missing', {}, 'usbmuxd-missing', undefined, 'apt install usbmuxd'],
    ['missing', { platform: 'win32' }, 'usbmuxd-missing', undefined, 'Apple Devices'],
    ['missing', { platform: 'darwin' }, 'usbmuxd-missing', undefined, 'restart the Mac'],
    [
      'missing',
      { installed: true },
      'usbmuxd-stopped',
      'usbmuxd is not running',
      'Open a terminal and type: sudo usbmuxd',
    ],
    [
      'missing',
      { installed: true, root: true },
      'usbmuxd-stopped',
      'usbmuxd is not running',
      'Open a terminal and type: usbmuxd',
    ],
    [
      'missing',
      { installed: true, startsByItself: true },
      'usbmuxd-stopped',
      'usbmuxd is not running',
      'It starts by itself when an iPhone is plugged in. If it does not, open a terminal and type: sudo systemctl start usbmuxd',
    ],
    [
      'missing',
      { installed: true, address: 'UNIX:/tmp/mux' },
      'usbmuxd-missing',
      'nothing listens at USBMUXD_SOCKET_ADDRESS',
      'remove the variable',
    ],
    ['denied', {}, 'usbmuxd-denied', 'this user may not talk to usbmuxd', 'permissions'],
    ['silent', { startsByItself: true }, 'usbmuxd-silent', 'usbmuxd does not answer', 'sudo systemctl restart usbmuxd'],
    [
      'silent',
      {},
      'usbmuxd-silent',
      'usbmuxd does not answer',
      'Unplug every iPhone. sudo usbmuxd -X, then sudo usbmuxd',
    ],
  ] as const)('usbmuxd %s on %o is %s, in short "%s", with "%s" among the steps', (kind, known, code, brief, step) => {
    const here = { platform: 'linux', address: null, installed: false, startsByItself: false, root: false } as const;
    const trouble = usbmuxdTrouble(new UsbmuxdError(kind, 'why'), { ...here, ...known });
    expect(trouble.code).toBe(code);
    expect(trouble.brief).toBe(brief);
    expect(trouble.remedy.steps.join(' ')).toContain(step);
  });

  test.each([
    ['linux', 'sudo apt install libimobiledevice6 usbmuxd'],
    ['darwin', 'brew install libimobiledevice'],
    ['win32', 'libimobiledevice-1.0.dll'],
  ] as const)('the missing library on %s is installed with "%s"', (platform, command) => {
    expect(libraryMissing('why', platform).remedy.steps.join(' ')).toContain(command);
  });
});

const framed = (body: Buffer): Buffer => {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + body.length, 0);
  header.writeUInt32LE(1, 4);
  header.writeUInt32LE(8, 8);
  return Buffer.concat([header, body]);
};
const detached = (deviceId: number): Buffer =>
  framed(Buffer.from(writeXmlPlist({ MessageType: 'Detached', DeviceID: deviceId })));

describe('messages of usbmuxd', () => {
  test('come out whole however they are cut', () => {
    const stream = Buffer.concat([detached(1), detached(2), detached(3)]);
    for (const size of [1, 15, 17, 300, stream.length]) {
      const reader = new FrameReader();
      const messages = [];
      for (let at = 0; at < stream.length; at += size) messages.push(...reader.push(stream.subarray(at, at + size)));
      expect(messages.map(({ DeviceID: deviceId }) => deviceId)).toEqual([1, 2, 3]);
    }
  });

  test('that would fill the memory, or claim to be endless, end the conversation and not the program', () => {
    const bomb = Buffer.from(`<array>${'<dict/>'.repeat(100_000)}</array>`);
    expect(() => [...new FrameReader().push(framed(bomb))]).toThrow(UsbmuxdError);
    const endless = framed(Buffer.alloc(0));
    endless.writeUInt32LE(0xffff_ffff, 0);
    expect(() => [...new FrameReader().push(endless)]).toThrow('a frame of 4294967295 bytes');
  });
});

test('a usbmuxd that names more iPhones than can be plugged in is believed for the first of them only', async () => {
  const DeviceList = Array.from({ length: 2_000 }, (_, at) => ({
    DeviceID: at,
    Properties: { SerialNumber: String(at).padStart(40, '0'), ConnectionType: 'USB' },
  }));
  const body = writeXmlPlist({ DeviceList });
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + body.length, 0);
  const server = createServer((socket) => socket.end(Buffer.concat([header, body])));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await listIphones({ host: '127.0.0.1', port })).toHaveLength(mostPhones);
});
