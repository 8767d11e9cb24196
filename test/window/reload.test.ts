import { expect } from 'vitest';
import { scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

test('a page that is loaded anew stays where it is, shows what was read in this sitting, and scans nothing again', async ({
  open,
}) => {
  const source = new StagedSource();
  const { page, app } = await open({ sources: [source] });
  source.show([listed('A1', { model: 'Pixel 9' })]);
  await scan(page);
  app.settings.change({ scanWhenPlugged: true });
  const moment = page.locator('main time').first();
  const before = await moment.getAttribute('datetime');
  await page.reload();
  await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  await page
    .getByText(/^Read \d/)
    .first()
    .waitFor();
  expect(await moment.getAttribute('datetime')).toBe(before);
  expect(app.snapshots()).toHaveLength(1);

  // A second phone opens the bench once; whoever has gone back to a phone stays there.
  source.show([listed('A1', { model: 'Pixel 9' }), listed('B2', { model: 'Pixel 8' })]);
  await expect.poll(() => app.snapshots().length).toBe(2);
  await page.getByRole('link', { name: 'Pixel 9' }).first().waitFor();
  await page.goto(new URL('#/phones/A1', page.url()).href);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
  await page.getByRole('button', { name: 'Check again' }).first().waitFor();
  // Something that is at the counter anew is told after all that was told of those that were there.
  source.show([
    listed('A1', { model: 'Pixel 9' }),
    listed('B2', { model: 'Pixel 8' }),
    listed('C3', { model: 'Pixel 7', state: 'unauthorized' }),
  ]);
  await page.getByRole('complementary').getByText('Pixel 7').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
  expect(app.snapshots()).toHaveLength(2);
});
