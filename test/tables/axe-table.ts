import type { Page } from 'playwright-core';
import { violations, type Scheme } from '../window/axe.ts';
import { startBrowser } from '../window/browser.ts';
import { serveGallery } from '../window/gallery/serve.ts';
import { walkInLanguage } from '../window/in-language.ts';
import { openWindow } from '../window/open-window.ts';

/**
 * Prints what axe finds on every screen of a walk with a sample phone, everything on it opened, and on the gallery of parts, in light and in
 * dark, in English and in German. The tests ask it of the states of the screens in English, and of some screens in German.
 * `node test/tables/axe-table.ts`
 */
const schemes: readonly Scheme[] = ['light', 'dark'];
const found: string[] = [];
const counts = new Map<string, { screens: number; violations: number }>();

async function look(
  page: Page,
  language: string,
  screen: string,
  where: string,
  without: readonly string[] = [],
): Promise<void> {
  for (const scheme of schemes) {
    const lines = await violations(page, scheme, without);
    const key = `${where} | ${language} | ${scheme}`;
    const { screens, violations: former } = counts.get(key) ?? { screens: 0, violations: 0 };
    counts.set(key, { screens: screens + 1, violations: former + lines.length });
    found.push(...lines.map((line) => `${key} | ${screen}: ${line}`));
  }
}

const browser = await startBrowser();
const gallery = await serveGallery();
try {
  for (const [language, locale] of [
    ['en', 'en-GB'],
    ['de', 'de-DE'],
  ] as const) {
    const window = await openWindow(browser, { locale, viewport: { width: 1024, height: 700 } });
    // Nobody waits for a table, and the machine may have other work.
    window.page.setDefaultTimeout(180_000);
    try {
      await walkInLanguage(window, language, (page, screen) => look(page, language, screen, 'walk'));
    } finally {
      await window.close();
    }
    const page = await browser.newPage({ locale, viewport: { width: 1024, height: 700 }, reducedMotion: 'reduce' });
    await page.goto(gallery.url, { waitUntil: 'commit' });
    await page.locator('[data-part="Result"]').first().waitFor({ timeout: 180_000 });
    // It has the same screen many times, one below the other: their regions are called the same.
    await look(page, language, 'gallery', 'gallery', ['landmark-unique']);
    await page.close();
  }
} finally {
  await gallery.close();
  await browser.close();
}
console.log('| where | language | theme | screens | violations |');
console.log('| --- | --- | --- | --- | --- |');
for (const [key, { screens, violations: all }] of counts) console.log(`| ${key} | ${screens} | ${all} |`);
for (const line of found) console.log(line);
process.exitCode = found.length === 0 ? 0 : 1;
