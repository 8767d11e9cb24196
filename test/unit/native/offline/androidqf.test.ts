import { describe, expect, test } from 'vitest';
import { isKnown } from '../../../../native/reading.ts';
import { openFile, PHOTOS } from './folder.ts';

const entry = (
  name: string,
  uid: number,
  files: readonly object[] | null = [{ path: `/data/app/${name}/base.apk` }],
) => ({
  name,
  files,
  installer: 'null',
  uid,
  disabled: false,
  system: false,
  third_party: true,
});
const android = entry('android', 1000);

async function photosIn(content: string): Promise<unknown[]> {
  const { capture, read } = await openFile('packages.json', content);
  const { installed, uid } = read(capture).apps[PHOTOS] ?? {};
  return [isKnown(installed) ? installed.value : installed?.unavailable, isKnown(uid) ? uid.value : uid?.unavailable];
}
const list = (...entries: readonly object[]) => photosIn(JSON.stringify(entries, null, 4));

describe('packages.json of AndroidQF', () => {
  test('names what is installed, by the files of the package', async () => {
    expect(await list(android, entry(PHOTOS, 10_204))).toEqual([true, 10_204]);
    expect(await list(entry(PHOTOS, 10_204))).toEqual([true, 10_204]);
  });

  test('also names what was removed with its data kept: of that it proves nothing', async () => {
    expect(await list(android, entry(PHOTOS, 10_204, []))).toEqual(['missing', 'missing']);
    expect(await list(android, entry(PHOTOS, 10_204, null))).toEqual(['missing', 'missing']);
  });

  test('proves that an app is not there only where it names every package', async () => {
    const others = Array.from({ length: 60 }, (_, at) => entry(`com.example.app${at}`, 10_100 + at));
    expect(await list(android, ...others)).toEqual([false, 'missing']);
    expect(await list(...others)).toEqual(['truncated', 'truncated']);
    expect(await list(android, entry('com.whatsapp', 10_271))).toEqual(['truncated', 'truncated']);
  });

  test('that was cut, or has another form, says nothing', async () => {
    const whole = JSON.stringify([android, entry('com.whatsapp', 10_271)], null, 4);
    expect(await photosIn(whole.slice(0, -20))).toEqual(['truncated', 'truncated']);
    expect(await photosIn(whole.slice(0, -1))).toEqual(['truncated', 'truncated']);
    expect(await photosIn(whole.replaceAll('"uid": 10271', '"uid": "10271"'))).toEqual(['unparsed', 'unparsed']);
  });
});
