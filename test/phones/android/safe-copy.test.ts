import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { copyManifestSchema, type CopyManifest } from '../../../electron/app/safe-copy/copy-manifest.ts';
import { safeCopy, type SafeCopyOptions } from '../../../electron/app/safe-copy/make-safe-copy.ts';
import { safeCopyReportSchema, type SafeCopyReport } from '../../../electron/app/safe-copy/safe-copy-report.ts';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { startAdbServer, type TestAdbServer } from './adb-server.ts';
import { hashesBelow, phoneWithoutPhotos, sha256, statsBelow, takenAt, takePhoto } from './camera-roll.ts';
import type { PhoneFaults } from './faults.ts';
import { startSimulatedPhone, type SimulatedPhone } from './simulated-adbd.ts';

let server: TestAdbServer;
let source: AdbSource;

beforeAll(async () => {
  server = await startAdbServer();
  source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
});

afterAll(async () => {
  await source.close();
  await server.stop();
});

interface Place {
  phone: SimulatedPhone;
  /** Where photos are copied to; not there yet. */
  folder: string;
  copy: (options?: SafeCopyOptions) => Promise<SafeCopyReport>;
  manifest: () => Promise<CopyManifest>;
}

async function place(faults: Partial<PhoneFaults> = {}): Promise<Place> {
  const phone = await startSimulatedPhone({ phone: phoneWithoutPhotos(), faults });
  const root = await mkdtemp(join(tmpdir(), 'phone-health-copy-'));
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
    await rm(root, { recursive: true, force: true });
  });
  await server.connect(phone);
  const folder = join(root, 'copies', 'of this phone');
  return {
    phone,
    folder,
    copy: (options) => safeCopy(source, unreadPhone(phone.address, 'android', 'ready'), folder, options),
    manifest: async () =>
      copyManifestSchema.parse(JSON.parse(await readFile(join(folder, 'phone-health-copy.json'), 'utf8'))),
  };
}

/** So many photos of odd sizes, an empty one and one that fills many blocks among them. By their place in the copy. */
async function fillCamera(phone: SimulatedPhone, count: number): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (let at = 0; at < count; at += 1) {
    const path = `DCIM/${at % 3 === 0 ? '100ANDRO' : 'Camera'}/IMG_${String(at).padStart(4, '0')}.jpg`;
    const bytes = at === 1 ? 0 : at === 2 ? 3_000_001 : 5_000 + ((at * 7919) % 200_000);
    hashes[path] = sha256(await takePhoto(phone.files, `/sdcard/${path}`, bytes));
  }
  return hashes;
}

/** Pulls the cable once so many bytes of files were sent. */
function pullCableAfter(phone: SimulatedPhone, bytes: number): void {
  phone.faults.cut = { command: 'sync:', afterBytes: bytes, onCut: () => void phone.pullCable() };
}

async function plugInAgain(phone: SimulatedPhone): Promise<void> {
  phone.faults.cut = null;
  await server.disconnect(phone);
  await phone.plugIn();
  await server.connect(phone);
}

