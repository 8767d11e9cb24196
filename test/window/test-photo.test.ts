import { expect } from 'vitest';
import { HeldClock } from './held-clock.ts';
import { addSample, openTab } from './screens.ts';
import { test as windowTest } from './window-test.ts';

const test = windowTest.extend('clock', () => new HeldClock()).override('options', ({ clock }) => ({ clock }));

test('a test photo: asked for, taken, watched in a live line, judged after ten minutes, kept', async ({
  page,
  app,
  clock,
}) => {
  await addSample(page, /Pixel 8,/);
  await openTab(page, 'Prove');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByText('Take a photo with the phone’s camera now.').waitFor();
  await page.getByRole('button', { name: 'Take a photo on the sample' }).click();
  await clock.pass(5_000);
  await page.getByText('A new photo is there: 3.5 MB. Leave the phone alone now.').waitFor();
  await clock.pass(5_000);
  await page.getByText(/^Nothing was sent in 5 seconds, because the job waits for /).waitFor();

  // It goes on while the page is loaded anew, and while another screen is shown.
  await page.reload();
  await page.getByText(/^Nothing was sent in 5 seconds, because the job waits for /).waitFor();
  await openTab(page, 'History');
  await clock.pass(600_000);
  await openTab(page, 'Prove');
  await page.getByRole('status').getByText('Nothing was sent', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Test photos until now' }).waitFor();
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(
    /Google Photos\s+Nothing was sent\s+Nothing was sent in 10 minutes/,
  );
  expect(app.testPhotos.list().map(({ verdict, minutes }) => [verdict, minutes])).toEqual([['nothing-sent', 10.1]]);
});

test('a test photo can be cancelled at any time', async ({ page, app }) => {
  await addSample(page, /Pixel 8,/);
  await openTab(page, 'Prove');
  await page.getByLabel('Open the camera on the phone').check();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByText('The camera is open: take a photo now.').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The test was cancelled').waitFor();
  await expect.poll(() => app.testPhotos.running()).toEqual([]);
  await page.getByRole('button', { name: 'Start the test' }).waitFor();
});
