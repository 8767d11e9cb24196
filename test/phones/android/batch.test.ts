import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AnswerRoom } from '../../../native/answer-room.ts';
import { runBatch, type BatchAnswer } from '../../../native/android/reach/batch.ts';

const packet = (kind: 1 | 2, text: string): Buffer => {
  const header = Buffer.alloc(5);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(Buffer.byteLength(text), 1);
  return Buffer.concat([header, Buffer.from(text)]);
};

/** A shell that says what a test wants, whatever it is asked; it knows the mark, as the shell of a phone does. */
async function shell(
  say: (socket: Socket, mark: string) => void,
): Promise<{ asked: number; open: (script: string) => Promise<Socket> }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (script: Buffer) => say(socket, /__[0-9a-f]{16}/.exec(script.toString())?.[0] ?? ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  const opened = {
    asked: 0,
    open: async (script: string) => {
      opened.asked += 1;
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(script);
      return socket;
    },
  };
  return opened;
}

async function run(
  say: (socket: Socket, mark: string) => void,
  options: { version?: 1 | 2; commands?: number; room?: AnswerRoom } = {},
): Promise<{ answers: BatchAnswer[]; shells: number }> {
  const { version = 2, commands = 2, room = new AnswerRoom() } = options;
  const answers: BatchAnswer[] = [];
  const opened = await shell(say);
  const ended = await runBatch(
    async (script) => ({ socket: await opened.open(script), version }),
    version,
    Array.from({ length: commands }, (_, at) => ['echo', String(at)]),
    () => Promise.resolve(true),
    {
      deadlineMs: 20_000,
      room,
      signal: new AbortController().signal,
      onAnswer: (index, answer) => {
        answers[index] = answer;
      },
    },
  );
  expect(ended).toBe('done');
  return { answers, shells: opened.asked };
}

/** Says the same again and again, until nobody listens. */
function withoutEnd(socket: Socket, bytes: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed) {
      if (socket.write(bytes)) continue;
      socket.once('drain', more);
      return;
    }
  };
  more();
}

describe('a phone that ends more answers than it was asked for', () => {
  test.each([
    ['on its output', 1],
    ['on its errors', 2],
  ] as const)('%s, without end: the shell ends, and no answer counts as whole', async (_where, kind) => {
    const { answers } = await run((socket, mark) => {
      withoutEnd(socket, packet(kind, kind === 1 ? `x\n${mark} 0\n` : `x${mark}\n`));
    });
    expect(answers.map(({ ended, detail }) => [ended, detail])).toEqual([
      ['truncated', 'The phone ended more answers than it was asked for.'],
      ['truncated', 'The phone ended more answers than it was asked for.'],
    ]);
  });
});

/** Four answers of ten bytes. */
function tens(socket: Socket, mark: string): void {
  for (let at = 0; at < 4; at += 1) {
    socket.write(Buffer.concat([packet(1, `${'x'.repeat(10)}\n${mark} 0\n`), packet(2, `${mark}\n`)]));
  }
}

describe('the room for answers', () => {
  test('is shared by all answers: what comes when it is full is cut, and says so', async () => {
    const room = new AnswerRoom(10, 25);
    const { answers } = await run(tens, { commands: 4, room });
    expect(answers.map(({ output, ended }) => [output.length, ended])).toEqual([
      [10, 'whole'],
      [10, 'whole'],
      [5, 'truncated'],
      [0, 'truncated'],
    ]);
  });

  test('is asked for nothing once it is full', async () => {
    const room = new AnswerRoom(10, 20);
    await run(tens, { commands: 2, room });
    const { answers, shells } = await run(tens, { commands: 3, room });
    expect(shells).toBe(0);
    expect(answers.map(({ ended }) => ended)).toEqual(['truncated', 'truncated', 'truncated']);
  });
});
