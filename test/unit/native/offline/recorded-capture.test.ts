import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readAndroid } from '../../../../native/android/read/read.ts';
import { captureToJson } from '../../../../native/capture.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { readRecordedCapture, writeCapture } from '../../../../native/offline/recorded-capture.ts';
import { folderOf, scope, troubleOf } from './folder.ts';
import { sampleCapture, sampleIds } from './sample-capture.ts';

const asWritten = { redact: false };

describe('a recorded capture', () => {
  test.each(sampleIds)('of %s comes back as it was, byte for byte', async (profile) => {
    const capture = await sampleCapture(profile);
    const file = join(await folderOf(), 'phone.capture');
    await writeCapture(file, capture, asWritten);
    const back = await readFileCapture(file, scope);
    expect(captureToJson(back.capture)).toBe(captureToJson(capture));
    expect(back.read(back.capture)).toEqual(readAndroid(capture));
  });

  test('keeps answers that are no text', async () => {
    const capture = await sampleCapture();
    const [first, ...rest] = capture.answers;
    if (first === undefined) throw new Error('The sample gives no answers.');
    const odd = { ...capture, answers: [{ ...first, output: new Uint8Array([0, 0xff, 0xfe, 0x0a]) }, ...rest] };
    const file = join(await folderOf(), 'phone.capture');
    await writeCapture(file, odd, asWritten);
    expect([...((await readRecordedCapture(file)).answers[0]?.output ?? [])]).toEqual([0, 0xff, 0xfe, 0x0a]);
  });

  test('says what it is in its first bytes, and any zstd program unpacks it', async () => {
    const capture = await sampleCapture();
    const file = join(await folderOf(), 'phone.capture');
    await writeCapture(file, capture, asWritten);
    const bytes = await readFile(file);
    expect(bytes.readUInt32LE(0)).toBe(0x184d2a50);
    expect(bytes.toString('ascii', 8, 31)).toBe('phone-health-capture 1\n');
    expect(zstdDecompressSync(bytes.subarray(31)).toString('utf8')).toBe(captureToJson(capture));
  });

  test('is read unpacked too', async () => {
    const capture = await sampleCapture();
    const folder = await folderOf({
      'phone.json': captureToJson(capture),
      'broken.json': captureToJson(capture).slice(0, -9),
    });
    const { capture: back } = await readFileCapture(join(folder, 'phone.json'), scope);
    expect(back.answers).toHaveLength(capture.answers.length);
    expect(await troubleOf(readFileCapture(join(folder, 'broken.json'), scope))).toBe('capture-damaged');
  });

  test('replaces no file that is there already, unless it is told to', async () => {
    const capture = await sampleCapture();
    const folder = await folderOf({ 'phone.capture': 'precious' });
    const file = join(folder, 'phone.capture');
    expect(await troubleOf(writeCapture(file, capture, asWritten))).toBe('file-exists');
    expect(await readFile(file, 'utf8')).toBe('precious');
    await writeCapture(file, capture, { redact: false, overwrite: true });
    expect((await readRecordedCapture(file)).phoneId).toBe(capture.phoneId);
    expect(await readdir(folder)).toEqual(['phone.capture']);
  });

  test('leaves nothing behind where it cannot be written', async () => {
    const folder = await folderOf();
    expect(await troubleOf(writeCapture(join(folder, 'no', 'such.capture'), await sampleCapture(), asWritten))).toBe(
      'file-not-written',
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

async function changed(change: (bytes: Buffer) => Buffer): Promise<string> {
  const file = join(await folderOf(), 'phone.capture');
  await writeCapture(file, await sampleCapture(), asWritten);
  await writeFile(file, change(await readFile(file)));
  return troubleOf(readFileCapture(file, scope));
}
const headed = (heading: string, json: string): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50, 0);
  head.writeUInt32LE(heading.length, 4);
  const packed = zstdCompressSync(json, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  return Buffer.concat([head, Buffer.from(heading), packed]);
};

const flip = (bytes: Buffer): Buffer => {
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

describe('a recorded capture is refused', () => {
  test('where a part is missing, wherever it ends', async () => {
    const file = join(await folderOf(), 'phone.capture');
    await writeCapture(file, await sampleCapture(), asWritten);
    const bytes = await readFile(file);
    const codes = new Set<string>();
    for (let length = 40; length < bytes.length; length += 997) {
      await writeFile(file, bytes.subarray(0, length));
      codes.add(await troubleOf(readFileCapture(file, scope)));
    }
    expect([...codes]).toEqual(['capture-damaged']);
  });

  test('where a bit is not as it was written', async () => {
    expect(await changed(flip)).toBe('capture-damaged');
  });

  test.each([
    ['a newer version', headed('phone-health-capture 2\n', '{}'), 'capture-newer'],
    ['a heading that is cut', headed('phone-health-capture 1', '{}'), 'capture-damaged'],
    ['other contents', headed('phone-health-capture 1\n', '{"format":"something else"}'), 'capture-damaged'],
    ['no JSON', headed('phone-health-capture 1\n', 'nonsense'), 'capture-damaged'],
    [
      'more than any capture holds',
      headed('phone-health-capture 1\n', ' '.repeat(97 * 1024 * 1024)),
      'capture-too-large',
    ],
  ])('for %s', async (_what, bytes, code) => {
    expect(await changed(() => bytes)).toBe(code);
  });
});
