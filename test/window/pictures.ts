// Takes the pictures of docs/: `npm run pictures`. The README's is the result of a sample phone; the others are small.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { openWindow } from './open-window.ts';
import { addSample, openTab, scan } from './screens.ts';

const docs = join(import.meta.dirname, '../../docs');
const folder = join(docs, 'screens');

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** The walk through the screens; `take` keeps a picture of the one that is shown. */
async function walk(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  await page.getByText('Looking for a phone…').waitFor();
  await take('home');
  await page.getByRole('button', { name: 'It’s Android' }).click();
  await page.getByRole('button', { name: 'Done, next' }).click();
  await take('plug-in');
  await page.getByRole('button', { name: 'Try a sample phone' }).click();
  await page.getByRole('button', { name: /Pixel 8,/ }).waitFor();
  await take('samples');
  await page.getByRole('button', { name: /Pixel 8,/ }).click();
  await scan(page);
  await take('result');
  for (const tab of ['Prove', 'Copy', 'History'] as const) {
    await openTab(page, tab);
    await page.getByRole('heading', { level: 2, name: tab }).waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    await take(tab.toLowerCase());
  }
  await go(page, '#/bench');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await take('bench');
  await go(page, '#/settings');
  await page.getByText('Data folder').waitFor();
  await take('settings');
  await go(page, '#/settings/catalog');
  await page.getByText(/^\d+ causes$/).waitFor();
  await take('catalog');
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const window = await openWindow(browser, {
      colorScheme,
      locale: 'en-GB',
      viewport: { width: 1024, height: 700 },
    });
    await walk(window.page, async (name) => {
      await window.page.mouse.move(0, 0);
      await window.page.locator('main').evaluate((main) => main.scrollTo(0, 0));
      const path = join(folder, `${name}${colorScheme === 'dark' ? '-dark' : ''}.jpg`);
      await window.page.screenshot({ path, type: 'jpeg', quality: 72 });
    });
    await window.close();
  }
  const window = await openWindow(browser, { deviceScaleFactor: 2, colorScheme: 'light', locale: 'en-GB' });
  await addSample(window.page, /Pixel 8,/);
  await scan(window.page);
  await window.page.mouse.move(0, 0);
  await window.page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  await window.page.screenshot({ path: join(docs, 'window.png') });
  await window.close();
} finally {
  await browser.close();
}
