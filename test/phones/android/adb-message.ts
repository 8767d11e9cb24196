/** The ADB transport protocol's commands (AOSP packages/modules/adb/protocol.txt). */
export const COMMANDS = {
  CNXN: 0x4e58_4e43,
  AUTH: 0x4854_5541,
  OPEN: 0x4e45_504f,
  OKAY: 0x5941_4b4f,
  CLSE: 0x4553_4c43,
  WRTE: 0x4554_5257,
} as const;

export type CommandName = keyof typeof COMMANDS;

export interface AdbMessage {
  readonly command: CommandName;
  readonly arg0: number;
  readonly arg1: number;
  readonly data: Buffer;
}

/** From this version on, neither side computes payload checksums. */
export const VERSION_WITHOUT_CHECKSUM = 0x0100_0001;
export const MAX_PAYLOAD = 256 * 1024;

const HEADER_BYTES = 24;
const NAMES = new Map<number, CommandName>(
  (Object.keys(COMMANDS) as CommandName[]).map((name) => [COMMANDS[name], name]),
);

export function encodeMessage(
  command: CommandName,
  arg0: number,
  arg1: number,
  data: Buffer = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const code = COMMANDS[command];
  header.writeUInt32LE(code, 0);
  header.writeUInt32LE(arg0, 4);
  header.writeUInt32LE(arg1, 8);
  header.writeUInt32LE(data.length, 12);
  header.writeUInt32LE(checksum(data), 16);
  header.writeUInt32LE((code ^ 0xffff_ffff) >>> 0, 20);
  return Buffer.concat([header, data]);
}

/** Cuts a byte stream into messages; what is left over waits for the next chunk. */
export class MessageSplitter {
  #pending = Buffer.alloc(0);

  /** Throws when the bytes are not the ADB protocol. */
  push(chunk: Buffer): AdbMessage[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const messages: AdbMessage[] = [];
    while (this.#pending.length >= HEADER_BYTES) {
      const length = this.#pending.readUInt32LE(12);
      if (this.#pending.length < HEADER_BYTES + length) break;
      const code = this.#pending.readUInt32LE(0);
      const command = NAMES.get(code);
      if (command === undefined) throw new Error(`Not an ADB command: 0x${code.toString(16)}`);
      messages.push({
        command,
        arg0: this.#pending.readUInt32LE(4),
        arg1: this.#pending.readUInt32LE(8),
        data: this.#pending.subarray(HEADER_BYTES, HEADER_BYTES + length),
      });
      this.#pending = this.#pending.subarray(HEADER_BYTES + length);
    }
    return messages;
  }
}

/** Older peers still verify it; it is the plain sum of the bytes. */
function checksum(data: Buffer): number {
  let sum = 0;
  for (const byte of data) sum = (sum + byte) >>> 0;
  return sum;
}
