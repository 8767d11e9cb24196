import { expect } from 'vitest';
import { addSample, openTab, opened, scan } from './screens.ts';
import { test } from './window-test.ts';

test('a restart says before that nothing undoes it, is waited for while the phone is gone, and offers no Undo', async ({
  page,
  app,
}) => {
  await addSample(page, /Pixel 10/);
  await scan(page);
  const due = await opened(page, 'restart-due');
  await due.getByRole('button', { name: /^Restart the phone over USB/ }).click();
  const consent = due.getByRole('group', { name: /^Restart the phone over USB/ });
  await consent.getByText('A restart cannot be taken back, and it changes no setting.').waitFor();
  expect(await consent.locator('code').allTextContents()).toEqual(['svc power reboot']);
  expect(await consent.getByText('This puts it back').count()).toBe(0);
  await consent.getByRole('button', { name: 'Run on the phone' }).click();
  await due.getByText('The phone switches off and on again. This is waited for, up to 5 minutes.').waitFor();
  await due.getByText('The phone is back and still starts up.').waitFor();
  await page
    .getByRole('region', { name: 'Fixed and checked' })
    .getByText('The phone was restarted: no → yes')
    .waitFor();
  expect(await due.getAttribute('data-status')).toBe('ok');
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);

  await openTab(page, 'History');
  await page.getByText('What ran, and what puts it back').click();
  await page.getByText('Nothing needs putting back.').waitFor();
  expect(app.corrections.list()).toMatchObject([{ result: 'taken', undoable: false }]);
});

test("an iPhone that restarts is waited for until its owner has unlocked it, as the sample's does", async ({
  page,
}) => {
  await addSample(page, /1,234 photos wait and nothing moves/);
  await scan(page);
  const stuck = await opened(page, 'icloud-engine-stuck');
  await stuck.getByRole('button', { name: /^Fix this: Restart the iPhone over USB/ }).click();
  await stuck.getByRole('button', { name: 'Run on the phone' }).click();
  await stuck.getByText('Unlock the iPhone once.').waitFor();
  await page.getByRole('button', { name: 'Carry out these steps on the sample' }).first().click();
  const proven = page.getByRole('region', { name: 'Fixed and checked' });
  await proven.getByText('Evidence').click();
  await proven.getByText('The phone went off and came back. It does not tell since when it is on.').waitFor();
});

test("a refusal shows the maker's own remedy", async ({ page }) => {
  await addSample(page, /Redmi/);
  await scan(page);
  await (await opened(page, 'battery-saver-threshold')).getByRole('button', { name: /…$/ }).click();
  await page.getByRole('button', { name: 'Run on the phone' }).click();
  const refused = page.getByRole('status').filter({ hasText: 'Refused by the phone' });
  await refused.getByText('Switch "USB debugging (Security settings)" on', { exact: true }).waitFor();
  expect(await refused.getByRole('listitem').count()).toBe(3);
});
