import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startCli } from '../terminal/run-cli.ts';
import type { PhoneOrder, PhoneWord } from './phone-process.ts';
import { Sitting } from './sitting.ts';
import { troubles, type Trouble } from './troubles.ts';
import { lies, truthOf, type Truth } from './truth.ts';
import { seeded } from '../../seeded.ts';

/** How far an action had come when its program was killed, by the last thing in the store. */
export const howFar = [
  'before the plan',
  'planned',
  'started',
  'ran',
  'verified',
  'undo-started',
  'undo-ran',
  'undo-verified',
] as const;
export type HowFar = (typeof howFar)[number];

/** One program that was to be killed, and what came of it. */
export interface Killed {
  command: 'fix' | 'undo';
  /** False where it was done before its time had come. */
  killed: boolean;
  howFar: HowFar;
  /** Whether the phone was no longer as it had been. */
  changed: boolean;
  /** What was done about it, one after another; each may have been killed as well. */
  ends: readonly string[];
  /** What was wrong with what the store said; empty where all of it was so. */
  problems: readonly string[];
}

class PhoneInItsProcess {
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(): Promise<PhoneInItsProcess> {
    const child = fork(join(import.meta.dirname, 'phone-process.ts'), { execArgv: [] });
    const [word] = (await once(child, 'message')) as [PhoneWord];
    if (word.kind !== 'ready') throw new Error('The simulated phone did not start.');
    return new PhoneInItsProcess(child, word.address);
  }

  async order(order: PhoneOrder): Promise<PhoneWord> {
    this.#child.send(order);
    const [word] = (await once(this.#child, 'message')) as [PhoneWord];
    return word;
  }
}

/** What came over the wire as JSON has no fields without a value. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** Calls back for each line that a program tells on standard error. */
function onLines(child: ChildProcess, onLine: () => void): void {
  child.stderr?.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) onLine();
  });
}

/** Kills programs on one phone at random moments, and looks at what they leave behind. */
export class KillBench {
  readonly #random: () => number;
  readonly #server: TestAdbServer;
  readonly #source: AdbSource;
  readonly #phone: PhoneInItsProcess;
  readonly #truths = new Map<Trouble, Truth>();
  /** When each line comes that a command tells on standard error, and when it ends, ms; by command and trouble. */
  readonly #timings = new Map<string, readonly number[]>();

  private constructor(seed: number, server: TestAdbServer, phone: PhoneInItsProcess) {
    this.#random = seeded(seed);
    this.#server = server;
    this.#source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
    this.#phone = phone;
  }

  static async start(seed: number): Promise<KillBench> {
    const server = await startAdbServer();
    const phone = await PhoneInItsProcess.start();
    await server.adb('connect', phone.address);
    return new KillBench(seed, server, phone);
  }

  async stop(): Promise<void> {
    await this.#source.close();
    await this.#phone.order({ kind: 'stop' });
    await this.#server.stop();
  }

  /** A correction, or the undoing of one, that is killed at a random moment and then brought to an end. */
  async kill(): Promise<Killed> {
    const trouble = this.#pick(troubles.filter(({ irreversible }) => !irreversible));
    const command = this.#random() < 0.35 ? 'undo' : 'fix';
    const truth = await this.#truth(trouble);
    const timing = await this.#timing(command, trouble);
    return this.#atHome(async (home) => {
      const problems: string[] = [];
      await this.#prepare(command, trouble, home);
      const killed = await this.#runAndKill(this.#words(command, trouble), home, timing);
      const { howFar: far, changed, open } = await this.#look(home, truth, problems);
      const ends: string[] = [];
      for (let left = open; left; left = (await this.#look(home, truth, problems)).open) {
        const end = this.#pick(['finish', 'undo'] as const);
        const dies = ends.length < 3 && this.#random() < 0.3;
        const died = dies && (await this.#runAndKill([end, '1'], home, [timing.at(-1) ?? 0]));
        if (!dies) await this.#bringToAnEnd(end, home, problems);
        ends.push(died ? `${end} (killed)` : end);
        if (ends.length > 4)
          return { command, killed, howFar: far, changed, ends, problems: [...problems, 'it stays open'] };
      }
      return { command, killed, howFar: far, changed, ends, problems };
    });
  }

  async #atHome<T>(work: (home: string) => Promise<T>): Promise<T> {
    const home = await mkdtemp(join(tmpdir(), 'kill-'));
    try {
      return await work(home);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  /** Another phone with this trouble; corrected, where that is to be undone. */
  async #prepare(command: Killed['command'], trouble: Trouble, home: string): Promise<void> {
    await this.#phone.order({ kind: 'begin', trouble: troubles.indexOf(trouble) });
    if (command === 'undo') await this.#inStore(home, (sitting) => sitting.correct(trouble.cause, trouble.app));
  }

