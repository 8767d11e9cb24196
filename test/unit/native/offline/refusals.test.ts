import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FoundDump } from '../../../../native/offline/dump-answers.ts';
import { severalMoments } from '../../../../native/offline/several-moments.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { NativeError } from '../../../../native/source.ts';
import { folderOf, openFile, scope, troubleOf } from './folder.ts';
import { battery, smallReport } from './report-text.ts';
import { buildZip, type ZipPart } from './zip-builder.ts';

const harmless: ZipPart = { name: 'dumpsys_battery.txt', content: battery(41) };
const found = (file: string, commands: readonly string[], says = 'at first'): FoundDump[] =>
  commands.map((command) => ({
    command,
    file,
    bytes: Buffer.from(says),
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 0,
    ended: 'whole',
    detail: '',
  }));
const openingOf = (parts: ZipPart[]): Promise<string> => opening(buildZip(parts));
const opening = (zip: Buffer): Promise<string> => troubleOf(openFile('file.zip', zip));

describe('dumps of more than one moment are refused', () => {
  test('in two folders, in two files of one folder, and in two bug reports', async () => {
    const before = { name: '1 before/dumpsys_battery.txt', content: battery(41) };
    const after = { name: '2 after/dumpsys_battery.txt', content: battery(80) };
    expect(await openingOf([before, after])).toBe('several-moments');
    expect(
      await openingOf([
        { ...before, name: 'battery_before.txt' },
        { ...after, name: 'battery_after.txt' },
      ]),
    ).toBe('several-moments');
  });

  test('and those of one are not: the same file twice, or a dump alone beside all of them', async () => {
    const copy = { name: 'copy/dumpsys_battery.txt', content: battery(41) };
    expect(await openingOf([harmless, copy])).toBe('no trouble');
    const excerpt = { name: 'excerpt/dumpsys_battery.txt', content: battery(41).split('\n').slice(0, 4).join('\n') };
    expect(await openingOf([harmless, excerpt])).toBe('no trouble');
    const whole = { name: 'bugreport.txt', content: smallReport() };
    expect(
      await openingOf([
        { name: 'dumpsys_battery.txt', content: battery(12) },
        { name: 'all.txt', content: whole.content },
      ]),
    ).toBe('no trouble');
  });

  test('nor are those of which one dump of many was taken again, in whichever folder it lies', () => {
    const whole = found('before/all.txt', ['a', 'b', 'c']);
    expect(severalMoments([...whole, ...found('again/a.txt', ['a'], 'later')])).toBeNull();
    // All of them again, each in a file of its own.
    const again = ['a', 'b', 'c'].flatMap((command) => found(`after/${command}.txt`, [command], 'later'));
    expect(severalMoments([...whole, ...again])).toEqual(['before/all.txt', 'after/a.txt']);
  });

  test('nor is one that a file holds twice, and another file as the first of them', () => {
    const twice = [...found('all.txt', ['a']), ...found('all.txt', ['a'], 'later')];
    expect(severalMoments([...twice, ...found('a.txt', ['a'])])).toBeNull();
    expect(severalMoments([...twice, ...found('a.txt', ['a'], 'much later')])).toEqual(['all.txt', 'a.txt']);
  });
});

