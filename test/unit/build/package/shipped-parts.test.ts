import { expect, test } from 'vitest';
import { electronParts, toolParts } from '../../../../build/package/shipped-parts.ts';

test('Electron is listed with its Chromium, FFmpeg, Node and V8, in the versions that its binary tells', () => {
  const parts = electronParts('45.4.1', {
    electron: '45.4.1',
    chrome: '150.0.1.2',
    node: '24.9.0',
    v8: '15.0.1-electron.0',
  });
  expect(parts.map(({ name, version }) => [name, version])).toEqual([
    ['electron', '45.4.1'],
    ['chromium', '150.0.1.2'],
    ['ffmpeg', undefined],
    ['node', '24.9.0'],
    ['v8', '15.0.1-electron.0'],
  ]);
  expect(parts[1]).toMatchObject({
    cpe: 'cpe:2.3:a:google:chrome:150.0.1.2:*:*:*:*:*:*:*',
    purl: 'pkg:generic/chromium@150.0.1.2',
  });
});

test('where its binary is not here no version is made up', () => {
  for (const part of electronParts('45.4.1', null).slice(1)) {
    expect(part).not.toHaveProperty('version');
    expect(part).not.toHaveProperty('cpe');
  }
});

test('each tool that goes into a package is listed by its hash, with where it comes from', () => {
  const files = { 'adb.exe': 'a'.repeat(64), 'plist.dll': 'b'.repeat(64), 'NOTICE.txt': 'c'.repeat(64) };
  const linux = { source: 'somewhere, 1.3.0', files: { 'libimobiledevice-1.0.so.6': 'd'.repeat(64) } };
  const parts = toolParts({ 'win32-x64': { source: 'platform-tools, 36.0.0', files }, 'linux-x64': linux });
  expect(parts.map(({ type, name, version }) => [type, name, version])).toEqual([
    ['application', 'win32-x64/adb.exe', 'platform-tools, 36.0.0'],
    ['library', 'win32-x64/plist.dll', 'platform-tools, 36.0.0'],
    ['file', 'win32-x64/NOTICE.txt', 'platform-tools, 36.0.0'],
    ['library', 'linux-x64/libimobiledevice-1.0.so.6', 'somewhere, 1.3.0'],
  ]);
  expect(parts[0]?.hashes).toEqual([{ alg: 'SHA-256', content: 'a'.repeat(64) }]);
});
