import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../window/browser.ts';
import { startProgram } from '../window/open-window.ts';
import { printTable, type Row } from './table.ts';

const runs = 5;

/** What a trace of Chromium tells of a moment (Trace Event Format, `ts` in µs). */
interface TraceEvent {
  name: string;
  ts: number;
}

const eventsOf = (trace: Buffer): TraceEvent[] =>
  (JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] }).traceEvents;

interface Opened {
  /** Bytes of all JavaScript that came until the first screen was there, gzipped. */
  script: number;
  /** From the beginning of the navigation to the first text or picture, ms. */
  firstPaintMs: number;
  /** The same of an empty page in the same browser, right after it. */
  emptyPaintMs: number;
  /** Until the first screen's heading is there, ms by this program's clock; and what an empty page takes until its own is. */
  usableMs: number;
  emptyUsableMs: number;
}

interface Painted {
  paintMs: number;
  usableMs: number;
}

/** Opens an address in a page that is empty as yet. */
async function painted(browser: Browser, page: Page, url: string): Promise<Painted> {
  await browser.startTracing(page, { categories: ['blink.user_timing', 'loading', 'devtools.timeline'] });
  const begunAt = performance.now();
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const usableMs = performance.now() - begunAt;
  // What is there is drawn with the next frame, and told after it.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)))),
  );
  const trace = eventsOf(await browser.stopTracing());
  const painted = trace.findLast(({ name }) => name === 'firstContentfulPaint')?.ts;
  // The first of them: the address with the token leads on to the one without.
  const begun = trace.find(({ name }) => name === 'navigationStart')?.ts;
  const paintMs = painted === undefined || begun === undefined ? Number.NaN : (painted - begun) / 1000;
  return { paintMs, usableMs };
}

/** A page with nothing but a heading, from this computer. */
async function emptyPage(browser: Browser): Promise<Painted> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Empty</title><h1>Empty</h1></html>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    return await painted(browser, page, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

/** The window of a program that has just begun, in a browser that has nothing of it yet. */
export async function openWindowOnce(browser: Browser): Promise<Opened> {
  const program = await startProgram();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => gzipSync(body).byteLength));
  });
  const { paintMs, usableMs } = await painted(browser, page, program.served.url);
  const sizes = await Promise.all(scripts);
  await page.close();
  await program.close();
  const empty = await emptyPage(browser);
  return {
    script: sizes.reduce((sum, size) => sum + size, 0),
    firstPaintMs: paintMs,
    emptyPaintMs: empty.paintMs,
    usableMs,
    emptyUsableMs: empty.usableMs,
  };
}

const ms = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value)} ms`);

/** Prints how much JavaScript the first screen takes, and when it first shows something, by a trace of the browser. */
export async function runFirstScreenBench(): Promise<void> {
  const browser = await startBrowser();
  try {
    const opened: Opened[] = [];
    for (let run = 0; run < runs; run += 1) opened.push(await openWindowOnce(browser));
    const paints = opened.map(({ firstPaintMs }) => firstPaintMs).toSorted((a, b) => a - b);
    const row: Row = [
      'the first screen',
      String(opened.length),
      `${Math.max(...opened.map(({ script }) => script)).toLocaleString('en')} B`,
      ms(paints[Math.floor(paints.length / 2)]),
      ms(paints.at(-1)),
    ];
    printTable(['window', 'runs', 'JavaScript, gzipped', 'first paint, median', 'longest'], [row]);
  } finally {
    await browser.close();
  }
}
