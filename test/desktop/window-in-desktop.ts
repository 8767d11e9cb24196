import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Application } from '../../electron/app/application.ts';
import { readWindowFiles } from '../../electron/browser/window-files.ts';
import { Desktop } from '../../electron/desktop/desktop.ts';
import { systemKeychain } from '../../electron/desktop/keychain.ts';
import { OpenedThings } from '../../electron/desktop/opened-things.ts';
import { closePages, registerWindowScheme, serveWindowFiles } from '../../electron/desktop/serve-window.ts';
import { windowPrinter } from '../../electron/desktop/window-printer.ts';
import { promptPace } from '../prompt-pace.ts';
import { tellPath } from '../window/choose-file.ts';
import type { OpenedWindow, WindowOptions } from '../window/open-window.ts';
import { listenToQuestions } from '../window/stillness.ts';
import { chromiumPages } from './stand-in/chromium-pages.ts';
import { app } from './stand-in/electron.ts';
import { pageAnswers, shownElsewhere } from './stand-in/page-elsewhere.ts';
import { peer, type Peer } from './stand-in/peer.ts';
import { resetStandIn } from './stand-in/reset.ts';
import { pages } from './stand-in/web-contents.ts';

const built = join(import.meta.dirname, '..', '..', 'out');

/**
 * The window of `test/window` in the desktop host: its own parts, as main.ts puts them together, under the stand-in and within the test's own
 * process, so that a test has the application in its hands as in the browser host.
 */
export async function openWindowInDesktop(browser: Browser, options: WindowOptions = {}): Promise<OpenedWindow> {
  const { sources = [], clock, runFirst, ...contextOptions } = options;
  resetStandIn({ ready: false });
  registerWindowScheme();
  closePages();
  app.becomeReady();
  serveWindowFiles(await readWindowFiles(join(built, 'renderer')));

  const complaints: string[] = [];
  // The two ends that are two processes elsewhere: what goes between them is cloned here too.
  const main: Peer & { receive(message: unknown): void } = peer(
    (message) => shown.receive(structuredClone(message)),
    pageAnswers(() => elsewhere),
  );
  const elsewhere = shownElsewhere(main);
  const chromium = chromiumPages(
    browser,
    () => shown,
    async (page) => {
      if (runFirst !== undefined) await page.addInitScript(runFirst);
      listenToQuestions(page);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
    },
    { viewport: { width: 1280, height: 800 }, ...contextOptions },
  );
  const shown: Peer & { receive(message: unknown): void } = peer(
    (message) => main.receive(structuredClone(message)),
    chromium.answers,
  );
  // The preload script lies beside the main process where that is built.
  pages.open = (contents) => {
    const { webPreferences } = contents;
    if (webPreferences.preload !== undefined) webPreferences.preload = join(built, 'main', 'preload.cjs');
    return elsewhere.open(contents);
  };

  const home = await mkdtemp(join(tmpdir(), 'phone-health-window-'));
  const application = new Application({
    env: { PHONE_HEALTH_HOME: home },
    sources,
    samplePace: promptPace,
    pdfPrinter: windowPrinter,
    keychain: systemKeychain,
    ...(clock ? { clock } : {}),
  });
  const program = new EventEmitter() as NodeJS.Process;
  const desktop = new Desktop(application, new OpenedThings(), program);
  await desktop.window.open();
  const page = await chromium.page();
  const id = desktop.window.now?.webContents.id ?? 0;
  tellPath.set(page, (path) => chromium.knowPath(id, path));
  return {
    app: application,
    page,
    complaints,
    async close() {
      const ended = new Promise<void>((resolve) => {
        app.host.end = () => resolve();
      });
      app.quit();
      await ended;
      await chromium.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
