// Takes the picture of the README: `node test/window/screenshot.ts`, after `npm run build`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { openWindow } from './open-window.ts';
import { addSample, scan } from './screens.ts';

const folder = join(import.meta.dirname, '../../docs');
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
const window = await openWindow(browser, { deviceScaleFactor: 2, colorScheme: 'light', locale: 'en-GB' });
try {
  const { page } = window;
  await addSample(page, /Pixel 8,/);
  await scan(page);
  await page.mouse.move(0, 0);
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  await page.screenshot({ path: join(folder, 'window.png') });
} finally {
  await window.close();
  await browser.close();
}
