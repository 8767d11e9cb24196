import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBrowser } from './browser.ts';
import { openWindow, type OpenedWindow } from './open-window.ts';

let browser: Browser;
let window: OpenedWindow;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  window = await openWindow(browser);
});
afterEach(() => window.close());

const version = /^Version .* · catalog /;

test('the printed link leads to the window again in the browser that used it, and so do a reload and another tab', async () => {
  const { page, served } = window;
  await page.getByText(version).waitFor();
  expect(page.url()).toBe(`http://127.0.0.1:${served.port}/`);
  await page.reload();
  await page.getByText(version).waitFor();
  await page.goto(served.url);
  await page.getByText(version).waitFor();
  const tab = await page.context().newPage();
  await tab.goto(`http://127.0.0.1:${served.port}/#/history`);
  await tab.getByText(version).waitFor();
  await tab.getByRole('heading', { level: 1, name: 'All snapshots' }).waitFor();
  expect(window.complaints).toEqual([]);
});

test('in another browser the used link says so, and the program answers nothing', async () => {
  const other = await browser.newContext();
  const page = await other.newPage();
  await page.goto(window.served.url);
  await page.getByText('This link was used in another browser').waitFor();
  await other.close();
});