describe('a zip is refused', () => {
  test.each<[string, ZipPart[], string]>([
    ['an encrypted file', [{ ...harmless, encrypted: true }], 'zip-encrypted'],
    ['a symbolic link', [harmless, { name: 'link', content: '/etc/passwd', mode: 0o120777 }], 'zip-symlink'],
    ['a name that climbs out', [harmless, { name: '../../x.txt', content: 'x' }], 'zip-unsafe-path'],
    ['a name that climbs out with backslashes', [{ name: 'a\\..\\..\\x.txt', content: 'x' }], 'zip-unsafe-path'],
    ['a name from the root', [harmless, { name: '/etc/passwd', content: 'x' }], 'zip-unsafe-path'],
    ['a name from a drive', [harmless, { name: 'C:/x.txt', content: 'x' }], 'zip-unsafe-path'],
    ['a wrong checksum', [{ ...harmless, checksum: 1 }], 'zip-damaged'],
    ['less than it claims', [{ ...harmless, claimedSize: 1_000_000 }], 'zip-damaged'],
    ['more than it claims', [{ ...harmless, claimedSize: 10 }], 'zip-damaged'],
    ['a claim of more than the cap', [{ ...harmless, claimedSize: 513 * 1024 * 1024 }], 'zip-too-large'],
  ])('for %s', async (_why, parts, code) => {
    expect(await opening(buildZip(parts))).toBe(code);
  });

  test('for claims that are over the cap only together', async () => {
    const parts = Array.from({ length: 6 }, (_one, index) => ({
      ...harmless,
      name: `${index}.txt`,
      claimedSize: 100 * 1024 * 1024,
    }));
    expect(await opening(buildZip(parts))).toBe('zip-too-large');
  });

  test('for a claim of more files than the cap, before any is looked at', async () => {
    expect(await opening(buildZip([harmless], 5001))).toBe('zip-too-many-entries');
  });

  test('where it ends too early', async () => {
    const zip = buildZip([harmless, { name: 'b.txt', content: 'x'.repeat(1000) }]);
    expect(await opening(zip.subarray(0, zip.length - 30))).toBe('zip-truncated');
    expect(await opening(zip.subarray(0, 100))).toBe('zip-truncated');
  });

  test('where its bytes are garbage', async () => {
    const zip = buildZip([{ name: 'bugreport.txt', content: smallReport() }]);
    zip.fill(0xff, 60, 200);
    expect(await opening(zip)).toBe('zip-damaged');
  });

  test('however its bytes are changed, and never with anything but a plain trouble', async () => {
    const zip = buildZip([
      { name: 'main_entry.txt', content: 'b.txt' },
      { name: 'b.txt', content: smallReport() },
    ]);
    const folder = await folderOf();
    const codes = new Set<string>();
    for (let at = 0; at < zip.length; at += 1) {
      const mutant = Buffer.from(zip);
      mutant[at] = (mutant[at] ?? 0) ^ 0xff;
      const path = join(folder, 'mutant.zip');
      await writeFile(path, mutant);
      codes.add(await troubleOf(readFileCapture(path, scope)));
    }
    expect([...codes].filter((code) => !/^(?:zip-[a-z-]+|not-recognised|no trouble)$/.test(code))).toEqual([]);
    expect(codes).toContain('zip-damaged');
  });

  test('only where a bug report is meant: an empty one is not recognised', async () => {
    expect(await opening(buildZip([]))).toBe('not-recognised');
  });
});

describe('a path is refused', () => {
  test('where nothing is there', async () => {
    expect(await troubleOf(readFileCapture(join(await folderOf(), 'nothing.zip'), scope))).toBe('file-not-found');
  });

  test('where it is larger than the cap', async () => {
    const folder = await folderOf({ 'b.txt': smallReport() });
    await truncate(join(folder, 'b.txt'), 513 * 1024 * 1024);
    expect(await troubleOf(readFileCapture(join(folder, 'b.txt'), scope))).toBe('file-too-large');
  });

  test('where the folders below it are more than the cap of bytes', async () => {
    const folder = await folderOf({ 'dumpsys_battery.txt': battery(41) });
    await mkdir(join(folder, 'more'));
    await writeFile(join(folder, 'more', 'log.txt'), '');
    await truncate(join(folder, 'more', 'log.txt'), 513 * 1024 * 1024);
    expect(await troubleOf(readFileCapture(folder, scope))).toBe('folder-too-large');
  });

  test('in words that say what to do', async () => {
    const trouble = await openFile('letter.txt', 'Dear customer').catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(NativeError);
    expect(trouble instanceof NativeError ? trouble.remedy.steps : []).toEqual([
      'Choose a bug report (.zip or .txt), a capture recorded by this program, dumps such as dumpsys_battery.txt, or a backup folder with Manifest.db.',
    ]);
  });
});

test('reading a file can be stopped', async () => {
  const folder = await folderOf({ 'b.txt': smallReport() });
  const stopped = readFileCapture(join(folder, 'b.txt'), { ...scope, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toThrow('aborted');
});
