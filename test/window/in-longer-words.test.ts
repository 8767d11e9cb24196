import { expect } from 'vitest';
import { walkInLanguage } from './in-language.ts';
import { clippedOn } from './spoken-window.ts';
import { test } from './window-test.ts';

for (const language of ['en-XA', 'ar-XB'] as const) {
  test(`in words a third longer, ${language === 'en-XA' ? 'from the left' : 'from the right'}, nothing is clipped at 1024×700`, async ({
    open,
  }) => {
    const window = await open({ locale: language, viewport: { width: 1024, height: 700 } });
    const found: string[] = [];
    await walkInLanguage(window, language, async (page, screen) => {
      found.push(...(await clippedOn(page)).map((text) => `${screen}: ${text}`));
    });
    expect(found).toEqual([]);
  });
}
