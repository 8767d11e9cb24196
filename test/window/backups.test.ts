import { expect } from 'vitest';
import { exampleSnapshot } from '../unit/db/examples.ts';
import { test } from './window-test.ts';

test('a backup is restored from the list, after what would be missing was told, and what was there is kept aside', async ({
  page,
  app,
}) => {
  app.store.saveSnapshot(exampleSnapshot());
  await app.backups.make();
  app.store.saveSnapshot(exampleSnapshot({ label: 'since' }));
  await page.evaluate(() => {
    location.hash = '#/settings/backups';
  });
  await page.getByText('1 snapshot, the newest of').waitFor();
  await page.getByRole('button', { name: /^Restore / }).click();
  await page.getByText('Kept since, and not in it: 1 snapshot.').waitFor();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('heading', { name: 'Kept aside' }).waitFor();
  expect(app.snapshots().map(({ label }) => label)).toEqual(['before']);
  await page.getByText('2 snapshots, the newest of').waitFor();
});
