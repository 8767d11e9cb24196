import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { IphoneCameraFiles } from '../../../../../native/ios/reach/iphone-camera-files.ts';
import { FileTrouble, type ConfirmPhone } from '../../../../../native/phone-files.ts';
import type { LibraryAnswer } from '../../../../../native/ios/reach/library/messages.ts';

const whole = (value: unknown): LibraryAnswer => ({
  ended: 'whole',
  detail: '',
  code: 0,
  output: value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value)),
});
const silent: LibraryAnswer = { ended: 'timeout', detail: 'silence', code: null, output: new Uint8Array() };
const info = { kind: 'file', bytes: 5, modified: '2026-05-17T14:03:21.000Z' };

type Phone = (words: readonly string[]) => LibraryAnswer | Promise<LibraryAnswer>;

function filesOf(
  phone: Phone,
  options: { silenceMs?: number; listingMs?: number; confirm?: ConfirmPhone; pid?: () => number } = {},
): IphoneCameraFiles {
  return new IphoneCameraFiles({
    queue: {
      ask: async (words) => {
        const asked = performance.now();
        const answer = await phone(words);
        return { ...answer, askedMs: performance.now() - asked };
      },
      close: () => Promise.resolve(),
      get pid() {
        return options.pid?.() ?? 1;
      },
    },
    signal: new AbortController().signal,
    silenceMs: 20_000,
    listingMs: 600_000,
    onClose: () => undefined,
    ...options,
  });
}

/** Folders by name, each with its files. */
const camera =
  (folders: Record<string, readonly string[]>, said: Phone = () => whole({})): Phone =>
  (words) => {
    const [, ask, ...paths] = words;
    const [path = ''] = paths;
    if (ask === 'list') return whole(path === '/DCIM' ? Object.keys(folders) : folders[path.slice('/DCIM/'.length)]);
    if (ask === 'stat' && !paths.some((one) => one.includes('bad'))) {
      return whole(Object.fromEntries(paths.map((one) => [one, info])));
    }
    return said(words);
  };

