import { expect } from 'vitest';
import { walkInLanguage } from './in-language.ts';
import { clippedOn, englishOn } from './spoken-window.ts';
import { test } from './window-test.ts';

for (const [language, side] of [
  ['en-XA', 'left'],
  ['ar-XB', 'right'],
] as const) {
  test(`in words a third longer, written from the ${side}, nothing is clipped at 1024×700`, async ({ open }) => {
    const window = await open({ locale: language, viewport: { width: 1024, height: 700 } });
    const found: string[] = [];
    await walkInLanguage(window, language, async (page, screen) => {
      found.push(...(await clippedOn(page)).map((text) => `${screen}: ${text}`));
    });
    expect(found).toEqual([]);
  });
}

test('a text that is cut off, a page that is too wide and a sentence in English are found', async ({ open }) => {
  const { page } = await open({ locale: 'de-DE' });
  await page.getByRole('main').getByRole('heading').first().waitFor();
  expect(await clippedOn(page)).toEqual([]);
  expect(await englishOn(page)).toEqual([]);
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML(
      'beforeend',
      `<p id="cut">Ein viel zu langes Wort</p><p id="wide">Breit</p>
       <button aria-label="Check again">3 things are still open</button><p><bdi>Undo</bdi></p>`,
    );
    // Not as an attribute: the Content-Security-Policy keeps styles out that come with a text.
    const [cut, wide] = main.querySelectorAll<HTMLElement>('#cut, #wide');
    Object.assign(cut?.style ?? {}, { width: '4rem', overflow: 'hidden', whiteSpace: 'nowrap' });
    Object.assign(wide?.style ?? {}, { width: '200rem' });
  });
  expect(await clippedOn(page)).toEqual(['Ein viel zu langes Wort', expect.stringMatching(/^main is \d+ wide$/)]);
  expect(await englishOn(page)).toEqual(['Check again', '3 things are still open']);
});
