import { expect } from 'vitest';
import { makeChain, openStation } from '../shop-server/chain.ts';
import { startPostgres } from '../shop-server/postgres.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel } from '../unit/db/examples.ts';
import { violations } from './axe.ts';
import { test } from './window-test.ts';

test('a station is connected in the settings, finds what other shops have, and is quiet about a line that is down', async ({
  page,
  app,
  onTestFinished,
}) => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.remove());
  const chain = await makeChain(postgres, 'branches', true);
  const nord = await openStation(await chain.login('Nord', 'B'));
  onTestFinished(() => nord.close());
  const ticket = nord.store.createTicket(
    exampleTicket({ customer: { name: '<b>Ada</b> Nord', contact: '' }, phones: [handedIn(pixel)], prefix: 'N' }),
  );
  nord.store.saveSnapshot(exampleSnapshot({ ticket: ticket.id }));
  await nord.sync();
  const connection = await chain.login('Mitte', 'A');
  await page.getByRole('link', { name: 'Settings' }).click();
  const group = page.getByRole('region', { name: 'Shops together' });
  const field = group.getByLabel('Connection string', { exact: true });
  await field.fill('postgresql://somebody@db.example.org/chain?sslmode=require');
  await group.getByRole('button', { name: 'Test' }).click();
  await group.getByText('over a network only sslmode=verify-full is used').waitFor();
  await field.fill(connection);
  await group.getByRole('button', { name: 'Test' }).click();
  await group.getByText('The server knows this station: A, Mitte').waitFor();
  await group.getByRole('button', { name: 'Connect' }).click();
  await group.getByText('A, Mitte', { exact: true }).waitFor();
  await group.getByRole('button', { name: 'Send and read now' }).click();
  await group.getByText('Everything is sent.').waitFor();
  expect(await page.content()).not.toContain(/:([^:@]+)@/.exec(connection)?.[1] ?? '');
  expect(await violations(page, 'light')).toEqual([]);
  app.store.createTicket(exampleTicket({ customer: { name: 'Grace', contact: '' } }));
  await page.evaluate(() => {
    location.hash = '#/tickets';
  });
  const ownRow = page.getByRole('row', { name: /Grace/ });
  await ownRow.getByRole('cell', { name: 'A, Mitte' }).waitFor();
  await page.getByRole('searchbox', { name: 'Search the tickets' }).fill('nord');
  await page.getByRole('region', { name: 'At other stations' }).first().getByText('N-1').waitFor();
  await page.getByRole('link', { name: 'All visits' }).click();
  await page.getByRole('searchbox', { name: 'Find a scan' }).fill('ada');
  const others = page.getByRole('region', { name: 'At other stations' }).first();
  await others.getByText('<b>Ada</b> Nord', { exact: false }).waitFor();
  await others.getByRole('cell', { name: 'Nord', exact: true }).waitFor();
  expect(await violations(page, 'light')).toEqual([]);
  await page.getByRole('searchbox', { name: 'Find a scan' }).fill('pixel1');
  await others.getByRole('link', { name: 'Scan' }).click();
  await page.getByRole('heading', { name: 'A scan of another station: Anna' }).waitFor();
  await page.getByText('B · Nord', { exact: false }).waitFor();
  expect(await violations(page, 'light')).toEqual([]);
  await page.getByRole('link', { name: 'All visits' }).click();
  postgres.stop();
  await page.getByRole('searchbox', { name: 'Find a scan' }).fill('ada n');
  await page.getByText("The shop's server does not answer: nothing of other shops is shown.").waitFor();
  expect(app.shop.view().link?.shopName).toBe('Mitte');
  postgres.start();
});