describe('a whole copy', () => {
  test('brings every photo with its content, its time and a verified entry in the manifest, and changes nothing on the phone', async () => {
    const { phone, folder, copy, manifest } = await place();
    const hashes = await fillCamera(phone, 30);
    const before = await statsBelow(phone.files);
    const report = safeCopyReportSchema.parse(await copy());
    expect(report).toMatchObject({
      whole: true,
      found: { files: 30 },
      copied: report.found,
      alreadyThere: { files: 0, bytes: 0 },
      missed: [],
      brokenOff: null,
    });
    expect(await hashesBelow(folder)).toEqual(hashes);
    expect((await stat(join(folder, 'DCIM/Camera/IMG_0001.jpg'))).mtime).toEqual(takenAt);
    const { files } = await manifest();
    expect(Object.fromEntries(files.map((one) => [one.file, one.sha256]))).toEqual(hashes);
    expect(files[0]).toMatchObject({ modified: takenAt.toISOString(), proof: 'phone-hash' });
    expect(JSON.stringify(files)).not.toContain(phone.address);
    expect(await statsBelow(phone.files)).toEqual(before);
  });

  test('a second copy brings only what is new', async () => {
    const { phone, folder, copy } = await place();
    const hashes = await fillCamera(phone, 8);
    await copy();
    const first = await statsBelow(folder);
    hashes['DCIM/Camera/IMG_new.jpg'] = sha256(await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_new.jpg', 777));
    const report = await copy();
    expect(report).toMatchObject({ whole: true, copied: { files: 1, bytes: 777 }, alreadyThere: { files: 8 } });
    expect(await hashesBelow(folder)).toEqual(hashes);
    const { 'phone-health-copy.json': _manifest, ...photos } = first;
    expect(await statsBelow(folder)).toMatchObject(photos);
  });

  test('that is cancelled while it looks at what is there ends at once', async () => {
    const { phone, copy } = await place();
    await fillCamera(phone, 8);
    await copy();
    const cancel = new AbortController();
    let asked = 0;
    const report = await copy({
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type !== 'progress' || event.step !== 'checking') return;
        asked = event.filesDone;
        cancel.abort();
      },
    });
    expect(report).toMatchObject({ whole: false, brokenOff: { reason: 'cancelled' }, alreadyThere: { files: 0 } });
    expect(asked).toBe(0);
  });

  test('recognises its own copies by their content where the manifest is lost', async () => {
    const { phone, folder, copy, manifest } = await place();
    const hashes = await fillCamera(phone, 5);
    await copy();
    await rm(join(folder, 'phone-health-copy.json'));
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 0 }, alreadyThere: { files: 5 } });
    expect(await hashesBelow(folder)).toEqual(hashes);
    expect((await manifest()).files).toHaveLength(5);
  });

  test('copies again what was taken out of the folder or changed there, beside the changed file', async () => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', Buffer.from('from the phone: a'));
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/b.jpg', Buffer.from('from the phone: b'));
    await copy();
    await rm(join(folder, 'DCIM/Camera/a.jpg'));
    await writeFile(join(folder, 'DCIM/Camera/b.jpg'), 'by the person: bb');
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 2 } });
    expect(await readFile(join(folder, 'DCIM/Camera/a.jpg'), 'utf8')).toBe('from the phone: a');
    expect(await readFile(join(folder, 'DCIM/Camera/b.jpg'), 'utf8')).toBe('by the person: bb');
    expect(await readFile(join(folder, 'DCIM/Camera/b (2).jpg'), 'utf8')).toBe('from the phone: b');
  });

  test('keeps the former version of a photo that was edited on the phone', async () => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', Buffer.from('first'));
    await copy();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', Buffer.from('edited'));
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 1 } });
    expect(await readFile(join(folder, 'DCIM/Camera/a.jpg'), 'utf8')).toBe('first');
    expect(await readFile(join(folder, 'DCIM/Camera/a (2).jpg'), 'utf8')).toBe('edited');
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 0 }, alreadyThere: { files: 1 } });
  });

  test('leaves out thumbnails, the bin and unfinished files, and says so; a memory card comes with its name', async () => {
    const { phone, folder, copy } = await place();
    for (const path of [
      '/sdcard/DCIM/.thumbnails/1.jpg',
      '/sdcard/DCIM/Camera/.trashed-1764000000-IMG_1.jpg',
      '/sdcard/DCIM/Camera/.pending-1764000000-IMG_2.jpg',
      '/sdcard/Download/letter.pdf',
      '/sdcard/DCIM/Camera/IMG_3.dng',
      '/storage/1A2B-3C4D/DCIM/100CANON/IMG_4.JPG',
    ]) {
      await takePhoto(phone.files, path, 10);
    }
    const report = await copy();
    expect(report).toMatchObject({ whole: true, copied: { files: 2 } });
    expect(report.leftOut.map(({ from }) => from).toSorted()).toEqual([
      '/sdcard/DCIM/.thumbnails',
      '/sdcard/DCIM/Camera/.pending-1764000000-IMG_2.jpg',
      '/sdcard/DCIM/Camera/.trashed-1764000000-IMG_1.jpg',
    ]);
    expect(Object.keys(await hashesBelow(folder)).toSorted()).toEqual([
      'Card 1A2B-3C4D/DCIM/100CANON/IMG_4.JPG',
      'DCIM/Camera/IMG_3.dng',
    ]);
  });

  test.each([
    ['that lists files as before Android 11', { listV2: false }],
    ['that only knows the first shell protocol', { shellV2: false, listV2: false }],
  ] as const)('works on a phone %s', async (_name, faults) => {
    const { phone, folder, copy } = await place(faults);
    const hashes = await fillCamera(phone, 6);
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 6 } });
    expect(await hashesBelow(folder)).toEqual(hashes);
  });

  test('reads each photo a second time where the phone has no sha256sum, and says so', async () => {
    const { phone, folder, copy, manifest } = await place();
    await rm(join(dirname(phone.files), 'bin', 'sha256sum'));
    const hashes = await fillCamera(phone, 6);
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 6 } });
    expect(await hashesBelow(folder)).toEqual(hashes);
    expect(new Set((await manifest()).files.map(({ proof }) => proof))).toEqual(new Set(['second-read']));
  });

  test('claims nothing of a phone that shows no photos', async () => {
    const { copy } = await place();
    expect(await copy()).toMatchObject({ whole: false, found: { files: 0 }, missed: [], brokenOff: null });
  });
});

