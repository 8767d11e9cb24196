import { expect } from 'vitest';
import { axeOn } from './axe-walk.ts';
import { walkInLanguage } from './in-language.ts';
import { clippedOn, englishOn } from './spoken-window.ts';
import { test } from './window-test.ts';

test('the whole way in German has no English sentence, nothing clipped, and nothing that axe finds', async ({
  open,
}) => {
  const window = await open({ locale: 'de-DE', viewport: { width: 1024, height: 700 } });
  const found: string[] = [];
  await walkInLanguage(window, 'de', async (page, screen) => {
    found.push(...(await englishOn(page)).map((text) => `${screen}, English: ${text}`));
    found.push(...(await clippedOn(page)).map((text) => `${screen}, clipped: ${text}`));
    found.push(...(await axeOn(page)).map((violation) => `${screen}, axe: ${violation}`));
  });
  expect(found).toEqual([]);
});