  #words(command: Killed['command'], { cause, app }: Trouble): string[] {
    return command === 'undo' ? ['undo', '1'] : ['fix', this.#phone.address, cause, '--app', app ?? '', '--yes'];
  }

  /** How long a command takes that nobody kills. */
  async #timing(command: Killed['command'], trouble: Trouble): Promise<readonly number[]> {
    const key = `${command} ${trouble.name}`;
    const known = this.#timings.get(key);
    if (known !== undefined) return known;
    const times: number[] = [];
    await this.#atHome(async (home) => {
      await this.#prepare(command, trouble, home);
      const startedAt = performance.now();
      const note = (): void => void times.push(performance.now() - startedAt);
      const child = startCli(this.#words(command, trouble), this.#environment(home));
      onLines(child, note);
      await once(child, 'close');
      note();
    });
    this.#timings.set(key, times);
    return times;
  }

  #pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)];
    if (picked === undefined) throw new RangeError('There is nothing to pick from.');
    return picked;
  }

  async #truth(trouble: Trouble): Promise<Truth> {
    const { former, corrected, ...rest } = this.#truths.get(trouble) ?? (await truthOf(trouble));
    const truth = { ...rest, former: plain(former), corrected: plain(corrected) };
    this.#truths.set(trouble, truth);
    return truth;
  }

  #environment(home: string): NodeJS.ProcessEnv {
    return {
      ANDROID_ADB_SERVER_PORT: String(this.#server.port),
      ADB_SERVER_SOCKET: '',
      USBMUXD_SOCKET_ADDRESS: `UNIX:${join(home, 'no-usbmuxd')}`,
      PHONE_HEALTH_HOME: home,
    };
  }

  async #inStore<T>(home: string, work: (sitting: Sitting) => T | Promise<T>): Promise<T> {
    const sitting = new Sitting({ source: this.#source, phoneId: this.#phone.address }, home);
    try {
      return await work(sitting);
    } finally {
      sitting.store.close();
    }
  }

  /**
   * Runs a command and kills it: after a random one of the lines that it tells, at a random moment before the next would come. Gives
   * whether it was killed, and not done before.
   */
  async #runAndKill(args: readonly string[], home: string, timing: readonly number[]): Promise<boolean> {
    const line = Math.floor(this.#random() * timing.length);
    const from = timing[line - 1] ?? 0;
    const waitMs = this.#random() * ((timing[line] ?? from) - from);
    const child = startCli(args, this.#environment(home));
    let told = 0;
    const killInTime = (): void => {
      if (told === line) setTimeout(() => child.kill('SIGKILL'), waitMs);
    };
    killInTime();
    onLines(child, () => {
      told += 1;
      killInTime();
    });
    await once(child, 'close');
    return child.signalCode === 'SIGKILL';
  }

  /** In this process, as `terminal/interrupted.test.ts` does it with the command line. */
  async #bringToAnEnd(end: 'finish' | 'undo', home: string, problems: string[]): Promise<void> {
    await this.#inStore(home, async (sitting) => {
      const neverBegan = sitting.store.loadAction(1)?.events.length === 0;
      const result = await sitting[end]('1').then(({ outcome }) => outcome.result, codeOf);
      const expected = !neverBegan ? 'taken' : end === 'finish' ? 'not-taken' : 'nothing-to-undo';
      if (result !== expected) problems.push(`${end} gave ${result} in place of ${expected}`);
    });
  }

  /** Compares what the store says with what the phone is like, once nothing runs on it any more. */
  async #look(
    home: string,
    truth: Truth,
    problems: string[],
  ): Promise<{ howFar: HowFar; changed: boolean; open: boolean }> {
    // What the program had given to the adb server before it was killed has reached the phone, when this has.
    await this.#server.adb('-s', this.#phone.address, 'shell', 'true');
    const word = await this.#phone.order({ kind: 'tell' });
    if (word.kind !== 'state') throw new Error('The simulated phone did not tell its state.');
    return this.#inStore(home, (sitting) => {
      const [action] = sitting.store.listActions();
      const interrupted = sitting.interrupted();
      problems.push(...lies(truth, word.state, sitting.actions(), interrupted));
      const last = action?.events.at(-1)?.kind;
      const far = action === undefined ? 'before the plan' : (howFar.find((one) => one === last) ?? 'planned');
      const changed = JSON.stringify(word.state) !== JSON.stringify(truth.former);
      return { howFar: far, changed, open: interrupted.length > 0 };
    });
  }
}
