import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { ChromiumPrinter } from '../app/printing/chromium-printer.ts';
import { datedPdf } from '../app/printing/dated-pdf.ts';
import { findChromium } from '../app/printing/find-chromium.ts';
import { noChromium, notMade, printDeadlineMs, type PdfPrinter } from '../app/printing/pdf-printer.ts';
import { paperMarker } from './command-line.ts';

export interface PaperProcessOptions {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** The binary of this program, and what stands before its words: in a checkout the program's folder. */
  program: string;
  before: readonly string[];
}

/** Before the line that says why there is no paper; whatever else is on standard error is Chromium's. */
export const failureMark = 'paper: ';

/** `%PDF-` (ISO 32000-1, 7.5.2). */
const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';

/** Chromium wants a screen, or to be told that there is none. */
const screenOf = ({ env, platform }: PaperProcessOptions): string[] =>
  platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']
    ? []
    : ['--ozone-platform=headless', '--disable-gpu'];

/**
 * The command line of an installed program prints with a browser that is installed, as everywhere; where there is none with the program's own,
 * in a process beside this one: it takes Chromium down with it where a system has no screen or no sandbox.
 */
export function commandPrinter(options: PaperProcessOptions): PdfPrinter {
  const installed = new ChromiumPrinter({ env: options.env });
  return {
    print: (html, given) =>
      findChromium(options.env) === null ? printBeside(options, html, given) : installed.print(html, given),
  };
}

const printBeside = async (
  options: PaperProcessOptions,
  html: string,
  { madeAt, signal }: Parameters<PdfPrinter['print']>[1],
): Promise<Uint8Array> => {
  signal?.throwIfAborted();
  const { program, before, env } = options;
  const deadline = AbortSignal.timeout(printDeadlineMs);
  // Where it keeps what is gone with it: one that is killed tidies nothing itself.
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-paper-'));
  const child = spawn(program, [...before, ...screenOf(options), paperMarker, madeAt], {
    env: { ...env, TMPDIR: folder, TEMP: folder, TMP: folder },
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Of one that is gone before it has read all; its end tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(html);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  try {
    const [pdf, said] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
    if (isPdf(pdf)) return datedPdf(pdf, madeAt);
    const why = said.split('\n').findLast((line) => line.startsWith(failureMark));
    throw why === undefined ? noChromium() : notMade(why.slice(failureMark.length));
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.aborted) throw notMade(`the page was not there within ${printDeadlineMs / 1000} s.`);
    throw error;
  } finally {
    // On Windows a file may be held a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
