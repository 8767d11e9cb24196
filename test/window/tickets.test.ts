import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import { test } from './window-test.ts';

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const go = (page: Page, hash: string) => page.evaluate((place) => void (location.hash = place), hash);

/** As a scanner types: without a pause, and with Enter at the end. */
const scanned = async (page: Page, code: string): Promise<void> => {
  await page.evaluate((text) => {
    for (const key of [...text.split(''), 'Enter']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
  }, code);
};

test('a ticket is opened from the bench with the keyboard alone, stands on the card, and is found by a scanner', async ({
  page,
  app,
}) => {
  app.settings.change({ technicians: ['Sam'], ticketFields: [{ id: 'f1', name: 'Case' }], stationPrefix: 'A' });
  await app.addSample('pixel-14');
  await app.addSample('samsung-14');
  await go(page, '#/bench');
  await page.locator('[data-place="2"]').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('t');
  await heading(page, 'New ticket').waitFor();
  await page.getByLabel('Customer', { exact: true }).and(page.locator(':focus')).waitFor();
  // Nor by one that meets another field: only the button, or Ctrl and Enter, opens the ticket.
  await page.keyboard.type('<b>Ada</b>');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('No photo leaves.');
  // A scanner in the field of the IMEI ends with Enter, and the ticket is not opened by that.
  await page.getByLabel('IMEI, or which phone it is').focus();
  await page.keyboard.type('356938035643809\n');
  await page.getByText('IMEI 356938035643809').waitFor();
  await page.keyboard.press('Control+Enter');
  await heading(page, 'Ticket A-1 · <b>Ada</b>').waitFor();
  expect(app.tickets.show('1')).toMatchObject({
    customer: { name: '<b>Ada</b>' },
    phones: [{ phoneId: 'sample-pixel-14', imei: '356938035643809' }],
  });
  expect(await violations(page, 'light')).toEqual([]);
  await page.keyboard.press('b');
  await page.locator('[data-place="1"] [data-ticket]', { hasText: 'Ticket A-1 · <b>Ada</b>' }).waitFor();
  // From any screen, and its first letter does nothing of its own.
  await go(page, '#/history');
  await heading(page, 'All visits').waitFor();
  await scanned(page, 'TA000001');
  await heading(page, 'Ticket A-1 · <b>Ada</b>').waitFor();
  await scanned(page, '490154203237518');
  await heading(page, 'New ticket').waitFor();
  await page.getByText('490154203237518').waitFor();
  await go(page, '#/bench');
  await page.locator('[data-place="2"]').waitFor();
  await scanned(page, '490154203237519');
  await page.getByText('This IMEI was not read rightly: scan it again.').waitFor();
  await page.getByLabel('Filter the phones').fill('ada');
  await page.locator('[data-place="2"]').waitFor({ state: 'detached' });
  await go(page, '#/phones/sample-pixel-14');
  await page.getByRole('link', { name: 'Ticket A-1' }).waitFor();
});

test('of two windows that change the same, the second is told, and loses nothing of what is typed there', async ({
  page,
  app,
}) => {
  await app.tickets.create({
    customer: { name: 'Ada', contact: '' },
    fault: 'Slow.',
    fields: [],
    phones: [],
    consent: null,
  });
  await go(page, '#/tickets/1');
  await heading(page, /Ticket 1/).waitFor();
  await page.getByRole('region', { name: 'Told at the counter' }).getByRole('button', { name: 'Change' }).click();
  const fault = page.getByLabel('What is wrong, as the customer tells it');
  await fault.fill('Hot.');
  // Somebody else, at another window.
  await app.tickets.change('1', 1, { fault: 'Broken glass.' });
  await page.getByText('Fault: Broken glass.').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const told = page.getByRole('alert');
  await told.getByText(/has changed the fault of this ticket meanwhile/).waitFor();
  await told.getByText('Broken glass.').waitFor();
  expect(await fault.inputValue()).toBe('Hot.');
  await told.getByRole('button', { name: 'Save what is typed here all the same' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });
  expect(app.tickets.show('1')).toMatchObject({ fault: 'Hot.', version: 3 });
  await page.getByLabel('Where it stands').getByText('Closed').click();
  await page.getByText(/^Taken in: .* · Closed: /).waitFor();
  await go(page, '#/tickets');
  await page.getByText('There is no open ticket.').waitFor();
});

test('what a customer has not allowed is not fixed until the ticket says that they do now, one phone or several', async ({
  page,
  app,
}) => {
  for (const sample of ['pixel-14', 'samsung-14']) await app.addSample(sample);
  await app.tickets.create({
    customer: { name: 'Ada', contact: '' },
    fault: '',
    fields: [],
    phones: [{ phoneId: 'sample-pixel-14', imei: '', description: '' }],
    consent: { read: true, change: false, keep: false, by: 'Ada', how: 'signed' },
  });
  await go(page, '#/bench');
  await page.locator('[data-place="2"]').waitFor();
  await page.keyboard.press('a');
  await page.locator('[data-place="1"]', { hasText: /problem/ }).waitFor();
  await page.locator('[data-place="2"]', { hasText: /problem/ }).waitFor();
  for (const key of ['ArrowRight', ' ', 'ArrowRight', ' ', 'f']) await page.keyboard.press(key);
  await page.getByText('Their customers have not allowed changes, and they are left out: Pixel 8').waitFor();
  await page.getByRole('button', { name: 'Fix 1 phone' }).waitFor();
  await page.keyboard.press('Escape');
  await go(page, '#/phones/sample-pixel-14');
  const notKept = page.getByRole('status').filter({ hasText: 'This result was not kept' });
  await notKept.getByText('The customer of ticket 1 has not allowed that what is read is kept.').waitFor();
  await page.getByRole('button', { name: /^Fix \d+ things?…$/ }).click();
  await page.getByRole('button', { name: /^Fix \d+ things?$/ }).click();
  const asked = page.getByRole('group', { name: 'The customer of ticket 1 has not allowed changes on this phone.' });
  await asked.getByText('Nothing was run on the phone.').waitFor();
  expect(app.corrections.list('sample-pixel-14')).toEqual([]);
  expect(await violations(page, 'light')).toEqual([]);
  await asked.getByLabel('How').selectOption('By telephone');
  await asked.getByRole('button', { name: 'They allow it now' }).click();
  await page.getByText('Fixed and checked').first().waitFor();
  expect(app.tickets.show('1')).toMatchObject({
    consent: { read: true, change: true, keep: false, by: 'Ada', how: 'by-phone' },
  });
});
