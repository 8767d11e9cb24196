import { describe, expect, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { ApplicationError } from '../../electron/app/program/problem.ts';
import { PassingClock } from '../passing-clock.ts';
import type { OpenedWindow } from './open-window.ts';
import { catchPapers, papers } from './printed-papers.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

let source: StagedSource;
let window: OpenedWindow;
test.beforeEach(async ({ open }) => {
  source = new StagedSource();
  window = await open({ sources: [source] });
});

const pixel = (id: string, port: string | null = null) =>
  listed(id, { model: 'Pixel 8', manufacturer: 'Google', port });
const card = (page: Page, place: number) => page.locator(`main [data-place="${place}"]`);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('the bench opens', () => {
  test('by itself with the second phone, and only once', async () => {
    const { page } = window;
    source.show([pixel('A1')]);
    await heading(page, 'Pixel 8').waitFor();
    source.show([pixel('A1'), pixel('B2')]);
    await heading(page, 'Bench').waitFor();
    expect(await card(page, 1).innerText()).toContain('…A1');
    // A person who has gone away from it is not brought back.
    await card(page, 2).getByRole('link').click();
    await heading(page, 'Pixel 8').waitFor();
    source.show([pixel('A1'), pixel('B2'), pixel('C3')]);
    await page.getByRole('navigation', { name: 'Phones' }).getByText('Ready').nth(2).waitFor();
    expect(page.url()).toContain('/phones/B2');
  });

  test('never away from what somebody is doing; B opens it always', async () => {
    const { page } = window;
    source.show([pixel('A1')]);
    await heading(page, 'Pixel 8').waitFor();
    source.hold = new Promise(() => {});
    await page.keyboard.press('s');
    await page.getByText(/^3 of \d+ read/).waitFor();
    source.show([pixel('A1'), pixel('B2')]);
    await page.getByRole('navigation', { name: 'Phones' }).getByText('Ready').waitFor();
    expect(page.url()).toContain('/phones/A1');
    await page.keyboard.press('b');
    await heading(page, 'Bench').waitFor();
    await card(page, 1)
      .getByText(/^Scanning \d+ %$/)
      .waitFor();
    await card(page, 2).getByText('Ready', { exact: true }).waitFor();
  });
});

test('A scans all phones, a few at once, and a phone that needs hands is counted', async () => {
  const { page, app } = window;
  const run = Promise.withResolvers<void>();
  source.hold = run.promise;
  const allow = { title: 'Allow USB debugging on the phone', steps: ['Tap Allow.'] };
  source.show([
    ...['A1', 'B2', 'C3', 'D4', 'E5', 'F6'].map((id) => pixel(id)),
    listed('G7', { state: 'unauthorized', remedy: allow }),
  ]);
  await heading(page, 'Bench').waitFor();
  await card(page, 7).getByText('Allow on phone').waitFor();
  await page.keyboard.press('a');
  await page.getByText('Waits its turn').first().waitFor();
  expect(await page.getByText(/^Scanning \d+ %$/).count()).toBe(app.settings.values.parallelScans);
  run.resolve();
  await page.getByText('1 needs hands · 6 with problems').first().waitFor();
  expect(await card(page, 6).innerText()).toMatch(/3 problems\s+Google Photos may not run in the background/);
  expect(app.snapshots()).toHaveLength(6);
});

describe('by keys alone', () => {
  const [a, b, c] = [pixel('A1'), pixel('B2'), pixel('C3')];

  test('phones are scanned, selected, fixed after one question that lists the changes of each, and opened', async () => {
    const { page, app } = window;
    source.show([a, b, c]);
    await heading(page, 'Bench').waitFor();
    const { keyboard } = page;
    await keyboard.press('a');
    await page.getByText('3 with problems').first().waitFor();
    // From the heading an arrow leads to the first phone; Space selects it, and the one beside it.
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await keyboard.press('ArrowRight');
    await keyboard.press('Space');
    await keyboard.press('f');
    const asks = page.getByRole('group', { name: 'Change this on 2 phones?' });
    await asks.waitFor();
    expect(await asks.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      expect.stringMatching(/^1 .*Pixel 8 …A1$/),
      expect.stringMatching(/^2 .*Pixel 8 …B2$/),
    ]);
    expect(await asks.getByRole('checkbox').count()).toBe(6);
    // What may cost money is not ticked by itself; nothing has run yet.
    expect(
      await asks
        .getByRole('checkbox', { name: /Data Saver/ })
        .first()
        .isChecked(),
    ).toBe(false);
    expect(source.ran).toEqual([]);
    // What was agreed on stays what is done: nothing else begins, and who cannot be corrected now is named and left out.
    expect(await page.getByRole('button', { name: 'Scan all' }).isDisabled()).toBe(true);
    source.show([pixel('A1'), listed('B2', { model: 'Pixel 8', manufacturer: 'Google', state: 'locked' }), c]);
    await asks.getByText('Cannot be fixed at this moment, and left out: Pixel 8').waitFor();
    await asks.getByRole('button', { name: 'Fix 1 phone' }).waitFor();
    source.show([a, b, c]);
    await asks.getByRole('button', { name: 'Fix 2 phones' }).waitFor();
    await keyboard.press('Escape');
    await asks.waitFor({ state: 'detached' });
    // No is no end of the selection.
    await keyboard.press('f');
    await asks.getByRole('button', { name: 'Fix 2 phones' }).focus();
    await keyboard.press('Enter');
    await expect
      .poll(
        () =>
          app.corrections
            .list()
            .map(({ phoneId, result }) => `${phoneId} ${result}`)
            .toSorted(),
        {
          timeout: 60_000,
        },
      )
      .toEqual(['A1 taken', 'A1 taken', 'B2 taken', 'B2 taken']);
    await card(page, 1).getByText('1 problem', { exact: true }).waitFor();
    await card(page, 3).getByText('3 problems').waitFor();
    await keyboard.press('3');
    await heading(page, 'Pixel 8').waitFor();
    expect(page.url()).toContain('/phones/C3');
    await keyboard.press('b');
    await heading(page, 'Bench').waitFor();
  });

  test('a phone is found by what is typed, a place gets a name, and the keys are told', async () => {
    const { page, app } = window;
    source.show([a, b, c]);
    await heading(page, 'Bench').waitFor();
    const { keyboard } = page;
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowRight');
    await keyboard.press('n');
    // Whoever types as fast as a scanner is one.
    await page.getByLabel('Name of place 2').waitFor();
    await keyboard.type('Window');
    await keyboard.press('Enter');
    await card(page, 2).getByRole('button', { name: '2 Window' }).waitFor();
    // A name that is not kept does not go by in silence.
    const full = vi.spyOn(app.bench, 'nameSlot').mockImplementation(() => {
      throw new ApplicationError('disk-full', 'The disk is full.');
    });
    await keyboard.press('n');
    await page.getByLabel('Name of place 2').waitFor();
    await keyboard.type('Door');
    await keyboard.press('Enter');
    await card(page, 2).getByRole('alert').getByText('The disk is full.').waitFor();
    full.mockRestore();
    await keyboard.press('/');
    await keyboard.type('window');
    await card(page, 1).waitFor({ state: 'detached' });
    expect(await page.locator('main [data-place]').count()).toBe(1);
    await keyboard.press('Escape');
    await card(page, 1).waitFor();
    await keyboard.press('Shift+?');
    const sheet = page.getByRole('dialog', { name: 'Keys of the bench' });
    await sheet.getByText('Scan all phones').waitFor();
    // Keys of what lies below do nothing now.
    await keyboard.press('a');
    await keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await card(page, 1).getByText('Ready', { exact: true }).waitFor();
    await page.locator('main [data-slot="1"]').focus();
    await keyboard.press('Space');
    const selected = page.locator('main [data-selected="true"]');
    await selected.waitFor();
    await keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Find a phone, a ticket or something to do' });
    await palette.getByRole('textbox').waitFor();
    await keyboard.type('pix');
    await keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    // Once is enough, the focus is where it was, and what lies below has lost nothing.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-place]') !== null)).toBe(true);
    expect(await selected.count()).toBe(1);
    await keyboard.press('Control+k');
    await palette.getByRole('textbox').waitFor();
    await keyboard.type('b2');
    await page.getByRole('option').nth(1).waitFor({ state: 'detached' });
    await keyboard.press('Enter');
    await heading(page, 'Pixel 8').waitFor();
    expect(page.url()).toContain('/phones/B2');
    await app.tickets.create({
      customer: { name: 'Zoë Ångström', contact: '' },
      fault: '',
      fields: [],
      phones: [{ phoneId: null, imei: '356938035643809', description: '' }],
      consent: null,
    });
    // From any screen, of a ticket too; by the words that stand there.
    for (const typed of ['angst', '43809', 'ticket 1']) {
      await keyboard.press('Control+k');
      await palette.getByRole('textbox').waitFor();
      await keyboard.type(typed);
      await page.getByRole('option', { name: /^Ticket 1 Zoë Ångström/ }).waitFor();
      await keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /^Ticket 1/ }).waitFor();
    }
  });

  test('says why it does nothing where there is nothing to fix or to print', async () => {
    const { page } = window;
    source.show([a, b]);
    await heading(page, 'Bench').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('status').getByText('Select a phone first.').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('p');
    await page.getByRole('status').getByText('Scan first: nothing is known yet.').waitFor();
  });

  test('single keys do nothing where they are switched off, and everything is there to be pressed', async () => {
    const { page, app } = window;
    app.settings.change({ singleKeys: false });
    source.show([a, b]);
    await heading(page, 'Bench').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('1');
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Scan all phones' }).click();
    await page.getByText('2 with problems').first().waitFor();
    expect(app.snapshots()).toHaveLength(2);
  });
});

