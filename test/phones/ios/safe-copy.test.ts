import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyManifestSchema } from '../../../electron/app/safe-copy/copy-manifest.ts';
import { safeCopy, type SafeCopyOptions } from '../../../electron/app/safe-copy/make-safe-copy.ts';
import type { SafeCopyReport } from '../../../electron/app/safe-copy/safe-copy-report.ts';
import { createIphoneSource, type IphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';
import { builtLibraryProcess } from './built-library-process.ts';

const photoBytes = 2_150_000;
const photos = 9;

interface Place {
  usbmuxd: SimulatedUsbmuxd;
  phone: SimulatedIphone;
  source: IphoneSource;
  folder: string;
  copy: (options?: SafeCopyOptions) => Promise<SafeCopyReport>;
}

/** An iPhone with nine photos, and a folder for them. */
async function place(): Promise<Place> {
  const usbmuxd = await startSimulatedUsbmuxd();
  const phone = new SimulatedIphone(sampleIphone('healthy').create());
  Object.assign(phone.model.photos, { images: photos, movies: 0 });
  usbmuxd.plug(phone);
  const source = createIphoneSource({
    entry: builtLibraryProcess,
    env: { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address },
  });
  const root = await mkdtemp(join(tmpdir(), 'phone-health-copy-'));
  onTestFinished(async () => {
    await source.close();
    await usbmuxd.stop();
    await rm(root, { recursive: true, force: true });
  });
  const folder = join(root, 'copy');
  const copy = (options?: SafeCopyOptions) =>
    safeCopy(source, unreadPhone(phone.udid, 'ios', 'ready'), folder, options);
  return { usbmuxd, phone, source, folder, copy };
}

const photo = (number: number): string => `/DCIM/100APPLE/IMG_000${number}.HEIC`;

/** What must lie in the folder: by its name, the hash of its one byte, again and again. */
const expected = Object.fromEntries(
  Array.from({ length: photos }, (_, index) => [
    `DCIM/100APPLE/IMG_${String(index + 1).padStart(4, '0')}.HEIC`,
    createHash('sha256').update(Buffer.alloc(photoBytes, index)).digest('hex'),
  ]),
);

/** The hashes of what really lies in the folder, by the names in its manifest. */
async function copied(folder: string): Promise<Record<string, string>> {
  const manifest = copyManifestSchema.parse(JSON.parse(await readFile(join(folder, 'phone-health-copy.json'), 'utf8')));
  const hashes = manifest.files.map(async ({ file, sha256 }) => {
    const hash = createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex');
    expect(hash).toBe(sha256);
    return [file, hash] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

describe.skipIf(missingTools.length > 0)('a safe copy of an iPhone', () => {
  test('holds every photo, each read twice, with its time', async () => {
    const { phone, folder, copy } = await place();
    const report = await copy();
    expect(report).toMatchObject({
      whole: true,
      found: { files: photos, bytes: photos * photoBytes },
      copied: { files: photos },
      missed: [],
      brokenOff: null,
    });
    expect(await copied(folder)).toEqual(expected);
    const newest = await stat(join(folder, `DCIM/100APPLE/IMG_000${photos}.HEIC`));
    expect(newest.mtime.toISOString()).toBe(phone.model.photos.newest.toISOString());
    expect(phone.changes).toEqual([]);
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 0 }, alreadyThere: { files: photos } });
  });

  test.each([0.1, 0.35, 0.6, 0.95])('goes on after its cable was pulled at %f of the photos', async (share) => {
    const { usbmuxd, phone, folder, copy } = await place();
    phone.faults.unplugAfterFileBytes = Math.round(share * photos * photoBytes);
    const broken = await copy();
    expect(broken).toMatchObject({ whole: false, brokenOff: { reason: 'unplugged' } });
    phone.faults.unplugAfterFileBytes = undefined;
    usbmuxd.plug(phone);
    const report = await copy();
    expect(report).toMatchObject({ whole: true, missed: [], brokenOff: null });
    expect(report.copied.files + report.alreadyThere.files).toBe(photos);
    expect(await copied(folder)).toEqual(expected);
  });

  test('tells a photo that the iPhone will not give, and copies the others', async () => {
    const { phone, folder, copy } = await place();
    phone.faults.afcErrors.set('/DCIM/100APPLE/IMG_0003.HEIC', 'PERM_DENIED');
    const report = await copy();
    expect(report).toMatchObject({ whole: false, brokenOff: null, copied: { files: photos - 1 } });
    expect(report.missed).toMatchObject([{ from: '/DCIM/100APPLE/IMG_0003.HEIC', reason: 'unreadable' }]);
    const { 'DCIM/100APPLE/IMG_0003.HEIC': _missing, ...others } = expected;
    expect(await copied(folder)).toEqual(others);
  });

  test('misses only the photos whose sizes cannot be, and names links and what is no file', async () => {
    const { phone, folder, copy } = await place();
    const sizes = ['nan', '-1', '100000000000000000000', '1e3'];
    for (const [at, size] of sizes.entries()) phone.faults.afcInfos.set(photo(at + 1), { st_size: size });
    phone.faults.afcInfos.set(photo(5), { st_ifmt: 'S_IFLNK' });
    phone.faults.afcInfos.set(photo(6), { st_ifmt: 'S_IFIFO' });
    phone.faults.afcInfos.set(photo(7), { st_ifmt: 'S_IFDIR' });
    const report = await copy();
    expect(report).toMatchObject({ whole: false, brokenOff: null, copied: { files: 2 } });
    expect(report.missed.map(({ from, reason }) => [from, reason])).toEqual(
      [1, 2, 3, 4, 7].map((number) => [photo(number), 'unreadable']),
    );
    expect(report.leftOut.map(({ from }) => from)).toEqual(expect.arrayContaining([photo(5), photo(6)]));
    expect(Object.keys(await copied(folder))).toHaveLength(2);
  });

  test.for([
    { bears: 'many clients of its file service', most: undefined, asked: 3 },
    { bears: 'two clients of its file service', most: 2, asked: 2 },
    { bears: 'one client of its file service', most: 1, asked: 1 },
  ])('asks as many at once as the iPhone bears: $bears', async ({ most, asked }) => {
    const { phone, folder, copy } = await place();
    phone.faults.mostFileClients = most;
    let clients = 0;
    const report = await copy({ onEvent: () => (clients = Math.max(clients, phone.fileClients)) });
    expect(report).toMatchObject({ whole: true, copied: { files: photos }, missed: [] });
    expect(await copied(folder)).toEqual(expected);
    expect(clients).toBe(asked);
  });

  test('misses nothing of an iPhone that lets a second client of its file service in, and tells it nothing', async () => {
    const { phone, source } = await place();
    Object.assign(phone.model.photos, { images: 20 });
    phone.faults.mostHeardFileClients = 1;
    const { signal } = new AbortController();
    const files = await source.openFiles?.(phone.udid, { signal, silenceMs: 6_000 });
    if (files === undefined) throw new Error('no files');
    const { files: listed, unreadable } = await files.listCamera();
    expect([listed.length, unreadable]).toEqual([20, []]);
    const pulled = async (path: string): Promise<number> => {
      let bytes = 0;
      for await (const piece of files.pull(path)) bytes += piece.length;
      return bytes;
    };
    const processes = source.processes();
    const two = listed.slice(0, 2);
    expect(await Promise.all(two.map(({ path }) => pulled(path)))).toEqual(two.map(({ bytes }) => bytes));
    expect(source.processes()).toEqual(processes);
    await files.close();
  });

  test('ends when it is cancelled, and leaves no process behind', async () => {
    const { source, copy } = await place();
    const cancel = new AbortController();
    const before = source.processes().length;
    const report = await copy({
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type === 'progress' && event.step === 'copying' && event.bytesDone > photoBytes) cancel.abort();
      },
    });
    expect(report).toMatchObject({ whole: false, brokenOff: { reason: 'cancelled' } });
    expect(source.processes().length).toBe(before);
  });

  test('keeps no scan of the same iPhone waiting', async () => {
    const { phone, source, copy } = await place();
    const copying = copy();
    const capture = await source.capture(phone.udid, { apps: [] });
    expect(capture.brokenOff).toBeNull();
    expect(await copying).toMatchObject({ whole: true });
  });
});
