import type { Socket } from 'node:net';

/** What arrives from a shell on a phone. `end` carries whether the phone itself said that the shell ended. */
export interface ShellEvents {
  onOutput(chunk: Buffer): void;
  onErrors(chunk: Buffer): void;
  onEnd(clean: boolean): void;
}

const packet = { output: 1, errors: 2, exit: 3 } as const;
const headerBytes = 5;
const longestExit = 16;

/**
 * Reads the packets of adb's `shell,v2` service: one byte kind, four bytes little-endian length, then the data.
 * Source: system/core adb/shell_protocol.h (Android 7 and later). A stream that ends without its exit packet was cut off.
 */
export function readShellV2(socket: Socket, events: ShellEvents): void {
  let buffered: Buffer = Buffer.alloc(0);
  let exited = false;
  socket.on('data', (chunk: Buffer) => {
    let rest: Buffer = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (rest.length >= headerBytes) {
      const kind = rest[0];
      const length = rest.readUInt32LE(1);
      const available = rest.length - headerBytes;
      // An exit code is one byte: what claims to be a longer one is forged, and would be waited for in memory.
      if (kind === packet.exit && length > longestExit) {
        socket.destroy();
        return;
      }
      if (kind === packet.exit && available < length) break;
      // Long output is passed on as it comes, so that a packet of a megabyte is never joined from pieces again and again.
      const data = rest.subarray(headerBytes, headerBytes + Math.min(length, available));
      if (kind === packet.output) events.onOutput(data);
      else if (kind === packet.errors) events.onErrors(data);
      else if (kind === packet.exit) exited = true;
      if (available < length) {
        const header = Buffer.from(rest.subarray(0, headerBytes));
        header.writeUInt32LE(length - available, 1);
        rest = header;
        break;
      }
      rest = rest.subarray(headerBytes + length);
    }
    buffered = rest;
  });
  whenClosed(socket, () => events.onEnd(exited));
}

/** A phone without `shell_v2`: one mixed stream, no exit code, and an end that proves nothing. */
export function readShellV1(socket: Socket, events: ShellEvents): void {
  socket.on('data', (chunk: Buffer) => events.onOutput(chunk));
  whenClosed(socket, () => events.onEnd(false));
}

function whenClosed(socket: Socket, onEnd: () => void): void {
  let told = false;
  const tell = () => {
    if (told) return;
    told = true;
    onEnd();
  };
  socket.on('end', tell);
  socket.on('error', tell);
  socket.on('close', tell);
}
