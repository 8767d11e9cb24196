import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exampleSnapshot, exampleTicket } from '../unit/db/examples.ts';
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

  // Erased, and still in a backup that comes back from elsewhere: it stays erased, and that is said before the window begins anew.
  app.store.createTicket(exampleTicket());
  const elsewhere = join(app.about().dataFolder, 'elsewhere.sqlite');
  await app.backups.makeAt(elsewhere);
  await app.backups.make();
  app.store.eraseCustomer(1);
  copyFileSync(elsewhere, app.backups.list().items[0]?.file ?? '');
  await page.reload();
  await page
    .getByRole('button', { name: /^Restore / })
    .first()
    .click();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('What was erased here since it was made was left out.').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Kept aside' }).waitFor();
  expect(app.store.findCustomers('Ada', 5)).toEqual([]);
});
