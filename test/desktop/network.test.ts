import { expect } from 'vitest';
import { addSample, scan } from '../window/screens.ts';
import { adbPort, usbmuxdOf } from './desktop-program.ts';
import { test } from './desktop-test.ts';

test('from its start to a scan the program connects to the adb server and usbmuxd alone, listens nowhere, and asks no name', async ({
  program,
}) => {
  await addSample(program.page, /Pixel 8,/);
  await scan(program.page);
  const connected = (await program.asked('net.connect')).map(([to]) => to as string);
  const known = [`127.0.0.1:${adbPort}`, `localhost:${adbPort}`, usbmuxdOf(program.home)];
  expect(connected.filter((to) => !known.includes(to))).toEqual([]);
  expect(new Set(connected).size).toBeGreaterThan(0);
  expect(await program.asked('net.listen')).toEqual([]);
  expect(await program.asked('dns.lookup')).toEqual([]);
  expect(await program.asked('dgram.send')).toEqual([]);
  const requested = (await program.asked('page.request')).map(([url]) => url as string);
  expect(requested.filter((url) => !url.startsWith('app://window/'))).toEqual([]);
  expect(requested.length).toBeGreaterThan(3);
});
