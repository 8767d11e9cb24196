import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AdbFiles } from '../../../native/android/reach/adb-files.ts';
import type { BatchAnswer } from '../../../native/android/reach/batch.ts';
import { adbDeadlines, type AdbDeadlines } from '../../../native/android/reach/deadlines.ts';
import { ByteQueue } from './byte-queue.ts';

const head = (id: string, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.write(id, 'latin1');
  bytes.writeUInt32LE(value, 4);
  return bytes;
};
const data = (bytes: Buffer): Buffer => Buffer.concat([head('DATA', bytes.length), bytes]);
const fail = (words: string): Buffer => Buffer.concat([head('FAIL', words.length), Buffer.from(words)]);

/** An entry of a LIST answer. */
function entry(name: Buffer | string, mode = 0o100644): Buffer {
  const bytes = Buffer.from(name);
  const fields = Buffer.alloc(20);
  fields.write('DENT', 'latin1');
  fields.writeUInt32LE(mode, 4);
  fields.writeUInt32LE(5, 8);
  fields.writeUInt32LE(bytes.length, 16);
  return Buffer.concat([fields, bytes]);
}
/** An entry of a LIS2 answer. */
function entryV2(name: string, mode: number, bytes: bigint): Buffer {
  const fields = Buffer.alloc(76);
  fields.write('DNT2', 'latin1');
  fields.writeUInt32LE(mode, 24);
  fields.writeBigUInt64LE(bytes, 40);
  fields.writeUInt32LE(Buffer.byteLength(name), 72);
  return Buffer.concat([fields, Buffer.from(name)]);
}
const listEnd = Buffer.concat([Buffer.from('DONE'), Buffer.alloc(16)]);

type Answer = (socket: Socket, path: string) => void;

interface FakePhone {
  files: AdbFiles;
  cancel: AbortController;
}

/** A file service that answers as a test says, whatever adbd would do. Requests by their four letters. */
async function phone(
  answers: Record<string, Answer>,
  options: {
    silenceMs?: number;
    deadlines?: Partial<AdbDeadlines>;
    features?: string[];
    there?: boolean;
    run?: BatchAnswer[];
  } = {},
): Promise<FakePhone> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const queue = new ByteQueue();
    socket.on('data', (chunk: Buffer) => queue.push(chunk));
    socket.on('close', () => queue.end());
    void (async () => {
      for (;;) {
        const request = await queue.read(8);
        const path = request === null ? null : await queue.read(request.readUInt32LE(4));
        if (request === null || path === null) return;
        answers[request.toString('latin1', 0, 4)]?.(socket, path.toString());
      }
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cancel = new AbortController();
  const files = new AdbFiles({
    features: new Set(options.features),
    deadlines: { ...adbDeadlines, silenceMs: options.silenceMs ?? 5_000, ...options.deadlines },
    signal: cancel.signal,
    openSync: async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
    run: (commands) => Promise.resolve(options.run ?? commands.map(() => said('No result found.'))),
    stillThere: () => Promise.resolve(options.there ?? true),
  });
  onTestFinished(async () => {
    cancel.abort();
    await files.close();
    server.close();
  });
  return { files, cancel };
}

const said = (output: string, exitCode = 0): BatchAnswer => ({
  output: Buffer.from(output),
  errors: '',
  exitCode,
  startedAt: new Date(0),
  durationMs: 1,
  ended: 'whole',
  detail: '',
});

async function pulled(files: AdbFiles, path = '/sdcard/DCIM/a.jpg'): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of files.pull(path)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const listing =
  (names: readonly (Buffer | string)[]): Answer =>
  (socket, path) =>
    void socket.write(Buffer.concat([...(path === '/sdcard/DCIM' ? names.map((name) => entry(name)) : []), listEnd]));
const row = (name: string) => `Row: 0 _size=5, date_added=1, _data=/storage/emulated/0/DCIM/Camera/${name}`;
const file = (path: string) => ({
  path,
  place: path.split('/').slice(2),
  bytes: 5,
  modified: '2026-05-17T14:03:21.000Z',
});

test("another user's phone is not copied: the cable reaches the first user's photos alone", async () => {
  const { files } = await phone({}, { run: [said('10\n')] });
  await expect(files.listCamera()).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('another user or mode is in front'),
  });
});

