import { describe, expect, test } from 'vitest';
import { LibraryFailure } from '../../../../../native/ios/reach/library/failure.ts';
import { FileLanes } from '../../../../../native/ios/reach/library/file-lanes.ts';
import type { FileInfo, IphoneFiles, OpenFile } from '../../../../../native/ios/reach/library/files.ts';

type Files = Pick<IphoneFiles, keyof IphoneFiles>;

const info: FileInfo = { kind: 'file', bytes: 5, modified: '2026-05-17T14:03:21.000Z' };
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const photo = new Uint8Array(3);

/** A file of three bytes, read one by one. */
function openFile(offset = 0): OpenFile {
  let at = offset;
  return { next: async () => photo.subarray(at, (at += 1)), close: async () => undefined };
}

/** A client of AFC that answers at once, in all but this; counts what it is asked. */
function client(otherwise: Partial<Files> = {}) {
  const asked: string[] = [];
  const told = <T>(what: string, answer: Promise<T>): Promise<T> => {
    asked.push(what);
    return answer;
  };
  const files: Files = {
    ready: async () => undefined,
    info: async () => info,
    list: async () => [],
    device: async () => ({}),
    read: async () => photo,
    copy: async () => undefined,
    open: async (_path, offset) => openFile(offset),
    ...otherwise,
  };
  return {
    ...files,
    asked,
    info: (path: string) => told(`info ${path}`, files.info(path)),
    open: (path: string, offset = 0) => told(`open ${path} ${offset}`, files.open(path, offset)),
  };
}

const lanesOf = (...clients: Files[]): FileLanes<Files> => new FileLanes({ conversation: 1 }, clients, 100);
const paths = Array.from({ length: 32 }, (_, at) => `/DCIM/100APPLE/${at}.HEIC`);
const all = Object.fromEntries(paths.map((path) => [path, info]));
/** Gives way before each answer, so that others get their share. */
const slowly = async (): Promise<FileInfo> => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return info;
};

const gone = (): Promise<never> => Promise.reject(new LibraryFailure('unplugged', 'gone'));

describe('what files are, asked over several clients of AFC', () => {
  test('is asked of all that answer, each path once', async () => {
    const clients = [client({ info: slowly }), client({ info: slowly }), client({ info: slowly })];
    expect(await lanesOf(...clients).infos(paths)).toEqual(all);
    expect(clients.map(({ asked }) => asked.length > 0)).toEqual([true, true, true]);
    expect(clients.flatMap(({ asked }) => asked)).toHaveLength(paths.length);
  });

  test('waits for no client that is never ready, and asks it nothing', async () => {
    const hung = client({ ready: never });
    expect(await lanesOf(client(), hung).infos(paths)).toEqual(all);
    expect(hung.asked).toEqual([]);
  });

  test('waits for a client that answers nothing once, and not again', async () => {
    const [first, hung] = [client({ info: slowly }), client({ info: never })];
    const lanes = lanesOf(first, hung);
    expect(await lanes.infos(paths)).toEqual(all);
    expect(await lanes.infos(paths)).toEqual(all);
    expect(hung.asked).toHaveLength(1);
    expect(first.asked).toHaveLength(2 * paths.length);
  });

  test('fails as the first client does, at once', async () => {
    const asking = lanesOf(client({ info: gone }), client({ info: never })).infos(paths);
    await expect(asking).rejects.toMatchObject({ ended: 'unplugged' });
  });
});

/** How many bytes of a lane's file come. */
async function read(lanes: FileLanes<Files>, lane: number): Promise<number> {
  let bytes = 0;
  for (;;) {
    const { length } = await lanes.piece(lane, paths[lane] ?? '', bytes);
    if (length === 0) return bytes;
    bytes += length;
  }
}

describe('pieces of files, read over several clients of AFC', () => {
  test('come over the first one where another one says nothing', async () => {
    const [first, hung] = [client(), client({ info: never, open: never })];
    const lanes = lanesOf(first, hung);
    expect(await read(lanes, 1)).toBe(3);
    expect(await read(lanes, 1)).toBe(3);
    expect(hung.asked).toHaveLength(1);
    expect(first.asked).toEqual([`open ${paths[1]} 0`, `open ${paths[1]} 0`]);
  });

  test('are not asked for ahead where two files share a client: one that hangs would keep the other waiting', async () => {
    const refused = client({ info: () => Promise.reject(new LibraryFailure('truncated', 'Too many.')) });
    let open = 0;
    let ahead = 0;
    const first = client({
      open: async (_path, offset) => {
        open += 1;
        const file = openFile(offset);
        return { ...file, next: () => ((ahead += 1), file.next()) };
      },
    });
    const lanes = lanesOf(first, refused);
    await lanes.piece(0, '/a', 0);
    expect(ahead).toBe(2);
    await lanes.piece(1, '/b', 0);
    expect([open, ahead]).toEqual([2, 3]);
  });

  test('that were refused are asked for again when they are asked for again', async () => {
    let denied = true;
    const next = async (): Promise<Uint8Array> => {
      if (denied) throw new LibraryFailure('denied', 'Not now.');
      return photo;
    };
    const first = client({ open: async () => ({ next, close: async () => undefined }) });
    const lanes = lanesOf(first);
    await expect(lanes.piece(0, '/a', 0)).rejects.toMatchObject({ ended: 'denied' });
    denied = false;
    expect(await lanes.piece(0, '/a', 0)).toEqual(photo);
  });
});
