import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, vi } from 'vitest';
import { fileName } from '../../../../db/file-name.ts';
import { actions } from '../../../../electron/terminal/actions.ts';
import { closeTicket, listTickets, newTicket, showTicket } from '../../../../electron/terminal/tickets.ts';
import { test } from '../app/application-test.ts';
import { ran } from './ran.ts';

afterEach(() => vi.restoreAllMocks());

const yes = () => Promise.resolve(true);
const hostile = '\u001b[2J=cmd|"x"!A1<script>';

test('a ticket is opened, listed, shown and closed, and hostile text stays text', async ({ app }) => {
  app.settings.change({ stationPrefix: 'A', ticketFields: [{ id: 'f1', name: 'Case' }] });
  const made = await ran(() =>
    newTicket(app, {
      customer: hostile,
      contact: '0171',
      fault: 'slow\nand hot',
      technician: 'Sam',
      imei: ['356938035643809'],
      field: ['case=black = new'],
      may: ['read', 'keep'],
      how: 'signed',
    }),
  );
  expect(made).toEqual({ code: 0, stdout: 'A-1\n', stderr: '' });
  const list = await ran(() => listTickets(app, {}));
  expect(list.stdout).toMatch(/^TICKET  TAKEN IN .*\nA-1 .* taken in  \\u001b\[2J=cmd\|"x"!A1<script>  Sam .* slow\n$/);
  const shown = await ran(() => showTicket(app, 'a-1', {}));
  expect(shown.stdout).not.toContain('\u001b[2J');
  for (const line of ['fault       slow', '            and hot', 'Case        black = new', 'IMEI 356938035643809']) {
    expect(shown.stdout).toContain(line);
  }
  expect(shown.stdout).toMatch(/allowed {5}read, keep, by \\u001b\[2J.*, signed, /);
  const closed = await ran(() => closeTicket(app, '1', { note: 'Paid.', json: true }));
  expect(JSON.parse(closed.stdout)).toMatchObject({
    number: 'A-1',
    status: 'closed',
    customer: { name: hostile },
    events: [{}, {}, {}, { kind: 'note-added', note: 'Paid.' }, { kind: 'status-set' }],
  });
  expect(await ran(() => closeTicket(app, '1', {}))).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Ticket A-1 was closed already.\n',
  });
  expect((await ran(() => listTickets(app, {}))).stderr).toBe('There is no open ticket.\n');
  const all = await ran(() => listTickets(app, { all: true, search: '0171', json: true }));
  expect(JSON.parse(all.stdout)).toHaveLength(1);
});

test('a phone on another open ticket and a customer who came before are told; how they allow it has to be said', async ({
  app,
}) => {
  const dora = { customer: 'Dora', contact: '0171', imei: ['356938035643809'] };
  expect((await ran(() => newTicket(app, { ...dora, may: ['read'], how: 'in-person' }))).stderr).toBe('');
  const second = await ran(() => newTicket(app, dora));
  expect(second.stdout).toBe('2\n');
  expect(second.stderr).toBe(
    'The customer Dora is known: the ticket is of the same one.\n' +
      'IMEI 356938035643809 is on open ticket 1 too: what one of them does not allow is not done.\n',
  );
  expect(app.archive.customers('Dora', 9)).toHaveLength(1);
  expect((await ran(() => showTicket(app, '1', {}))).stdout).toContain('read, by Dora, said at the counter, ');
  await expect(newTicket(app, { may: ['read'] })).rejects.toMatchObject({ code: 'bad-argument' });
  expect(app.tickets.list({ open: true, text: '', limit: 9, offset: 0 })).toHaveLength(2);
});

test('who has given a telephone number alone is nobody who is known: a household has one', async ({ app }) => {
  const told = { contact: '0171' };
  expect((await ran(() => newTicket(app, told))).stderr).toBe('');
  expect(await ran(() => newTicket(app, told))).toEqual({ code: 0, stdout: '2\n', stderr: '' });
  expect(app.archive.customers('0171', 9)).toHaveLength(2);
});

test('nothing has to be said, and what is said has to be something', async ({ app }) => {
  expect((await ran(() => newTicket(app, {}))).stdout).toBe('1\n');
  const refused = { code: 'bad-argument' };
  await expect(newTicket(app, { may: ['sell'] })).rejects.toMatchObject(refused);
  await expect(newTicket(app, { field: ['Colour=red'] })).rejects.toMatchObject(refused);
  await expect(newTicket(app, { imei: ['356938035643808'] })).rejects.toMatchObject({ code: 'bad-imei' });
  expect(() => showTicket(app, '7', {})).toThrow(expect.objectContaining({ code: 'unknown-ticket' }));
});

test('a store that cannot be read is not one without tickets', async ({ home, open }) => {
  writeFileSync(join(home, fileName), 'nothing of SQLite');
  const app = open();
  await expect(ran(() => listTickets(app, { json: true }))).rejects.toMatchObject({ code: 'not-a-database' });
  await expect(ran(() => showTicket(app, '1', {}))).rejects.toMatchObject({ code: 'not-a-database' });
});

test('a phone of which nothing may be kept is not called unscanned', async ({ app, phoneId }) => {
  const told = { customer: 'Dora', phone: [phoneId], how: 'signed' as const };
  await ran(() => newTicket(app, { ...told, may: ['read', 'change'] }));
  expect((await ran(() => showTicket(app, '1', {}))).stdout).toMatch(
    /^ {2}drop-off {2}nothing is kept, as the customer has not allowed it$/m,
  );
  await ran(() => newTicket(app, { ...told, may: ['read', 'keep'] }));
  expect((await ran(() => showTicket(app, '2', {}))).stdout).toMatch(/^ {2}drop-off {2}not scanned$/m);
});

test('a correction is listed with its ticket and who works on it', async ({ app, phoneId }) => {
  app.settings.change({ stationPrefix: 'A' });
  await ran(() =>
    newTicket(app, {
      customer: 'Dora',
      phone: [phoneId],
      technician: 'Kim',
      may: ['read', 'change', 'keep'],
      how: 'signed',
    }),
  );
  const data = { phoneId, cause: 'background-restricted', app: 'com.google.android.apps.photos', correction: null };
  await app.corrections.correct(data, () => undefined, yes);
  const { stdout } = await ran(() => actions(app, undefined, {}));
  expect(stdout).toMatch(/^ {4}by: {6}\S+, /m);
  expect(stdout).toMatch(/^ {4}ticket: {2}A-1, technician Kim$/m);
  expect(JSON.parse((await ran(() => actions(app, phoneId, { json: true }))).stdout)).toMatchObject([{ ticket: '1' }]);
});
