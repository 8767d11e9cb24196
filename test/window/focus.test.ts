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
    await page.getByText('2 fixed and proven').waitFor();
    await focusComesTo(page, 'Fixed and proven');
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
