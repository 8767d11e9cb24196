import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { parseDeviceList } from '../../../../../native/android/reach/device-list.ts';
import { watchPhones } from '../../../../../native/android/reach/phone-watch.ts';
import { mostPhones } from '../../../../../native/phone.ts';
import type { PhoneList } from '../../../../../native/source.ts';

test('a list that is cut off because the program closes is the quiet end of the watch', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));

  const closed = new AbortController();
  const { promise: list, reject } = Promise.withResolvers<PhoneList>();
  const told: PhoneList[] = [];
  const watched = { list: () => list, changes: () => Promise.reject(new Error('nobody asks for changes')) };
  watchPhones(watched, (one) => told.push(one), closed.signal);
  closed.abort();
  reject(new Error('The program is closing.'));
  // Node tells of a rejection that nobody handles once the microtasks are done.
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect({ unhandled, told }).toEqual({ unhandled: [], told: [] });
});

const phonesNamed = (from: number, count: number): PhoneList['phones'] =>
  parseDeviceList(Array.from({ length: count }, (_, at) => `S${from + at} device`).join('\n')).map(
    ({ phone }) => phone,
  );

test('an adb server that says without end that something has changed is asked a few times a second', async () => {
  const socket = new Socket();
  const flood = setInterval(() => void socket.emit('data', Buffer.from('0000')), 1);
  const closed = new AbortController();
  onTestFinished(() => {
    clearInterval(flood);
    closed.abort();
  });
  let asked = 0;
  const list = (): Promise<PhoneList> => Promise.resolve(void (asked += 1)).then(() => ({ phones: [], troubles: [] }));
  watchPhones({ list, changes: () => Promise.resolve(socket) }, () => undefined, closed.signal);
  await sleep(500);
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThan(8);
});

test('phones that come and go under ever new names are not kept without end', async () => {
  expect(phonesNamed(0, 5_000)).toHaveLength(mostPhones);
  const socket = new Socket();
  const closed = new AbortController();
  onTestFinished(() => closed.abort());
  let from = 0;
  const list = (): Promise<PhoneList> => Promise.resolve({ phones: phonesNamed((from += 1_000), 200), troubles: [] });
  const told: PhoneList[] = [];
  watchPhones({ list, changes: () => Promise.resolve(socket) }, (one) => told.push(one), closed.signal);
  const flood = setInterval(() => void socket.emit('data', Buffer.from('0000')), 5);
  onTestFinished(() => clearInterval(flood));
  await expect.poll(() => told.length).toBeGreaterThan(2);
  expect(told.map(({ phones }) => phones.length).slice(0, 3)).toEqual([200, mostPhones, mostPhones]);
});
