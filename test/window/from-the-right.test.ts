import { expect } from 'vitest';
import { unfitting } from './fitting.ts';
import { walkInLanguage } from './in-language.ts';
import { test } from './window-test.ts';

test('the whole way written from the right, in words a third longer, fits at 1024×700', async ({ open }) => {
  const window = await open({ locale: 'ar-XB', viewport: { width: 1024, height: 700 } });
  const found: string[] = [];
  await walkInLanguage(window, 'ar-XB', async (page, screen) => {
    found.push(...(await unfitting(page)).map((fault) => `${screen}: ${fault}`));
  });
  expect(found).toEqual([]);
});
