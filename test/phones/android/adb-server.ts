import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectSocket, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedPhone } from './simulated-adbd.ts';

/** What one run of the adb client gave. */
export interface AdbRun {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly code: number;
}

/** A real adb server of the test's own: private port, private home, no USB discovery of other people's phones. */
export interface TestAdbServer {
  readonly port: number;
  /** `adb connect`; gives what adb printed, which also tells of a phone that did not answer. */
  connect(phone: SimulatedPhone): Promise<string>;
  disconnect(phone: SimulatedPhone): Promise<string>;
  /** After a pulled cable: connects until the phone is ready, since the server may be just giving up the earlier connection. */
  connectAgain(phone: SimulatedPhone): Promise<void>;
  /** Runs the real adb client against this server. */
  adb(...args: string[]): Promise<AdbRun>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** It stays, with its connections, and answers nothing until {@link thaw}. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const STARTUP_LIMIT_MS = 10_000;
const RECONNECT_ATTEMPTS = 50;
const OUTPUT_LIMIT = 256 * 1024 * 1024;

/** `at`: the port of a server that has ended, whose place this one takes; default: any free port. */
export async function startAdbServer(at?: number): Promise<TestAdbServer> {
  const home = await mkdtemp(join(tmpdir(), 'adb-home-'));
  const port = at ?? (await freePort());
  const environment = {
    ...process.env,
    HOME: home,
    ANDROID_SDK_HOME: home,
    ADB_MDNS: '0',
    ADB_LOCAL_TRANSPORT_MAX_PORT: '5554',
  };
  const server = spawn('adb', ['-P', String(port), 'nodaemon', 'server'], { env: environment, stdio: 'ignore' });
  const exited = once(server, 'exit');
  await answering(port);

  const adb = (...args: string[]): Promise<AdbRun> =>
    new Promise((resolve) => {
      const options = { env: environment, encoding: 'buffer' as const, maxBuffer: OUTPUT_LIMIT };
      execFile('adb', ['-P', String(port), ...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 255;
        resolve({ stdout, stderr: stderr.toString('utf8'), code });
      });
    });
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) server.kill(signal);
    await exited;
  };
  const text = async (...args: string[]): Promise<string> => (await adb(...args)).stdout.toString('utf8').trim();
  const connect = (phone: SimulatedPhone) => text('connect', phone.address);
  const disconnect = (phone: SimulatedPhone) => text('disconnect', phone.address);
  return {
    port,
    adb,
    connect,
    disconnect,
    connectAgain: async (phone) => {
      for (let attempt = 1; attempt <= RECONNECT_ATTEMPTS; attempt += 1) {
        await disconnect(phone);
        await connect(phone);
        if ((await text('-s', phone.address, 'get-state')) === 'device') return;
      }
      throw new Error(`The adb server does not see ${phone.address}`);
    },
    kill,
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop: async () => {
      await kill('SIGTERM');
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Waits until the port accepts connections; throws when it does not within the limit. */
async function answering(port: number): Promise<void> {
  const deadline = Date.now() + STARTUP_LIMIT_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`The adb server did not start on port ${port}`);
    await delay(20);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
