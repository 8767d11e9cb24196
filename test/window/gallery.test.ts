import { expect } from 'vitest';
import { unfitting, windows } from './fitting.ts';
import { serveGallery } from './gallery/serve.ts';
import { test } from './window-test.ts';

/** What no state of the window may lack in the gallery. */
const expected: Readonly<Record<string, number>> = {
  Notice: 5,
  Problem: 2,
  Connection: 2,
  Status: 6,
  'State of a phone': 10,
  Scan: 4,
  'Several corrections': 5,
  Result: 6,
};

test('the gallery shows its parts in their states, and no text of it is cut off in any window', async ({
  browser,
  onTestFinished,
}) => {
  const gallery = await serveGallery();
  const page = await browser.newPage({ viewport: windows['1024×700'], reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  onTestFinished(async () => {
    await page.close();
    await gallery.close();
  });
  await page.goto(gallery.url, { waitUntil: 'commit' });
  // The samples are scanned, and the sources are made ready, before anything is shown.
  await page.getByRole('heading', { name: 'Result' }).waitFor({ timeout: 180_000 });
  const states = await page
    .locator('[data-part]')
    .evaluateAll((parts) =>
      parts.map(
        (part) => [part.getAttribute('data-part') ?? '', part.querySelectorAll('[data-state-name]').length] as const,
      ),
    );
  const shown: Record<string, number> = Object.fromEntries(states);
  expect(shown).toMatchObject(expected);
  // Of every status of a finding at least one.
  expect(shown['Finding']).toBeGreaterThanOrEqual(8);
  const empty = await page
    .locator('[data-state-name]')
    .evaluateAll((all) =>
      all.filter((state) => state.childElementCount < 2).map((state) => state.getAttribute('data-state-name')),
    );
  expect(empty).toEqual([]);
  for (const [name, size] of Object.entries(windows)) {
    await page.setViewportSize(size);
    expect(await unfitting(page), name).toEqual([]);
  }
  expect(complaints).toEqual([]);
});
