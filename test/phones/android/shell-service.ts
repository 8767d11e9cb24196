import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { AdbStream } from './adb-stream.ts';
import type { AskModel } from './ask-model.ts';
import type { PhoneFolder } from './phone-folder.ts';
import { answerQuestions, shellFunctions } from './shell-questions.ts';

/** Packets of the second shell protocol (AOSP adb shell_protocol.h). */
const PACKET = { stdin: 0, stdout: 1, stderr: 2, exit: 3, closeStdin: 4 } as const;

/** Runs a command line in the phone's shell; `protocol` 2 keeps the two outputs apart and tells the exit code. */
export async function runShell(
  stream: AdbStream,
  folder: PhoneFolder,
  ask: AskModel,
  { commandLine, protocol }: { commandLine: string; protocol: 1 | 2 },
): Promise<void> {
  // The first protocol has one pipe, so both outputs must already share it inside the shell, in their true order.
  const merged = protocol === 1 ? `exec 2>&1\n${commandLine}` : commandLine;
  const args = commandLine === '' ? [] : ['-c', `${shellFunctions}${merged}`];
  const child = spawn(folder.shell, args, {
    argv0: '/system/bin/sh',
    cwd: folder.root,
    env: folder.environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  folder.running.add(child);
  answerQuestions(child, ask);
  stream.onClose(() => killGroup(child));
  // The command may end without having read its input.
  child.stdin.on('error', () => child.stdin.destroy());
  const exit = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      folder.running.delete(child);
      resolve(code ?? 255);
    });
  });
  void (protocol === 2 ? feedPackets(stream, child) : feedRaw(stream, child));
  const framed = (id: number) => (data: Buffer) => (protocol === 2 ? packet(id, data) : data);
  await Promise.all([
    copy(child.stdout, stream, framed(PACKET.stdout)),
    copy(child.stderr, stream, framed(PACKET.stderr)),
  ]);
  const code = await exit;
  if (protocol === 2) await stream.write(packet(PACKET.exit, Buffer.from([code])));
  await stream.finish();
}

async function copy(from: Readable, stream: AdbStream, frame: (data: Buffer) => Buffer): Promise<void> {
  for await (const chunk of from as AsyncIterable<Buffer>) await stream.write(frame(chunk));
}

function packet(id: number, data: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(id, 0);
  header.writeUInt32LE(data.length, 1);
  return Buffer.concat([header, data]);
}

async function feedPackets(stream: AdbStream, child: ChildProcess): Promise<void> {
  for (;;) {
    const header = await stream.input.read(5);
    const data = header === null ? null : await stream.input.read(header.readUInt32LE(1));
    if (header === null || data === null) break;
    if (header[0] === PACKET.stdin) child.stdin?.write(data);
    if (header[0] === PACKET.closeStdin) child.stdin?.end();
  }
  child.stdin?.end();
}

async function feedRaw(stream: AdbStream, child: ChildProcess): Promise<void> {
  for (let chunk = await stream.input.readSome(); chunk !== null; chunk = await stream.input.readSome()) {
    child.stdin?.write(chunk);
  }
  child.stdin?.end();
}

/** Ends the shell with everything it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // The group may have ended in the meantime; anything else is a mistake of ours.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
