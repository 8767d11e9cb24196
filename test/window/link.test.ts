import { expect } from 'vitest';
import { servedOf } from './open-window.ts';
import { test } from './window-test.ts';

const connected = 'No phone is plugged in.';

test('the printed link leads to the window again in the browser that used it, and so do a reload and another tab', async ({
  page,
  window,
}) => {
  const served = servedOf(window);
  await page.getByText(connected).waitFor();
  expect(page.url()).toBe(`http://127.0.0.1:${served.port}/`);
  await page.reload();
  await page.getByText(connected).waitFor();
  await page.goto(served.url);
  await page.getByText(connected).waitFor();
  const tab = await page.context().newPage();
  await tab.goto(`http://127.0.0.1:${served.port}/#/history`);
  await tab.getByText(connected).waitFor();
  await tab.getByRole('heading', { level: 1, name: 'All visits' }).waitFor();
});

test('in another browser the used link says so, and the program answers nothing', async ({ browser, window }) => {
  const other = await browser.newContext();
  const page = await other.newPage();
  await page.goto(servedOf(window).url);
  await page.getByText('This link was used in another browser').waitFor();
  await other.close();
});
