import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ChromiumPipe } from './chromium-pipe.ts';
import { datedPdf } from './dated-pdf.ts';
import { findChromium } from './find-chromium.ts';
import { pageRule, paperSizes, type Paper } from './paper.ts';
import { noChromium, notMade, printDeadlineMs, type PdfPrinter, type PrintOptions } from './pdf-printer.ts';

/** Where the document is shown. The name leads nowhere (RFC 6761), and is never asked for: the pipe answers it. */
const address = 'http://paper.invalid/';

/** Nothing from elsewhere, no script, no form. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** CSS has 96 pixels an inch (CSS Values 4, 6.2). */
const pixelsAMillimetre = 96 / 25.4;

const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const pausedSchema = z.object({ requestId: z.string(), request: z.object({ url: z.string() }) });
const metricsSchema = z.object({ cssContentSize: z.object({ height: z.number() }) });
const pdfSchema = z.object({ data: z.base64() });

type Call = (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;

export interface ChromiumPrinterOptions {
  /** Finds the browser; {@link findChromium}. */
  env?: NodeJS.ProcessEnv | undefined;
  deadlineMs?: number;
}

/** Prints with a browser of Chromium's family that is installed on this computer: one that is started for one document, and ended. */
export class ChromiumPrinter implements PdfPrinter {
  readonly #env: NodeJS.ProcessEnv;
  readonly #deadlineMs: number;

  constructor({ env = process.env, deadlineMs = printDeadlineMs }: ChromiumPrinterOptions = {}) {
    this.#env = env;
    this.#deadlineMs = deadlineMs;
  }

  async print(html: string, { paper, madeAt, signal }: PrintOptions): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const program = findChromium(this.#env);
    if (program === null) throw noChromium();
    const profile = await mkdtemp(join(tmpdir(), 'phone-health-print-'));
    const browser = new ChromiumPipe(program, profile);
    const { promise: broken, reject } = Promise.withResolvers<never>();
    const seconds = this.#deadlineMs / 1000;
    const timer = setTimeout(
      () => reject(notMade(`the browser did not answer within ${seconds} s.`)),
      this.#deadlineMs,
    );
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return datedPdf(await Promise.race([pdfOf(browser, html, paper), broken]), madeAt);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await browser.kill();
      // A child that is still ending may write once more.
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    }
  }
}

async function pdfOf(browser: ChromiumPipe, html: string, paper: Paper): Promise<Uint8Array> {
  const { targetId } = targetSchema.parse(await browser.call('Target.createTarget', { url: 'about:blank' }));
  const attached = await browser.call('Target.attachToTarget', { targetId, flatten: true });
  const { sessionId } = sessionSchema.parse(attached);
  const call: Call = (method, params = {}) => browser.call(method, params, sessionId);
  let shown = html;
  let loaded = Promise.withResolvers<void>();
  browser.on('Page.loadEventFired', () => loaded.resolve());
  browser.on('Fetch.requestPaused', (params) => {
    const { requestId, request } = pausedSchema.parse(params);
    const answered =
      request.url === address
        ? call('Fetch.fulfillRequest', { requestId, responseCode: 200, ...answer(shown) })
        : call('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' });
    // Whoever waits for the page is told that the browser has ended.
    answered.catch(() => undefined);
  });
  const show = async (): Promise<void> => {
    loaded = Promise.withResolvers();
    await call('Page.navigate', { url: address });
    await loaded.promise;
  };
  await call('Emulation.setScriptExecutionDisabled', { value: true });
  await call('Emulation.setEmulatedMedia', { media: 'print' });
  await call('Page.enable');
  await call('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await show();
  if (paperSizes[paper].height === null) {
    shown = html.replace(pageRule(paper), pageRule(paper, await rollLength(call, paper)));
    await show();
  }
  const options = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: false };
  return Buffer.from(pdfSchema.parse(await call('Page.printToPDF', options)).data, 'base64');
}

/** Where the roll is to be cut, in millimetres: below the last line of what is shown. */
async function rollLength(call: Call, paper: Paper): Promise<number> {
  const { width, margin } = paperSizes[paper];
  const inside = Math.floor((width - 2 * margin) * pixelsAMillimetre);
  await call('Emulation.setDeviceMetricsOverride', { width: inside, height: 1, deviceScaleFactor: 1, mobile: false });
  const { cssContentSize } = metricsSchema.parse(await call('Page.getLayoutMetrics'));
  // A pixel more, so that what is rounded up does not begin a second page.
  return (cssContentSize.height + 1) / pixelsAMillimetre + 2 * margin;
}

const answer = (html: string): Record<string, unknown> => ({
  responseHeaders: [
    { name: 'Content-Type', value: 'text/html; charset=utf-8' },
    { name: 'Content-Security-Policy', value: policy },
  ],
  body: Buffer.from(html, 'utf8').toString('base64'),
});
