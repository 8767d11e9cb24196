import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPins, troublesOfTools } from '../../../../build/package/bundled-tools.ts';
import { targetName, targets } from '../../../../build/package/targets.ts';

const target = { platform: 'linux', arch: 'x64' } as const;
const names = ['adb', 'NOTICE.txt', 'libimobiledevice-1.0.so.6', 'libplist-2.0.so.4', 'COPYING.LESSER'];

function folderOf(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of files) writeFileSync(join(folder, name), name);
  return folder;
}

const pinsOf = (files: readonly string[]) => ({
  'linux-x64': {
    source: 'a test',
    files: Object.fromEntries(files.map((name) => [name, createHash('sha256').update(name).digest('hex')])),
  },
});

test('tools that are there and as they are pinned go into a package', () => {
  expect(troublesOfTools(target, pinsOf(names), folderOf(names))).toEqual([]);
});

test('none goes into it while one is not pinned, missing, another file, or nobody has pinned it', () => {
  expect(troublesOfTools(target, {}, folderOf([]))).toHaveLength(5);
  expect(troublesOfTools(target, pinsOf(names), folderOf(names.slice(1)))).toEqual([
    expect.stringMatching(/^linux-x64: adb is missing in /),
  ]);
  const folder = folderOf([...names, 'something-else']);
  writeFileSync(join(folder, 'adb'), 'another');
  expect(troublesOfTools(target, pinsOf(names), folder)).toEqual([
    expect.stringMatching(/^linux-x64: adb is [0-9a-f]{64}, and [0-9a-f]{64} is pinned$/),
    'linux-x64: something-else is not pinned',
  ]);
});

test('what is pinned is pinned for systems that there are', () => {
  const known = targets.map(targetName);
  expect(Object.keys(readPins()).filter((name) => !known.includes(name))).toEqual([]);
});
