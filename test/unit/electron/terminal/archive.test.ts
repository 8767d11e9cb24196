import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  customersErase,
  customersList,
  erasureLines,
  retention,
  snapshots,
} from '../../../../electron/terminal/archive.ts';
import { exampleReading, exampleSnapshot, exampleTicket, handedIn, inChain, pixel } from '../../db/examples.ts';
import { test } from '../app/application-test.ts';
import { ran } from './ran.ts';

const galaxy = { ...pixel, id: 'R58MXY1234', manufacturer: 'samsung', model: 'SM-S918B', name: 'Zoë' };
const takenAt = new Date(2026, 4, 2, 23, 30).toISOString();

test('snapshots are found by what a person knows: model, last digits, customer, ticket, day and cause, several at once', async ({
  app,
}) => {
  app.settings.change({ stationPrefix: 'A' });
  const told = { name: 'Ada Lovelace-Müller', contact: '0171 234' };
  const ticket = app.store.createTicket(
    exampleTicket({ customer: told, phones: [handedIn(galaxy, '356938035643809')] }),
  ).id;
  app.store.saveSnapshot(exampleSnapshot());
  app.store.saveSnapshot(exampleSnapshot({ phone: galaxy, ticket, label: null, reading: exampleReading({ takenAt }) }));
  const found = async (search: string): Promise<string[]> => {
    const { stdout } = await ran(() => snapshots(app, { search, json: true }));
    return (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
  };
  for (const [search, ids] of [
    ['', ['2', '1']],
    ['galax', []],
    ['sm-s918', ['2']],
    ['PIXEL 8', ['1']],
    ['1234', ['2']],
    ['3809', ['2']],
    ['lovelace', ['2']],
    ['müller', ['2']],
    ['MÜLLER', ['2']],
    ['muller', ['2']],
    ['ada zoe', ['2']],
    ['a-1', ['2']],
    ['A-9', []],
    ['2026-05-02', ['2']],
    ['2.5.2026', ['2']],
    ['5.2026', ['2', '1']],
    ['31.2.2026', []],
    ['battery-saver', ['2', '1']],
    ['saver', ['2', '1']],
    ['saver lovelace', ['2']],
    ['saver lovelace pixel', []],
    ['before', ['1']],
    ['“?!', []],
  ] as const) {
    expect([search, await found(search)]).toEqual([search, ids]);
  }
  const table = await ran(() => snapshots(app, { search: 'saver', limit: 1 }));
  expect(table.stdout).toMatch(/^ID  TAKEN .* TICKET .*\n2 .* Zoë .* A-1 Ada Lovelace-Müller .*\n$/);
  expect(table.stderr).toBe('There are more than 1.\n');
  expect((await ran(() => snapshots(app, { search: 'nothing\u001b[2J' }))).stderr).toBe(
    'No snapshot has all of this: nothing\\u001b[2J\n',
  );
});

test('what is old by the rules is previewed, and goes after a yes', async ({ app }) => {
  app.store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2020-01-01T00:00:00.000Z' }) }));
  const nothing = 'Nothing is old enough by the rules in the settings.\n';
  const noRule = 'Nothing goes: no rule is set. Set one in the window: Settings, Clearing out.\n';
  expect((await ran(() => retention(app, {}))).stdout).toBe(noRule);
  app.settings.change({ keepSnapshotDays: 365 });
  const preview = await ran(() => retention(app, { preview: true }));
  expect(preview.stdout).toBe('This would go, for good:\n  1 snapshot of 1 phone\n');
  await expect(ran(() => retention(app, {}))).rejects.toThrow(expect.objectContaining({ code: 'say-yes' }));
  app.store.shop.join(inChain);
  expect((await ran(() => retention(app, { preview: true }))).stdout).toBe(
    "This would go, for good:\n  1 snapshot of 1 phone\n  (all of this but what phones answered goes from the chain's server and its other stations too)\n",
  );
  app.store.shop.leave();
  expect((await ran(() => retention(app, { yes: true }))).stdout).toBe('This is gone:\n  1 snapshot of 1 phone\n');
  expect((await ran(() => retention(app, {}))).stdout).toBe(nothing);
});

test('a day’s clearing out is done by itself where the shop has it so', async ({ app }) => {
  const lines: string[] = [];
  app.store.saveSnapshot(exampleSnapshot({ reading: exampleReading({ takenAt: '2020-01-01T00:00:00.000Z' }) }));
  app.settings.change({ keepSnapshotDays: 365 });
  await app.archive.clearDaily((line) => lines.push(line), new AbortController().signal);
  expect([lines, app.store.listSnapshots().length]).toEqual([[], 1]);
  app.settings.change({ clearDaily: true });
  await app.archive.clearDaily((line) => lines.push(line), new AbortController().signal);
  await app.archive.clearDaily((line) => lines.push(line), new AbortController().signal);
  expect(lines).toEqual(['cleared out by the rules: 0 captures, 1 snapshots, 0 customers']);
});

test('a customer is erased after what goes was told; one whose correction was cut off is not', async ({ app }) => {
  const ticket = app.store.createTicket(exampleTicket({ phones: [handedIn(pixel)] })).id;
  app.store.saveSnapshot(exampleSnapshot({ ticket }));
  expect((await ran(() => customersList(app, {}))).stdout).toBe('ID  NAME  CONTACT\n1   Ada   +49 30 1234\n');
  await expect(ran(() => customersErase(app, '1', {}))).rejects.toThrow(expect.objectContaining({ code: 'say-yes' }));
  await expect(ran(() => customersErase(app, '7', {}))).rejects.toThrow('There is no customer 7.');
  const erased = await ran(() => customersErase(app, '1', { yes: true }));
  expect(erased.stdout).toBe('Ada is erased.\n');
  expect((await ran(() => customersList(app, {}))).stderr).toBe('No customer is kept.\n');
  expect([app.store.listSnapshots(), app.store.listPhones(), app.store.listTickets()]).toEqual([[], [], []]);
});

test('what was set aside is named before it goes with a customer or a phone, and afterwards', async ({ app, home }) => {
  const file = join(home, 'set-aside', 'phone-health-x.sqlite');
  mkdirSync(join(home, 'set-aside'));
  writeFileSync(file, 'what everybody has there');
  app.store.createTicket(exampleTicket({ phones: [handedIn(pixel)] }));
  expect(erasureLines(app.archive.erasure('1')).at(-1)).toBe(
    `what was kept before and set aside, of everybody: ${file}`,
  );
  expect(app.farewells.summary(pixel.id)).toMatchObject({ setAside: [file] });
  const erased = await ran(() => customersErase(app, '1', { yes: true }));
  expect([erased.stdout, existsSync(file)]).toEqual([`Ada is erased.\nRemoved too: ${file}\n`, false]);
});
