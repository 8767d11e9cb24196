import { createReadStream, type Stats } from 'node:fs';
import { lstat, open, opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readAndroid } from '../android/read/read.ts';
import { readProperties } from '../android/read/probes/getprop.ts';
import { decodeText, type Capture } from '../capture.ts';
import { readIos } from '../ios/read/read.ts';
import type { ReadCapture } from '../probe.ts';
import type { Reading } from '../reading.ts';
import { BugReportReader, looksLikeBugReport } from './bug-report.ts';
import { answersOf, type FoundDump } from './dump-answers.ts';
import { kindOfCommand, recogniseDump } from './dump-kinds.ts';
import { withoutBrokenLine, withoutEntities, withoutEscapes } from '../plain-text.ts';
import { barePrompt, phonesNamed, sectionsOf } from './transcript.ts';
import { fileChunks, utf8Chunks } from './dump-text.ts';
import {
  fileTrouble,
  maxAnswerBytes,
  maxCaptureBytes,
  maxEntries,
  maxKeptBytes,
  maxLines,
  maxUnpackedBytes,
  systemTrouble,
} from './file-trouble.ts';
import { captureIphoneBackup, isIphoneBackup } from './iphone-backup.ts';
import { captureOf, looksRecorded, readRecordedCapture } from './recorded-capture.ts';
import { severalMoments } from './several-moments.ts';
import { ZipArchive } from './zip-archive.ts';

export interface FileScope {
  /** Backup apps to read about: package or bundle ids, by platform. A recorded capture keeps its own. */
  apps: { android: readonly string[]; ios: readonly string[] };
  signal?: AbortSignal | undefined;
  /** Files within an iPhone's backup that are not asked; see `iphone-backup.ts`. */
  skip?: readonly string[] | undefined;
  /** Called again and again while the file is read; with the file within a backup that is asked now, else null. */
  onStep?: ((file: string | null) => void) | undefined;
}

/** What a file holds in place of a phone. */
export interface FileCapture {
  capture: Capture;
  /** What it means. Pure. */
  read: ReadCapture;
  /** Files of a folder or zip that are nothing known: they were not read. */
  unread: readonly string[];
}

const readers: Record<Capture['platform'], ReadCapture> = { android: readAndroid, ios: readIos };

/** What a capture means, whichever platform it is of. Pure. */
export const readCapture = (capture: Capture): Reading => readers[capture.platform](capture);

/** One file among several, or the only one. `name` is relative to what was opened. */
interface Source {
  name: string;
  size: number;
  /** Each may stand in the place of the one before. */
  chunks: () => AsyncIterable<Uint8Array>;
}

/** Nothing is told apart by what comes later. */
const headBytes = 256 * 1024;

/** Pictures and programs are full of zero bytes; a dump may hold a stray one. */
const isBinary = (head: Buffer): boolean =>
  head.length === 0 || head.subarray(0, 4096).reduce((zeros, byte) => zeros + (byte === 0 ? 1 : 0), 0) > 16;

interface Sink {
  /** False where nothing that follows is read. */
  push: (chunk: Buffer) => boolean;
  finish: () => void;
}

/** What was found in the sources of one phone. */
class Findings {
  readonly dumps: FoundDump[] = [];
  takenAt: string | null = null;
  durationMs = 0;
  private keptBytes = 0;
  /** In the files that were read to their end. */
  private lines = 0;
  private readonly path: string;
  private readonly many: boolean;
  private readonly fallback: string;

  constructor(path: string, many: boolean, fallback: string) {
    this.path = path;
    this.many = many;
    this.fallback = fallback;
  }

  /** Reads one file; false where it is nothing that is known. */
  async add({ name, chunks }: Source, { signal, onStep }: FileScope): Promise<boolean> {
    let head = Buffer.alloc(0);
    let sink: Sink | null = null;
    for await (const chunk of utf8Chunks(chunks())) {
      signal?.throwIfAborted();
      onStep?.(null);
      if (sink === null) {
        head = Buffer.concat([head, chunk]);
        if (head.length < headBytes) continue;
        sink = this.sinkFor(name, head);
        if (sink === null) return false;
      }
      const next = head.length > 0 ? head : chunk;
      head = Buffer.alloc(0);
      if (!sink.push(next)) break;
    }
    sink ??= this.sinkFor(name, head);
    if (sink === null) return false;
    if (head.length > 0) sink.push(head);
    sink.finish();
    return true;
  }

  private sinkFor(name: string, head: Buffer): Sink | null {
    if (isBinary(head)) return null;
    const text = decodeText(head.subarray(0, headBytes));
    if (looksLikeBugReport(text)) return this.bugReportSink(name, new BugReportReader());
    const kind = recogniseDump(name, text);
    if (kind === null)
      return sectionsOf(name, text, '').some(({ command }) => command !== '') ? this.dumpSink(name, '') : null;
    if (kind.command !== 'dumpsys activity') return this.dumpSink(name, kind.command);
    const reader = new BugReportReader();
    reader.openService('activity');
    return this.bugReportSink(name, reader);
  }

