import { expect } from 'vitest';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const eight = Array.from({ length: 8 }, (_, index) =>
  listed(`R5CT30${index}F0${index}`, { model: index < 2 ? 'Pixel 8' : `Pixel ${index + 8}`, manufacturer: 'Google' }),
);

test('phones of one name are told apart by the end of their serial, in the list and on their own page', async ({
  open,
}) => {
  const source = new StagedSource();
  const { page } = await open({ sources: [source] });
  source.show(eight);
  await page.getByRole('link', { name: 'Settings' }).click();
  const list = page.getByRole('navigation', { name: 'Phones' });
  await list.getByRole('link', { name: 'Pixel 8 …0F00' }).waitFor();
  await list.getByRole('link', { name: 'Pixel 8 …1F01' }).click();
  await page.getByRole('main').getByText('…1F01').waitFor();
  await list.getByRole('link', { name: /^Pixel 10/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Pixel 10' }).waitFor();
  expect(await page.getByRole('complementary').getByText('…2F02').count()).toBe(0);
  expect(await page.getByRole('main').getByText('…2F02').count()).toBe(0);
});

test('on a narrow window eight phones take one line, and the ways on stand above them', async ({ open }) => {
  const source = new StagedSource();
  const { page } = await open({ sources: [source], viewport: { width: 390, height: 800 } });
  source.show(eight);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: /^Pixel 15/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Pixel 15' }).waitFor();
  const side = await page.getByRole('complementary').boundingBox();
  expect(side?.y).toBe(0);
  expect(side?.height).toBeLessThan(160);
  for (const name of ['Bench', 'All visits', 'Settings']) {
    const link = await page.getByRole('link', { name, exact: true }).boundingBox();
    expect(link?.y).toBeLessThan(90);
  }
  // The one that is shown is in sight, though it is the last.
  const shown = await page
    .getByRole('complementary')
    .getByRole('link', { name: /^Pixel 15/ })
    .boundingBox();
  expect((shown?.x ?? 0) + (shown?.width ?? 0)).toBeLessThanOrEqual(390);
});
