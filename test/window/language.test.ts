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
    await page.getByRole('link', { name: /^Áll vísíts/ }).waitFor();
    expect(await spoken(page)).toBe('ar-XB rtl');
  });

  test('is English where the window has none of those that the system has', async ({ open }) => {
    const { page } = await open({ locale: 'fr-FR' });
    await page.getByRole('link', { name: 'All visits' }).waitFor();
    expect(await spoken(page)).toBe('en ltr');
  });

  test('is that of what the program says too, and of what it has said before another one is chosen', async ({
    open,
  }) => {
    const { page, app } = await open({ locale: 'en-GB' });
    const { phoneId } = await app.addSample('pixel-14');
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/phones/${phoneId}`);
    await page.getByRole('button', { name: /^Scan/ }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('No photo has left for 12 hours').waitFor();

    app.settings.change({ language: 'de' });
    await page.getByText('12 Stunden lang hat kein Foto das Telefon verlassen').waitFor();
    await page.getByText('Google Fotos darf nicht im Hintergrund laufen').first().waitFor();
    expect(await page.getByText('Google Photos may not run in the background').count()).toBe(0);

    app.settings.change({ language: 'system' });
    await page.getByText('No photo has left for 12 hours').waitFor();
  });
});
