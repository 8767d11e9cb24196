import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { missingTools } from '../ios/debian-tools.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';

/** `npm start`, and whoever ends npm: nothing that it has started is left, and no adb server that was started for it. */

const root = join(import.meta.dirname, '..', '..', '..');

let home: string;
let port: number;
let npm: ChildProcess;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'starters-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  server.close();
  await once(server, 'close');
});

/** npm with these words, at the head of a group of its own. */
function startNpm(words: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, npm_lifecycle_event: _event, ...env } = process.env;
  npm = spawn('npm', words, {
    cwd: root,
    detached: true,
    env: {
      ...env,
      PATH: path.join(delimiter),
      ANDROID_ADB_SERVER_PORT: String(port),
      USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
      PHONE_HEALTH_HOME: home,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

afterEach(async () => {
  for (const pid of await left()) process.kill(pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

/** The processes of this run, by the data folder in their environment. */
async function left(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const of = pids.map(async (pid) =>
    // Gone meanwhile, or somebody else's.
    (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).includes(`PHONE_HEALTH_HOME=${home}`)
      ? Number(pid)
      : null,
  );
  return (await Promise.all(of)).filter((pid) => pid !== null);
}

const adbRuns = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });

/** Ends npm, or all that hangs on its terminal; nothing is left, and no adb server. */
async function endsAll(signal: NodeJS.Signals, group: boolean): Promise<void> {
  process.kill(group ? -(npm.pid ?? 0) : (npm.pid ?? 0), signal);
  await vi.waitUntil(async () => (await left()).length === 0, { timeout: 20_000, interval: 200 });
  expect(await adbRuns()).toBe(false);
}

test.skipIf(process.platform !== 'linux').each([
  { how: 'SIGTERM to npm alone', signal: 'SIGTERM', group: false },
  { how: 'SIGKILL to npm alone', signal: 'SIGKILL', group: false },
  { how: 'SIGHUP to all, as a terminal that is closed', signal: 'SIGHUP', group: true },
  { how: 'SIGINT to all, as Ctrl-C', signal: 'SIGINT', group: true },
] as const)('nothing is left of `npm start` after $how', { timeout: 90_000 }, async ({ signal, group }) => {
  startNpm(['start']);
  npm.stderr?.resume();
  const address = vi.fn<(text: string) => void>();
  npm.stdout?.on('data', (chunk: Buffer) => address(chunk.toString()));
  await vi.waitUntil(() => address.mock.calls.some(([text]) => text.includes('?token=')), { timeout: 60_000 });
  await vi.waitUntil(adbRuns, { timeout: 20_000, interval: 100 });
  expect((await left()).length).toBeGreaterThanOrEqual(4);
  await endsAll(signal, group);
});

test.skipIf(process.platform !== 'linux' || missingTools.length > 0).each([
  { how: 'SIGTERM to npm alone', signal: 'SIGTERM', group: false },
  { how: 'SIGHUP to all, as a terminal that is closed', signal: 'SIGHUP', group: true },
  { how: 'SIGTERM to all', signal: 'SIGTERM', group: true },
] as const)('nothing is left of a `pair` that waits for its owner after $how', { timeout: 90_000 }, async (one) => {
  const usbmuxd = await startSimulatedUsbmuxd();
  onTestFinished(() => usbmuxd.stop());
  const phone = new SimulatedIphone(sampleIphone('locked').create(), { pairing: 'never' });
  usbmuxd.plug(phone);
  startNpm(['run', '--silent', 'cli', '--', 'pair', phone.udid], { USBMUXD_SOCKET_ADDRESS: usbmuxd.address });
  const told = vi.fn<(text: string) => void>();
  npm.stderr?.on('data', (chunk: Buffer) => told(chunk.toString()));
  await vi.waitUntil(() => told.mock.calls.some(([text]) => text.includes('Unlock the iPhone')), { timeout: 60_000 });
  await endsAll(one.signal, one.group);
});