describe('a pulled cable', () => {
  test('at any point: what is there is whole and verified, and the next copies bring the rest, nothing twice', async () => {
    const { phone, folder, copy, manifest } = await place();
    const hashes = await fillCamera(phone, 220);
    const total = Object.keys(hashes).length;
    let there = 0;
    pullCableAfter(phone, 700);
    expect(await copy()).toMatchObject({ found: { files: 0 }, brokenOff: { reason: 'unplugged' } });
    await plugInAgain(phone);
    // In the first file, in the large one, between files, late. Each of four lanes counts its own bytes.
    for (const bytes of [30_000, 1_000_003, 700_001, 1_500_000, 300_007]) {
      pullCableAfter(phone, bytes);
      const report = await copy();
      expect(report).toMatchObject({ whole: false, brokenOff: { reason: 'unplugged' } });
      const present = await hashesBelow(folder);
      expect(hashes).toMatchObject(present);
      const { files } = await manifest();
      expect(Object.fromEntries(files.map((one) => [one.file, one.sha256]))).toEqual(present);
      expect(files.length).toBeGreaterThanOrEqual(there);
      there = files.length;
      await plugInAgain(phone);
    }
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(total);
    const report = await copy();
    expect(report).toMatchObject({ whole: true, alreadyThere: { files: there }, copied: { files: total - there } });
    expect(await hashesBelow(folder)).toEqual(hashes);
    expect((await manifest()).files).toHaveLength(total);
  });

  test('while the phone hashes: nothing is claimed that was not compared', async () => {
    const { phone, folder, copy } = await place();
    const hashes = await fillCamera(phone, 10);
    phone.faults.cut = { command: 'sha256sum', afterBytes: 40, onCut: () => void phone.pullCable() };
    expect(await copy()).toMatchObject({ whole: false, copied: { files: 0 }, brokenOff: { reason: 'unplugged' } });
    expect(await hashesBelow(folder)).toEqual({});
    await plugInAgain(phone);
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 10 } });
    expect(await hashesBelow(folder)).toEqual(hashes);
  });
});

describe('cancelling', () => {
  test('ends in good order: no partial file, no lock, and the next copy goes on', async () => {
    const { phone, folder, copy } = await place();
    const hashes = await fillCamera(phone, 40);
    const cancelled = new AbortController();
    const report = await copy({
      signal: cancelled.signal,
      onEvent: (event) => {
        if (event.type === 'progress' && event.step === 'copying') cancelled.abort();
      },
    });
    expect(report).toMatchObject({ whole: false, brokenOff: { reason: 'cancelled' } });
    expect(hashes).toMatchObject(await hashesBelow(folder));
    expect(await copy()).toMatchObject({ whole: true });
    expect(await hashesBelow(folder)).toEqual(hashes);
  });
});

