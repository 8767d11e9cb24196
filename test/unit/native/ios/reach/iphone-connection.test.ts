import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Bindings, Imobiledevice, Out } from '../../../../../native/ios/reach/library/bindings.ts';
import { LibraryFailure } from '../../../../../native/ios/reach/library/failure.ts';
import { afc } from '../../../../../native/ios/reach/library/files.ts';
import { IphoneConnection } from '../../../../../native/ios/reach/library/iphone-connection.ts';
import type { UsbmuxdAddress } from '../../../../../native/ios/reach/usbmuxd.ts';
import { writeXmlPlist } from '../../../../../native/ios/read/plist.ts';

/** A usbmuxd that knows every phone. */
async function usbmuxd(): Promise<UsbmuxdAddress> {
  const body = Buffer.from(writeXmlPlist({ PairRecordData: Buffer.from('a record') }));
  const header = Buffer.alloc(16);
  for (const [at, word] of [16 + body.length, 1, 8, 1].entries()) header.writeUInt32LE(word, 4 * at);
  const server = createServer((socket) => void socket.on('data', () => socket.end(Buffer.concat([header, body]))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const never = (): Promise<number> => new Promise<number>(() => undefined);
/** Every call of the library, in their order. */
let called: string[] = [];
beforeEach(() => (called = []));

/** libimobiledevice with a phone at which all succeeds; `hung`: a call that the phone never answers. */
function library(hung?: keyof Imobiledevice): Bindings {
  let made = 0n;
  const succeed =
    (name: string, makes: boolean) =>
    async (...values: unknown[]): Promise<number> => {
      called.push(name);
      if (name === hung) return never();
      made += 1n;
      if (makes) (values.find((value) => Array.isArray(value)) as Out)[0] = made;
      return 0;
    };
  const makers = [
    'idevice_new_with_options',
    'lockdownd_client_new_with_handshake',
    'lockdownd_start_service',
    'afc_client_new',
  ];
  const others = ['idevice_free', 'lockdownd_client_free', 'lockdownd_service_descriptor_free', 'afc_client_free'];
  const calls = [
    ...makers.map((name) => [name, succeed(name, true)]),
    ...others.map((name) => [name, succeed(name, false)]),
  ];
  const plist = {
    takeXml: () => new Uint8Array(),
    withNode: <T>(_xml: string, use: (node: bigint) => T): T => use(1n),
  };
  return { imobiledevice: Object.fromEntries(calls) as Imobiledevice, plist, onNotification: async () => 0 };
}

const connectionTo = async (bindings: Bindings): Promise<IphoneConnection> =>
  new IphoneConnection(bindings, 'udid', await usbmuxd(), 100);
const times = (name: keyof Imobiledevice): number => called.filter((one) => one === name).length;
const fail = (): Promise<never> => Promise.reject(new LibraryFailure('unplugged', 'gone'));
const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

test('a question that fails waits for no service that hangs beside it, and frees nothing under it', async () => {
  const connection = await connectionTo(library('afc_client_new'));
  connection.ahead([[afc, 0]]);
  await expect.poll(() => times('afc_client_new')).toBe(1);
  const began = performance.now();
  await expect(connection.use(fail)).rejects.toMatchObject({ ended: 'unplugged' });
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(connection.isSpent).toBe(true);
  expect(times('idevice_free')).toBe(0);
});

test('a question that fails leaves a connection that begins afresh', async () => {
  const connection = await connectionTo(library());
  await connection.use((to) => to.ask(afc, async () => undefined));
  await expect(connection.use((to) => to.ask(afc, fail))).rejects.toMatchObject({ ended: 'unplugged' });
  expect(connection.isSpent).toBe(false);
  expect([times('afc_client_free'), times('lockdownd_client_free'), times('idevice_free')]).toEqual([1, 1, 1]);
});

test('a service that the phone has closed before it was asked is opened once more', async () => {
  const connection = await connectionTo(library());
  connection.ahead([[afc, 0]]);
  await idle();
  const asked: bigint[] = [];
  const ask = async (client: bigint): Promise<string> => {
    asked.push(client);
    return asked.length === 1 ? fail() : 'an answer';
  };
  expect(await connection.use((to) => to.ask(afc, ask))).toBe('an answer');
  expect(new Set(asked).size).toBe(2);
  expect([times('afc_client_new'), times('afc_client_free')]).toEqual([2, 1]);
  // One that it has answered is not asked twice.
  await expect(connection.use((to) => to.ask(afc, fail))).rejects.toMatchObject({ ended: 'unplugged' });
  expect(times('afc_client_new')).toBe(2);
});

test('nothing is opened ahead where no service is needed, or all are open', async () => {
  const connection = await connectionTo(library());
  connection.ahead([]);
  await idle();
  expect(called).toEqual([]);
  await connection.use((to) => to.service(afc));
  const before = [...called];
  connection.ahead([[afc, 0]]);
  await idle();
  expect(called).toEqual(before);
});
