import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { cliWords } from './run-cli.ts';

const photos = 'com.google.android.apps.photos';
const full = '/dev/full';

let server: TestAdbServer;
let phone: SimulatedPhone;
let home: string;

beforeAll(async () => {
  server = await startAdbServer();
  phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  await server.connect(phone);
  home = await mkdtemp(join(tmpdir(), 'phone-health-'));
});
afterAll(async () => {
  await phone.stop();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

/** Runs a command whose standard output, or standard error, goes where the test says. `closed`: to nobody who reads it. */
async function cli(args: readonly string[], to: { stdout?: number | 'closed'; stderr?: number }) {
  const { stdout: out = 'closed', stderr: err = 'pipe' } = to;
  const child = spawn(process.execPath, [...cliWords, ...args], {
    env: {
      ...process.env,
      ANDROID_ADB_SERVER_PORT: String(server.port),
      USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
      PHONE_HEALTH_HOME: home,
    },
    stdio: ['ignore', out === 'closed' ? 'pipe' : out, err],
  });
  child.stdout?.destroy();
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, told };
}

const fix = () => ['fix', phone.address, 'battery-optimized', '--app', photos, '--yes'];

describe.skipIf(!existsSync(full))('where there is no room for the answer', () => {
  test.each([
    ['scan', () => ['scan', phone.address]],
    ['scan --json', () => ['scan', phone.address, '--json']],
    ['phones', () => ['phones']],
    ['fix', fix],
    ['undo', () => ['undo', '1']],
    ['catalog check', () => ['catalog', 'check']],
  ])('%s says so plainly, and its exit code is no verdict', async (_what, args) => {
    const handle = await open(full, 'w');
    const { code, told } = await cli(args(), { stdout: handle.fd });
    await handle.close();
    expect(told).toContain('There is no room for the answer where it was to be written.');
    expect(told).not.toMatch(/^ {4}at /m);
    expect(code).toBe(3);
  });

  test('for messages alone, the verdict is the same', async () => {
    const handle = await open(full, 'w');
    const { code } = await cli(['scan', 'nosuch'], { stderr: handle.fd });
    await handle.close();
    expect(code).toBe(3);
  });
});

test('a reader that closes early, such as head, leaves the exit code as it is', async () => {
  const { code, told } = await cli(['scan', phone.address], {});
  expect(told).not.toContain('could not be written');
  expect(code).toBe(1);
});
