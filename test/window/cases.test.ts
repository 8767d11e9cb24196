import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readCase, writeCase } from '../../electron/app/cases/case-file.ts';
import {
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../unit/db/examples.ts';
import { chooseFile } from './choose-file.ts';
import { test } from './window-test.ts';

/** A ticket with one snapshot, as another computer has put it into a file. */
function caseOfAnother(): string {
  const store = temporaryStore();
  const ticket = store.createTicket(exampleTicket({ phones: [handedIn(pixel)] })).id;
  store.saveSnapshot(exampleSnapshot({ ticket }));
  const file = join(temporaryFolder(), 'ada.phonecase');
  const made = { madeAt: '2026-11-28T10:00:00.000Z', program: '1.0.0', redacted: false };
  writeCase(file, store.collectCase({ tickets: [ticket], snapshots: [] }), made);
  return file;
}

test('a case is opened like a file, looked at, taken in, and saved again from its ticket', async ({ page, app }) => {
  const file = caseOfAnother();
  const choose = async (path: string): Promise<void> => {
    const way = page.getByRole('button', { name: 'Open a bug report or backup' });
    if ((await way.getAttribute('aria-expanded')) !== 'true') await way.click();
    await chooseFile(page, path);
  };

  const damaged = join(temporaryFolder(), 'damaged.phonecase');
  writeFileSync(damaged, readFileSync(file).subarray(0, -5));
  await choose(damaged);
  await page
    .getByRole('alert')
    .getByText(/^The case is damaged: .* Nothing was taken in\.$/)
    .waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  const row = async (name: string): Promise<string[]> =>
    (await page.getByRole('row', { name: new RegExp(`^${name}`) }).innerText()).split(/\s+/);
  await choose(file);
  await page.getByRole('heading', { level: 1, name: 'A case of another computer' }).waitFor();
  expect(await row('Snapshots')).toEqual(['Snapshots', '1', '0', '0', '0']);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Open a bug report or backup' }).waitFor();
  expect(app.store.listTickets()).toEqual([]);

  await choose(file);
  await page.getByRole('button', { name: 'Add to what is kept here' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ticket 1 · Ada' }).waitFor();
  expect(app.snapshots()).toHaveLength(1);

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as case…' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('ticket-1.phonecase');
  expect(readCase(await saved.path()).content).toEqual(readCase(file).content);

  await page.getByLabel('Leave out whose phones they are').click();
  const [redacted] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as case…' }).click(),
  ]);
  expect(JSON.stringify(readCase(await redacted.path()).content)).not.toMatch(/Ada|PIXEL1/);

  app.store.changeTicket(1, { fault: 'It rings no more.' }, { seen: null, who: 'Kim' });
  await page.getByRole('link', { name: 'Phone Health Inspector' }).click();
  await choose(file);
  await page.getByText('Nothing of it is new here.').waitFor();
  expect(await page.getByText('Whose phones they are was left out of it.').count()).toBe(0);
  expect(await row('Tickets')).toEqual(['Tickets', '0', '0', '1', '0']);
  expect(await row('Snapshots')).toEqual(['Snapshots', '0', '1', '0', '0']);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await choose(await redacted.path());
  await page.getByText('Whose phones they are was left out of it.').waitFor();
});
