import { expect } from 'vitest';
import { exampleReading, exampleSnapshot, exampleTicket, handedIn, pixel } from '../unit/db/examples.ts';
import { violations } from './axe.ts';
import { test } from './window-test.ts';

test('what is old goes after one question; what is written of a snapshot takes nothing back unseen, and a customer goes with all that is kept of them', async ({
  page,
  app,
}) => {
  app.store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2020-01-01T00:00:00.000Z' }) }));
  const go = (hash: string) => page.evaluate((place) => void (location.hash = place), hash);
  await go('#/settings');
  const rules = page.getByRole('region', { name: 'Clearing out' });
  const snapshots = rules.getByRole('combobox', { name: 'Snapshots under no ticket go' });
  await snapshots.waitFor();
  expect(await rules.getByText('What would go now').count()).toBe(0);
  await snapshots.selectOption('After 365 days');
  await rules.getByText('1 snapshot of 1 phone').waitFor();
  expect(app.settings.values.keepSnapshotDays).toBe(365);
  await rules.getByRole('button', { name: 'Clear now…' }).press('Enter');
  await rules.getByText('Remove this for good?').waitFor();
  await rules.getByRole('button', { name: 'Cancel' }).click();
  expect(app.store.listSnapshots()).toHaveLength(1);
  await rules.getByRole('button', { name: 'Clear now…' }).press('Enter');
  expect(await violations(page, 'light')).toEqual([]);
  await rules.getByRole('button', { name: 'Remove for good' }).click();
  await rules.getByText('This is gone').waitFor();
  await rules.getByText('Nothing is old enough.').waitFor();
  expect(app.store.listSnapshots()).toEqual([]);

  const ticket = app.store.createTicket(exampleTicket({ phones: [handedIn(pixel)] })).id;
  const snapshot = app.store.saveSnapshot(exampleSnapshot({ ticket }));
  await go(`#/snapshots/${snapshot}`);
  await page.getByRole('button', { name: 'Change the label or note…' }).click();
  await page.getByRole('textbox', { name: 'Label' }).fill('drop-off');
  await page.getByRole('textbox', { name: 'Note' }).fill('<i>cracked</i>');
  // Somebody else, at another window.
  app.store.changeSnapshot(snapshot, { note: 'Wet.' }, { who: 'Sam' });
  await page.keyboard.press('Control+Enter');
  const told = page.getByRole('alert');
  await told.getByText(/^Sam has written something else about this snapshot meanwhile\./).waitFor();
  await told.getByText('Wet.').waitFor();
  expect(await violations(page, 'light')).toEqual([]);
  await told.getByRole('button', { name: 'Save what is typed here all the same' }).click();
  await page.getByText('<i>cracked</i>', { exact: true }).waitFor();
  expect(app.store.listSnapshots()).toMatchObject([{ label: 'drop-off', note: '<i>cracked</i>', version: 3 }]);
  await app.backups.make();
  await go(`#/tickets/${ticket}`);
  await page.getByRole('button', { name: 'Erase customer…' }).press('Enter');
  const question = page.getByRole('region', { name: 'Erase the customer' });
  await question.getByText('Erase Ada for good?').waitFor();
  expect(await question.getByRole('listitem').allInnerTexts()).toEqual([
    'The customer Ada, +49 30 1234',
    'The ticket 1',
    'It is still open',
    'Everything about Anna',
    '1 snapshot',
    'The backups that hold them; one without them is made first where there is room',
  ]);
  expect(await violations(page, 'light')).toEqual([]);
  await question.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByRole('heading', { level: 1, name: 'Erased' }).waitFor();
  await page.getByText('1 backup that held them was removed. One without them was made:').waitFor();
  expect([app.store.listSnapshots(), app.store.listTickets(), app.store.listPhones()]).toEqual([[], [], []]);
});
