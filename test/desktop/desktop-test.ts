import { expect, test as plain } from 'vitest';
import { startBrowser } from '../window/browser.ts';
import { startDesktop, type DesktopOptions, type DesktopProgram } from './desktop-program.ts';

/** A test of the desktop host as it is built, under the stand-in, with its window in a real browser. */
export const test = plain
  .extend('startBrowser', { scope: 'worker' }, () => startBrowser)
  .extend('browser', { scope: 'worker' }, async ({ startBrowser: start }, { onCleanup }) => {
    const browser = await start();
    onCleanup(() => browser.close());
    return browser;
  })
  /** For a program that several tests of a file share. */
  .extend('begin', { scope: 'worker' }, () => startDesktop)
  /** Starts the program on a data folder of its own. A page that has complained when the test is over fails it. */
  .extend('start', ({ browser, onTestFinished }) => async (options: DesktopOptions = {}): Promise<DesktopProgram> => {
    const program = await startDesktop(browser, options);
    onTestFinished(async () => {
      await program.close();
      expect(program.complaints).toEqual([]);
    });
    return program;
  })
  .extend('program', ({ start }) => start());
