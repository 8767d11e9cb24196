import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleIphone, sampleIphones } from '../../../native/samples/ios/sample-iphones.ts';
import type { PlistDict } from '../../../native/ios/read/plist.ts';
import { ByteChannel } from './byte-channel.ts';
import { readUsbmuxFrame, writeUsbmuxFrame } from './plist-messages.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';

let usbmuxd: SimulatedUsbmuxd;
let client: ByteChannel;

beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
  client = new ByteChannel(createConnection(usbmuxd.address.replace('UNIX:', '')));
});

afterEach(async () => {
  client.destroy();
  await usbmuxd.stop();
});

/** Sends a request with the tag 7 and gives the frame that comes next. */
async function ask(message: PlistDict) {
  await writeUsbmuxFrame(client, 7, message);
  return readUsbmuxFrame(client);
}

describe('the simulated usbmuxd', () => {
  test('tells a listener of each phone that comes, is paired, and goes', async () => {
    const phone = new SimulatedIphone(sampleIphone('healthy').create(), { pairing: 'never' });
    expect(await ask({ MessageType: 'Listen' })).toMatchObject({
      tag: 7,
      message: { MessageType: 'Result', Number: 0 },
    });
    usbmuxd.plug(phone);
    expect(await readUsbmuxFrame(client)).toMatchObject({
      tag: 0,
      message: {
        DeviceID: 1,
        MessageType: 'Attached',
        Properties: { ConnectionType: 'USB', SerialNumber: '000081200012ABCD00000001' },
      },
    });
    const record = { PairRecordData: Buffer.from('record'), PairRecordID: phone.udid };
    await writeUsbmuxFrame(client, 8, { MessageType: 'SavePairRecord', ...record });
    const answers = [await readUsbmuxFrame(client), await readUsbmuxFrame(client)];
    const types = answers.map(({ message }) => message['MessageType']);
    expect(new Set(types)).toEqual(new Set(['Paired', 'Result']));
    usbmuxd.unplug(phone.udid);
    expect((await readUsbmuxFrame(client)).message).toEqual({ DeviceID: 1, MessageType: 'Detached' });
  });

  test('gives a phone that comes back a new number', async () => {
    const phone = new SimulatedIphone(sampleIphone('healthy').create());
    usbmuxd.plug(phone);
    usbmuxd.unplug(phone.udid);
    usbmuxd.plug(phone);
    const { message } = await ask({ MessageType: 'ListDevices' });
    expect(message).toMatchObject({ DeviceList: [{ DeviceID: 2 }] });
  });

  test('keeps pair records until they are deleted', async () => {
    const PairRecordID = 'some-phone';
    expect((await ask({ MessageType: 'ReadPairRecord', PairRecordID })).message).toMatchObject({ Number: 2 });
    await ask({ MessageType: 'SavePairRecord', PairRecordID, PairRecordData: Buffer.from('record') });
    expect((await ask({ MessageType: 'ReadPairRecord', PairRecordID })).message).toEqual({
      PairRecordData: Uint8Array.from(Buffer.from('record')),
    });
    expect((await ask({ MessageType: 'DeletePairRecord', PairRecordID })).message).toMatchObject({ Number: 0 });
    expect((await ask({ MessageType: 'ReadPairRecord', PairRecordID })).message).toMatchObject({ Number: 2 });
  });

  test.each([
    ['an unknown phone', { MessageType: 'Connect', DeviceID: 9, PortNumber: 32498 }, 2],
    ['a port where nothing listens', { MessageType: 'Connect', DeviceID: 1, PortNumber: 1 }, 3],
    ['an unknown request', { MessageType: 'Dance' }, 1],
  ])('refuses %s', async (_, message, number) => {
    usbmuxd.plug(new SimulatedIphone(sampleIphone('healthy').create()));
    expect((await ask(message)).message).toEqual({ MessageType: 'Result', Number: number });
  });

  test('hangs up on a client that does not speak its language', async () => {
    await client.write(Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    await client.closed;
    await expect(client.read(1)).rejects.toThrow('the connection is closed');
  });
});

describe('the simulated usbmuxd as a program', () => {
  test('prints its address and the UDIDs, and ends on SIGTERM', async () => {
    const program = spawn(process.execPath, [`${import.meta.dirname}/main.ts`, 'low-power', 'healthy-ios12'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    expect(await next()).toMatch(/^USBMUXD_SOCKET_ADDRESS=UNIX:\/.+/);
    const number = sampleIphones.findIndex(({ id }) => id === 'low-power') + 1;
    expect(await next()).toBe(`00008120-0012ABCD000000${number}\tlow-power`);
    expect(await next()).toBe('f00dfeed00000000000000000000000000000002\thealthy-ios12');
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  test('explains itself when a scenario is unknown', async () => {
    const program = spawn(process.execPath, [`${import.meta.dirname}/main.ts`, 'no-such'], { stdio: 'ignore' });
    expect(await once(program, 'exit')).toEqual([2, null]);
  });
});
