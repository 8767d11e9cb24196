import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../db/store.ts';
import { createSample } from '../../native/samples/android/profiles.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { startAdbServer, type TestAdbServer } from '../phones/android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../phones/android/simulated-adbd.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import type { SoakOrder, SoakWord } from './soak-program.ts';
import { printTable, type Row } from './table.ts';

/** How long the soak is. */
export interface SoakLength {
  /** Rounds of twelve Android scans at once; in every fifth one cable is pulled, after every twentieth the adb server dies and comes back. */
  androidRounds: number;
  /** Rounds of four iPhone scans at once; one of the four phones has a service that never answers. */
  iphoneRounds: number;
  idleMs: number;
}

/** A thousand scans over sixteen phones. */
const wholeLength: SoakLength = { androidRounds: 80, iphoneRounds: 10, idleMs: 60_000 };
/** Ten minutes in which nobody does anything. */
export const idleLength: SoakLength = { androidRounds: 1, iphoneRounds: 1, idleMs: 600_000 };
const androidProfiles = ['pixel-14', 'samsung-16', 'xiaomi-14', 'samsung-14'];
const androidPhones = 12;

/** The program under test, asked over its channel. */
class Program {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (word: SoakWord) => void>();
  #lastId = 0;

  private constructor(env: NodeJS.ProcessEnv) {
    this.#child = fork(join(import.meta.dirname, 'soak-program.ts'), { env, execArgv: [] });
    // As many as phones that are scanned at once.
    this.#child.setMaxListeners(0);
    this.#child.on('message', ({ id, word }: { id: number; word: SoakWord }) => this.#waiting.get(id)?.(word));
  }

  static async start(env: NodeJS.ProcessEnv): Promise<Program> {
    const program = new Program(env);
    await program.#answer(0);
    return program;
  }

  /** Rejects when the program ends before it has answered. */
  #answer(id: number): Promise<SoakWord> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.#child.once('exit', (code, signal) => reject(new Error(`The program ended: ${signal ?? code}`)));
    }).then((word) => {
      this.#waiting.delete(id);
      this.#child.removeAllListeners('exit');
      return word as SoakWord;
    });
  }

  ask(order: SoakOrder): Promise<SoakWord> {
    this.#lastId += 1;
    const answer = this.#answer(this.#lastId);
    this.#child.send({ id: this.#lastId, order });
    return answer;
  }
}

/** What became of the scans, by word. */
class Tally {
  readonly counts = new Map<string, number>();
  saved = 0;

  add(word: SoakWord): void {
    if (word.kind !== 'scanned') throw new Error(`No answer to a scan: ${word.kind}`);
    this.counts.set(word.how, (this.counts.get(word.how) ?? 0) + 1);
    if (word.snapshot !== null) this.saved += 1;
  }

  toString(): string {
    return [...this.counts].map(([how, count]) => `${count} ${how}`).join(', ');
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

async function row(
  name: string,
  program: Program,
  tally: Tally | null,
  since: { at: number; cpuMs: number },
): Promise<Row> {
  const word = await program.ask({ kind: 'measure' });
  if (word.kind !== 'measured') throw new Error(`No answer to a measurement: ${word.kind}`);
  const ms = performance.now() - since.at;
  const cpu = ((word.cpuMs - since.cpuMs) / ms) * 100;
  Object.assign(since, { at: performance.now(), cpuMs: word.cpuMs });
  return [
    name,
    tally?.toString() ?? '',
    `${(ms / 1000).toFixed(0)} s`,
    mebibytes(word.rssBytes),
    String(word.descriptors),
    String(word.children),
    `${cpu.toFixed(2)} %`,
  ];
}

/** Hours of a counter in minutes: scans with pulled cables, an adb server that dies, services that hang, and then nothing to do. */
export async function runSoakBench(length: SoakLength = wholeLength): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-soak-'));
  let server: TestAdbServer = await startAdbServer();
  const { port } = server;
  const usbmuxd = await startSimulatedUsbmuxd();
  const phones: SimulatedPhone[] = [];
  for (let at = 0; at < androidPhones; at += 1) {
    const profile = androidProfiles[at % androidProfiles.length] ?? '';
    const phone = await startSimulatedPhone({ phone: createSample(profile) });
    phones.push(phone);
    await server.connectAgain(phone);
  }
  const iphones = ['healthy', 'healthy-ios17', 'backlog-frozen', 'upload-crashes'].map(
    (id) => new SimulatedIphone(sampleIphone(id).create()),
  );
  for (const iphone of iphones) usbmuxd.plug(iphone);
  iphones[0]?.faults.silent.add('com.apple.mobile.diagnostics_relay');

  const env = {
    ...process.env,
    PHONE_HEALTH_HOME: home,
    ANDROID_ADB_SERVER_PORT: String(port),
    USBMUXD_SOCKET_ADDRESS: usbmuxd.address,
  };
  const program = await Program.start(env);
  const since = { at: performance.now(), cpuMs: 0 };
  const rows: Row[] = [];
  const android = new Tally();
  const apple = new Tally();
  try {
    rows.push(await row('started', program, null, since));
    for (let round = 1; round <= length.androidRounds; round += 1) {
      const scans = phones.map(({ address }) => program.ask({ kind: 'scan', phoneId: address }));
      const pulled = round % 5 === 0 ? phones[(round / 5) % phones.length] : undefined;
      if (pulled !== undefined) {
        await sleep(100);
        await pulled.pullCable();
      }
      for (const word of await Promise.all(scans)) android.add(word);
      if (pulled !== undefined) await pulled.plugIn();
      if (round % 20 === 0) {
        await server.kill();
        server = await startAdbServer(port);
        for (const phone of phones) await server.connectAgain(phone);
      } else if (pulled !== undefined) await server.connectAgain(pulled);
      if (round === Math.ceil(length.androidRounds / 10))
        rows.push(await row('Android, first tenth', program, android, since));
    }
    rows.push(await row('Android, all', program, android, since));
    for (let round = 1; round <= length.iphoneRounds; round += 1) {
      const scans = iphones.map(({ udid }) => program.ask({ kind: 'scan', phoneId: udid }));
      for (const word of await Promise.all(scans)) apple.add(word);
    }
    rows.push(await row('iPhones, one with a hung service', program, apple, since));
    await sleep(length.idleMs);
    rows.push(await row('idle, 16 phones', program, null, since));
    await program.ask({ kind: 'stop' });
    const store = openStore(home);
    const kept = store.listSnapshots().length;
    store.close();
    rows.push(['snapshots promised / kept', `${android.saved + apple.saved} / ${kept}`, '', '', '', '', '']);
  } finally {
    for (const phone of phones) await phone.stop();
    await usbmuxd.stop();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
  printTable(['soak', 'scans', 'time', 'memory', 'descriptors', 'children', 'CPU'], rows);
}
