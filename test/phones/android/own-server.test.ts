import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { startCli } from '../terminal/run-cli.ts';

let port: number;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'adb-home-'));
  // adb and its server take their keys from here, not from the person who runs the tests.
  vi.stubEnv('HOME', home);
  vi.stubEnv('ADB_MDNS', '0');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  port = address !== null && typeof address === 'object' ? address.port : 0;
  probe.close();
  await once(probe, 'close');
});
afterEach(async () => {
  await adb('kill-server');
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const adb = (...args: string[]) => promisify(execFile)('adb', ['-P', String(port), ...args]);

const runs = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => resolve(false));
  });

const sourceOf = (options: { leavesServer?: boolean } = {}): AdbSource =>
  AdbSource.fromEnvironment({ ANDROID_ADB_SERVER_PORT: String(port) }, options);

test('a server that had to be started ends with the program', async () => {
  const source = sourceOf();
  expect((await source.list()).troubles).toEqual([]);
  expect(await runs()).toBe(true);
  await source.close();
  expect(await runs()).toBe(false);
});

test('one that was there stays', async () => {
  await adb('start-server');
  const source = sourceOf();
  expect((await source.list()).troubles).toEqual([]);
  await source.close();
  expect(await runs()).toBe(true);
});

test('one that somebody has started since in its place stays', async () => {
  const source = sourceOf();
  await source.list();
  await adb('kill-server');
  await adb('start-server');
  expect((await source.list()).troubles).toEqual([]);
  await source.close();
  expect(await runs()).toBe(true);
});

test('a short command leaves the one that it started to the next', async () => {
  const source = sourceOf({ leavesServer: true });
  await source.list();
  await source.close();
  expect(await runs()).toBe(true);
});

const served = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.on('data', () => resolve());
  });

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'the window ends the server that it started on %s',
  async (signal) => {
    const child = startCli(['serve'], {
      ANDROID_ADB_SERVER_PORT: String(port),
      USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
      PHONE_HEALTH_HOME: home,
    });
    await served(child);
    await vi.waitUntil(runs, { timeout: 20_000, interval: 100 });
    const ended = once(child, 'exit');
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(await runs()).toBe(false);
  },
);

test('a server that was just being started when the program ended is ended too', async () => {
  const slowAdb = join(home, 'adb');
  await writeFile(slowAdb, '#!/bin/sh\nadb "$@"\nsleep 1\n', { mode: 0o755 });
  const source = new AdbSource(new AdbServer({ host: '127.0.0.1', port }, slowAdb));
  const told = expect(source.list()).rejects.toThrow('The program is closing.');
  await vi.waitUntil(runs, { timeout: 10_000, interval: 20 });
  await source.close();
  await told;
  expect(await runs()).toBe(false);
});
