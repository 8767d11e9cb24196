import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeAdbServer, type FakeAdbServer } from './fake-adb-server.ts';

const run = promisify(execFile);

const NO_PERMISSIONS =
  '8A5Y0ABCD              no permissions (missing udev rules? user is in the plugdev group); see [http://developer.android.com/tools/device.html] usb:1-4 transport_id:3';

async function start(rows: readonly string[]): Promise<FakeAdbServer> {
  const server = await startFakeAdbServer(rows);
  onTestFinished(() => server.stop());
  return server;
}

test('the real adb client prints the given phones, a missing permission included', async () => {
  const server = await start([NO_PERMISSIONS, 'R58N12345             recovery usb:1-5 transport_id:4']);
  const { stdout } = await run('adb', ['-P', String(server.port), 'devices', '-l']);
  expect(stdout).toContain(NO_PERMISSIONS);
  expect(stdout).toContain('R58N12345             recovery usb:1-5 transport_id:4');
});

test('a watcher hears of every change', async () => {
  const server = await start([]);
  const watcher = spawn('adb', ['-P', String(server.port), 'track-devices']);
  onTestFinished(() => {
    watcher.kill();
  });
  const chunks = watcher.stdout[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  expect(String((await chunks.next()).value)).toBe('0000');
  server.setPhones([NO_PERMISSIONS]);
  expect(String((await chunks.next()).value)).toBe('00198A5Y0ABCD\tno permissions\n');
});
