import { expect, test } from 'vitest';
import { findAdb } from '../../../../../native/android/reach/adb-program.ts';

/** Where adb is found on a computer that has it at these places. */
const foundAt = (places: readonly string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform) =>
  findAdb({
    env,
    platform,
    home: platform === 'win32' ? 'C:\\Users\\a' : '/home/a',
    exists: (path) => places.includes(path),
  });

test("a package's own adb comes before the one on the PATH, and that before others", () => {
  const env = { PHONE_HEALTH_TOOLS: '/opt/program/tools', PATH: '/usr/bin:/bin', ANDROID_HOME: '/sdk' };
  const places = ['/opt/program/tools/adb', '/bin/adb', '/usr/local/bin/adb', '/sdk/platform-tools/adb'];
  expect(places.map((_place, index) => foundAt(places.slice(index), env, 'linux'))).toEqual(places);
});

test('it is found where a program that the Finder has started has it on no PATH', () => {
  const env = { PATH: '/usr/bin:/bin' };
  expect(foundAt(['/opt/homebrew/bin/adb'], env, 'darwin')).toBe('/opt/homebrew/bin/adb');
  const studio = '/home/a/Library/Android/sdk/platform-tools/adb';
  expect(foundAt([studio], env, 'darwin')).toBe(studio);
});

test('on Windows it is found in the SDK of Android Studio', () => {
  const studio = 'D:\\Local\\Android\\Sdk\\platform-tools\\adb.exe';
  expect(foundAt([studio], { Path: 'C:\\Windows', LOCALAPPDATA: 'D:\\Local' }, 'win32')).toBe(studio);
});

test('a folder of the PATH that is relative is not looked at, and one that is missing says so by its name', () => {
  expect(foundAt(['adb', './adb', 'here/adb'], { PATH: '.:here:' }, 'linux')).toBe('adb');
});
