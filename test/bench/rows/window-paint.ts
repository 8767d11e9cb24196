import type { BenchRow } from '../bench-row.ts';
import { openWindowOnce } from '../first-screen.ts';
import { startBrowser } from '../../window/browser.ts';

/** What the window may take beside an empty page. */
const moreMs = 200;

/** Of a program that has just begun, in a browser that has nothing of the window yet. */
export const windowPaint: BenchRow = {
  id: 'window-paint',
  what: 'the window, until its first text or picture',
  against: `an empty page in the same browser, and ${moreMs} ms`,
  unit: 'ms',
  aim: { timesTheLimit: 1 },
  runs: 5,
  begin: async () => {
    const browser = await startBrowser();
    return {
      pair: async () => {
        const { firstPaintMs, emptyPaintMs } = await openWindowOnce(browser);
        return { own: firstPaintMs, against: emptyPaintMs + moreMs };
      },
      end: () => browser.close(),
    };
  },
};

/** The same until its first screen is there, which buttons come with. */
export const windowUsable: BenchRow = {
  id: 'window-usable',
  what: 'the window, until its first screen is there',
  against: `an empty page in the same browser, and ${moreMs} ms`,
  unit: 'ms',
  aim: { timesTheLimit: 1 },
  runs: 5,
  begin: async () => {
    const browser = await startBrowser();
    return {
      pair: async () => {
        const { usableMs, emptyUsableMs } = await openWindowOnce(browser);
        return { own: usableMs, against: emptyUsableMs + moreMs };
      },
      end: () => browser.close(),
    };
  },
};

/** What a browser has to take in before the first screen is there. */
export const windowScript: BenchRow = {
  id: 'window-script',
  what: 'the JavaScript of the first screen, gzipped',
  against: '250 kB',
  unit: 'kB',
  aim: { timesTheLimit: 1 },
  runs: 1,
  begin: async () => {
    const browser = await startBrowser();
    return {
      pair: async () => ({ own: (await openWindowOnce(browser)).script / 1000, against: 250 }),
      end: () => browser.close(),
    };
  },
};
