import { expect } from 'vitest';
import { violations } from './axe.ts';
import { walkInLanguage } from './in-language.ts';
import { clippedOn, englishOn } from './spoken-window.ts';
import { test } from './window-test.ts';

/** What axe says of a language is the same on most screens: these have every kind of element. */
const byAxe = ['result, opened', 'prove', 'history', 'walk-through'];

test('the whole way in German has no English sentence, nothing clipped, and nothing that axe finds', async ({
  open,
}) => {
  const window = await open({ locale: 'de-DE', viewport: { width: 1024, height: 700 } });
  const found: string[] = [];
  await walkInLanguage(window, 'de', async (page, screen) => {
    found.push(...(await englishOn(page)).map((text) => `${screen}, English: ${text}`));
    found.push(...(await clippedOn(page)).map((text) => `${screen}, clipped: ${text}`));
    if (!byAxe.includes(screen)) return;
    found.push(...(await violations(page, 'light')).map((violation) => `${screen}, axe: ${violation}`));
  });
  expect(found).toEqual([]);
});
