import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './window-test.ts';

/** The page's language and direction, as a screen reader has them. */
const spoken = (page: Page) =>
  page.evaluate(() => [document.documentElement.lang, document.documentElement.dir].join(' '));

describe('the language of the window', () => {
  test('is that of the system, until another one is chosen; the next start begins with it', async ({ open }) => {
    const { page, app } = await open({ locale: 'de-AT' });
    await page.getByRole('link', { name: 'Alle Besuche' }).waitFor();
    expect(await spoken(page)).toBe('de ltr');

    app.settings.change({ language: 'en' });
    await page.getByRole('link', { name: 'All visits' }).waitFor();
    expect(await spoken(page)).toBe('en ltr');

    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('link', { name: 'All visits' }).waitFor();
    expect(await spoken(page)).toBe('en ltr');
  });

  test('turns the page where it is written from the right', async ({ open }) => {
    const { page } = await open({ locale: 'ar-XB' });
    await page.getByRole('link', { name: /^Áll snápshóts/ }).waitFor();
    expect(await spoken(page)).toBe('ar-XB rtl');
  });

  test('is English where the window has none of those that the system has', async ({ open }) => {
    const { page } = await open({ locale: 'fr-FR' });
    await page.getByRole('link', { name: 'All visits' }).waitFor();
    expect(await spoken(page)).toBe('en ltr');
  });
});
