import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileName } from '../../../db/file-name.ts';
import { openStore } from '../../../db/store.ts';
import { exampleSnapshot, temporaryFolder } from '../../unit/db/examples.ts';
import { fill, mount, smallDisk } from './small-disk.ts';

const diskFull = expect.objectContaining({
  code: 'disk-full',
  message: expect.stringMatching(/No room is left on the disk for .*Make room and try again/),
});

describe('a full disk', () => {
  test('while saving: says so, keeps what was saved, goes on once there is room', ({ skip }) => {
    const disk = smallDisk(1024);
    if (disk === null) return skip('This user may not mount a small disk.');
    const store = openStore(disk);
    expect(store.saveSnapshot(exampleSnapshot())).toBe(1);
    fill(join(disk, 'ballast'));
    expect(() => {
      for (let more = 0; more < 100; more += 1) store.saveSnapshot(exampleSnapshot({ label: 'x'.repeat(20_000) }));
    }).toThrow(diskFull);
    const kept = store.listSnapshots();
    expect(kept.at(-1)?.label).toBe('before');
    rmSync(join(disk, 'ballast'));
    expect(store.saveSnapshot(exampleSnapshot())).toBe(kept.length + 1);
    store.close();
  });

  test('at the first start: says so, and starts once there is room', ({ skip }) => {
    const disk = smallDisk(1024);
    if (disk === null) return skip('This user may not mount a small disk.');
    fill(join(disk, 'ballast'));
    expect(() => openStore(disk)).toThrow(diskFull);
    rmSync(join(disk, 'ballast'));
    const store = openStore(disk);
    expect(store.saveSnapshot(exampleSnapshot())).toBe(1);
    store.close();
  });

  test('for a backup: says so, and leaves no half of one', async ({ skip }) => {
    const disk = smallDisk(64);
    if (disk === null) return skip('This user may not mount a small disk.');
    const store = openStore(temporaryFolder());
    store.saveSnapshot(exampleSnapshot());
    await expect(store.backUp(join(disk, 'copy.sqlite'))).rejects.toEqual(diskFull);
    expect(readdirSync(disk)).toEqual([]);
    store.close();
  });
});

describe('a disk that may only be read', () => {
  test('is refused with what to do about it, and nothing on it changes', ({ skip }) => {
    const disk = smallDisk(1024);
    if (disk === null) return skip('This user may not mount a small disk.');
    const store = openStore(disk);
    store.saveSnapshot(exampleSnapshot());
    store.close();
    const before = readFileSync(join(disk, fileName));
    expect(mount('-o', 'remount,ro', disk)).toBe(true);
    const notWritable = expect.objectContaining({
      code: 'folder-not-writable',
      message: expect.stringMatching(/cannot be written. Allow writing to its folder, or choose another data folder/),
    });
    expect(() => openStore(disk)).toThrow(notWritable);
    expect(() => openStore(join(disk, 'new'))).toThrow(notWritable);
    expect(readFileSync(join(disk, fileName)).equals(before)).toBe(true);
  });
});
