import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ChromiumPipe } from './chromium-pipe.ts';
import { datedPdf } from './dated-pdf.ts';
import { findChromium } from './find-chromium.ts';
import {
  noChromium,
  notMade,
  paperPolicy,
  printDeadlineMs,
  type PdfPrinter,
  type PrintOptions,
} from './pdf-printer.ts';

/** Where the document is shown. The name leads nowhere (RFC 6761), and is never asked for: the pipe answers it. */
const address = 'http://paper.invalid/';

const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const pausedSchema = z.object({ requestId: z.string(), request: z.object({ url: z.string() }) });
const lifecycleSchema = z.object({ name: z.string(), loaderId: z.string() });
const navigatedSchema = z.object({ loaderId: z.string() });
const pdfSchema = z.object({ data: z.base64() });

export interface ChromiumPrinterOptions {
  /** Finds the browser; {@link findChromium}. */
  env?: NodeJS.ProcessEnv | undefined;
  deadlineMs?: number;
  goneWaitMs?: number;
}

/** Until a browser that was told to end is gone. */
const goneWaitMs = 5_000;

/** Prints with a browser of Chromium's family that is installed on this computer: one that is started for one document, and ended. */
export class ChromiumPrinter implements PdfPrinter {
  readonly #env: NodeJS.ProcessEnv;
  readonly #deadlineMs: number;
  readonly #goneWaitMs: number;

  constructor(options: ChromiumPrinterOptions = {}) {
    this.#env = options.env ?? process.env;
    this.#deadlineMs = options.deadlineMs ?? printDeadlineMs;
    this.#goneWaitMs = options.goneWaitMs ?? goneWaitMs;
  }

  async print(html: string, { madeAt, signal }: PrintOptions): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const program = findChromium(this.#env);
    if (program === null) throw noChromium();
    const profile = await mkdtemp(join(tmpdir(), 'phone-health-print-'));
    try {
      // It may have been stopped while the folder was made.
      signal?.throwIfAborted();
      return datedPdf(await this.#printIn(new ChromiumPipe(program, profile), html, signal), madeAt);
    } finally {
      // A child that is still ending may write once more.
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    }
  }

  async #printIn(browser: ChromiumPipe, html: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const { promise: broken, reject } = Promise.withResolvers<never>();
    const seconds = this.#deadlineMs / 1000;
    const timer = setTimeout(
      () => reject(notMade(`the browser did not answer within ${seconds} s.`)),
      this.#deadlineMs,
    );
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([pdfOf(browser, html), broken]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await browser.kill(this.#goneWaitMs);
    }
  }
}

async function pdfOf(browser: ChromiumPipe, html: string): Promise<Uint8Array> {
  const { targetId } = targetSchema.parse(await browser.call('Target.createTarget', { url: 'about:blank' }));
  const attached = await browser.call('Target.attachToTarget', { targetId, flatten: true });
  const { sessionId } = sessionSchema.parse(attached);
  const call = (method: string, params: Record<string, unknown> = {}) => browser.call(method, params, sessionId);
  /** What was loaded, by its loader: the blank page that a browser begins with is one as well. */
  const loads = new Map<string, PromiseWithResolvers<void>>();
  const loadBy = (loaderId: string): PromiseWithResolvers<void> => {
    const load = loads.get(loaderId) ?? Promise.withResolvers<void>();
    loads.set(loaderId, load);
    return load;
  };
  browser.on('Page.lifecycleEvent', (params) => {
    const { name, loaderId } = lifecycleSchema.parse(params);
    if (name === 'load') loadBy(loaderId).resolve();
  });
  browser.on('Fetch.requestPaused', (params) => {
    const { requestId, request } = pausedSchema.parse(params);
    const answered =
      request.url === address
        ? call('Fetch.fulfillRequest', { requestId, responseCode: 200, ...answer(html) })
        : call('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' });
    // Whoever waits for the page is told that the browser has ended.
    answered.catch(() => undefined);
  });
  await call('Emulation.setScriptExecutionDisabled', { value: true });
  await call('Page.enable');
  await call('Page.setLifecycleEventsEnabled', { enabled: true });
  await call('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  const { loaderId } = navigatedSchema.parse(await call('Page.navigate', { url: address }));
  await loadBy(loaderId).promise;
  const options = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true };
  return Buffer.from(pdfSchema.parse(await call('Page.printToPDF', options)).data, 'base64');
}

const answer = (html: string): Record<string, unknown> => ({
  responseHeaders: [
    { name: 'Content-Type', value: 'text/html; charset=utf-8' },
    { name: 'Content-Security-Policy', value: paperPolicy },
  ],
  body: Buffer.from(html, 'utf8').toString('base64'),
});
