import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
// Not the whole of adbkit: it brings a forge of keys and 40 commands, which take longer to load than all else that lists phones.
import connectionModule from '@devicefarmer/adbkit/dist/src/adb/connection.js';
import { NativeError } from '../../source.ts';
import { adbDeadlines, type AdbDeadlines } from './deadlines.ts';
import { adbMissing, adbServerUnreachable } from './remedies.ts';
import type { AdbAddress } from './adb-address.ts';

/** Node and bundlers give what a CommonJS module exports as a whole; Vitest, as its types do, the `default` in it. */
const given = connectionModule as typeof connectionModule | { default: typeof connectionModule };
const AdbkitConnection: typeof connectionModule = typeof given === 'function' ? given : given.default;

/** The server said FAIL: its words say why (`device offline`, `device 'x' not found`, …). */
export class AdbRefusal extends Error {
  override name = 'AdbRefusal';
}

/** The phone took the request for a service and did not open it in time. It may still do what was asked for, later. */
export class PhoneSilent extends Error {
  override name = 'PhoneSilent';
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** When a wait ends before what is waited for: cancelled, or at its deadline as `late`. */
interface Limit {
  signal: AbortSignal;
  deadlineMs: number;
  late: () => Error;
}

/** Rejects when the limit is reached, and never leaves a listener, a timer or an unheard failure behind. */
async function within<T>(work: PromiseLike<T>, { signal, deadlineMs, late }: Limit): Promise<T> {
  // Work that is abandoned may still fail later; by then it is nobody's.
  work.then(undefined, () => undefined);
  signal.throwIfAborted();
  const ended = Promise.withResolvers<never>();
  const abort = () => ended.reject(signal.reason);
  const timer = setTimeout(() => ended.reject(late()), deadlineMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Runs a program to its end, and gives what it said. Ctrl-C, or a terminal that is closed, does not reach it: it is no part of the
 * terminal's group.
 */
function runOutOfGroup(program: string, args: readonly string[], deadlineMs: number): Promise<string> {
  const child = spawn(program, args, {
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: deadlineMs,
    killSignal: 'SIGKILL',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killed) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${program} ${args.join(' ')} ended with ${killed ?? code}. ${said}`.trim()));
    });
  });
}

const inSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** adbkit would start a server by itself, with whatever adb is on the PATH; the program says when a server is started. */
const neverStartedByAdbkit = 'adb-is-started-explicitly';

/**
 * One adb server. Wraps adbkit once, so that its traps stay here: the server is never started silently, a late socket error
 * never ends the program, and every wait has a deadline and can be ended by a signal; both close the socket.
 */
export class AdbServer {
  readonly address: AdbAddress;
  /** Open as long as the server that this program has started. */
  private own: Socket | null = null;
  private starting: Promise<void> | null = null;
  private readonly adbProgram: () => string;
  readonly deadlines: AdbDeadlines;

  /** `adbProgram`: asked for each time that a server is started. `deadlines`: for a test that runs into one. */
  constructor(address: AdbAddress, adbProgram: string | (() => string) = 'adb', deadlines: Partial<AdbDeadlines> = {}) {
    this.address = address;
    this.adbProgram = typeof adbProgram === 'string' ? () => adbProgram : adbProgram;
    this.deadlines = { ...adbDeadlines, ...deadlines };
  }

  /** Starts the server where none runs. Throws {@link NativeError} `adb-missing` or `adb-server-unreachable`. */
  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.starting ??= this.startServer().finally(() => (this.starting = null));
    const { startMs: deadlineMs } = this.deadlines;
    const late = () => adbServerUnreachable(this.address, `It did not start within ${inSeconds(deadlineMs)}.`);
    await within(this.starting, { signal, deadlineMs, late });
  }

  /** To its end, also when nobody waits for it any more: one that is cut off may have started a server that nobody knows of. */
  private async startServer(): Promise<void> {
    try {
      const said = await runOutOfGroup(
        this.adbProgram(),
        ['-P', String(this.address.port), 'start-server'],
        this.deadlines.startMs,
      );
      // adb says so only where it was this call that started it (client/adb_client.cpp, adb 29 to 35).
      if (/daemon started successfully/.test(said)) await this.watchOwn(new AbortController().signal);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw adbMissing();
      throw adbServerUnreachable(this.address, error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the server that {@link start} has started, unless that one has ended already: another in its place is somebody else's. */
  async endOwn(): Promise<void> {
    // What comes of it has been told to whoever asked for it.
    await this.starting?.catch(() => undefined);
    const { own } = this;
    this.own = null;
    if (own === null || own.closed) return;
    const ended = new Promise<void>((resolve) => {
      own.once('close', () => resolve());
    });
    const { signal } = new AbortController();
    try {
      (await this.openHostStream('host:kill', signal)).destroy();
      await within(ended, this.ofServer(signal));
    } catch (error) {
      // It has ended meanwhile, or does not answer: there is nothing more to do about it.
      if (!(error instanceof NativeError || error instanceof AdbRefusal)) throw error;
    } finally {
      own.destroy();
    }
  }

  /** A connection that lasts as long as the server which was just started. */
  private async watchOwn(signal: AbortSignal): Promise<void> {
    const socket = await this.openHostStream('host:track-devices', signal);
    socket.on('error', () => socket.destroy());
    socket.resume().unref();
    this.own = socket;
  }

  /** One request to the server itself, e.g. `host:devices-l`: the text it answers. */
  async ask(request: string, signal: AbortSignal): Promise<string> {
    const { connection, socket } = await this.connect(signal);
    try {
      return await within(this.sendAndRead(connection, request), this.ofServer(signal));
    } catch (error) {
      throw this.told(error);
    } finally {
      socket.destroy();
    }
  }

  /**
   * A service on one phone, e.g. `shell,v2,raw:id`: the socket, positioned after the server's OKAY. The caller destroys it.
   * Throws {@link AdbRefusal} where the server or phone refuses, {@link PhoneSilent} where the phone says nothing.
   */
  async openService(serial: string, service: string, signal: AbortSignal): Promise<Socket> {
    const { connection, socket } = await this.connect(signal);
    try {
      await within(this.send(connection, `host:transport:${serial}`), this.ofServer(signal));
      await within(this.send(connection, service), this.ofPhone(signal));
      return socket;
    } catch (error) {
      socket.destroy();
      throw this.told(error);
    }
  }

  /** A request to the server that goes on answering, e.g. `host:track-devices`. The caller destroys the socket. */
  async openHostStream(request: string, signal: AbortSignal): Promise<Socket> {
    const { connection, socket } = await this.connect(signal);
    try {
      await within(this.send(connection, request), this.ofServer(signal));
      return socket;
    } catch (error) {
      socket.destroy();
      throw this.told(error);
    }
  }

  private async connect(signal: AbortSignal) {
    const opened = new AdbkitConnection({ ...this.address, bin: neverStartedByAdbkit, timeout: 0 });
    // A socket that fails after its answer was read has nobody waiting for it; without a listener it would end the program.
    opened.on('error', () => undefined);
    const connecting = opened.connect();
    try {
      const connection = await within(connecting, this.ofServer(signal));
      return { connection, socket: connection.socket };
    } catch (error) {
      connecting.then(
        ({ socket }) => socket.destroy(),
        () => undefined,
      );
      throw this.told(error);
    }
  }

  /**
   * A connection that failed or ended early, as the one error that says so; anything else as it is. ENOENT: adbkit met
   * ECONNREFUSED and tried to run the binary that does not exist.
   */
  private told(error: unknown): unknown {
    if (hasCode(error, 'ECONNREFUSED', 'ENOENT')) return adbServerUnreachable(this.address, 'Nothing listens there.');
    const broken = error instanceof Error && ('errno' in error || error.name === 'PrematureEOFError');
    return broken ? adbServerUnreachable(this.address, error.message) : error;
  }

  private ofServer(signal: AbortSignal): Limit {
    const { serverMs } = this.deadlines;
    const detail = `It said nothing for ${inSeconds(serverMs)}.`;
    return { signal, deadlineMs: serverMs, late: () => adbServerUnreachable(this.address, detail) };
  }

  private ofPhone(signal: AbortSignal): Limit {
    const { openMs } = this.deadlines;
    const late = () => new PhoneSilent(`The phone did not answer within ${inSeconds(openMs)}.`);
    return { signal, deadlineMs: openMs, late };
  }

  private async send(connection: Connection, request: string): Promise<void> {
    const { parser } = connection;
    const length = Buffer.byteLength(request);
    if (length > 0xffff) throw new RangeError(`The request is too long for adb: ${length} bytes.`);
    connection.write(Buffer.from(length.toString(16).padStart(4, '0') + request));
    const status = await parser.readAscii(4);
    if (status === 'OKAY') return;
    if (status !== 'FAIL') throw new AdbRefusal(`The adb server answered "${status}".`);
    throw new AdbRefusal((await parser.readValue()).toString());
  }

  private async sendAndRead(connection: Connection, request: string): Promise<string> {
    await this.send(connection, request);
    return (await connection.parser.readValue()).toString();
  }
}

type Connection = InstanceType<typeof connectionModule>;
