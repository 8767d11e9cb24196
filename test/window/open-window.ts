import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Application } from '../../electron/app/application.ts';
import type { Clock } from '../../electron/app/program/clock.ts';
import { serveWindow, type ServedWindow } from '../../electron/browser/server.ts';
import type { PhoneSource } from '../../native/source.ts';
import { promptPace } from '../prompt-pace.ts';
import { listenToQuestions } from './stillness.ts';

/** The program on a data folder of its own, served on loopback. */
export interface RunningProgram {
  app: Application;
  served: ServedWindow;
  close(): Promise<void>;
}

/** `sources` stand beside the samples; by default there are none, so that no adb server is asked. */
export async function startProgram(sources: readonly PhoneSource[] = [], clock?: Clock): Promise<RunningProgram> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-window-'));
  const app = new Application({
    env: { PHONE_HEALTH_HOME: home },
    sources,
    samplePace: promptPace,
    ...(clock ? { clock } : {}),
  });
  const served = await serveWindow({ app });
  return {
    app,
    served,
    async close() {
      await served.close();
      await app.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A window, in whichever host. */
export interface OpenedWindow {
  app: Application;
  page: Page;
  /** What the page complained about: script errors, and everything that the Content-Security-Policy stopped. */
  complaints: string[];
  close(): Promise<void>;
}

/** The window in a browser, and what serves it. */
export type WindowInBrowser = OpenedWindow & RunningProgram;

/** For tests of the browser host alone. */
export function servedOf(window: OpenedWindow): ServedWindow {
  if (!('served' in window)) throw new Error('In this host nobody serves the window.');
  return (window as WindowInBrowser).served;
}

export type OpenWindow<Opened extends OpenedWindow = OpenedWindow> = (
  browser: Browser,
  options?: WindowOptions,
) => Promise<Opened>;

export interface WindowOptions extends BrowserContextOptions {
  sources?: readonly PhoneSource[];
  clock?: Clock;
  /** In the page, before its own scripts. */
  runFirst?: () => void;
}

/** The program, and its window in a browser. */
export async function openWindow(browser: Browser, options: WindowOptions = {}): Promise<WindowInBrowser> {
  const { sources, clock, runFirst, ...contextOptions } = options;
  const program = await startProgram(sources, clock);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...contextOptions,
  });
  if (runFirst !== undefined) await context.addInitScript(runFirst);
  const page = await context.newPage();
  listenToQuestions(page);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(program.served.url);
  return {
    ...program,
    page,
    complaints,
    async close() {
      await context.close();
      await program.close();
    },
  };
}
