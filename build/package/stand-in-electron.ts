import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.ts';
import type { Target } from './targets.ts';

/** @electron/fuses finds the fuses behind this text (its own constant, which it does not export). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;
/** Version 1, how many there are, and a byte for each, as Electron leaves a fuse that nobody has set (0x90). */
const fuseWire = (): Buffer =>
  Buffer.concat([Buffer.from(sentinel), Buffer.from([1, fuseCount]), Buffer.alloc(fuseCount, 0x90)]);

const said = 'This is a stand-in for Electron: it shows what a package holds, and starts nothing.\n';

/** A program of Linux on x86-64 that writes {@link said} and ends with 1: elf(5), and two system calls. */
function smallElf(): Buffer {
  const base = 0x400000;
  const at = 120;
  const text = Buffer.from(said);
  const instructions = [
    [0xb8, 1, 0, 0, 0], // mov eax, write
    [0xbf, 2, 0, 0, 0], // mov edi, standard error
    [0xbe, 0, 0, 0, 0], // mov esi, the text
    [0xba, 0, 0, 0, 0], // mov edx, its length
    [0x0f, 0x05], // syscall
    [0xb8, 60, 0, 0, 0], // mov eax, exit
    [0xbf, 1, 0, 0, 0], // mov edi, 1
    [0x0f, 0x05], // syscall
  ];
  const code = Buffer.from(instructions.flat());
  code.writeUInt32LE(base + at + code.length, 11);
  code.writeUInt32LE(text.length, 16);
  const body = Buffer.concat([code, text, fuseWire()]);
  const head = Buffer.alloc(at);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(0x3e, 18);
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(BigInt(base + at), 24);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(64, 52);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(1, 64);
  head.writeUInt32LE(5, 68);
  head.writeBigUInt64LE(BigInt(base), 80);
  head.writeBigUInt64LE(BigInt(base), 88);
  const size = BigInt(at + body.length);
  head.writeBigUInt64LE(size, 96);
  head.writeBigUInt64LE(size, 104);
  head.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([head, body]);
}

/** Any program of Windows whose resources can be edited; this one comes with a part of electron-builder. */
const anyExe = join(root, 'node_modules', 'electron-winstaller', 'vendor', 'rcedit.exe');

/**
 * A folder in the place of Electron's own, for computers that cannot have that one. What is packed with it shows which files ship, where
 * they lie and how the fuses are set, and it starts nothing. null: there is none for this system.
 */
export function standInElectron({ platform }: Target, folder: string): string | null {
  if (platform === 'darwin') return null;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  for (const language of ['de', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${language}.pak`), said);
  writeFileSync(join(folder, 'LICENSES.chromium.html'), said);
  copyFileSync(join(root, 'node_modules', 'electron', 'LICENSE'), join(folder, 'LICENSE'));
  if (platform === 'linux') {
    writeFileSync(join(folder, 'electron'), smallElf(), { mode: 0o755 });
    writeFileSync(join(folder, 'chrome-sandbox'), smallElf(), { mode: 0o755 });
  } else {
    writeFileSync(join(folder, 'electron.exe'), Buffer.concat([readFileSync(anyExe), fuseWire()]));
  }
  return folder;
}
