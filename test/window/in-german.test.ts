import { expect } from 'vitest';
import { violations } from './axe.ts';
import { unfitting } from './fitting.ts';
import { visit } from './every-screen.ts';
import { walkInLanguage } from './in-language.ts';
import { shopScreens } from './shop-screens.ts';
import { englishOn } from './spoken-window.ts';
import { test } from './window-test.ts';

/** What axe says of a language is the same on most screens: these have every kind of element, and those of a shop what no other has. */
const byAxe = [
  'result, opened',
  'prove',
  'history',
  'walk-through',
  'a ticket, all its fields',
  'erasing a customer',
  'clearing out, and hand-over',
  'restoring a backup',
  'a report, encrypted',
  'a case',
];

test('the whole way in German has no English sentence, fits, and axe finds nothing, in light and in dark', async ({
  open,
}) => {
  const window = await open({ locale: 'de-DE', viewport: { width: 1024, height: 700 } });
  const found: string[] = [];
  await walkInLanguage(window, 'de', async (page, screen) => {
    found.push(...(await englishOn(page, 'body')).map((text) => `${screen}, English: ${text}`));
    found.push(...(await unfitting(page)).map((fault) => `${screen}: ${fault}`));
    for (const scheme of byAxe.includes(screen) ? (['light', 'dark'] as const) : (['dark'] as const)) {
      found.push(...(await violations(page, scheme)).map((violation) => `${screen}, axe, ${scheme}: ${violation}`));
    }
  });
  expect(found).toEqual([]);
});

test('the screens of a shop are clean in English too, in light and in dark', async ({ page, app }) => {
  const { phoneId } = await app.addSample('pixel-14');
  await app.scan({ phoneId, save: true });
  const [{ id } = { id: '' }] = app.snapshots();
  const found: string[] = [];
  for (const screen of await shopScreens(app, id)) {
    await visit(page, screen);
    for (const scheme of ['light', 'dark'] as const) {
      found.push(...(await violations(page, scheme)).map((violation) => `${screen.name}, ${scheme}: ${violation}`));
    }
  }
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