describe('pulling a file', () => {
  test('takes it for whole only when the phone says that it has ended, however the bytes come', async () => {
    const bytes = Buffer.concat([data(Buffer.from('first ')), data(Buffer.from('second')), head('DONE', 0)]);
    const { files } = await phone({
      RECV: (socket) => {
        for (const byte of bytes) socket.write(Buffer.from([byte]));
      },
    });
    expect(await pulled(files)).toBe('first second');
    expect(await pulled(files)).toBe('first second');
  });

  test.each([
    ['between blocks', data(Buffer.from('first'))],
    ['in a block', data(Buffer.from('first')).subarray(0, 10)],
    ['in a head', Buffer.from('DA')],
    ['at once', Buffer.alloc(0)],
  ])('is broken where the stream ends %s, and the phone is gone where it is', async (_where, bytes) => {
    const answers = { RECV: (socket: Socket) => void socket.end(bytes) };
    const { files } = await phone(answers);
    await expect(pulled(files)).rejects.toMatchObject({ kind: 'broken' });
    const unplugged = await phone(answers, { there: false });
    await expect(pulled(unplugged.files)).rejects.toMatchObject({ kind: 'gone' });
  });

  test('is refused in the words of the phone, and the next file is pulled', async () => {
    const { files } = await phone({
      RECV: (socket, path) =>
        void socket.write(
          path.includes('secret')
            ? fail('Permission denied')
            : Buffer.concat([data(Buffer.from('x')), head('DONE', 0)]),
        ),
    });
    await expect(pulled(files, '/sdcard/DCIM/secret.jpg')).rejects.toMatchObject({
      kind: 'refused',
      message: 'The phone says: Permission denied',
    });
    expect(await pulled(files)).toBe('x');
  });

  test('is broken where the phone says nothing, or something that is no file', async () => {
    const silent = await phone({ RECV: (socket) => void socket.write(data(Buffer.from('x'))) }, { silenceMs: 150 });
    await expect(pulled(silent.files)).rejects.toMatchObject({ kind: 'broken' });
    for (const bytes of [head('DATA', 0xffff_ffff), head('OKAY', 3), Buffer.from('<html></html>'), head('FAIL', 1e9)]) {
      const { files } = await phone({ RECV: (socket) => void socket.write(bytes) });
      await expect(pulled(files)).rejects.toMatchObject({ kind: 'broken' });
    }
  });

  test('is given up where a byte comes now and then, and the next file is pulled', async () => {
    const { files } = await phone(
      {
        RECV: (socket, path) => {
          if (path.includes('good')) return void socket.write(Buffer.concat([data(Buffer.from('x')), head('DONE', 0)]));
          const timer = setInterval(() => socket.write(data(Buffer.from('x'))), 20);
          socket.on('close', () => clearInterval(timer));
        },
      },
      { silenceMs: 300 },
    );
    await expect(pulled(files, '/sdcard/DCIM/drip.jpg')).rejects.toMatchObject({ kind: 'slow' });
    expect(await pulled(files, '/sdcard/DCIM/good.jpg')).toBe('x');
  });

  test('ends when it is cancelled', async () => {
    const { files, cancel } = await phone({
      RECV: (socket) => {
        socket.write(data(Buffer.from('x')));
        cancel.abort(new Error('enough'));
      },
    });
    await expect(pulled(files)).rejects.toThrow('enough');
  });

  test('lets the phone send no faster than the pieces are taken', async () => {
    const block = data(Buffer.alloc(64 * 1024));
    let sent = 0;
    const stopped = Promise.withResolvers<void>();
    const { files } = await phone({
      RECV: (socket) => {
        const more = () => {
          // The 64 MiB that follow would fit into no buffer of a socket.
          while (sent < 1024) {
            sent += 1;
            if (!socket.write(block)) {
              stopped.resolve();
              socket.once('drain', more);
              return;
            }
          }
        };
        more();
      },
    });
    const pieces = files.pull('/sdcard/DCIM/large.mp4')[Symbol.asyncIterator]();
    await pieces.next();
    await stopped.promise;
    const before = sent;
    // Turns of the event loop in which a reader without back-pressure would take everything.
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    expect(sent).toBeLessThan(1024);
    expect(sent - before).toBeLessThan(200);
    await pieces.return(undefined);
  });
});