  private bugReportSink(name: string, reader: BugReportReader): Sink {
    return {
      push: (chunk) => {
        reader.push(chunk);
        if (this.lines + reader.lineCount > maxLines) throw fileTrouble('file-too-many-lines', this.path);
        return true;
      },
      finish: () => {
        this.lines += reader.lineCount;
        const report = reader.finish(this.fallback);
        this.dumps.push(...report.dumps.map((dump) => ({ ...dump, file: this.many ? name : null })));
        if (this.takenAt !== null) return;
        this.takenAt = report.takenAt;
        this.durationMs = report.durationMs;
      },
    };
  }

  private dumpSink(name: string, command: string): Sink {
    const kept: Buffer[] = [];
    let length = 0;
    let cut = false;
    return {
      push: (chunk) => {
        const room = Math.min(maxAnswerBytes - length, maxKeptBytes - this.keptBytes);
        if (chunk.length > room) cut = true;
        const part = cut ? Buffer.alloc(0) : Buffer.from(chunk);
        kept.push(part);
        length += part.length;
        this.keptBytes += part.length;
        return !cut;
      },
      finish: () => {
        const all = withoutEscapes(withoutEntities(decodeText(Buffer.concat(kept))));
        const text = kindOfCommand(command)?.endsItself === true ? all : withoutBrokenLine(all);
        const broken = all.slice(text.length);
        const phones = phonesNamed(text);
        if (phones.length > 1) throw fileTrouble('several-phones', this.path, phones.join(', '));
        for (const section of sectionsOf(name, text, command)) {
          // Of properties, each line speaks for itself.
          const part = section.command === 'getprop' ? null : section.part;
          const { app } = section;
          const kind = kindOfCommand(section.command);
          const perApp = kind?.perApp === true;
          if (perApp && app === null) continue;
          const cutLine = section.last && broken !== '' && !barePrompt.test(broken) ? (kind?.cutLine ?? '') : '';
          this.dumps.push({
            ...(perApp && app !== null ? { app } : {}),
            command: section.command,
            bytes: Buffer.from(section.text + cutLine),
            startedAt: this.fallback,
            durationMs: 0,
            ended: cut || part !== null ? 'truncated' : 'whole',
            detail: cut ? 'The file is longer than is read of one dump.' : (part ?? ''),
            file: this.many ? name : null,
          });
        }
      },
    };
  }
}

interface Named {
  /** As makers print them; many builds leave a word in its place. */
  serial: string | null;
  device: string | null;
}

/** Which phone each list of properties is of. */
const phonesOf = (dumps: readonly FoundDump[]): Named[] =>
  dumps
    .filter(({ command }) => command === 'getprop')
    .map(({ bytes }) => {
      const { properties } = readProperties(decodeText(bytes));
      const serial = properties.get('ro.serialno') ?? properties.get('ro.boot.serialno') ?? '';
      return {
        serial: serial === '' || serial === 'unknown' ? null : serial,
        device: properties.get('ro.product.device') ?? null,
      };
    });

const differ = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== other;

/** The serial of the phone that was read; null: nothing tells it. Throws where the lists of properties are of several phones. */
function serialOf(path: string, dumps: readonly FoundDump[]): string | null {
  const [first, ...more] = phonesOf(dumps);
  if (first === undefined) return null;
  if (more.some(({ serial, device }) => differ(serial, first.serial) || differ(device, first.device)))
    throw fileTrouble('several-phones', path);
  return first.serial;
}

function androidCapture(path: string, findings: Findings, fallback: string, apps: readonly string[]): Capture {
  const name = basename(path);
  return {
    platform: 'android',
    phoneId: serialOf(path, findings.dumps) ?? name,
    origin: name,
    startedAt: findings.takenAt ?? fallback,
    durationMs: findings.durationMs,
    apps,
    answers: findings.dumps.flatMap(answersOf),
    brokenOff: null,
  };
}

/** Every file of a zip or folder that is a known dump, as one phone. */
async function readSources(
  path: string,
  sources: readonly Source[],
  fallback: string,
  scope: FileScope,
): Promise<FileCapture> {
  const findings = new Findings(path, sources.length > 1, fallback);
  const unread: string[] = [];
  for (const source of sources) {
    scope.signal?.throwIfAborted();
    if (!(await findings.add(source, scope))) unread.push(source.name);
  }
  if (unread.length === sources.length) throw fileTrouble('not-recognised', path);
  const capture = androidCapture(path, findings, fallback, scope.apps.android);
  const moments = severalMoments(findings.dumps);
  if (moments !== null) throw fileTrouble('several-moments', path, moments.join(', '));
  return { capture, read: readAndroid, unread };
}

