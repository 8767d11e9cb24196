import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { captureFromJson, captureToJson, type Capture } from '../capture.ts';
import { fileTrouble, maxCaptureBytes, maxCaptureValues, systemTrouble } from './file-trouble.ts';
import { jsonHasMoreValuesThan } from './json-values.ts';
import { redactCapture } from './redaction.ts';
import { codeOf, writeWhole } from './write-file.ts';

/**
 * A recorded capture: a zstd file (RFC 8878) whose first frame is skippable and says in plain words what the file is, so that
 * any zstd program unpacks the JSON document (`captureToJson`) and any viewer shows the heading. All checksummed.
 */
const skippableMagic = 0x184d2a50;
const headingPrefix = 'phone-health-capture ';
const version = 1;
const heading = /^phone-health-capture (\d{1,6})\n/;

/** Longer than any heading of this program. */
const longestHeading = 64;

function skippableFrame(text: string): Buffer {
  const content = Buffer.from(text, 'ascii');
  const frame = Buffer.alloc(8 + content.length);
  frame.writeUInt32LE(skippableMagic, 0);
  frame.writeUInt32LE(content.length, 4);
  content.copy(frame, 8);
  return frame;
}

/** Whether a file is a recorded capture of any version, by its first bytes. */
export const looksRecorded = (head: Buffer): boolean =>
  head.length >= 8 + headingPrefix.length &&
  head.readUInt32LE(0) === skippableMagic &&
  head.toString('ascii', 8, 8 + headingPrefix.length) === headingPrefix;

export interface WriteOptions {
  /** Replaces what tells who the phone belongs to; see `redaction.ts`. */
  redact: boolean;
  /** Replaces a file that is there already; otherwise that is refused (`file-exists`). */
  overwrite?: boolean;
}

/**
 * Records a capture. The file appears under its name only when it is complete and on the disk. Throws `NativeError`
 * (`file-exists`, `file-not-written`, `capture-too-large`).
 */
export async function writeCapture(file: string, capture: Capture, options: WriteOptions): Promise<void> {
  const json = captureToJson(options.redact ? redactCapture(capture) : capture);
  if (Buffer.byteLength(json) > maxCaptureBytes) throw fileTrouble('capture-too-large', file);
  const packed = await promisify(zstdCompress)(json, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  await writeWhole(file, Buffer.concat([skippableFrame(`${headingPrefix}${version}\n`), packed]), options);
}

/** Reads a recorded capture. Throws `NativeError` (`capture-damaged`, `capture-newer`, `file-…`). */
export async function readRecordedCapture(file: string): Promise<Capture> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > maxCaptureBytes) throw fileTrouble('capture-too-large', file);
    bytes = await readFile(file);
  } catch (error) {
    throw systemTrouble(error, file);
  }
  const start = contentStart(bytes, file);
  let json: Buffer;
  try {
    json = await promisify(zstdDecompress)(bytes.subarray(start), { maxOutputLength: maxCaptureBytes });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw fileTrouble('capture-too-large', file);
    throw fileTrouble('capture-damaged', file, reasonOf(error));
  }
  return captureOf(json, file);
}

/** The capture in a document, whose values are counted before any is made. Throws `NativeError` (`capture-damaged`, `capture-too-large`). */
export function captureOf(json: Buffer, file: string): Capture {
  if (jsonHasMoreValuesThan(json, maxCaptureValues)) throw fileTrouble('capture-too-large', file);
  try {
    return captureFromJson(json.toString('utf8'));
  } catch (error) {
    throw fileTrouble('capture-damaged', file, reasonOf(error));
  }
}

/** One short line of what zlib, JSON or the schema says. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error && error.name !== 'ZodError' ? error.message : 'its contents are not those of a capture')
    .split('\n')[0]
    ?.slice(0, 200) ?? '';

/** Where the compressed document begins. */
function contentStart(bytes: Buffer, file: string): number {
  if (!looksRecorded(bytes)) throw fileTrouble('capture-damaged', file, 'its heading is missing');
  const end = 8 + bytes.readUInt32LE(4);
  const written = heading.exec(bytes.toString('ascii', 8, Math.min(end, 8 + longestHeading)))?.[1];
  if (written === undefined) throw fileTrouble('capture-damaged', file, 'its heading is not whole');
  if (Number(written) > version) throw fileTrouble('capture-newer', file, `version ${written}`);
  return end;
}
