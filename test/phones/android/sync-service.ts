import { createReadStream, type Stats } from 'node:fs';
import { lstat, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { AdbStream } from './adb-stream.ts';

const ENOENT = 2;
const CHUNK = 64 * 1024;

/** The file transfer service over a folder that stands for the phone's file system (AOSP file_sync_protocol.h). */
export async function runSync(stream: AdbStream, files: string): Promise<void> {
  for (;;) {
    const header = await stream.input.read(8);
    if (header === null) return;
    const id = header.toString('latin1', 0, 4);
    const argument = await stream.input.read(header.readUInt32LE(4));
    if (argument === null) return;
    const path = argument.toString('utf8');
    switch (id) {
      case 'QUIT':
        await stream.finish();
        return;
      case 'STAT':
        await stream.write(statV1(await statOrNull(local(files, path))));
        break;
      case 'LST2':
      case 'STA2':
        await stream.write(statV2(id, await statOrNull(local(files, path))));
        break;
      case 'LIST':
      case 'LIS2':
        await list(stream, local(files, path), id);
        break;
      case 'RECV':
        await receive(stream, local(files, path));
        break;
      case 'SEND':
        await send(stream, files, path);
        break;
      default:
        await stream.write(fail(`unknown request ${id}`));
        await stream.finish();
        return;
    }
  }
}

function local(files: string, path: string): string {
  return join(files, normalize(`/${path}`));
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

function statV1(stats: Stats | null): Buffer {
  const answer = Buffer.alloc(16);
  answer.write('STAT', 'latin1');
  if (stats) writeV1(answer, 4, stats);
  return answer;
}

function writeV1(buffer: Buffer, offset: number, stats: Stats): void {
  buffer.writeUInt32LE(stats.mode, offset);
  buffer.writeUInt32LE(stats.size % 2 ** 32, offset + 4);
  buffer.writeUInt32LE(Math.floor(stats.mtimeMs / 1000), offset + 8);
}

function statV2(id: string, stats: Stats | null): Buffer {
  const answer = Buffer.alloc(72);
  answer.write(id, 'latin1');
  if (!stats) {
    answer.writeUInt32LE(ENOENT, 4);
    return answer;
  }
  answer.writeBigUInt64LE(BigInt(stats.dev), 8);
  answer.writeBigUInt64LE(BigInt(stats.ino), 16);
  answer.writeUInt32LE(stats.mode, 24);
  answer.writeUInt32LE(stats.nlink, 28);
  answer.writeUInt32LE(stats.uid, 32);
  answer.writeUInt32LE(stats.gid, 36);
  answer.writeBigUInt64LE(BigInt(stats.size), 40);
  [stats.atimeMs, stats.mtimeMs, stats.ctimeMs].forEach((ms, index) => {
    answer.writeBigInt64LE(BigInt(Math.floor(ms / 1000)), 48 + index * 8);
  });
  return answer;
}

async function list(stream: AdbStream, path: string, id: 'LIST' | 'LIS2'): Promise<void> {
  const names = (await statOrNull(path))?.isDirectory() ? await readdir(path) : [];
  for (const name of names) {
    const stats = await statOrNull(join(path, name));
    if (stats) await stream.write(Buffer.concat([entry(id, stats, Buffer.byteLength(name)), Buffer.from(name)]));
  }
  const done = Buffer.alloc(id === 'LIST' ? 20 : 76);
  done.write('DONE', 'latin1');
  await stream.write(done);
}

function entry(id: 'LIST' | 'LIS2', stats: Stats, nameBytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(nameBytes);
  if (id === 'LIS2') return Buffer.concat([statV2('DNT2', stats), length]);
  const first = Buffer.alloc(16);
  first.write('DENT', 'latin1');
  writeV1(first, 4, stats);
  return Buffer.concat([first, length]);
}

async function receive(stream: AdbStream, path: string): Promise<void> {
  const stats = await statOrNull(path);
  if (!stats?.isFile()) {
    await stream.write(fail('open failed: No such file or directory'));
    return;
  }
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    await stream.write(Buffer.concat([head('DATA', chunk.length), chunk]));
  }
  await stream.write(head('DONE', 0));
}

/** `path,mode`, then DATA blocks, then DONE with the file's time. */
async function send(stream: AdbStream, files: string, pathAndMode: string): Promise<void> {
  const path = local(files, pathAndMode.slice(0, pathAndMode.lastIndexOf(',')));
  const blocks: Buffer[] = [];
  for (;;) {
    const header = await stream.input.read(8);
    if (header === null) return;
    const value = header.readUInt32LE(4);
    if (header.toString('latin1', 0, 4) === 'DONE') {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, Buffer.concat(blocks));
      await utimes(path, value, value);
      await stream.write(head('OKAY', 0));
      return;
    }
    const block = await stream.input.read(value);
    if (block === null) return;
    blocks.push(block);
  }
}

function fail(message: string): Buffer {
  return Buffer.concat([head('FAIL', Buffer.byteLength(message)), Buffer.from(message)]);
}

function head(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(id, 'latin1');
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