describe('an unplugged phone', () => {
  const clock = new PassingClock(Date.now());
  let timed: OpenedWindow;
  let plugs: StagedSource;
  test.beforeEach(async ({ open }) => {
    plugs = new StagedSource();
    timed = await open({ sources: [plugs], clock });
  });

  test('is grey, comes back to its place and its work, or leaves after five minutes; the bench steps back to the last one', async () => {
    const { page } = timed;
    plugs.show([pixel('A1'), pixel('B2')]);
    await heading(page, 'Bench').waitFor();
    await page.keyboard.press('a');
    await page.getByText('2 with problems').first().waitFor();
    await clock.pass(1);
    plugs.show([pixel('B2')]);
    await card(page, 1).getByText('Unplugged').waitFor();
    await page.getByText('1 with problems').first().waitFor();
    plugs.show([pixel('B2'), pixel('A1')]);
    await card(page, 1).getByText('3 problems').waitFor();
    expect(await card(page, 1).innerText()).toContain('…A1');
    await card(page, 1).getByRole('button', { name: 'Select Pixel 8' }).click();
    plugs.show([pixel('B2')]);
    await card(page, 1).getByText('Unplugged').waitFor();
    await clock.pass(4);
    expect(await card(page, 1).count()).toBe(1);
    await clock.pass(1);
    // Nobody was doing anything: who has left is selected no more, and one phone is left.
    await page.waitForFunction(() => location.hash.includes('/phones/B2'));
    await page.keyboard.press('b');
    await page.getByText('Place 1 is free').waitFor();
    await page.getByText('Recent: 1 phone').click();
    await page.getByRole('main').locator('details').getByRole('link', { name: 'Pixel 8' }).click();
    expect(page.url()).toContain('/phones/A1');
    plugs.show([pixel('B2'), pixel('A1')]);
    await page.keyboard.press('b');
    await page.getByRole('button', { name: 'Select Pixel 8', pressed: false }).nth(1).waitFor();
  });
});

