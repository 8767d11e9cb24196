import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startBrowser } from './browser.ts';
import { openWindow } from './open-window.ts';
import { addSample, scan } from './screens.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('a phone is forgotten after it is told what that takes, and only with a yes', async () => {
  const window = await openWindow(browser);
  onTestFinished(async () => {
    expect(window.complaints).toEqual([]);
    await window.close();
  });
  const { page, app } = window;
  await addSample(page, /Pixel 8,/);
  await scan(page);
  await page.getByRole('link', { name: 'Finish', exact: true }).click();
  await page.getByText('Switch USB debugging off, then Developer options').waitFor();
  await page.getByText('1 snapshot, 0 actions').waitFor();
  const forget = page.getByRole('button', { name: 'Forget this phone' });
  expect(await forget.isDisabled()).toBe(true);
  await page.getByLabel('Remove everything about this phone, for good').check();
  await forget.click();
  await page.getByText('Nothing is kept about this phone').waitFor();
  expect(app.snapshots()).toEqual([]);
  await page.getByRole('link', { name: 'Results' }).click();
  await page.getByRole('button', { name: /^Scan/ }).waitFor();
});
