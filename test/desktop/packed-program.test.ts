import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { extractAll, listPackage, statFile } from '@electron/asar';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { openDeb } from '../../build/package/deb.ts';
import { fuses, fusesOf } from '../../build/package/fuses.ts';
import { pack } from '../../build/package/pack.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import { addSample, scan } from '../window/screens.ts';
import { test } from './desktop-test.ts';
import { chromiumPages } from './stand-in/chromium-pages.ts';
import { peer } from './stand-in/peer.ts';

const root = join(import.meta.dirname, '..', '..');
const target = { platform: 'linux', arch: 'x64' } as const;

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

const entryOf = (place: string): string => join(place, 'out', 'main', 'entry.js');

/** A package made with a stand-in for Electron: what ships, where it lies, how fuses are set. What Electron makes of it is not tried. */
describe('the packed program', () => {
  let folder: string;
  let made: string;
  /** Where the archive is taken out: only Electron reads files within one. */
  let place: string;
  let resources: string;
  let archive: string;
  let packed: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phone-health-packed-'));
    made = join(folder, 'dist');
    place = join(folder, 'taken-out');
    await pack({
      target,
      makes: 'deb-by-dpkg',
      release: false,
      whyNoElectron: 'this is a test',
      made,
      work: join(folder, 'out'),
      say: () => undefined,
    });
    resources = join(made, 'linux-unpacked', 'resources');
    archive = join(resources, 'app.asar');
    extractAll(archive, place);
    packed = listPackage(archive, { isPack: false }).filter((path) => !('files' in statFile(archive, path.slice(1))));
    // It packs and compresses, on a computer that others use too.
  }, 240_000);
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

  test('becomes a .deb with access to phones, a profile for AppArmor, a place in the menu and the command', async () => {
    const { control, files } = openDeb(join(made, 'phone-health-inspector-0.1.0-linux-amd64.deb'));
    expect(control).toMatch(/^Depends: .*\badb, usbmuxd, libimobiledevice-1\.0-6 \| libimobiledevice6$/m);
    expect(control).toMatch(/^Maintainer: .+ <.+@.+>$/m);
    const modes = new Map(files.map(({ mode, path }) => [path, mode]));
    expect(modes.get('/usr/bin/phone-health')).toBe('-rwxr-xr-x');
    expect(modes.get('/opt/Phone Health Inspector/phone-health-inspector')).toBe('-rwxr-xr-x');
    for (const path of [
      '/usr/lib/udev/rules.d/70-phone-health-inspector.rules',
      '/usr/share/applications/phone-health-inspector.desktop',
      '/usr/share/icons/hicolor/256x256/apps/phone-health-inspector.png',
      '/usr/share/mime/packages/phone-health-inspector.xml',
      '/opt/Phone Health Inspector/resources/app.asar',
      '/opt/Phone Health Inspector/resources/apparmor-profile',
      '/opt/Phone Health Inspector/resources/licences.txt',
    ]) {
      expect([path, modes.get(path)]).toEqual([path, '-rw-r--r--']);
    }
    // Nobody but root may write to what everybody starts.
    expect(files.filter(({ mode }) => /^.(?:....w|.{7}w)/.test(mode))).toEqual([]);
    const entry = await readFile(join(folder, 'out/deb/usr/share/applications/phone-health-inspector.desktop'), 'utf8');
    expect(entry).toContain('Exec="/opt/Phone Health Inspector/phone-health-inspector" %U\n');
    expect(entry).toContain('x-scheme-handler/phone-health;');
  });

  test('opens its window away from the checkout, and scans a sample in it', async ({ start }) => {
    const { page } = await start({ main: entryOf(place) });
    await addSample(page, /^Pixel 8/);
    await scan(page);
    expect(await page.getByRole('main').getByRole('heading', { level: 1 }).count()).toBe(1);
  });

  /** Starts it with words behind its name, under the stand-in. */
  const startWith = (words: string[], env: NodeJS.ProcessEnv = {}) =>
    fork(entryOf(place), words, {
      cwd: folder,
      execArgv: ['--import', new URL('stand-in/program.ts', import.meta.url).href],
      env: { ...process.env, PHONE_HEALTH_HOME: join(folder, 'home'), ANDROID_ADB_SERVER_PORT: '1', ...env },
      serialization: 'advanced',
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    });
  async function endOf(child: ReturnType<typeof startWith>) {
    const [said, complained, code] = await Promise.all([
      buffer(child.stdout ?? Readable.from([])),
      text(child.stderr ?? Readable.from([])),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    return { said, complained, code };
  }

  test('is the command line with words behind its name: it reads an iPhone and keeps the snapshot, opens nothing, and leaves the window’s folder of Chromium alone', async () => {
    const usbmuxd = await startSimulatedUsbmuxd();
    onTestFinished(() => usbmuxd.stop());
    const phone = new SimulatedIphone(sampleIphone('low-power').create());
    usbmuxd.plug(phone);
    const temporary = join(folder, 'temporary');
    await mkdir(temporary);
    const child = startWith(['--ozone-platform=headless', '--disable-gpu', 'scan', phone.udid, '--save', '--json'], {
      USBMUXD_SOCKET_ADDRESS: usbmuxd.address,
      TMPDIR: temporary,
    });
    const asked: unknown[] = [];
    child.on('message', (message) => asked.push(message));
    const { said, complained, code } = await endOf(child);
    expect({ code, complained, asked }).toMatchObject({ code: 1, asked: [] });
    expect(JSON.parse(said.toString('utf8'))).toMatchObject({ phone: { state: 'ready' }, snapshot: '1' });
    // Chromium has begun a profile somewhere, and nothing of it is left.
    expect(complained).toMatch(/^stand-in: a profile in .*\/temporary\/phone-health-command-\w+$/m);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('says which version it is', async () => {
    const { said, code } = await endOf(startWith(['--version']));
    expect({ code, said: said.toString('utf8') }).toEqual({ code: 0, said: '0.1.0\n' });
  });

  test('prints a paper for its command line in a window that nobody sees, dated as it was told', async ({
    browser,
  }) => {
    const child = startWith(['--print-paper', '2026-11-28T12:34:56.000Z']);
    const pages = chromiumPages(
      browser,
      () => program,
      () => undefined,
    );
    onTestFinished(() => pages.close());
    const program = peer((message) => child.connected && child.send(message as object), pages.answers);
    child.on('message', (message) => program.receive(message));
    child.once('exit', () => program.end());
    child.stdin?.end('<!doctype html><style>@page { size: 62mm 40mm }</style><p>A label</p>');
    const { said, complained, code } = await endOf(child);
    expect({ code, complained: complained.includes('paper: ') }).toEqual({ code: 0, complained: false });
    expect(said.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(said.toString('latin1')).toContain("/CreationDate (D:20261128123456+00'00')");
    const pdf = await getDocumentProxy(new Uint8Array(said));
    expect((await extractText(pdf, { mergePages: true })).text).toBe('A label');
  });
});
