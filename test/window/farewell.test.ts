import { expect } from 'vitest';
import { addSample, openTab, scan } from './screens.ts';
import { test } from './window-test.ts';

test('a phone is forgotten after it is told what that takes, and only with a yes', async ({ page, app }) => {
  await addSample(page, /Pixel 8,/);
  await scan(page);
  await openTab(page, 'History');
  await page.getByRole('link', { name: 'Switch USB debugging off, or forget it' }).click();
  await page.getByText('Switch USB debugging off, then Developer options').waitFor();
  await page.getByText('1 snapshot, 0 actions').waitFor();
  const forget = page.getByRole('button', { name: 'Forget this phone' });
  expect(await forget.isDisabled()).toBe(true);
  await page.getByLabel('Remove everything about this phone, for good').check();
  await forget.click();
  await page.getByText('Nothing is kept about this phone').waitFor();
  expect(app.snapshots()).toEqual([]);
  await openTab(page, 'Fix');
  await page.getByRole('button', { name: /^Scan/ }).waitFor();
});