describe('names from a phone', () => {
  test('that no file system or not every one takes are made safe; files that would be one are kept apart', async () => {
    const { phone, folder, copy } = await place();
    const camera = '/sdcard/DCIM/Camera';
    const names = [
      'CON.jpg',
      'a:b?.jpg',
      'a<b>.jpg',
      'dot.',
      'two\nlines.jpg',
      '$(reboot).jpg',
      "it's; rm -rf *.jpg",
      '-rf',
      '..hidden.jpg',
      'back\\slash.jpg',
      'Photo\u202egpj.exe',
      `${'ü'.repeat(125)}.jpg`,
      'IMG.jpg',
      'img.JPG',
      'Img.jpg',
    ];
    for (const name of names) await takePhoto(phone.files, `${camera}/${name}`, Buffer.from(name));
    await takePhoto(phone.files, '/sdcard/DCIM/camera/IMG.jpg', Buffer.from('in the other folder'));
    expect(await copy()).toMatchObject({ whole: true, copied: { files: names.length + 1 }, missed: [] });
    const copies = await hashesBelow(folder);
    // Which of several gets the name without a number depends on which comes first.
    expect(
      Object.keys(copies)
        .map((path) => path.toLowerCase())
        .toSorted(),
    ).toEqual(
      [
        '$(reboot).jpg',
        '-rf',
        '..hidden.jpg',
        'img.jpg',
        'img (2).jpg',
        'img (3).jpg',
        'img (4).jpg',
        'photo_gpj.exe',
        '_con.jpg',
        'a_b_.jpg',
        'a_b_ (2).jpg',
        'back_slash.jpg',
        'dot_',
        "it's; rm -rf _.jpg",
        'two_lines.jpg',
        `${'ü'.repeat(118)}.jpg`,
      ]
        .map((name) => `dcim/camera/${name}`)
        .toSorted(),
    );
    expect(new Set(Object.values(copies))).toEqual(
      new Set([...names, 'in the other folder'].map((name) => sha256(Buffer.from(name)))),
    );
    expect(await copy()).toMatchObject({ whole: true, copied: { files: 0 } });
  });

  test("never take the place of the person's own files", async () => {
    const { phone, folder, copy } = await place();
    await mkdir(join(folder, 'DCIM'), { recursive: true });
    await writeFile(join(folder, 'DCIM', 'camera'), 'a file where the phone has a folder');
    await mkdir(join(folder, 'DCIM', 'A.JPG'), { recursive: true });
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/IMG_1.jpg', Buffer.from('one'));
    await takePhoto(phone.files, '/sdcard/DCIM/a.jpg', Buffer.from('two'));
    expect(await copy()).toMatchObject({ whole: true });
    expect(await readFile(join(folder, 'DCIM', 'camera'), 'utf8')).toBe('a file where the phone has a folder');
    expect(await readFile(join(folder, 'DCIM', 'Camera (2)', 'IMG_1.jpg'), 'utf8')).toBe('one');
    expect(await readFile(join(folder, 'DCIM', 'a (2).jpg'), 'utf8')).toBe('two');
  });
});

const mount = (...options: string[]): boolean => spawnSync('mount', options).status === 0;

/** A small disk at the folder of a place; false where this user may not mount one. */
async function smallDisk(folder: string, megabytes: number): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'phone-health-test', folder)) return false;
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
  return true;
}

