import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { addSample, openTab, scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const blackOnPaper = ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'];

/** What is on paper, and the colours that it has. */
async function onPaper(page: Page): Promise<{ words: string; inks: string[] }> {
  await page.emulateMedia({ media: 'print' });
  // The page is told of it with the next frame, as it is before it is printed.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const words = await page.locator('body').innerText();
  const inks = await page.evaluate((blank) => {
    const seen = [...document.querySelectorAll<HTMLElement>('body *')].filter((one) => one.checkVisibility());
    const inks = seen.flatMap((one) => {
      const { color, backgroundColor } = getComputedStyle(one);
      return [color, backgroundColor].map((ink) =>
        blank.includes(ink) ? ink : `${ink} ${one.outerHTML.slice(0, 200)}`,
      );
    });
    return [...new Set(inks)];
  }, blackOnPaper);
  await page.emulateMedia({ media: 'screen' });
  return { words, inks: inks.toSorted() };
}

describe('on paper, from a dark window,', () => {
  test('a result and a comparison are black on white, and name no other phone', async ({ open }) => {
    const source = new StagedSource();
    const { page } = await open({ sources: [source], colorScheme: 'dark' });
    await addSample(page, /Pixel 8,/);
    source.show([listed('N1', { model: 'Galaxy of a neighbour', manufacturer: 'Samsung' })]);
    await page.getByText('Galaxy of a neighbour').first().waitFor();
    await scan(page);
    const result = await onPaper(page);
    expect(result.words).toContain('Pixel 8');
    expect(result.words).toContain('No photo has left for 12 hours');
    expect(result.words).not.toMatch(/neighbour|All visits|History|Fix 3 things/);
    expect(result.inks).toEqual(blackOnPaper);

    await page.getByRole('button', { name: 'Check again' }).first().click();
    await page.getByText(/^Since the scan before/).waitFor();
    await openTab(page, 'History');
    await page.getByText('2 scans').click();
    await page.getByRole('link', { name: 'What changed in this visit' }).click();
    await page.getByRole('region', { name: 'Still there' }).waitFor();
    const comparison = await onPaper(page);
    expect(comparison.words).toMatch(/Side by side[\s\S]*still there[\s\S]*Before/);
    expect(comparison.words).not.toMatch(/neighbour|Swap|Column A|Done with this phone/);
    expect(comparison.inks).toEqual(blackOnPaper);
  });

  test('the bench is a table of its phones, without the names that somebody gave their places', async ({ open }) => {
    const source = new StagedSource();
    const { page, app } = await open({ sources: [source], colorScheme: 'dark' });
    source.show([listed('R5CT300A9F', { model: 'Pixel 9' }), listed('R5CT300B7K', { model: 'Pixel 8' })]);
    await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
    app.bench.nameSlot(1, 'Mrs Miller');
    await page.getByText('Mrs Miller').first().waitFor();
    const { words, inks } = await onPaper(page);
    expect(words).toMatch(/1\s+Pixel 9 …0A9F\s+Ready\s+2\s+Pixel 8 …0B7K\s+Ready/);
    expect(words).not.toContain('Miller');
    expect(inks).toEqual(blackOnPaper);
  });
});
