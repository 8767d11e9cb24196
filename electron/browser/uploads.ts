import { createWriteStream, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Application } from '../app/application.ts';
import { NativeError } from '../../native/source.ts';
import { isRunning } from '../../db/is-running.ts';
import { inLanguage, nearestLanguage } from '../app/program/language.ts';
import { ApplicationError, problemOf } from '../app/program/problem.ts';
import { diskCode } from '../app/safe-copy/copy-folder.ts';
import { securityHeaders } from './window-files.ts';

/** Where a window sends a file that is to be read in place of a phone: a browser tells no path. */
export const uploadUrl = '/open-file';
/** Carries what a WebSocket carries in its first message. */
const secretHeader = 'x-phone-health-secret';
/** The file's own name, percent-encoded: dumps are known by it. */
const nameHeader = 'x-file-name';
/** In which language the window is spoken to, as its WebSocket says it too. */
const languageHeader = 'x-phone-health-language';

/** What a bug report may unpack to; a zip of one is a fraction of it. */
const largestFile = 512 * 1024 * 1024;

const prefix = 'phone-health-upload-';

const tooLarge = (): ApplicationError =>
  new ApplicationError('file-too-large', `The file is larger than ${largestFile / 1_048_576} MiB.`, [
    'Give its path on this computer instead.',
  ]);

/** The temporary folder of the system is gone, full, or another account's. */
const notKept = (error: unknown): never => {
  if (diskCode(error) === null) throw error;
  throw new ApplicationError('file-not-kept', 'The file could not be put into the folder for temporary files.', [
    'Make sure that this folder is there and has room, or give the path of the file on this computer.',
  ]);
};

export function secretOf({ headers }: IncomingMessage): string | undefined {
  const secret = headers[secretHeader];
  return typeof secret === 'string' ? secret : undefined;
}

function languageOf({ headers }: IncomingMessage): string {
  const language = headers[languageHeader];
  return nearestLanguage(typeof language === 'string' ? language : '');
}

/** A name that leads nowhere. */
function nameOf({ headers }: IncomingMessage): string {
  const given = headers[nameHeader];
  let name = '';
  try {
    name = typeof given === 'string' ? decodeURIComponent(given) : '';
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  const plain = basename(name.replaceAll('\\', '/'))
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    // A file system counts 255 bytes, and a letter has up to three for each unit of it here.
    .slice(-80)
    .replace(/^\.+/, '');
  return plain === '' ? 'file' : plain;
}

/** What a program left behind that was killed while it read a file. What this account may not remove stays, and keeps nothing from starting. */
export function removeLeftUploads(folder = tmpdir()): void {
  for (const name of unlessRefused(() => readdirSync(folder), [])) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    unlessRefused(() => rmSync(join(folder, name), { recursive: true, force: true }), undefined);
  }
}

function unlessRefused<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (diskCode(error) === null) throw error;
    return otherwise;
  }
}

/** Counts what comes, whatever was announced. */
function limited(): Transform {
  let come = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      come += chunk.byteLength;
      if (come > largestFile) done(tooLarge());
      else done(null, chunk);
    },
  });
}

/** Files that a window sends: one at a time, each in a folder of its own for as long as it is read. */
export class Uploads {
  readonly #app: Application;
  #isBusy = false;

  constructor(app: Application) {
    this.#app = app;
  }

  /** Answers with `{ opened }`, or with `{ problem }`. The sender has been checked. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const language = languageOf(request);
    try {
      const opened = await inLanguage(language, () => this.#open(request, gone.signal));
      answerJson(response, { opened });
    } catch (error) {
      if (gone.signal.aborted) return;
      this.#app.keepFault(error);
      // A page cannot keep a browser from complaining of any other status.
      answerJson(response, { problem: this.#app.said(problemOf(error), language) });
    }
  }

  async #open(request: IncomingMessage, signal: AbortSignal) {
    if (this.#isBusy) {
      throw new ApplicationError('file-busy', 'Another file is being read.', ['Wait until that is done.']);
    }
    if (Number(request.headers['content-length'] ?? 0) > largestFile) throw tooLarge();
    this.#isBusy = true;
    let folder: string | null = null;
    try {
      folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)).catch(notKept);
      const file = join(folder, nameOf(request));
      const kept = createWriteStream(file, { flags: 'wx', mode: 0o600 });
      await pipeline(request, limited(), kept, { signal }).catch(notKept);
      return await this.#app.openFileOrCase(file, signal).catch((error: unknown) => {
        // Where it lay for that time says nothing to whoever sent it.
        if (!(error instanceof NativeError)) throw error;
        throw new NativeError(error.code, error.message.replaceAll(join(dirname(file), '/'), ''), error.remedy);
      });
    } finally {
      this.#isBusy = false;
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    }
  }
}

function answerJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    // What was not read of a file that was refused is not waited for.
    Connection: 'close',
  });
  response.end(body);
}
