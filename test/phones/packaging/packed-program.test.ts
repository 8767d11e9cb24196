import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fuses, fusesOf } from '../../../build/package/fuses.ts';
import { pack } from '../../../build/package/pack.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';

const root = join(import.meta.dirname, '../../..');
const target = { platform: 'linux', arch: 'x64' } as const;
const run = promisify(execFile);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll('\\', '/'));

/** What may be in the archive: every file is of one of these kinds. */
const shipped = [
  /^\/(?:package\.json|LICENSE)$/,
  /^\/out\/main\/[\w.-]+\.(?:js|cjs|jsonl)$/,
  /^\/out\/renderer\/(?:index\.html|icon\.svg|assets\/[\w.-]+\.(?:js|css))$/,
  /^\/diagnosis\/catalog\/[\w/-]+\.yaml$/,
  /^\/db\/(?:migrations\/\d{4}-[\w-]+\.sql|dictionaries\/\d{4}-\w+\.zst)$/,
  /^\/node_modules\/(?:better-sqlite3|koffi|@koromix\/koffi-linux-x64)\/(?:[\w/-]+\.c?js|package\.json|LICENSE(?:\.txt)?)$/,
];
const native = [
  '/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
  '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
];

/** A package made with a stand-in for Electron: what ships, where it lies, how fuses are set. What Electron makes of it is not tried. */
describe('the packed program', () => {
  let folder: string;
  let resources: string;
  let archive: string;
  let packed: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phone-health-packed-'));
    const made = join(folder, 'dist');
    await pack({
      target,
      folderOnly: true,
      release: false,
      whyNoElectron: 'this is a test',
      made,
      work: join(folder, 'out'),
      say: () => undefined,
    });
    resources = join(made, 'linux-unpacked', 'resources');
    archive = join(resources, 'app.asar');
    packed = listPackage(archive, { isPack: false }).filter((path) => !('files' in statFile(archive, path.slice(1))));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('holds what is built and read at run time, all of it, and nothing else', () => {
    expect(packed.filter((path) => !native.includes(path) && !shipped.some((kind) => kind.test(path)))).toEqual([]);
    const built = ['out/main', 'out/renderer', 'diagnosis/catalog', 'db/migrations', 'db/dictionaries'].flatMap(
      (part) =>
        filesIn(join(root, part))
          .filter((path) => !/\.(?:map|md)$/.test(path))
          .map((path) => `/${part}${path}`),
    );
    expect(built.filter((path) => !packed.includes(path))).toEqual([]);
  });

  test('has native code for its own system alone, beside the archive, and nothing else beside it', () => {
    expect(filesIn(join(resources, 'app.asar.unpacked')).toSorted()).toEqual(native);
    expect(filesIn(resources).filter((path) => !path.includes('.unpacked/'))).toEqual([
      '/app.asar',
      '/apparmor-profile',
      '/licences.txt',
    ]);
  });

  test('names every licence, with its text', async () => {
    const notices = await readFile(join(resources, 'licences.txt'), 'utf8');
    for (const name of [
      'react',
      '@mantine/core',
      '@tanstack/react-query',
      'Tabler Icons',
      'koffi',
      'electron',
      'adb',
      'libimobiledevice',
    ]) {
      expect(notices).toMatch(new RegExp(`^${name}[ ,]`, 'm'));
    }
  });

  test('starts with every fuse set', async () => {
    const binary = join(resources, '..', 'phone-health-inspector');
    expect(await fusesOf(binary)).toEqual(fuses);
    expect((await stat(binary)).mode & 0o111).not.toBe(0);
  });

  test('reads an iPhone and keeps the snapshot with what is in it, away from the checkout', async () => {
    const place = join(folder, 'taken-out');
    extractAll(archive, place);
    const usbmuxd = await startSimulatedUsbmuxd();
    onTestFinished(() => usbmuxd.stop());
    const phone = new SimulatedIphone(sampleIphone('low-power').create());
    usbmuxd.plug(phone);
    const env = {
      ...process.env,
      USBMUXD_SOCKET_ADDRESS: usbmuxd.address,
      PHONE_HEALTH_HOME: join(folder, 'home'),
      ANDROID_ADB_SERVER_PORT: '1',
    };
    const args = [join(place, 'out', 'main', 'phone-health.js'), 'scan', phone.udid, '--save', '--json'];
    const scan = await run(process.execPath, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: unknown) => error as { stdout: string; stderr: string; code: number },
    );
    expect({ ...scan, stdout: scan.stdout.slice(0, 30) }).toMatchObject({ code: 1 });
    expect(JSON.parse(scan.stdout)).toMatchObject({ phone: { state: 'ready' }, snapshot: '1' });
  });
});