describe('listing the camera of an iPhone', () => {
  test('misses what it is silent about, and lists the rest', async () => {
    const phone = camera({ '100APPLE': ['bad.HEIC'], '101APPLE': ['good.HEIC'] }, () => silent);
    expect(await filesOf(phone).listCamera()).toMatchObject({
      files: [{ path: '/DCIM/101APPLE/good.HEIC' }],
      unreadable: [{ path: '/DCIM/100APPLE/bad.HEIC', detail: 'silence' }],
    });
  });

  test('ends where it is silent three times in a row', async () => {
    const folders = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`10${at}APPLE`, ['bad.HEIC']]));
    await expect(filesOf(camera(folders, () => silent)).listCamera()).rejects.toMatchObject({ kind: 'broken' });
  });

  test('misses a folder of more names than can be, and lists the rest', async () => {
    const endless = Array.from({ length: 100_000 }, (_, at) => `${at}`.padStart(180, 'x'));
    const { files, unreadable } = await filesOf(
      camera({ '100APPLE': endless, '101APPLE': ['good.HEIC'] }),
    ).listCamera();
    expect(files.map(({ path }) => path)).toEqual(['/DCIM/101APPLE/good.HEIC']);
    expect(unreadable).toMatchObject([{ path: '/DCIM/100APPLE', detail: 'The iPhone names more files than can be.' }]);
  });

  test('ends in its time, and names what is left', async () => {
    const folders = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}`.padStart(3, '0'), ['x.HEIC']]));
    const phone = camera(folders);
    let asked = 0;
    const slow: Phone = async (words) => {
      asked += 1;
      if (asked > 20) await sleep(20);
      return phone(words);
    };
    const { files, unreadable } = await filesOf(slow, { listingMs: 200 }).listCamera();
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThan(500);
    expect(unreadable.at(-1)?.detail).toMatch(/more in its folders|too long to list/);
  });
});

const drips: Phone = async (words) => {
  await sleep(20);
  return whole(words[1] === 'piece' ? new Uint8Array(1) : null);
};

async function pulled(files: IphoneCameraFiles): Promise<number> {
  let bytes = 0;
  for await (const piece of files.pull('/DCIM/drip.HEIC')) bytes += piece.length;
  return bytes;
}

test('a photo of which a byte comes now and then is given up', async () => {
  await expect(pulled(filesOf(drips, { silenceMs: 300 }))).rejects.toMatchObject({ kind: 'slow' });
});

/** A photo of so many bytes, ten a piece, asked over lanes; `onPiece` may break the answer. */
function photosOf(bytes: number, onPiece: (words: readonly string[]) => LibraryAnswer | null = () => null) {
  const lanes = { open: new Set<string>(), most: 0, asked: [] as string[] };
  const phone: Phone = async (words) => {
    const [, , lane = '', path = '', offset = ''] = words;
    lanes.open.add(`${lane} ${path}`);
    lanes.most = Math.max(lanes.most, lanes.open.size);
    lanes.asked.push(`${path} ${offset}`);
    await sleep(1);
    const broken = onPiece(words);
    if (broken !== null) return broken;
    const piece = new Uint8Array(Math.min(10, bytes - Number(offset)));
    if (piece.length === 0) lanes.open.delete(`${lane} ${path}`);
    return whole(piece);
  };
  return { phone, lanes };
}

async function bytesOf(files: IphoneCameraFiles, path: string): Promise<number> {
  let bytes = 0;
  for await (const piece of files.pull(path)) bytes += piece.length;
  return bytes;
}

describe('photos that are read side by side', () => {
  test('are three at most, each from its own start to its own end', async () => {
    const { phone, lanes } = photosOf(35);
    const files = filesOf(phone);
    const paths = ['/a', '/b', '/c', '/d', '/e'];
    expect(await Promise.all(paths.map((path) => bytesOf(files, path)))).toEqual([35, 35, 35, 35, 35]);
    expect(lanes.most).toBe(3);
    for (const path of paths) {
      const asked = lanes.asked.filter((words) => words.startsWith(`${path} `));
      expect(asked).toEqual([0, 10, 20, 30, 35].map((offset) => `${path} ${offset}`));
    }
  });

  test('of which one breaks: the others come whole', async () => {
    const { phone } = photosOf(35, ([, , , path, offset]) => (path === '/b' && offset === '20' ? silent : null));
    const files = filesOf(phone);
    const ended = await Promise.allSettled(['/a', '/b', '/c', '/d'].map((path) => bytesOf(files, path)));
    expect(ended.map((one) => (one.status === 'fulfilled' ? one.value : 'broken'))).toEqual([35, 'broken', 35, 35]);
  });

  test('give their place on where nobody takes the rest', async () => {
    const { phone } = photosOf(35);
    const files = filesOf(phone);
    for (const path of ['/a', '/b', '/c', '/d']) {
      for await (const piece of files.pull(path)) if (piece.length > 0) break;
    }
    expect(await bytesOf(files, '/e')).toBe(35);
  });
});

/** Says how often it was asked. */
function counted(): { confirm: ConfirmPhone; asked: () => number } {
  let asked = 0;
  return { confirm: () => Promise.resolve(void (asked += 1)), asked: () => asked };
}
const photo: Phone = (words) => whole(words[1] === 'piece' ? new Uint8Array(0) : null);

describe('which iPhone it is', () => {
  test('is asked once for all that comes over one conversation', async () => {
    const { confirm, asked } = counted();
    const files = filesOf(photo, { confirm });
    await pulled(files);
    await pulled(files);
    expect(asked()).toBe(1);
  });

  test.each([
    ['another process asks it', () => ({ pid: 2, answer: whole(new Uint8Array(0)) })],
    ['it did not answer', () => ({ pid: 1, answer: silent })],
  ])('is asked again once %s', async (_when, next) => {
    const { confirm, asked } = counted();
    let now = { pid: 1, answer: whole(new Uint8Array(0)) };
    const files = filesOf(() => now.answer, {
      confirm,
      pid: () => now.pid,
    });
    await pulled(files);
    now = next();
    await pulled(files).catch(() => undefined);
    now.answer = whole(new Uint8Array(0));
    await pulled(files);
    expect(asked()).toBe(2);
  });

  test('lets no byte of another one through', async () => {
    const files = filesOf(drips, { confirm: () => Promise.reject(new FileTrouble('another', 'Another one.')) });
    await expect(pulled(files)).rejects.toMatchObject({ kind: 'another' });
    await expect(files.listCamera()).rejects.toMatchObject({ kind: 'another' });
  });
});
