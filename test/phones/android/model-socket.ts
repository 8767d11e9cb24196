import { createServer, type Server, type Socket } from 'node:net';
import type { SampleAnswer } from '../../../native/samples/android/sample-phone.ts';
import type { AskModel } from './ask-model.ts';
import { ByteQueue } from './byte-queue.ts';

/** The Unix socket over which the commands in a phone's shell ask the model. */
export interface ModelSocket {
  /** How many commands ask at this moment. */
  readonly asking: number;
  stop(): Promise<void>;
}

/**
 * Each connection is one command. Request: number of words, then each word with its length, all numbers 32 bits big
 * endian. Answer: exit code, then standard output and standard error with their lengths.
 */
export async function startModelSocket(path: string, ask: AskModel): Promise<ModelSocket> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A killed shell drops its side; there is nobody left to tell.
    socket.on('error', () => socket.destroy());
    void serve(socket, ask);
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  return {
    get asking() {
      return open.size;
    },
    stop: () => close(server, open),
  };
}

async function serve(socket: Socket, ask: AskModel): Promise<void> {
  const queue = new ByteQueue();
  socket.on('data', (chunk: Buffer) => queue.push(chunk));
  socket.on('end', () => queue.end());
  const argv = await readWords(queue);
  const answer = argv === null ? null : ask(argv);
  if (answer === null) return;
  answer.whenReady(() => socket.end(encodeAnswer(answer)));
  socket.once('close', answer.told);
}

async function readWords(queue: ByteQueue): Promise<string[] | null> {
  const count = await queue.read(4);
  if (count === null) return null;
  const words: string[] = [];
  for (let index = 0; index < count.readUInt32BE(0); index += 1) {
    const length = await queue.read(4);
    const word = length === null ? null : await queue.read(length.readUInt32BE(0));
    if (word === null) return null;
    words.push(word.toString('utf8'));
  }
  return words;
}

function encodeAnswer({ stdout, stderr, exitCode }: SampleAnswer): Buffer {
  const out = Buffer.from(stdout);
  const err = Buffer.from(stderr);
  return Buffer.concat([encodeNumber(exitCode), encodeNumber(out.length), out, encodeNumber(err.length), err]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

async function close(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
