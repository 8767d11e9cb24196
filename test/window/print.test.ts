import { readFileSync } from 'node:fs';
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
  test('a result, a comparison and a certificate are black on white, and name no other phone', async ({ open }) => {
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

  test('a certificate is printed alone and saved, with the shop, what was corrected, and that the phone is a sample', async ({
    open,
  }) => {
    const { page, app } = await open({ colorScheme: 'dark', runFirst: () => (globalThis.print = () => undefined) });
    app.settings.change({ shopName: 'Miller Phones' });
    await addSample(page, /Pixel 8,/);
    await scan(page);
    await page.getByRole('button', { name: /^Fix 3 things/ }).click();
    const saver = page.getByRole('checkbox', { name: /Data Saver/ });
    expect(await saver.isChecked()).toBe(false);
    await page.getByText(/^May cost money\. Google Photos/).waitFor();
    await saver.click();
    await page.getByRole('button', { name: /^Fix 3 things$/ }).click();
    const proven = page.getByRole('region', { name: 'Fixed and proven' });
    await proven.getByText('3 fixed and proven').waitFor();
    await page.getByRole('button', { name: 'Prove it: take a photo' }).click();
    await page.getByRole('button', { name: 'Take a photo on the sample' }).click();
    const certificate = page.getByRole('region', { name: 'Certificate' });
    await certificate.getByText(/^Photos leave this phone: /).waitFor();
    await certificate.getByRole('button', { name: 'Print' }).click();
    const { words, inks } = await onPaper(page);
    expect(words).toMatch(
      /^\s*Miller Phones\s+Sample\s+A sample phone[\s\S]*Photos leave this phone: [\s\S]*Pixel 8[\s\S]*no → yes/,
    );
    expect(words).not.toMatch(/fixed and proven|Everything else|Watch for a week|Switch USB/);
    expect(inks).toEqual(blackOnPaper);
    await page.evaluate(() => globalThis.dispatchEvent(new Event('afterprint')));
    expect((await onPaper(page)).words).toContain('fixed and proven');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      certificate.getByRole('button', { name: 'Save' }).click(),
    ]);
    const file = readFileSync(await saved.path(), 'utf8');
    for (const part of ['<style>', 'Miller Phones', 'A sample phone', 'Photos leave this phone: ', 'no → yes']) {
      expect(file).toContain(part);
    }
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
