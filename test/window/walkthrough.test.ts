import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addSample, scan } from './screens.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';

const step = (page: Page, cause: string, app = ''): Locator =>
  page
    .getByRole('navigation', { name: 'Steps' })
    .locator(`[data-cause="${cause}"]${app === '' ? '' : `[data-app="${app}"]`}`);

async function start(page: Page, sample: RegExp): Promise<void> {
  await addSample(page, sample);
  await scan(page);
  await page.getByRole('button', { name: 'Show me step by step' }).click();
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
}

const becomes = (of: Locator, state: string): Promise<void> =>
  of.and(of.page().locator(`[data-state="${state}"]`)).waitFor();

describe('a walk-through', () => {
  test('goes from step to step: corrected, ticked by itself, skipped, said, finished, compared', async ({
    page,
    app,
  }) => {
    await start(page, /Pixel 8a.*a battery level/);
    await page.getByText('0 of 1 thing settled').waitFor();
    await page.getByText(/^\d+ things were right from the beginning$/).waitFor();

    // An automatic step: asked for, run, proven, and the next one is shown.
    await page.getByRole('button', { name: /^Let battery saver start/ }).click();
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await becomes(step(page, 'battery-saver-threshold'), 'done');
    expect(app.corrections.list()).toMatchObject([{ result: 'taken', walkthrough: '1' }]);
    expect(await step(page, 'vpn', photos).getAttribute('aria-current')).toBe('step');

    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await becomes(step(page, 'vpn', photos), 'skipped');
    await page.getByText('All steps are settled').waitFor();
    await step(page, 'vpn', photos).click();
    await page.getByRole('button', { name: 'Take it up again' }).click();
    await becomes(step(page, 'vpn', photos), 'open');

    // A guided step: the owner acts, and it ticks itself without anybody asking.
    await page.getByText('The phone shows that it is not done yet.').waitFor();
    await page.getByRole('button', { name: 'Carry out these steps on the sample' }).click();
    await becomes(step(page, 'vpn', photos), 'done');
    expect(app.corrections.list()).toHaveLength(1);

    await page.getByRole('button', { name: 'Finish: read again and compare' }).click();
    await page.getByRole('link', { name: 'Compare before and after' }).waitFor();
    const { finished } = app.walkthroughs.view('1');
    const { steps } = app.snapshotReport(finished?.after ?? '');
    // The test photo is a step of the report, and no work on the phone.
    expect(finished?.open).toHaveLength(steps.filter(({ correction }) => correction !== 'test-photo').length);
    expect(steps.map(({ cause }) => cause)).not.toContain('vpn');
    await page.getByRole('link', { name: 'Compare before and after' }).click();
    await page.getByRole('region', { name: 'Gone', exact: true }).waitFor();
    expect(new Set(app.snapshots().map(({ label }) => label))).toEqual(new Set(['before', 'after']));
  });

  test('is still there when the window is loaded again, and is put back as a whole', async ({ page, app }) => {
    await start(page, /Pixel 8,/);
    await step(page, 'background-restricted', photos).click();
    await page.getByRole('button', { name: /^Allow Google Photos/ }).click();
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await becomes(step(page, 'background-restricted', photos), 'done');
    await page.reload();
    await becomes(step(page, 'background-restricted', photos), 'done');
    // What was read in this sitting is still known.
    expect(await page.getByText('The phone has not been read since').count()).toBe(0);

    await page.getByRole('button', { name: 'Undo 1 change…' }).click();
    await page.getByRole('button', { name: 'Put back 1 change' }).click();
    await page.getByText('1 change was put back').waitFor();
    await becomes(step(page, 'background-restricted', photos), 'open');
    expect(app.corrections.list()).toMatchObject([{ result: 'undone' }]);
  });

  test('keeps that a screen looks different', async ({ page, app }) => {
    await start(page, /Pixel 8a.*a battery level/);
    await step(page, 'vpn', photos).click();
    await page.getByRole('button', { name: 'This screen looks different' }).click();
    await page.getByLabel('What does the screen say instead?').fill('It is called <b>Private network</b> here.');
    await page.getByRole('button', { name: 'Keep this' }).click();
    await page.getByText('Kept, with the model and version of this phone.').waitFor();
    expect(app.walkthroughs.screenReports()).toMatchObject([
      { model: 'Pixel 8a', cause: 'vpn', note: 'It is called <b>Private network</b> here.' },
    ]);
  });

  test('has nothing to do on a healthy phone', async ({ page }) => {
    await addSample(page, /iOS 26.*Nothing wrong/);
    await scan(page);
    await page.getByRole('link', { name: 'Other ways' }).click();
    await page.getByText('There is nothing to correct').waitFor();
  });
});
