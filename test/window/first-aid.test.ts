import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addSample, scan } from './screens.ts';
import { test } from './window-test.ts';

async function openWalkthrough(page: Page, sample: RegExp): Promise<void> {
  // The half minute passes at once.
  await page.clock.install();
  await addSample(page, sample);
  await scan(page);
  await page.getByRole('link', { name: 'Other ways' }).click();
}

test('the quick win counts its half minute, for the app that is chosen', async ({ page }) => {
  await openWalkthrough(page, /Pixel 8,/);
  await page.getByText('The quick win: off and on again').click();
  await page
    .getByRole('heading', { name: 'Switch the backup of Google Photos off and on again, and restart' })
    .waitFor();
  await page.getByLabel('App').selectOption({ label: 'OneDrive' });
  await page.getByRole('heading', { name: /OneDrive off and on again/ }).waitFor();
  await page.getByRole('button', { name: 'Count 30 seconds' }).click();
  await page.getByRole('timer').waitFor();
  await page.clock.runFor(31_000);
  await page.getByText('The time is over. Go on with the next step.').waitFor();
});

test('a second way is chosen, stays in use, and is given up', async ({ page, app }) => {
  await openWalkthrough(page, /Pixel 8,/);
  const { phone } = app.store.listSnapshots()[0] ?? { phone: null };
  await page.getByText('Until Google Photos uploads again: another way for new photos').click();
  await page.getByRole('button', { name: 'I use this meanwhile' }).filter({ visible: true }).click();
  await page.getByText(/: in use since/).waitFor();
  expect(app.store.alternativesInUse(phone?.id ?? '').map((one) => one.app)).toEqual([
    'com.google.android.apps.photos',
  ]);
  await page.getByRole('button', { name: 'I have switched back' }).click();
  await page.getByText('Until Google Photos uploads again: another way for new photos').waitFor();
  expect(app.store.alternativesInUse(phone?.id ?? '')).toEqual([]);
});