describe('listing', () => {
  test('names what cannot be asked for instead of leading out of the folder', async () => {
    const names = ['..', '.', '../../data/secret', 'a/b.jpg', '', Buffer.from([0xff, 0xfe]), 'x\0y', 'good.jpg'];
    const { files } = await phone({ LIST: listing(names) });
    const camera = await files.listCamera();
    expect(camera.files.map(({ path }) => path)).toEqual(['/sdcard/DCIM/good.jpg']);
    expect(camera.unreadable).toHaveLength(5);
  });

  test('is not led in circles by folders without an end', async () => {
    const { files } = await phone({
      LIST: (socket, path) =>
        void socket.write(path.includes('DCIM') ? Buffer.concat([entry('deeper', 0o040755), listEnd]) : listEnd),
    });
    const camera = await files.listCamera();
    expect(camera.files).toEqual([]);
    expect(camera.unreadable).toMatchObject([{ detail: 'The folders of the phone are too deep.' }]);
  });

  test('of a tree without an end reads what lies beside it first, and ends in its time', async () => {
    const folders = Array.from({ length: 40 }, (_, at) => entry(`deeper ${at}`, 0o040755));
    const { files } = await phone(
      {
        LIST: (socket, path) => {
          if (!path.includes('DCIM')) return void socket.write(listEnd);
          const photos = path === '/sdcard/DCIM/zoo' ? [entry('good.jpg')] : [];
          const beside = path === '/sdcard/DCIM' ? [entry('zoo', 0o040755)] : [];
          socket.write(Buffer.concat([...folders, ...photos, ...beside, listEnd]));
        },
      },
      { deadlines: { listingMs: 1_500 } },
    );
    const camera = await files.listCamera();
    expect(camera.files.map(({ path }) => path)).toEqual(['/sdcard/DCIM/zoo/good.jpg']);
    expect(camera.unreadable.length).toBeLessThan(200);
    expect(camera.unreadable.at(-1)?.detail).toContain('more folders than can be looked into');
  });

  test('names links and what is no file, and misses only the file whose size cannot be', async () => {
    const { files } = await phone(
      {
        LIS2: (socket, path) => {
          const entries = [
            entryV2('link.jpg', 0o120777, 5n),
            entryV2('pipe', 0o010644, 0n),
            entryV2('huge.jpg', 0o100644, 2n ** 62n),
            entryV2('good.jpg', 0o100644, 5n),
          ];
          socket.write(
            Buffer.concat([...(path === '/sdcard/DCIM' ? entries : []), Buffer.from('DONE'), Buffer.alloc(72)]),
          );
        },
      },
      { features: ['ls_v2', 'stat_v2'] },
    );
    const camera = await files.listCamera();
    expect(camera.files.map(({ path, bytes }) => [path, bytes])).toEqual([['/sdcard/DCIM/good.jpg', 5]]);
    expect(camera.unreadable).toEqual([
      { path: '/sdcard/DCIM/huge.jpg', detail: 'The phone tells a size that no file has.' },
    ]);
    expect(camera.leftOut.map(({ path }) => path)).toEqual(['/sdcard/DCIM/link.jpg', '/sdcard/DCIM/pipe']);
  });

  test('goes on after a folder that the phone does not list to its end', async () => {
    const { files } = await phone(
      {
        LIST: (socket, path) => {
          if (path === '/sdcard/DCIM') {
            const folders = ['bad', 'good', 'refused'].map((name) => entry(name, 0o040755));
            socket.write(Buffer.concat([...folders, listEnd]));
          } else if (path.endsWith('bad')) socket.write(entry('a.jpg').subarray(0, 10));
          else if (path.endsWith('refused')) socket.write(fail('Is a directory'));
          else socket.write(Buffer.concat([...(path.endsWith('good') ? [entry('b.jpg')] : []), listEnd]));
        },
      },
      { silenceMs: 200 },
    );
    const camera = await files.listCamera();
    expect(camera.files.map(({ path }) => path)).toEqual(['/sdcard/DCIM/good/b.jpg']);
    expect(camera.unreadable.map(({ path }) => path)).toEqual(['/sdcard/DCIM/bad', '/sdcard/DCIM/refused']);
  });

  test('looks for what the media index names in a folder that looks empty, and says what is not shown', async () => {
    const { files } = await phone(
      {
        LIST: listing([]),
        STAT: (socket, path) => {
          const answer = Buffer.alloc(16);
          answer.write('STAT', 'latin1');
          if (path.endsWith('there.jpg')) answer.writeUInt32LE(0o100644, 4);
          socket.write(answer);
        },
      },
      { run: [said(`${row('there.jpg')}\n${row('hidden.jpg')}\n`), said('No result found.')] },
    );
    const camera = await files.listCamera();
    expect(camera.files.map(({ path }) => path)).toEqual(['/sdcard/DCIM/Camera/there.jpg']);
    expect(camera.unreadable.map(({ path }) => path)).toEqual(['/sdcard/DCIM/Camera/hidden.jpg']);
  });
});

describe('hashes of the phone', () => {
  const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];

  test('belong to the path that stands beside them, in whatever order and form they come', async () => {
    const { files } = await phone({}, { run: [said(`${two} */sdcard/2.jpg\n${one}  /sdcard/1.jpg\n`, 1)] });
    expect(await files.sha256([file('/sdcard/1.jpg'), file('/sdcard/2.jpg'), file('/sdcard/3.jpg')])).toEqual([
      one,
      two,
      null,
    ]);
  });

  test('are not taken from a line that was cut', async () => {
    const cut: BatchAnswer = {
      ...said(`${one}  /sdcard/1.jpg\n${two}  /sdcard/2.jpg`),
      ended: 'timeout',
      exitCode: null,
    };
    const { files } = await phone({}, { run: [cut] });
    expect(await files.sha256([file('/sdcard/1.jpg'), file('/sdcard/2.jpg'), file('/sdcard/2.jpg.bak')])).toEqual([
      one,
      null,
      null,
    ]);
  });

  test('are not asked for again where the phone has no such program', async () => {
    const { files } = await phone({}, { run: [said('/system/bin/sh: sha256sum: not found', 127)] });
    expect(await files.sha256([file('/sdcard/1.jpg')])).toEqual([null]);
    expect(await files.sha256([file('/sdcard/2.jpg')])).toEqual([null]);
  });

  test('need the phone to be there', async () => {
    const { files } = await phone({}, { run: [] });
    await expect(files.sha256([file('/sdcard/1.jpg')])).rejects.toMatchObject({ kind: 'gone' });
  });
});
