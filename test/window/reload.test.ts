import { expect } from 'vitest';
import { scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { inDesktop, test } from './window-test.ts';

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

// The desktop has one window.
test.skipIf(inDesktop)(
  'a page that is loaded anew while a phone is corrected tells what is done, how far it came, and what the phone has after it',
  async ({ open }) => {
    const source = new StagedSource();
    const { page, app } = await open({ sources: [source] });
    source.show([listed('A1', { model: 'Pixel 9' })]);
    await scan(page);
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('button', { name: /^Fix \d+ things…$/ }).waitFor();
    const held = Promise.withResolvers<void>();
    source.holdRun = held.promise;
    await page.getByRole('button', { name: /^Fix \d+ things…$/ }).click();
    await page.getByRole('button', { name: /^Fix \d+ things$/ }).click();
    await expect.poll(() => source.ran.length).toBe(1);
    await second.getByText(/^Fixing 1 of \d/).waitFor();
    const before = app.report('A1')?.reading.takenAt;

    await page.reload();
    for (const one of [page, second]) {
      await one.getByRole('region', { name: 'Fixing' }).getByText('Stopping after this one').waitFor();
      expect(await one.getByRole('button', { name: /^Fix \d+ things?…$/ }).count()).toBe(0);
    }
    held.resolve();
    for (const one of [page, second]) {
      await one.getByText(/^Stopped.*not begun/).waitFor();
      await one.getByRole('button', { name: /^Fix \d+ things?…$/, disabled: false }).waitFor();
    }
    const { takenAt } = app.report('A1')?.reading ?? {};
    expect(takenAt).not.toBe(before);
    for (const one of [page, second]) {
      await expect.poll(() => one.locator('main time').first().getAttribute('datetime')).toBe(takenAt);
    }
    expect(app.corrections.list('A1')).toHaveLength(1);
  },
);