/** `main_entry.txt` names the report among the other files that dumpstate packs (AOSP cmds/dumpstate, 8 and later). */
async function mainEntry(sources: readonly Source[]): Promise<Source | null> {
  const named = sources.find(({ name }) => name === 'main_entry.txt');
  if (named !== undefined && named.size <= 1024) {
    const parts: Uint8Array[] = [];
    for await (const part of named.chunks()) parts.push(Uint8Array.from(part));
    const name = Buffer.concat(parts).toString('utf8').trim();
    const main = sources.find((source) => source.name === name);
    if (main !== undefined) return main;
  }
  const reports = sources.filter(({ name }) => /(?:^|\/)(?:bugreport|dumpstate)[^/]*\.(?:txt|log)$/i.test(name));
  return reports.toSorted((a, b) => b.size - a.size)[0] ?? null;
}

async function readZip(path: string, fallback: string, scope: FileScope): Promise<FileCapture> {
  const zip = await ZipArchive.open(path);
  try {
    const sources = zip.entries
      .filter(({ fileName }) => !fileName.endsWith('/'))
      .map((entry): Source => ({ name: entry.fileName, size: entry.uncompressedSize, chunks: () => zip.read(entry) }));
    const main = await mainEntry(sources);
    return await readSources(path, main === null ? sources : [main], fallback, scope);
  } finally {
    zip.close();
  }
}

/** The files of a folder and of those below it, up to the caps; links are not followed. */
async function filesBelow(root: string, signal: AbortSignal | undefined): Promise<Source[]> {
  const sources: Source[] = [];
  let seen = 0;
  let bytes = 0;
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const entry of await opendir(join(root, folder))) {
      signal?.throwIfAborted();
      seen += 1;
      if (seen > maxEntries) throw fileTrouble('folder-too-large', root);
      if (entry.name.startsWith('.')) continue;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(name);
      if (!entry.isFile()) continue;
      const path = join(root, name);
      const { size } = await lstat(path);
      bytes += size;
      if (bytes > maxUnpackedBytes) throw fileTrouble('folder-too-large', root);
      sources.push({ name, size, chunks: () => fileChunks(path) });
    }
  }
  return sources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function readFolder(path: string, fallback: string, scope: FileScope): Promise<FileCapture> {
  if (await isIphoneBackup(path)) {
    const { skip, onStep } = scope;
    const capture = await captureIphoneBackup(path, { apps: scope.apps.ios, skip, onStep });
    return { capture, read: readIos, unread: [] };
  }
  const sources = await filesBelow(path, scope.signal);
  const main = sources.some(({ name }) => name === 'main_entry.txt') ? await mainEntry(sources) : null;
  return readSources(path, main === null ? sources : [main], fallback, scope);
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A capture that someone unpacked with a zstd program. */
async function readUnpackedCapture(path: string, size: number): Promise<FileCapture> {
  if (size > maxCaptureBytes) throw fileTrouble('capture-too-large', path);
  const parts: Uint8Array[] = [];
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) parts.push(part);
  const capture = captureOf(Buffer.concat(parts), path);
  return { capture, read: readers[capture.platform], unread: [] };
}

const zipMagics = ['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008'];

async function readFile(path: string, { size }: Stats, fallback: string, scope: FileScope): Promise<FileCapture> {
  const head = await firstBytes(path);
  if (zipMagics.includes(head.toString('latin1', 0, 4))) return readZip(path, fallback, scope);
  if (looksRecorded(head)) {
    const capture = await readRecordedCapture(path);
    return { capture, read: readers[capture.platform], unread: [] };
  }
  if (size > maxUnpackedBytes) throw fileTrouble('file-too-large', path);
  if (head.toString('latin1').startsWith('{"format":"phone-health-capture"')) return readUnpackedCapture(path, size);
  return readSources(path, [{ name: basename(path), size, chunks: () => fileChunks(path) }], fallback, scope);
}

/**
 * Reads a file or folder in place of a phone: a bug report (.zip or .txt), a recorded capture, one dump, a folder or zip of
 * dumps, or the folder of an iPhone's local backup. What it does not hold is unavailable (`missing`). Dumps that do not say when they were taken count as taken when the
 * file was last written. Throws `NativeError` (codes in `file-trouble.ts` and `iphone-backup.ts`).
 */
export async function readFileCapture(path: string, scope: FileScope): Promise<FileCapture> {
  try {
    const stats = await stat(path);
    const fallback = stats.mtime.toISOString();
    if (stats.isDirectory()) return await readFolder(path, fallback, scope);
    if (!stats.isFile()) throw fileTrouble('not-recognised', path);
    return await readFile(path, stats, fallback, scope);
  } catch (error) {
    scope.signal?.throwIfAborted();
    throw systemTrouble(error, path);
  }
}
