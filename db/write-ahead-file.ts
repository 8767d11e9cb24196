import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * What was kept last stands in the write-ahead file beside the store until it is brought over: at the latest when the last program closes
 * the store. SQLite leaves out what is damaged there, and begins anew where that file is gone, without a word: so that is looked at here.
 */

/** Is there as long as a store is open, and stays where a program was killed: a write-ahead file belongs to it then. */
const markOf = (file: string): string => join(dirname(file), 'leases', 'unclean');

/** From now on what was kept last may stand in the write-ahead file alone. */
export const markOpen = (file: string): void => writeFileSync(markOf(file), '', { mode: 0o600 });

/** The store was closed: where that was the last one, its write-ahead file is gone by now. */
export function markClosed(file: string): void {
  if (!existsSync(`${file}-wal`)) rmSync(markOf(file), { force: true });
}

/** More than this is not looked through: SQLite brings it over at a tenth of it. */
const largest = 64 * 1024 * 1024;

/**
 * Whether what was kept last is all there, as far as the files tell; asked before the store is opened, by a program that is alone with it.
 */
export function isLastKeptThere(file: string): boolean {
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (wal === undefined) return !existsSync(markOf(file)) || !existsSync(file);
  return wal.size > largest || isWhole(readFileSync(`${file}-wal`));
}

const headerBytes = 32;
const frameHeaderBytes = 24;

/** https://www.sqlite.org/fileformat2.html#checksum_algorithm */
function checksum(bytes: Buffer, from: number, to: number, isBig: boolean, start: Checksum): Checksum {
  let [first, second] = start;
  for (let at = from; at < to; at += 8) {
    first = (first + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
    second = (second + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}
type Checksum = readonly [number, number];

/** A write-ahead file (https://www.sqlite.org/fileformat2.html#walformat) without a damaged frame before its end. */
function isWhole(bytes: Buffer): boolean {
  if (bytes.length < headerBytes) return true;
  const isBig = (bytes.readUInt32BE(0) & 1) === 1;
  const pageBytes = bytes.readUInt32BE(8);
  const says = (at: number, [first, second]: Checksum): boolean =>
    bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;
  let sum = checksum(bytes, 0, 24, isBig, [0, 0]);
  if (!says(24, sum) || pageBytes < 512) return false;
  const salt = bytes.subarray(16, 24);
  let isOver = false;
  const frameBytes = frameHeaderBytes + pageBytes;
  for (let at = headerBytes; at + frameBytes <= bytes.length; at += frameBytes) {
    // Frames of an earlier round follow the last one, with another salt.
    const isOfThisRound = bytes.subarray(at + 8, at + 16).equals(salt);
    if (!isOfThisRound) isOver = true;
    else if (isOver) return false;
    else {
      sum = checksum(bytes, at, at + 8, isBig, sum);
      sum = checksum(bytes, at + frameHeaderBytes, at + frameBytes, isBig, sum);
      if (!says(at + 16, sum)) return false;
    }
  }
  return true;
}
