import { expect } from 'vitest';
import { openWindow } from './open-window.ts';
import { test } from './window-test.ts';

test('where the program has ended, the window says so and what helps, and nothing can be pressed in vain', async ({
  browser,
  onTestFinished,
}) => {
  const window = await openWindow(browser);
  onTestFinished(() => window.close());
  const { page } = window;
  await page.getByText('No phone is plugged in.').waitFor();
  await window.served.close();
  await page.getByText('The connection to the program is lost. Connecting again…').waitFor();
  await page.getByText(/^The program has ended, or cannot be reached/).waitFor();
  await page.getByText('Start Phone Health Inspector again.').waitFor();
  const tries = page.getByText('Try a sample phone');
  expect(await tries.evaluate((element) => element.closest('[inert]') !== null)).toBe(true);
  // The page asks for the program again and again; it complains of nothing else.
  expect(window.complaints.filter((complaint) => !complaint.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
});
