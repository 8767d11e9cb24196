import { expect } from 'vitest';
import { computerClock } from '../../electron/app/program/clock.ts';
import { HookServer } from '../ticket-systems/hook-server.ts';
import { violations } from './axe.ts';
import { test } from './window-test.ts';

const secret = 's3cret-of-the-shop';

test('the hand-over is set up in the settings, and what is asked for next waits for a key', async ({
  page,
  app,
  onTestFinished,
}) => {
  const hook = new HookServer(secret, { clock: computerClock, perMinute: null, nextWay: () => null });
  const address = await hook.server.listen();
  onTestFinished(() => hook.server.close());
  await page.getByRole('link', { name: 'Settings' }).click();
  const group = page.getByRole('region', { name: 'Ticket system' });
  await group.getByLabel('Hand over to').selectOption('Own hook');
  await group.getByLabel('Address').fill('http://example.org');
  await page.keyboard.press('Enter');
  await group.getByText('What is sent there with http can be read on its way.').waitFor();
  await group.getByLabel('Address').fill(address.href);
  await page.keyboard.press('Enter');
  await group.getByLabel('Secret', { exact: true }).fill(secret);
  await page.keyboard.press('Enter');
  await group.getByRole('button', { name: 'Test' }).click();
  await group.getByText('It answers and accepts the secret.').waitFor();
  expect(await page.content()).not.toContain(secret);
  hook.ask({
    id: 'n-1',
    kind: 'open-ticket',
    number: '4711',
    customer: { name: '<b>Ada</b>', contact: '' },
    fault: 'No photo leaves.',
    device: '',
    imei: '',
  });
  app.handover.start();
  const next = page.getByRole('region', { name: 'Next from the ticket system' });
  await next.getByText('Open a ticket for job 4711, <b>Ada</b>').waitFor();
  expect(await violations(page, 'light')).toEqual([]);
  expect(app.tickets.list({ open: true, text: '', limit: 5, offset: 0 })).toEqual([]);
  await group.getByRole('button', { name: 'Test' }).focus();
  await page.keyboard.press('x');
  await page.getByRole('heading', { level: 1, name: 'Ticket 1 · <b>Ada</b>' }).waitFor();
  await next.waitFor({ state: 'detached' });
  await app.handover.sendNow(new AbortController().signal);
  expect(hook.kept.map(({ event }) => event.kind)).toEqual(['opened', 'answer']);
});