describe('a folder', () => {
  test('that has too little room is refused before anything is copied', async ({ skip }) => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', 2_000_000);
    if (!(await smallDisk(folder, 20))) return skip('This user may not mount a small disk.');
    await expect(copy()).rejects.toMatchObject({ code: 'disk-full' });
    expect(await hashesBelow(folder, false)).toEqual({});
  });

  test('that becomes full is told; what was verified stays, and the next copy goes on', async ({ skip }) => {
    const { phone, folder, copy, manifest } = await place();
    const hashes = await fillCamera(phone, 200);
    if (!(await smallDisk(folder, 100))) return skip('This user may not mount a small disk.');
    let filled = false;
    const report = await copy({
      onEvent: (event) => {
        if (filled || event.type !== 'progress' || event.step !== 'copying') return;
        filled = true;
        try {
          writeFileSync(join(folder, 'ballast'), Buffer.alloc(120 * 1024 * 1024));
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        }
      },
    });
    expect(report).toMatchObject({ whole: false, brokenOff: { reason: 'disk-full' } });
    await rm(join(folder, 'ballast'));
    expect(hashes).toMatchObject(await hashesBelow(folder));
    expect(await copy()).toMatchObject({ whole: true });
    expect(await hashesBelow(folder)).toEqual(hashes);
    expect((await manifest()).files).toHaveLength(200);
  });

  test('that cannot be written to is refused', async ({ skip }) => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', 10);
    if (!(await smallDisk(folder, 1)) || !mount('-o', 'remount,ro', folder)) {
      return skip('This user may not mount a small disk.');
    }
    await expect(copy()).rejects.toMatchObject({ code: 'folder-not-writable' });
  });

  test('whose name is that of a file is refused', async () => {
    const { folder, copy } = await place();
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(folder, 'a file');
    await expect(copy()).rejects.toMatchObject({ code: 'folder-not-writable' });
    expect(await readFile(folder, 'utf8')).toBe('a file');
  });

  test('is copied to by one copy at a time, and a lock of a program that has ended is nobody`s', async () => {
    const { phone, folder, copy } = await place();
    await fillCamera(phone, 3);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.phone-health-lock'), String(process.pid));
    await expect(copy()).rejects.toMatchObject({ code: 'folder-busy' });
    const { pid } = spawnSync('true');
    await writeFile(join(folder, '.phone-health-lock'), String(pid));
    expect(await copy()).toMatchObject({ whole: true });
  });

  test('with a manifest that is damaged, or of a newer program, is refused and left as it is', async () => {
    const { phone, folder, copy } = await place();
    await fillCamera(phone, 3);
    await mkdir(folder, { recursive: true });
    for (const text of ['{ "manifest": 1, "files": [', '{ "manifest": 2, "items": [] }', '{ "manifest": 1 }']) {
      await writeFile(join(folder, 'phone-health-copy.json'), text);
      await expect(copy()).rejects.toMatchObject({ code: 'manifest-unreadable' });
      expect(await readFile(join(folder, 'phone-health-copy.json'), 'utf8')).toBe(text);
    }
  });
});

describe('a photo', () => {
  test('that the phone will not give is named, and the others are copied', async () => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', 1_000);
    const deep = `/sdcard/DCIM/${'d'.repeat(200)}/${'e'.repeat(200)}/${'f'.repeat(200)}/${'g'.repeat(200)}`;
    await takePhoto(phone.files, `${deep}/${'h'.repeat(240)}`, 1_000);
    await takePhoto(phone.files, `${deep}/${'i'.repeat(230)}/IMG.jpg`, 1_000);
    const report = await copy();
    expect(report).toMatchObject({ whole: false, brokenOff: null, copied: { files: 1 } });
    expect(report.missed).toMatchObject([
      { reason: 'unreadable', from: `${deep}/${'i'.repeat(230)}` },
      { reason: 'unreadable', from: `${deep}/${'h'.repeat(240)}` },
    ]);
    expect(Object.keys(await hashesBelow(folder))).toEqual(['DCIM/Camera/a.jpg']);
  });

  test('that is replaced between its copy and its hash is not claimed', async () => {
    const { phone, folder, copy } = await place();
    await takePhoto(phone.files, '/sdcard/DCIM/Camera/a.jpg', Buffer.from('before'));
    const bin = join(dirname(phone.files), 'bin');
    // The phone hashes something else than it has sent.
    await writeFile(join(bin, 'changed'), '#!/bin/mksh\nprint "$(print "$RANDOM" | /usr/bin/sha256sum)"\n');
    await chmod(join(bin, 'changed'), 0o755);
    await rename(join(bin, 'changed'), join(bin, 'sha256sum'));
    const report = await copy();
    expect(report).toMatchObject({ whole: false, copied: { files: 0 }, missed: [{ reason: 'changed' }] });
    expect(await hashesBelow(folder)).toEqual({});
  });
});