test('what is printed is of one phone, once: its label where it has a ticket, else its result', async () => {
  const { page, app } = window;
  await catchPapers(page);
  const kim = listed('A1', { model: 'Pixel 8', manufacturer: 'Google', name: 'Phone of Kim' });
  source.show([kim, listed('B2', { name: 'Phone of Sam' })]);
  await heading(page, 'Bench').waitFor();
  await page.keyboard.press('a');
  await page.getByText('2 with problems').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('p');
  await expect.poll(() => papers(page)).toHaveLength(1);
  const [result] = await papers(page);
  expect(result).toContain('No photo has left for 12 hours');
  expect(result).not.toMatch(/Phone of Sam|B2|Bench|Scan all/);
  // What the bench shows anew meanwhile is no reason to print again.
  source.show([kim, listed('B2', { name: 'Phone of Sam', state: 'locked' })]);
  await card(page, 2).getByText('Locked').waitFor();
  expect(await papers(page)).toHaveLength(1);
  expect(await page.getByTitle('Printed page').count()).toBe(0);

  await app.tickets.create({
    customer: { name: 'Mrs Miller', contact: '' },
    fault: 'No photo arrives',
    fields: [],
    consent: null,
    phones: [{ phoneId: 'A1', imei: '', description: '' }],
  });
  await page.keyboard.press('p');
  await expect.poll(() => papers(page)).toHaveLength(2);
  expect((await papers(page))[1]).toMatch(/^1\s+\d.*\s+Mrs Miller\s+…A1 Pixel 8\s+No photo arrives\s*$/);
});

test('on a narrow window the phones are lines of a table, and nothing sticks out', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 390, height: 844 });
  source.show(Array.from({ length: 16 }, (_, index) => pixel(`SERIAL-${index}`)));
  await heading(page, 'Bench').waitFor();
  expect(await page.getByRole('table', { name: 'Phones at the counter' }).getByRole('row').count()).toBe(17);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  expect(await card(page, 2).getAttribute('data-selected')).toBe('true');
});

test('without a phone the bench says what to do', async () => {
  const { page } = window;
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Plug in the first phone' }).waitFor();
});
