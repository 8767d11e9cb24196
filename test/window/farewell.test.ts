import { expect } from 'vitest';
import { addSample, scan } from './screens.ts';
import { test } from './window-test.ts';

test('a phone is forgotten after it is told what that takes, and only with a yes', async ({ page, app }) => {
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
