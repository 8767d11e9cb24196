import { expect, test as plain } from 'vitest';
import { startBrowser } from './browser.ts';
import { openWindow, type OpenedWindow, type OpenWindow, type WindowOptions } from './open-window.ts';

/** Some suites run in the desktop host too: vitest.config.ts says which. */
export const inDesktop = process.env['PHONE_HEALTH_WINDOW_HOST'] === 'desktop';
const open: OpenWindow = inDesktop ? (await import('../desktop/window-in-desktop.ts')).openWindowInDesktop : openWindow;

/** A test of the window in a real browser. What a test names is made for it, and gone after it. */
export const test = plain
  .extend('startBrowser', { scope: 'worker' }, () => startBrowser)
  /** One for all that a worker tests: it takes longer to start than most tests take. */
  .extend('browser', { scope: 'worker' }, async ({ startBrowser: start }, { onCleanup }) => {
    const browser = await start();
    onCleanup(() => browser.close());
    return browser;
  })
  /** How the window is opened. */
  .extend('options', (): WindowOptions => ({}))
  /** Opens the program on a data folder of its own, and its window. A page that has complained when the test is over fails it. */
  .extend('open', ({ browser, onTestFinished }) => async (options: WindowOptions = {}): Promise<OpenedWindow> => {
    const window = await open(browser, options);
    onTestFinished(async () => {
      await window.close();
      expect(window.complaints).toEqual([]);
    });
    return window;
  })
  .extend('window', ({ open, options }) => open(options))
  .extend('page', ({ window }) => window.page)
  .extend('app', ({ window }) => window.app);
