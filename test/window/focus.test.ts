import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addSample, openTab, scan } from './screens.ts';
import { test } from './window-test.ts';

/** The words of what has the focus, or its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const holder = document.activeElement;
    return holder?.getAttribute('aria-label') ?? holder?.textContent ?? '';
  });
const focusComesTo = (page: Page, words: string): Promise<void> => expect.poll(() => focused(page)).toBe(words);

describe('the focus', () => {
  test('goes to the heading of a screen that is opened, and the tab is told as the one that is shown', async ({
    page,
  }) => {
    await addSample(page, /Pixel 8,/);
    await focusComesTo(page, 'Pixel 8');
    for (const tab of ['Prove', 'Copy', 'History', 'Fix'] as const) {
      await openTab(page, tab);
      await focusComesTo(page, tab);
      const current = page.getByRole('navigation', { name: 'About this phone' }).locator('[aria-current]');
      expect(await current.allInnerTexts()).toEqual([tab]);
    }
    await page.getByRole('link', { name: 'All visits' }).click();
    await focusComesTo(page, 'All visits');
    await page.goBack();
    await focusComesTo(page, 'Pixel 8');
  });

  test('goes to the verdict after the first scan, to the question before a correction, and to what it has proven', async ({
    page,
  }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    const headline = await page.locator('main output[tabindex="-1"]').first().innerText();
    await focusComesTo(page, headline);
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('button', { name: /^Fix 2 things$/ }).click();
    await page.getByText('2 fixed and checked').waitFor();
    await focusComesTo(page, 'Fixed and checked');
  });

  test('goes on from step to step in a walk-through, and to what was put back in the history', async ({ page }) => {
    await addSample(page, /Pixel 8a.*a battery level/);
    await scan(page);
    await page.getByRole('button', { name: 'Show me step by step' }).click();
    await focusComesTo(page, 'Step by step');
    const step = page.getByRole('region', { name: 'This step' });
    await step.getByRole('button', { name: /…$/ }).click();
    await page.getByRole('button', { name: 'Run on the phone' }).click();
    await page.getByText('1 of 1 thing settled').waitFor();
    const holdsStep = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.querySelector('[aria-label="This step"]') !== null);
    await expect.poll(holdsStep).toBe(true);
    expect(await focused(page)).not.toContain('Fix');

    await openTab(page, 'History');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Put back ·/).waitFor();
    await expect.poll(() => focused(page)).toMatch(/Put back/);
  });

  test('goes to the verdict once everything that was corrected is put back', async ({ page }) => {
    await addSample(page, /Pixel 8,/);
    await scan(page);
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    await page.getByRole('button', { name: /^Fix 2 things$/ }).click();
    const proven = page.getByRole('region', { name: 'Fixed and checked' });
    await proven.getByText('2 fixed and checked').waitFor();
    await proven
      .getByRole('button', { name: /^Undo: / })
      .first()
      .click();
    await proven.getByText('1 fixed and checked').waitFor();
    await focusComesTo(page, 'Fixed and checked');
    await proven.getByRole('button', { name: /^Undo: / }).click();
    await proven.waitFor({ state: 'detached' });
    await focusComesTo(page, await page.locator('main output[tabindex="-1"]').first().innerText());
  });
});

test('old addresses of the screens of a phone lead to its tabs', async ({ page, app }) => {
  const { phoneId } = await app.addSample('pixel-14');
  const leadsTo = {
    'test-photo': 'prove',
    watch: 'prove',
    corrections: 'history',
    'compare?before=1&after=2': 'history/compare',
  };
  for (const [from, to] of Object.entries(leadsTo)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/phones/${phoneId}/${from}`);
    await page.waitForURL((url) => url.hash.startsWith(`#/phones/${phoneId}/${to}`));
  }
  expect(new URL(page.url()).hash).toContain('1');
});
