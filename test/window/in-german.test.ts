import { expect } from 'vitest';
import { violations } from './axe.ts';
import { unfitting } from './fitting.ts';
import { walkInLanguage } from './in-language.ts';
import { englishOn } from './spoken-window.ts';
import { test } from './window-test.ts';

/** What axe says of a language is the same on most screens: these have every kind of element. */
const byAxe = ['result, opened', 'prove', 'history', 'walk-through'];

test('the whole way in German has no English sentence, fits, and axe finds nothing', async ({ open }) => {
  const window = await open({ locale: 'de-DE', viewport: { width: 1024, height: 700 } });
  const found: string[] = [];
  await walkInLanguage(window, 'de', async (page, screen) => {
    found.push(...(await englishOn(page, 'body')).map((text) => `${screen}, English: ${text}`));
    found.push(...(await unfitting(page)).map((fault) => `${screen}: ${fault}`));
    if (!byAxe.includes(screen)) return;
    found.push(...(await violations(page, 'light')).map((violation) => `${screen}, axe: ${violation}`));
  });
  expect(found).toEqual([]);
});

test('a sentence of the window in English is found, and what a phone says in English is none', async ({ open }) => {
  const { page } = await open({ locale: 'de-DE' });
  await page.getByRole('main').getByRole('heading').first().waitFor();
  expect(await englishOn(page)).toEqual([]);
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML(
      'beforeend',
      '<button aria-label="Check again">3 things are still open</button><p><bdi>Undo</bdi></p>',
    );
  });
  expect(await englishOn(page)).toEqual(['Check again', '3 things are still open']);
});
