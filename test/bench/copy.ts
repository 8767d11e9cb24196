import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { copyManifestSchema } from '../../electron/app/safe-copy/copy-manifest.ts';
import { safeCopyReportSchema, type SafeCopyReport } from '../../electron/app/safe-copy/safe-copy-report.ts';
import { startAdbServer, type TestAdbServer } from '../phones/android/adb-server.ts';
import { hashesBelow } from '../phones/android/camera-roll.ts';
import { startCli } from '../phones/terminal/run-cli.ts';
import type { PhoneOrder, PhoneWord } from './phone-process.ts';
import { printTable } from './table.ts';

/** `BENCH_COPY_FILES` and `BENCH_COPY_BYTES` make it smaller. */
const files = Number(process.env['BENCH_COPY_FILES'] ?? 2_000);
const bytes = Number(process.env['BENCH_COPY_BYTES'] ?? 2_000_000_000);
const points = 5;
/** A file service is asked by four lanes at once, so each sends about a quarter. */
const lanes = 4;

const megabytes = (count: number): string => `${(count / 1e6).toFixed(0)} MB`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

interface BenchPhone {
  address: string;
  folder: string;
  order: (order: PhoneOrder) => Promise<void>;
}

async function word(child: ChildProcess): Promise<PhoneWord> {
  const [said] = (await once(child, 'message')) as [PhoneWord];
  return said.kind === 'pulled' ? word(child) : said;
}

async function startPhone(): Promise<BenchPhone> {
  const child = fork(join(import.meta.dirname, 'phone-process.ts'), [String(files), String(bytes)], { execArgv: [] });
  const ready = await word(child);
  if (ready.kind !== 'ready') throw new Error('The simulated phone did not start.');
  return {
    address: ready.address,
    folder: ready.files,
    order: async (order) => {
      child.send(order);
      await word(child);
    },
  };
}

interface Run {
  ms: number;
  /** The most memory that the process ever had; null where the system does not tell. */
  peakBytes: number | null;
  report: SafeCopyReport;
}

async function peakOf(pid: number | undefined): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** The program as a person starts it, from its start to its end. */
async function copy(server: TestAdbServer, phone: BenchPhone, home: string, folder: string): Promise<Run> {
  const startedAt = performance.now();
  const child = startCli(['copy', phone.address, '-o', folder, '--json'], {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    ADB_SERVER_SOCKET: '',
    USBMUXD_SOCKET_ADDRESS: `UNIX:${join(home, 'no-usbmuxd')}`,
    PHONE_HEALTH_HOME: home,
  });
  let output = '';
  let peakBytes: number | null = null;
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  const look = setInterval(() => {
    void peakOf(child.pid).then(
      (peak) => (peakBytes = peak ?? peakBytes),
      () => clearInterval(look),
    );
  }, 50);
  await once(child, 'close');
  clearInterval(look);
  return { ms: performance.now() - startedAt, peakBytes, report: safeCopyReportSchema.parse(JSON.parse(output)) };
}

const beside = async (folder: string): Promise<number> =>
  copyManifestSchema.parse(JSON.parse(await readFile(join(folder, 'phone-health-copy.json'), 'utf8'))).files.length;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The copy is wrong: ${what}.`);
}

/** Prints how a safe copy compares with `adb pull` of the same folder, and what becomes of it when the cable is pulled. */
export async function runCopyBench(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
  const server = await startAdbServer();
  const phone = await startPhone();
  try {
    await server.adb('connect', phone.address);
    const onPhone = await hashesBelow(join(phone.folder, 'sdcard'));
    const isSame = async (folder: string) => isDeepStrictEqual(await hashesBelow(folder), onPhone);

    const pullStart = performance.now();
    const pulled = await server.adb('-s', phone.address, 'pull', '/sdcard/DCIM', join(root, 'pulled'));
    const pullMs = performance.now() - pullStart;
    must(pulled.code === 0, `adb pull failed: ${pulled.stderr}`);
    await rm(join(root, 'pulled'), { recursive: true });
    const whole = await copy(server, phone, root, join(root, 'copied'));
    must(whole.report.whole && (await isSame(join(root, 'copied'))), 'the whole copy differs from the phone');
    const again = await copy(server, phone, root, join(root, 'copied'));
    must(again.report.whole && again.report.copied.files === 0, 'the second copy brought something');
    await rm(join(root, 'copied'), { recursive: true });
    const amount = `${files} files, ${megabytes(bytes)}`;
    const peak = whole.peakBytes === null ? '–' : megabytes(whole.peakBytes);
    printTable(
      ['copy', 'adb pull (not verified)', 'this program (verified, on the disk)', 'ratio', 'memory', 'a second copy'],
      [[amount, seconds(pullMs), seconds(whole.ms), `${(whole.ms / pullMs).toFixed(2)}×`, peak, seconds(again.ms)]],
    );

    const rows: string[][] = [];
    const folder = join(root, 'resumed');
    let left = bytes;
    for (let point = 1; point <= points; point += 1) {
      const after = Math.round((0.05 + 0.3 * Math.random()) * (left / lanes));
      await phone.order({ kind: 'pull-cable-after', bytes: after });
      const { report } = await copy(server, phone, root, folder);
      must(report.brokenOff?.reason === 'unplugged', 'the pulled cable was not told');
      const present = await hashesBelow(folder);
      must(
        Object.entries(present).every(([path, hash]) => onPhone[path] === hash),
        'a file under its name is not whole',
      );
      must((await beside(folder)) === Object.keys(present).length, 'the manifest says something else than the folder');
      left -= report.copied.bytes;
      rows.push([
        `pulled (${point})`,
        `${megabytes(after)} of one lane`,
        String(report.alreadyThere.files),
        String(report.copied.files),
        String(files - Object.keys(present).length),
      ]);
      await server.adb('disconnect', phone.address);
      await phone.order({ kind: 'plug-in' });
      await server.adb('connect', phone.address);
    }
    const last = await copy(server, phone, root, folder);
    must(last.report.whole && (await isSame(folder)), 'the resumed copy differs from the phone');
    must((await beside(folder)) === files, 'the manifest of the resumed copy is not whole');
    const { alreadyThere, copied } = last.report;
    rows.push([
      'to its end',
      '–',
      String(alreadyThere.files),
      String(copied.files),
      '0: nothing lost, nothing doubled, hashes equal',
    ]);
    printTable(['cable', 'after', 'there already', 'copied and verified', 'still to come'], rows);
  } finally {
    await phone.order({ kind: 'stop' });
    await server.stop();
    await rm(root, { recursive: true, force: true });
  }
}
