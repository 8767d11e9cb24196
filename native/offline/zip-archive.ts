import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import {
  alwaysUnpacked,
  fileTrouble,
  maxEntries,
  maxUnpackedBytes,
  maxUnpackedRatio,
  systemTrouble,
  type FileTroubleCode,
} from './file-trouble.ts';

const encryptedFlag = 0x1;
const unixFileType = 0o170000;
const unixSymlink = 0o120000;
/** "made by" Unix or macOS: only then the upper half of the attributes is a file mode. */
const unixMakers = new Set([3, 19]);

const isSymlink = (entry: Entry): boolean =>
  unixMakers.has(entry.versionMadeBy >>> 8) && ((entry.externalFileAttributes >>> 16) & unixFileType) === unixSymlink;

/** What yauzl and zlib say, as a trouble. Their messages are the only thing that tells the causes apart. */
function zipTrouble(error: unknown, path: string): Error {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  let trouble: FileTroubleCode = 'zip-damaged';
  if (/end of central directory record|unexpected eof|unexpected end of file/i.test(error.message)) {
    trouble = 'zip-truncated';
  } else if (/^(?:absolute path|invalid relative path|invalid characters in fileName)/i.test(error.message)) {
    trouble = 'zip-unsafe-path';
  } else if (/^E[A-Z]+$/.test(code)) return systemTrouble(error, path);
  return fileTrouble(trouble, path, error.message);
}

/** A zip file whose list of contents was found harmless. Nothing is ever unpacked to a disk. */
export class ZipArchive {
  readonly path: string;
  readonly entries: readonly Entry[];
  private readonly zip: ZipFile;
  private unpacked = 0;

  private constructor(path: string, zip: ZipFile, entries: readonly Entry[]) {
    this.path = path;
    this.zip = zip;
    this.entries = entries;
  }

  /**
   * Reads the list of contents and refuses, before anything is unpacked, what no bug report holds: encryption, symbolic links,
   * names that lead out of the folder, more files or more bytes than the caps, or than so small a file can honestly hold. Throws `NativeError`.
   */
  static async open(path: string): Promise<ZipArchive> {
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false });
    } catch (error) {
      throw zipTrouble(error, path);
    }
    try {
      if (zip.entryCount > maxEntries) throw fileTrouble('zip-too-many-entries', path);
      const entries: Entry[] = [];
      let claimed = 0;
      for await (const entry of zip.eachEntry()) {
        if (entries.length >= maxEntries) throw fileTrouble('zip-too-many-entries', path);
        checkEntry(entry, path);
        claimed += entry.uncompressedSize;
        if (claimed > maxUnpackedBytes) throw fileTrouble('zip-too-large', path);
        entries.push(entry);
      }
      if (claimed > Math.max(alwaysUnpacked, maxUnpackedRatio * zip.fileSize)) throw fileTrouble('zip-bomb', path);
      return new ZipArchive(path, zip, entries);
    } catch (error) {
      zip.close();
      throw isTrouble(error) ? error : zipTrouble(error, path);
    }
  }

  /** The contents of one file, as they arrive; what really arrives is counted against the cap over all files read. */
  async *read(entry: Entry): AsyncGenerator<Buffer, void> {
    let stream: Readable | null = null;
    let checksum = 0;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.unpacked += chunk.length;
        if (this.unpacked > maxUnpackedBytes) throw fileTrouble('zip-too-large', this.path);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
      if (checksum !== entry.crc32) throw fileTrouble('zip-damaged', this.path, entry.fileName);
    } catch (error) {
      throw isTrouble(error) ? error : zipTrouble(error, this.path);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

const isTrouble = (error: unknown): boolean => error instanceof Error && error.name === 'NativeError';

function checkEntry(entry: Entry, path: string): void {
  if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) throw fileTrouble('zip-encrypted', path);
  if (isSymlink(entry)) throw fileTrouble('zip-symlink', path, entry.fileName);
}
